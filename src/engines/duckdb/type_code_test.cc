// Goal: a type survives being written as a code.
// Method: types of every kind, nested, with names that look like codes.
#include "engines/duckdb/type_code.h"

#include <gtest/gtest.h>

namespace casebook::engines {
namespace {

std::vector<Type> Scalars() {
  return {TypeKind::kInt64, TypeKind::kFloat64, TypeKind::kNumeric, TypeKind::kBool, TypeKind::kString, TypeKind::kBytes,
          TypeKind::kDate, TypeKind::kDatetime, TypeKind::kTime, TypeKind::kTimestamp, TypeKind::kInterval, TypeKind::kJson};
}

TEST(TypeCodeTest, ReadsBackAsTheSameType) {
  std::vector<Type> types = Scalars();
  for (const Type& scalar : Scalars()) {
    types.push_back(Type::Array(scalar));
    types.push_back(Type::Struct({{"a", scalar}, {"", Type::Array(scalar)}, {"2:{[i", Type::Struct({{"x:y", scalar}})}}));
  }
  for (const Type& type : types) {
    const auto code = TypeCode(type);
    ASSERT_TRUE(code) << type.ToString();
    EXPECT_EQ(TypeOfCode(*code).ToString(), type.ToString());
  }
}

TEST(TypeCodeTest, AnEmptyStructHasACode) {
  EXPECT_TRUE(TypeOfCode(*TypeCode(Type::Array(Type::Struct({})))).element().fields().empty());
}

TEST(TypeCodeTest, RangesHaveNone) { EXPECT_FALSE(TypeCode(Type::Array(Type::Range(TypeKind::kDate)))); }

}  // namespace
}  // namespace casebook::engines
