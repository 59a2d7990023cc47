#include "analysis/functions.h"

#include <gtest/gtest.h>

namespace casebook::analysis {
namespace {

ArgumentType Of(Type type, bool literal = false) {
  ArgumentType argument;
  argument.type.type = std::move(type);
  argument.type.literal = literal;
  return argument;
}

TEST(FunctionsTest, NamesIgnoreCaseAndHaveAliases) {
  ASSERT_NE(FindFunction("substring"), nullptr);
  EXPECT_EQ(FindFunction("substring"), FindFunction("SUBSTR"));
  EXPECT_EQ(FindFunction("+"), nullptr);
  EXPECT_EQ(NearestFunction("CONCATT"), "CONCAT");
}

TEST(FunctionsTest, EachIdHasItsOwnEntry) {
  for (size_t i = 0; i < kFunctionCount; ++i) {
    EXPECT_EQ(GetFunction(static_cast<FunctionId>(i)).id, static_cast<FunctionId>(i));
  }
}

TEST(FunctionsTest, TheNearestSignatureIsChosen) {
  const Function& ceil = *FindFunction("CEIL");
  EXPECT_EQ(ChooseSignature(ceil, std::vector{Of(TypeKind::kInt64)})->result, Type(TypeKind::kFloat64));
  EXPECT_EQ(ChooseSignature(ceil, std::vector{Of(TypeKind::kNumeric)})->result, Type(TypeKind::kNumeric));
  EXPECT_FALSE(ChooseSignature(ceil, std::vector{Of(TypeKind::kString)}).has_value());
}

TEST(FunctionsTest, ALiteralTextIsADateWhereOneIsWanted) {
  const Function& extract = *FindFunction("UNIX_DATE");
  EXPECT_TRUE(ChooseSignature(extract, std::vector{Of(TypeKind::kString, true)}).has_value());
  EXPECT_FALSE(ChooseSignature(extract, std::vector{Of(TypeKind::kString)}).has_value());
}

TEST(FunctionsTest, OptionalAndRepeatedParametersMayBeLeftOut) {
  const Function& substr = *FindFunction("SUBSTR");
  EXPECT_TRUE(ChooseSignature(substr, std::vector{Of(TypeKind::kString), Of(TypeKind::kInt64)}).has_value());
  EXPECT_FALSE(ChooseSignature(substr, std::vector{Of(TypeKind::kString)}).has_value());
  const Function& coalesce = *FindFunction("COALESCE");
  EXPECT_FALSE(ChooseSignature(coalesce, {}).has_value());
  EXPECT_EQ(ChooseSignature(coalesce, std::vector{Of(TypeKind::kInt64), Of(TypeKind::kFloat64)})->result,
            Type(TypeKind::kFloat64));
}

TEST(FunctionsTest, ParametersThatRepeatDoSoTogether) {
  const Function& set = *FindFunction("JSON_SET");
  std::vector<ArgumentType> arguments = {Of(TypeKind::kJson), Of(TypeKind::kString), Of(TypeKind::kInt64)};
  EXPECT_TRUE(ChooseSignature(set, arguments).has_value());
  arguments.push_back(Of(TypeKind::kString));
  EXPECT_FALSE(ChooseSignature(set, arguments).has_value());
  arguments.push_back(Of(TypeKind::kBool));
  EXPECT_TRUE(ChooseSignature(set, arguments).has_value());
}

TEST(FunctionsTest, AParameterWithANameIsGivenByItAlone) {
  const Function& parse = *FindFunction("PARSE_JSON");
  EXPECT_FALSE(ChooseSignature(parse, std::vector{Of(TypeKind::kString), Of(TypeKind::kString)}).has_value());
  ArgumentType mode = Of(TypeKind::kString);
  mode.name = "WIDE_number_mode";
  EXPECT_TRUE(ChooseSignature(parse, std::vector{Of(TypeKind::kString), mode}).has_value());
  EXPECT_FALSE(ChooseSignature(parse, std::vector{Of(TypeKind::kString), mode, mode}).has_value());
  mode.name = "mode";
  EXPECT_FALSE(ChooseSignature(parse, std::vector{Of(TypeKind::kString), mode}).has_value());
}

TEST(FunctionsTest, AbsentFunctionsAreKnownByNameOnly) {
  EXPECT_TRUE(IsAbsentFunction("lax_uint64"));
  EXPECT_EQ(FindFunction("LAX_UINT64"), nullptr);
  EXPECT_FALSE(IsAbsentFunction("LAX_INT64"));
}

}  // namespace
}  // namespace casebook::analysis
