#include "bench/conformance_case.h"

#include <fnmatch.h>

#include <algorithm>
#include <array>
#include <fstream>

namespace casebook::conformance {
namespace {

constexpr auto kRefusableFiles = std::to_array<const char*>({
    "aead",
    "keys",
    "compression",
    "anonymization*",
    "differential_privacy*",
    "pipe_aggregate_with_dp_errors",
    "aggregation_threshold",
    "collation*",
    "orderby_collate_queries",
    "match_recognize*",
    "pipe_match_recognize",
    "kll_*",
    "analytic_kll_quantiles",
    "hll_count",
    "analytic_hll_count",
    "pico_timestamp",
    "nano_timestamp",
    "json_*int32*",
    "json_*uint*",
    "json_*float",
    "json_float_array",
});

Prepare ToPrepare(const Json& json) {
  Prepare prepare;
  prepare.id = json.at("id");
  prepare.object = json.at("object");
  prepare.name = json.at("name");
  prepare.sql = json.value("sql", "");
  prepare.needs = json.value("needs", std::vector<std::string>());
  prepare.has_rows = json.contains("rows");
  prepare.columns = json.value("columns", Json());
  prepare.rows = json.value("rows", Json());
  return prepare;
}

Case ToCase(const Json& json, const std::string& source) {
  Case item;
  item.id = json.at("id");
  item.area = source + "/" + json.value("area", "");
  const Json parameters = json.value("parameters", Json::object());
  for (const auto& [name, expression] : parameters.items()) {
    item.parameters.emplace_back(name, expression.get<std::string>());
  }
  item.time_zone = json.value("time_zone", "UTC");
  item.prepare = json.value("prepare", std::vector<std::string>());
  item.sql = json.at("sql");
  item.loose = json.value("loose", false);
  item.refusable = IsRefusable(json.value("file", ""));
  item.ulp_bits = json.value("ulp_bits", item.ulp_bits);
  if (json.contains("expected")) {
    item.expected = json["expected"];
  } else {
    for (const char* key : {"columns", "rows", "ordered"}) item.expected[key] = json.at(key);
  }
  return item;
}

}  // namespace

bool IsRefusable(const std::string& file) {
  const std::string stem = std::filesystem::path(file).stem();
  if (!file.ends_with(".test")) return false;
  return std::any_of(kRefusableFiles.begin(), kRefusableFiles.end(),
                     [&](const char* pattern) { return fnmatch(pattern, stem.c_str(), 0) == 0; });
}

Status ReadCases(const std::filesystem::path& path, CaseSet& set) {
  std::ifstream file(path);
  if (!file) return IoError("cannot open file \"" + path.string() + "\"");
  std::string line;
  for (size_t number = 1; std::getline(file, line); ++number) {
    if (line.empty()) continue;
    try {
      const Json json = Json::parse(line);
      if (json.at("kind") == "prepare") {
        Prepare prepare = ToPrepare(json);
        set.prepares.emplace(prepare.id, std::move(prepare));
      } else {
        set.cases.push_back(ToCase(json, path.stem()));
      }
    } catch (const Json::exception& error) {
      return Invalid(path.string() + ":" + std::to_string(number) + ": " + error.what());
    }
  }
  return {};
}

}  // namespace casebook::conformance
