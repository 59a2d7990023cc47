// Case and Prepare: a query with a known result, and a table that such queries read.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "bench/conformance_notation.h"

namespace casebook::conformance {

// What is made before a case runs. A table has its rows; a view or function only its SQL.
struct Prepare {
  std::string id;
  std::string object;  // `TABLE`, `FUNCTION`, …
  std::string name;
  std::string sql;
  std::vector<std::string> needs;  // ids of other Prepares
  bool has_rows = false;
  Json columns;  // [{"name", "type"}], or null
  Json rows;
};

struct Case {
  std::string id;
  std::string area;  // `compliance/json`: the file of cases and the area within
  std::vector<std::pair<std::string, std::string>> parameters;  // name, SQL expression
  std::string time_zone;
  std::vector<std::string> prepare;  // ids, in order
  std::string sql;
  Json expected;
  bool loose = false;      // the result is as a page shows it: printed text
  bool refusable = false;  // of an area that may be refused as a whole
  int ulp_bits = 2;        // floats may differ by 2^ulp_bits units in the last place
};

struct CaseSet {
  std::vector<Case> cases;
  std::map<std::string, Prepare> prepares;  // by id
};

// Adds the cases of the file at `path`, one JSON object a line.
Status ReadCases(const std::filesystem::path& path, CaseSet& set);

// Whether all of `file` (`aead.test`) may be refused: few people's queries need it.
bool IsRefusable(const std::string& file);

}  // namespace casebook::conformance
