#include "bench/conformance_judge.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <set>
#include <vector>

#include "schema/table.h"

namespace casebook::conformance {
namespace {

using IsSame = std::function<bool(const Json& expected, const Json& got)>;

// All floats in order, as integers.
int64_t FloatRank(double value) {
  const auto bits = std::bit_cast<int64_t>(value);
  return bits < 0 ? std::numeric_limits<int64_t>::min() - bits : bits;
}

double ToDouble(const Json& json) {
  if (json.is_number()) return json.get<double>();
  const auto text = json.get<std::string>();
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  return text.starts_with("-") ? -infinity : infinity;
}

bool EqualFloats(const Json& expected, const Json& got, int ulp_bits) {
  const double a = ToDouble(expected);
  const double b = ToDouble(got);
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  if (std::isinf(a) || std::isinf(b)) return a == b;
  const auto distance = static_cast<uint64_t>(FloatRank(a)) - static_cast<uint64_t>(FloatRank(b));
  return std::min(distance, -distance) <= uint64_t{1} << static_cast<unsigned>(ulp_bits);
}

bool EqualJson(const std::string& expected, const std::string& got) {
  if (expected == got) return true;
  const Json a = Json::parse(expected, nullptr, false);
  return !a.is_discarded() && a == Json::parse(got, nullptr, false);
}

// In order where `ordered`, else each of one with one of the other.
bool EqualLists(const Json& expected, const Json& got, bool ordered, const IsSame& is_same) {
  if (expected.size() != got.size()) return false;
  std::vector<bool> taken(got.size());
  for (size_t i = 0; i < expected.size(); ++i) {
    size_t match = i;
    if (!ordered && (taken[i] || !is_same(expected[i], got[i]))) {
      match = 0;
      while (match < got.size() && (taken[match] || !is_same(expected[i], got[match]))) ++match;
      if (match == got.size()) return false;
    } else if (ordered && !is_same(expected[i], got[i])) {
      return false;
    }
    taken[match] = true;
  }
  return true;
}

bool EqualArrays(const Json& element, const Json& expected, const Json& got, int ulp_bits) {
  const bool ordered = expected.contains("a");
  return EqualLists(expected[ordered ? "a" : "u"], got.at("a"), ordered,
                    [&](const Json& a, const Json& b) { return EqualValues(element, a, b, ulp_bits); });
}

bool EqualTypes(const Json& expected, const Json& got) {
  if (expected.is_string()) return expected == got || (expected == "DOUBLE" && got == "FLOAT64");
  if (expected.contains("array")) return got.contains("array") && EqualTypes(expected["array"], got["array"]);
  if (expected.contains("range")) return got.contains("range") && EqualTypes(expected["range"], got["range"]);
  if (!got.contains("struct") || got["struct"].size() != expected["struct"].size()) return false;
  for (size_t i = 0; i < got["struct"].size(); ++i) {
    const Json& a = expected["struct"][i];
    const Json& b = got["struct"][i];
    if (!EqualIgnoringCase(a[0].get<std::string>(), b[0].get<std::string>()) || !EqualTypes(a[1], b[1])) return false;
  }
  return true;
}

bool EqualColumns(const Json& expected, const Json& got) {
  if (expected.size() != got.size()) return false;
  for (size_t i = 0; i < expected.size(); ++i) {
    if (!EqualIgnoringCase(expected[i]["name"].get<std::string>(), got[i]["name"].get<std::string>())) return false;
    if (!EqualTypes(expected[i]["type"], got[i]["type"])) return false;
  }
  return true;
}

bool IsExact(const Case& item, const Json& given) {
  const Json got = Spread(item, given);
  const Json& columns = got["columns"];
  if (!EqualColumns(item.expected["columns"], columns)) return false;
  if (item.expected.value("value_table", false) != got.value("value_table", false)) return false;
  const auto equal_rows = [&](const Json& a, const Json& b) {
    for (size_t i = 0; i < columns.size(); ++i) {
      if (!EqualValues(columns[i]["type"], a[i], b[i], item.ulp_bits)) return false;
    }
    return true;
  };
  return EqualLists(item.expected["rows"], got["rows"], item.expected["ordered"] == true, equal_rows);
}

// A page may show the columns in another order than the query gives them, and leave some out.
Json InOrderOfPage(const Json& names, const Json& got) {
  std::vector<size_t> places;
  for (const Json& name : names) {
    for (size_t i = 0; i < got["columns"].size(); ++i) {
      if (got["columns"][i]["name"] == name) places.push_back(i);
    }
  }
  const size_t different = std::set(places.begin(), places.end()).size();
  if (places.size() != names.size() || different != names.size()) return got;
  Json result{{"columns", Json::array()}, {"rows", Json::array()}};
  for (const size_t place : places) result["columns"].push_back(got["columns"][place]);
  for (const Json& row : got["rows"]) {
    Json& values = result["rows"].emplace_back(Json::array());
    for (const size_t place : places) values.push_back(row[place]);
  }
  return result;
}

std::string TextOf(const Json& shown) { return shown.is_string() ? shown.get<std::string>() : ToLine(shown); }

// Which order rows have whose keys are equal is not said: where they are the same, they are in order if the values of
// one column are.
bool IsLooselyRight(const Case& item, const Json& given) {
  const Json got = InOrderOfPage(item.expected["columns"], Spread(item, given));
  const Json& columns = got["columns"];
  if (columns.size() != item.expected["columns"].size()) return false;
  const auto equal_rows = [&](const Json& a, const Json& b) {
    for (size_t i = 0; i < columns.size(); ++i) {
      if (!MeansTheSame(columns[i]["type"], TextOf(a[i]), b[i], item.time_zone)) return false;
    }
    return true;
  };
  const Json& expected = item.expected["rows"];
  if (!EqualLists(expected, got["rows"], false, equal_rows)) return false;
  if (item.expected["ordered"] != true) return true;
  for (size_t i = 0; i < columns.size(); ++i) {
    const bool in_order = EqualLists(expected, got["rows"], true, [&](const Json& a, const Json& b) {
      return MeansTheSame(columns[i]["type"], TextOf(a[i]), b[i], item.time_zone);
    });
    if (in_order) return true;
  }
  return false;
}

}  // namespace

Json Spread(const Case& item, const Json& got) {
  const Json& type = got["columns"][0]["type"];
  if (!got.value("value_table", false) || item.expected.value("value_table", false) || !type.contains("struct")) {
    return got;
  }
  if (item.loose && item.expected["columns"].size() == 1) return got;
  Json columns = Json::array();
  for (const Json& field : type["struct"]) columns.push_back({{"name", field[0]}, {"type", field[1]}});
  Json rows = Json::array();
  for (const Json& row : got["rows"]) {
    rows.push_back(row[0].is_null() ? Json(std::vector<Json>(columns.size())) : row[0]);
  }
  return {{"columns", std::move(columns)}, {"rows", std::move(rows)}, {"ordered", got.value("ordered", Json())}};
}

const char* OutcomeName(Outcome outcome) {
  switch (outcome) {
    case Outcome::kPassed: return "passed";
    case Outcome::kWrong: return "wrong";
    case Outcome::kRefused: return "refused";
    case Outcome::kCrashed: return "crashed";
  }
  Unreachable();
}

std::string WithoutFractionZeros(const std::string& text) {
  const size_t point = text.find('.');
  if (point == std::string::npos) return text;
  size_t end = text.find_first_not_of("0123456789", point + 1);
  if (end == std::string::npos) end = text.size();
  size_t keep = end;
  while (keep > point + 1 && text[keep - 1] == '0') --keep;
  if (keep == point + 1) keep = point;
  return text.substr(0, keep) + text.substr(end);
}

bool IsEmptyForNullArray(const Json& type, const Json& got) {
  return type.is_object() && type.contains("array") && got.is_object() && got.at("a").empty();
}

bool EqualValues(const Json& type, const Json& expected, const Json& got, int ulp_bits) {
  if (expected.is_null()) return got.is_null() || IsEmptyForNullArray(type, got);
  if (got.is_null()) return false;
  if (type.is_object()) {
    if (type.contains("array")) return EqualArrays(type["array"], expected, got, ulp_bits);
    if (type.contains("range")) {
      return EqualLists(expected["range"], got["range"], true,
                        [&](const Json& a, const Json& b) { return EqualValues(type["range"], a, b, ulp_bits); });
    }
    size_t field = 0;
    return EqualLists(expected, got, true, [&](const Json& a, const Json& b) {
      return EqualValues(type["struct"][field++][1], a, b, ulp_bits);
    });
  }
  if (type == "FLOAT64") return EqualFloats(expected, got, ulp_bits);
  if (type == "JSON") return EqualJson(expected, got);
  if (type == "INT64" || type == "BOOL" || type == "STRING" || type == "BYTES") return expected == got;
  return WithoutFractionZeros(expected) == WithoutFractionZeros(got);
}

Outcome Judge(const Case& item, const Json& got) {
  if (got.value("crashed", false)) return Outcome::kCrashed;
  const bool error_expected = item.expected.contains("error");
  if (got.contains("error")) {
    if (got.value("fault", false)) return Outcome::kWrong;
    if (error_expected) return Outcome::kPassed;
    return got["kind"] == "unsupported" ? Outcome::kRefused : Outcome::kWrong;
  }
  if (error_expected) return Outcome::kWrong;
  const bool right = item.loose ? IsLooselyRight(item, got) : IsExact(item, got);
  return right ? Outcome::kPassed : Outcome::kWrong;
}

}  // namespace casebook::conformance
