// Runner: a case through the front end and the engine, in this process.
//
// Tables are made in a database in memory when a case first needs them, and stay: cases only read. What may die or
// hang is kept apart by conformance_workers.h.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "analysis/resolver.h"
#include "base/result.h"
#include "bench/conformance_case.h"
#include "bench/conformance_tables.h"
#include "duckdb/connection.h"
#include "queries/answer_value.h"

namespace casebook::conformance {

// A result of more rows is no case's.
inline constexpr size_t kMaxAnswerRows = 100'000;

class Runner {
 public:
  static Result<Runner> Open(const CaseSet& set);  // `set` is borrowed

  // What the case comes to, in the notation of `expected`: {"columns", "rows", "ordered"} or {"error", "kind"}.
  Json Run(const Case& item);

  // The engine is in no state to go on: a further case would suffer from the last.
  bool is_spent() const { return spent_; }

 private:
  struct Rows {
    std::vector<AnswerColumn> columns;
    std::vector<std::vector<AnswerValue>> rows;
    bool is_value_table = false;
    bool is_sorted = false;
  };
  using Attempt = std::variant<Rows, Json>;  // Json: {"error", "kind"}

  Runner(const CaseSet& set, Database database, Connection connection);

  Status AddPrepare(const std::string& id, CaseCatalog& catalog, std::string& script);
  void AddParameters(const Case& item, analysis::ResolveOptions& options, std::string& script);
  Attempt RunScript(const std::string& script, const Catalog& catalog, const analysis::ResolveOptions& options);
  Attempt RunQuery(const std::string& script, const sql::Query& query, const Catalog& catalog,
                   const analysis::ResolveOptions& options);
  Status Fetch(const std::string& engine_sql, Rows& answer);
  Json EngineFailure(const Error& error);

  const CaseSet* set_;
  Database database_;
  Connection connection_;
  Tables tables_;
  bool spent_ = false;
};

}  // namespace casebook::conformance
