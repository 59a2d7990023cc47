#include "simulator/text_buffer.h"

#include <gtest/gtest.h>

#include "simulator/identity.h"

namespace casebook {
namespace {

template <typename Write>
std::string Written(const Write& write) {
  TextBuffer out;
  write(out);
  return std::string(out.view());
}

TEST(TextBufferTest, WholeDoublesAreSpeltAsJavaDoes) {
  const auto spelt = [](int64_t value) { return Written([&](TextBuffer& out) { out.WholeDouble(value); }); };
  EXPECT_EQ(spelt(812'345), "812345.0");
  EXPECT_EQ(spelt(9'999'999), "9999999.0");
  EXPECT_EQ(spelt(10'023'456), "1.0023456E7");
  EXPECT_EQ(spelt(10'000'000), "1.0E7");
  EXPECT_EQ(spelt(12'300'000), "1.23E7");
}

TEST(TextBufferTest, HundredthsHaveNoNeedlessZeros) {
  const auto spelt = [](int64_t value) { return Written([&](TextBuffer& out) { out.Hundredths(value); }); };
  EXPECT_EQ(spelt(2'550), "25.5");
  EXPECT_EQ(spelt(2'500), "25.0");
  EXPECT_EQ(spelt(382), "3.82");
  EXPECT_EQ(spelt(405), "4.05");
}

TEST(TextBufferTest, TimesAreIso) {
  constexpr int64_t kTime = 1'743'180'130'318;
  EXPECT_EQ(Written([](TextBuffer& out) { out.Millis(kTime); }), "2025-03-28T16:42:10.318Z");
  EXPECT_EQ(Written([](TextBuffer& out) { out.Seconds(kTime); }), "2025-03-28T16:42:10Z");
  EXPECT_EQ(Written([](TextBuffer& out) { out.Day(kTime, '/'); }), "2025/03/28");
  EXPECT_EQ(Written([](TextBuffer& out) { out.CompactMinute(kTime); }), "20250328T16:42");
  EXPECT_EQ(Written([](TextBuffer& out) { out.Millis(kTime).Day(kTime + 86'400'000, '-').Millis(5); }),
            "2025-03-28T16:42:10.318Z2025-03-291970-01-01T00:00:00.005Z");
}

TEST(TextBufferTest, TextIsEscapedForJson) {
  EXPECT_EQ(Written([](TextBuffer& out) { out.Escaped("a \"b\" \\ c\nd"); }), R"(a \"b\" \\ c\nd)");
}

TEST(TextBufferTest, BytesSurviveGrowth) {
  TextBuffer out;
  std::string expected;
  for (int i = 0; i < 100'000; ++i) {
    out.Integer(i) << ',';
    expected += std::to_string(i) + ",";
  }
  EXPECT_EQ(out.view(), expected);
}

TEST(IdentityTest, UuidsAreOfVersionFourAndDiffer) {
  const auto spelt = [](uint64_t number) {
    return Written([&](TextBuffer& out) { AppendUuid(out, MakeUuid(1, IdKind::kCase, number)); });
  };
  const std::string uuid = spelt(1);
  ASSERT_EQ(uuid.size(), 36U);
  for (const size_t dash : {8U, 13U, 18U, 23U}) EXPECT_EQ(uuid[dash], '-') << uuid;
  EXPECT_EQ(uuid[14], '4');
  EXPECT_NE(std::string_view("89ab").find(uuid[19]), std::string_view::npos) << uuid;
  EXPECT_NE(uuid, spelt(2));
}

}  // namespace
}  // namespace casebook
