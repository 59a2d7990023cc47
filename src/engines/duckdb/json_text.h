// JSON values as text: reading, paths, and writing in GoogleSQL's forms.
//
// Small; only for the JSON functions of queries. A value keeps the digits of its numbers until it is made canonical,
// as everything of type JSON is: members in the order of their keys, the first of equal ones, numbers as INT64, as
// unsigned numbers of 64 bits, or as the shortest text of a FLOAT64.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casebook::engines {

inline constexpr int kMaxJsonDepth = 500;       // of a value of type JSON
inline constexpr int kMaxJsonTextDepth = 1000;  // of JSON in a STRING

struct Json {
  enum class Kind { kNull, kBool, kNumber, kString, kArray, kObject };
  Kind kind = Kind::kNull;
  std::string text;  // kString: unescaped; kNumber, kBool: as written
  std::vector<Json> elements;
  std::vector<std::pair<std::string, Json>> members;

  // All written out in the source: clang wants no vector of pairs with a Json before the end of Json.
  Json();
  Json(Kind kind, std::string text, std::vector<Json> elements, std::vector<std::pair<std::string, Json>> members);
  Json(const Json& other);
  Json(Json&& other) noexcept;
  Json& operator=(const Json& other);
  Json& operator=(Json&& other) noexcept;
  ~Json();

  bool IsScalar() const { return kind != Kind::kArray && kind != Kind::kObject; }
};

std::optional<Json> ReadJson(std::string_view text);

// What a STRING begins with; what stands behind it does not matter, and some faults are forgiven: texts in single
// quotes, control characters and halves of surrogates.
std::optional<Json> ReadJsonLeniently(std::string_view text, bool& too_deep);

enum class WideNumbers { kRound, kExact };  // a number that FLOAT64 does not hold is rounded, or an error
// Reads `text` and makes it canonical; nullopt and the reason where that cannot be.
std::optional<Json> ParseCanonicalJson(std::string_view text, WideNumbers wide, std::string& why);
// False where a number is beyond FLOAT64, or not exact.
bool MakeCanonical(Json& json, WideNumbers wide, std::string& why);

// A number as its digits, without zeros at either end, and how many of them stand in front of the point.
struct Decimal {
  bool negative = false;
  std::string digits;
  int64_t power = 0;
  bool operator==(const Decimal&) const = default;
};
// Of a number as JSON writes it.
Decimal DecimalOf(std::string_view text);

// `1.5`, `1.0`, `1e+20`: as a number of type JSON is written.
std::string JsonNumberText(double value);

// Without spaces: `{"a":[1,null]}`.
std::string WriteJson(const Json& json);
// As JSON functions that answer STRING write it: line and paragraph separators are escaped.
std::string WriteJsonString(const Json& json);
// With a line for each element, two spaces deeper each time.
std::string WritePrettyJson(const Json& json);
std::string QuoteJson(std::string_view text);
std::string QuoteJsonString(std::string_view text);

struct JsonStep {
  bool is_index = false;  // a number: also the place in an array
  bool in_brackets = false;
  std::string key;
  size_t index = 0;
};
struct JsonPath {
  std::vector<JsonStep> steps;
  std::string error;  // why it is no path
};

// `$.a."b c"[0]`, or with `legacy` `$.a['b c'][0]`.
JsonPath ReadJsonPath(std::string_view path, bool legacy);

// nullptr where there is nothing.
const Json* FindJson(const Json& json, const std::vector<JsonStep>& steps);

struct JsonPlace {
  std::optional<std::string_view> rest;  // the text from the value on
  bool too_deep = false;
};
// Where the value at `steps` begins, read no further than it must be.
JsonPlace FindJsonText(std::string_view text, const std::vector<JsonStep>& steps);

}  // namespace casebook::engines
