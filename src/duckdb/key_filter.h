// KeyFilter: the rows whose column has one of a few numbers, told by a function that the engine calls while it scans, so
// that of the other columns it reads only where such rows are. A join reads them of all rows.
//
// For SQL of our own, on connections of the database where it was made known.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "duckdb/connection.h"

namespace casebook {

// Makes the function known to the database of `connection`; once a database.
Status RegisterKeyFilter(Connection& connection);

class KeyFilter {
 public:
  struct Keys;

  // With more keys nearly every vector of the engine has rows of theirs, and a join is as good.
  static constexpr size_t kMaxWorthwhile = 20'000;

  explicit KeyFilter(const std::vector<uint64_t>& keys);
  ~KeyFilter();
  KeyFilter(const KeyFilter&) = delete;
  KeyFilter& operator=(const KeyFilter&) = delete;

  // A condition on `column` (UINTEGER, UBIGINT or BIGINT, never NULL). The filter must outlive the statement.
  std::string Sql(const std::string& column) const;

 private:
  std::unique_ptr<const Keys> keys_;
};

// The first column of the answer, numbers that are never NULL.
Result<std::vector<uint64_t>> QueryKeys(Connection& connection, const std::string& sql);

}  // namespace casebook
