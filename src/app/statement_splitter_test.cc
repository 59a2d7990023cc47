#include "app/statement_splitter.h"

#include <gtest/gtest.h>

#include <vector>

namespace casebook {
namespace {

std::vector<std::string> StatementsOf(const std::vector<std::string>& lines) {
  StatementSplitter splitter;
  std::vector<std::string> statements;
  for (const std::string& line : lines) {
    splitter.AddLine(line);
    while (auto statement = splitter.Next()) statements.push_back(*statement);
  }
  if (!splitter.IsEmpty()) statements.push_back("rest: " + splitter.TakeRest());
  return statements;
}

using Statements = std::vector<std::string>;

TEST(StatementSplitterTest, ASemicolonEndsAStatement) {
  EXPECT_EQ(StatementsOf({"SELECT 1; SELECT 2;"}), (Statements{"SELECT 1", " SELECT 2"}));
  EXPECT_EQ(StatementsOf({"SELECT", "1", ";"}), (Statements{"SELECT\n1\n"}));
  EXPECT_EQ(StatementsOf({"SELECT 1"}), (Statements{"rest: SELECT 1\n"}));
}

TEST(StatementSplitterTest, SemicolonsInTextsAndCommentsEndNothing) {
  EXPECT_EQ(StatementsOf({"SELECT ';', `a;b` -- c;", "/* d;", "e; */ ;"}),
            (Statements{"SELECT ';', `a;b` -- c;\n/* d;\ne; */ "}));
  EXPECT_EQ(StatementsOf({"SELECT r'''a;", "b;", "'''", ";"}), (Statements{"SELECT r'''a;\nb;\n'''\n"}));
}

TEST(StatementSplitterTest, WhatCannotBeCutIsGivenWholeSoThatItIsRefused) {
  EXPECT_EQ(StatementsOf({"SELECT 'abc;"}), (Statements{"SELECT 'abc;\n"}));
  EXPECT_EQ(StatementsOf({"SELECT ! ;", "SELECT 2;"}), (Statements{"SELECT ! ;\n", "SELECT 2"}));
}

TEST(StatementSplitterTest, CommentsAndBlanksAreNothing) {
  StatementSplitter splitter;
  EXPECT_TRUE(splitter.IsEmpty());
  splitter.AddLine("  -- nothing here");
  EXPECT_TRUE(splitter.IsEmpty());
  splitter.AddLine("\xff");
  EXPECT_FALSE(splitter.IsEmpty());
}

}  // namespace
}  // namespace casebook
