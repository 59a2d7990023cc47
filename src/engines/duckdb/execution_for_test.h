// Queries of GoogleSQL run on the engine, and their answers as text. For tests only.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "analysis/resolver.h"
#include "engines/duckdb/answer_for_test.h"
#include "engines/duckdb/emitter.h"
#include "engines/duckdb/register_functions.h"
#include "engines/duckdb/tables_for_test.h"
#include "sql/parser.h"

namespace casebook::engines {

class ExecutionTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(RegisterFunctions(connection_.handle()).ok());
    ASSERT_TRUE(connection_.Execute(TestTables::Ddl()).ok());
  }

  // The rows, or what went wrong: `error: …` while it ran, `refused: …` before.
  std::string Run(const std::string& query) {
    auto parsed = sql::ParseQuery(query);
    if (!parsed.ok()) return "refused: " + parsed.error().message;
    auto resolved = analysis::Resolve(*parsed.value(), tables_, options_);
    if (!resolved.ok()) return "refused: " + resolved.error().message;
    auto emitted = EmitDuckDb(resolved.value());
    if (!emitted.ok()) return "refused: " + emitted.error().message;
    return AnswerForTest(connection_, resolved.value(), emitted.value());
  }
  std::string Value(const std::string& expression) { return Run("SELECT " + expression); }
  bool Fails(const std::string& expression) { return Value(expression).starts_with("error: "); }

  TestTables tables_;
  analysis::ResolveOptions options_ = TestOptions();
  Database database_ = Database::Open("", {}).value();
  Connection connection_ = database_.Connect().value();
};

}  // namespace casebook::engines
