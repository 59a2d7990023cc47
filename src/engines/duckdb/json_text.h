// JSON values as text: reading, paths, and writing in GoogleSQL's form.
//
// Small and strict; only for the JSON functions of queries. A value keeps the digits of its numbers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casebook::engines {

inline constexpr int kMaxJsonDepth = 500;

struct Json {
  enum class Kind { kNull, kBool, kNumber, kString, kArray, kObject };
  Kind kind = Kind::kNull;
  std::string text;  // kString: unescaped; kNumber, kBool: as written
  std::vector<Json> elements;
  std::vector<std::pair<std::string, Json>> members;

  bool IsScalar() const { return kind != Kind::kArray && kind != Kind::kObject; }
};

std::optional<Json> ReadJson(std::string_view text);

// Without spaces: `{"a":[1,null]}`.
std::string WriteJson(const Json& json);
std::string QuoteJson(std::string_view text);

struct JsonStep {
  bool is_index = false;
  std::string key;
  size_t index = 0;
};

// `$.a."b c"[0]`, or with `legacy` `$.a['b c'][0]`; nullopt where it is no path.
std::optional<std::vector<JsonStep>> ReadJsonPath(std::string_view path, bool legacy);

// nullptr where there is nothing.
const Json* FindJson(const Json& json, const std::vector<JsonStep>& steps);

}  // namespace casebook::engines
