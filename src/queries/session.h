// Session: what one user's statements leave behind for the next: variables, temporary functions, a time zone.
//
// Statements are executed one by one. A query comes back prepared, for the caller to run and read; anything else is
// done on return. Stored views and functions are the ObjectStore's. A session serves one user at a time.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/definitions.h"
#include "base/result.h"
#include "queries/object_store.h"
#include "queries/query_engine.h"
#include "sql/ast.h"
#include "sql/sql_error.h"

namespace casebook {

inline constexpr size_t kMaxVariables = 1000;

// What a statement came to: exactly one of the four is there.
struct StatementOutcome {
  std::optional<PreparedQuery> query;
  std::optional<std::string> done;         // what was done, in a few words
  std::optional<sql::SqlError> sql_error;  // position in the script's text
  std::optional<Error> error;              // a failure while it ran
};

class Session {
 public:
  // `catalog` and `objects` are borrowed. Without `objects` nothing can be stored.
  Session(const Catalog& catalog, ObjectStore* objects)
      : catalog_(&catalog),
        objects_(objects),
        temporary_(objects_ == nullptr ? nullptr : &objects_->definitions()) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // The statements of `text`, to be given to Execute one by one.
  static sql::SqlResult<sql::Script> Parse(std::string_view text);

  // `text` is the script that holds `statement`; `limits` are for what the statement itself runs.
  StatementOutcome Execute(QueryEngine& engine, std::string_view text, sql::StatementPtr statement,
                           const std::vector<QueryParameter>& parameters, Timestamp now, const Limits& limits);

 private:
  class Step;

  const Catalog* catalog_;
  ObjectStore* objects_;
  analysis::Definitions temporary_;
  std::vector<QueryParameter> variables_;
  std::string time_zone_ = "UTC";
};

}  // namespace casebook
