// IdFilter: the rows of a few cases, found without reading the ids of all.
//
// Tables that are looked at in each round have a hash of the case's id beside it, a number: the engine passes over what has
// another while it scans, and compares ids only where it is equal. Events are joined to cases by it alone, as long as no
// two cases share one (ShareAHash). Used inside tables/ alone.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "duckdb/connection.h"
#include "duckdb/key_filter.h"

namespace casebook {

// The column with the hash; SQL that works it out, by a macro of the engine (a test makes it a bad one).
inline constexpr char kIdHashColumn[] = "id_hash UBIGINT";
inline constexpr char kCreateIdHash[] = "CREATE MACRO stored.id_hash(text) AS hash(text);\n";
std::string IdHash(const std::string& id);

class IdFilter {
 public:
  // Of the ids in the column `id` of `ids`, a table that stays as it is while the filter is used.
  static Result<IdFilter> Of(Connection& connection, const std::string& ids);

  // Whether a row with the columns `id` and `id_hash` is of one of them; `row` is its alias with a dot, or "".
  std::string Sql(const std::string& row = "") const;

  // Whether one of the ids has a hash in stored.cases that another case has too.
  Result<bool> ShareAHash(Connection& connection) const;

 private:
  IdFilter(std::string ids, std::unique_ptr<KeyFilter> hashes) : ids_(std::move(ids)), hashes_(std::move(hashes)) {}

  std::string ids_;
  std::unique_ptr<KeyFilter> hashes_;  // nullptr where the ids are so many that a join is as good
};

}  // namespace casebook
