// What is asked of both sides: the same for the same seed, and GoogleSQL. What counts as a difference.
#include <gtest/gtest.h>

#include "bench/differential_queries.h"
#include "bench/differential_report.h"
#include "sql/parser.h"

namespace casebook::differential {
namespace {

std::vector<std::string> Questions(uint64_t seed, size_t count, const std::string& family = "") {
  std::vector<std::string> questions;
  const auto set = MakeQuestions({seed, count, family});
  for (const Case& item : set.value().cases) questions.push_back(item.sql);
  return questions;
}

TEST(QuestionsTest, AreTheSameForTheSameSeedAndOthersForAnother) {
  EXPECT_EQ(Questions(7, 200), Questions(7, 200));
  EXPECT_NE(Questions(7, 200), Questions(8, 200));
}

TEST(QuestionsTest, AreNoOthersWhereMoreAreAsked) {
  auto more = Questions(7, 200);
  more.resize(100);
  EXPECT_EQ(Questions(7, 100), more);
}

TEST(QuestionsTest, OfEveryFamilyAreGoogleSql) {
  for (const std::string_view family : QuestionFamilies()) {
    for (const std::string& question : Questions(3, 100, std::string(family))) {
      EXPECT_TRUE(sql::ParseScript(question).ok()) << question;
    }
  }
}

TEST(QuestionsTest, OfAFamilyThatThereIsNotAreRefusedByItsName) {
  const auto set = MakeQuestions({1, 1, "nonsense"});
  ASSERT_FALSE(set.ok());
  EXPECT_NE(set.error().message.find("nonsense"), std::string::npos);
}

Json Answer(const Json& value) {
  return {{"columns", {{{"name", "v"}, {"type", "INT64"}}}}, {"rows", {{value}}}, {"ordered", nullptr}};
}

Comparison CompareAnswers(const Json& evaluator, const Json& casebook) {
  Case item;
  item.expected = evaluator;
  return Compare(item, casebook);
}

TEST(CompareTest, TellsDifferencesFromRefusals) {
  const Json failed{{"error", "overflow"}, {"code", "out_of_range"}};
  const Json refused{{"error", "no such function"}, {"code", "invalid_argument"}};
  const Json cannot{{"error", "not yet"}, {"code", "unimplemented"}};
  const Json unsupported{{"error", "not supported"}, {"kind", "unsupported"}};
  const Json runtime{{"error", "overflow"}, {"kind", "runtime"}};
  EXPECT_EQ(CompareAnswers(Answer(1), Answer(1)), Comparison::kAgree);
  EXPECT_EQ(CompareAnswers(Answer(1), Answer(2)), Comparison::kDiffer);
  EXPECT_EQ(CompareAnswers(Answer(1), runtime), Comparison::kDiffer);
  EXPECT_EQ(CompareAnswers(Answer(1), unsupported), Comparison::kWeRefuse);
  EXPECT_EQ(CompareAnswers(failed, Answer(1)), Comparison::kDiffer);
  EXPECT_EQ(CompareAnswers(failed, runtime), Comparison::kBothFail);
  EXPECT_EQ(CompareAnswers(refused, Answer(1)), Comparison::kEvaluatorRefuses);
  EXPECT_EQ(CompareAnswers(cannot, Answer(1)), Comparison::kEvaluatorCannot);
}

TEST(CompareTest, AFaultOfOursIsADifferenceEvenWhereBothFail) {
  const Json failed{{"error", "overflow"}, {"code", "out_of_range"}};
  EXPECT_EQ(CompareAnswers(failed, {{"error", "x"}, {"kind", "runtime"}, {"fault", true}}), Comparison::kDiffer);
  EXPECT_EQ(CompareAnswers(failed, {{"error", "x"}, {"kind", "runtime"}, {"crashed", true}}), Comparison::kDiffer);
}

}  // namespace
}  // namespace casebook::differential
