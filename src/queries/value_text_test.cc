#include "queries/value_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>
#include <string>

namespace casebook {
namespace {

std::string Json(const Type& type, const AnswerValue& value) {
  std::string text;
  AppendJson(type, value, text);
  return text;
}

TEST(ValueTextTest, FloatsShowThatTheyAreFloats) {
  EXPECT_EQ(FloatText(3720), "3720.0");
  EXPECT_EQ(FloatText(100000), "100000.0");
  EXPECT_EQ(FloatText(0.1), "0.1");
  EXPECT_EQ(FloatText(-0.0), "-0.0");
  EXPECT_EQ(FloatText(0), "0.0");
  EXPECT_EQ(FloatText(1e20), "1.0E20");
  EXPECT_EQ(FloatText(-1.25e-7), "-1.25E-7");
  EXPECT_EQ(FloatText(std::numeric_limits<double>::infinity()), "Infinity");
  EXPECT_EQ(FloatText(std::nan("")), "NaN");
}

// Goal: no digit of a FLOAT64 is lost. Method: random bit patterns are read back.
TEST(ValueTextTest, FloatsReadBackAsTheSameNumber) {
  std::mt19937_64 random(20250328);
  for (int i = 0; i < 20'000; ++i) {
    const uint64_t bits = random();
    double value = 0;
    std::memcpy(&value, &bits, sizeof(value));
    if (!std::isfinite(value)) continue;
    EXPECT_EQ(std::strtod(FloatText(value).c_str(), nullptr), value);
  }
}

TEST(ValueTextTest, TimesAreCutToTheDigitsTheyNeed) {
  const int64_t second = 1743180130'000000;
  EXPECT_EQ(TimestampText(second), "2025-03-28 16:42:10 UTC");
  EXPECT_EQ(TimestampText(second + 318'000), "2025-03-28 16:42:10.318 UTC");
  EXPECT_EQ(TimestampText(second + 318'204), "2025-03-28 16:42:10.318204 UTC");
  EXPECT_EQ(TimestampText(-1), "1969-12-31 23:59:59.999999 UTC");
  EXPECT_EQ(ValueText(TypeKind::kDatetime, second), "2025-03-28T16:42:10");
  EXPECT_EQ(ValueText(TypeKind::kDate, int64_t{20175}), "2025-03-28");
  EXPECT_EQ(ValueText(TypeKind::kDate, int64_t{-719162}), "0001-01-01");
  EXPECT_EQ(ValueText(TypeKind::kTime, int64_t{60'130'000'001}), "16:42:10.000001");
}

TEST(ValueTextTest, IntervalsAndRangesAreCanonical) {
  EXPECT_EQ(ValueText(TypeKind::kInterval, IntervalParts{14, 3, 14706'789000}), "1-2 3 4:5:6.789");
  EXPECT_EQ(ValueText(TypeKind::kInterval, IntervalParts{-1, -3, -1}), "-0-1 -3 -0:0:0.000001");
  EXPECT_EQ(ValueText(Type::Range(TypeKind::kDate), AnswerValue::List{int64_t{19723}, AnswerValue()}),
            "[2024-01-01, UNBOUNDED)");
}

TEST(ValueTextTest, BytesAreBase64) {
  EXPECT_EQ(ValueText(TypeKind::kBytes, std::string()), "");
  EXPECT_EQ(ValueText(TypeKind::kBytes, std::string("f")), "Zg==");
  EXPECT_EQ(ValueText(TypeKind::kBytes, std::string("fo")), "Zm8=");
  EXPECT_EQ(ValueText(TypeKind::kBytes, std::string("\xff\xfe\xfd", 3)), "//79");
}

TEST(ValueTextTest, JsonKeepsEveryDigit) {
  EXPECT_EQ(Json(TypeKind::kInt64, int64_t{9007199254740992}), "9007199254740992");
  EXPECT_EQ(Json(TypeKind::kInt64, int64_t{9007199254740993}), "\"9007199254740993\"");
  EXPECT_EQ(Json(TypeKind::kInt64, std::numeric_limits<int64_t>::min()), "\"-9223372036854775808\"");
  EXPECT_EQ(Json(TypeKind::kNumeric, std::string("50.25")), "50.25");
  EXPECT_EQ(Json(TypeKind::kNumeric, std::string("0.000000001")), "0.000000001");
  EXPECT_EQ(Json(TypeKind::kNumeric, std::string("1234567890.123456789")), "\"1234567890.123456789\"");
  EXPECT_EQ(Json(TypeKind::kFloat64, std::nan("")), "\"NaN\"");
  EXPECT_EQ(Json(TypeKind::kFloat64, 2.0), "2.0");
  EXPECT_EQ(Json(TypeKind::kString, AnswerValue()), "null");
}

TEST(ValueTextTest, NestedValuesAreNestedJson) {
  const Type type = Type::Array(Type::Struct({{"a", TypeKind::kInt64}, {"", TypeKind::kJson}}));
  const AnswerValue::List row = {int64_t{1}, std::string(R"({"x":[true]})")};
  EXPECT_EQ(Json(type, AnswerValue::List{row, AnswerValue()}), R"([{"a":1,"_field_2":{"x":[true]}},null])");
  EXPECT_EQ(ValueText(type, AnswerValue::List{row}), R"([{"a":1,"_field_2":{"x":[true]}}])");
}

TEST(ValueTextTest, JsonStringsAreEscaped) {
  EXPECT_EQ(Json(TypeKind::kString, std::string("a\"b\\\n\x01 é", 9)), "\"a\\\"b\\\\\\n\\u0001 é\"");
}

}  // namespace
}  // namespace casebook
