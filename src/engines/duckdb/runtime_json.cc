// Functions on JSON, whether it travels as JSON or as STRING.
#include <charconv>
#include <cmath>

#include "engines/duckdb/json_text.h"
#include "engines/duckdb/numeric.h"
#include "engines/duckdb/scalar_function.h"

namespace casebook::engines {
namespace {

using Text = Answer<std::string>;

// The path of this call; a query uses few, so the last one of a thread is kept.
const std::optional<std::vector<JsonStep>>& PathOf(std::string_view path, bool legacy) {
  thread_local std::string last;
  thread_local bool last_legacy = false;
  thread_local std::optional<std::vector<JsonStep>> steps = ReadJsonPath("$", false);
  thread_local bool any = false;
  if (!any || last != path || last_legacy != legacy) {
    last = path;
    last_legacy = legacy;
    steps = ReadJsonPath(path, legacy);
    any = true;
  }
  return steps;
}

template <typename T, typename Make>
Answer<T> At(std::string_view text, std::string_view path, bool legacy, const Make& make) {
  const auto& steps = PathOf(path, legacy);
  if (!steps) return Answer<T>::Fail("Invalid token in JSONPath at: " + std::string(path));
  const auto json = ReadJson(text);
  if (!json) return nullptr;
  const Json* found = FindJson(*json, *steps);
  if (found == nullptr) return nullptr;
  return make(*found);
}

Text Scalar(const Json& json) {
  if (!json.IsScalar() || json.kind == Json::Kind::kNull) return nullptr;
  return json.text;
}
Text Whole(const Json& json) {
  return WriteJson(json);
}
Text JsonValue(std::string_view text, std::string_view path) { return At<std::string>(text, path, false, Scalar); }
Text JsonExtractScalar(std::string_view text, std::string_view path) { return At<std::string>(text, path, true, Scalar); }
Text JsonQuery(std::string_view text, std::string_view path) { return At<std::string>(text, path, false, Whole); }
Text JsonExtract(std::string_view text, std::string_view path) { return At<std::string>(text, path, true, Whole); }
Answer<TextList> JsonQueryArray(std::string_view text, std::string_view path) {
  return At<TextList>(text, path, false, [](const Json& json) -> Answer<TextList> {
    if (json.kind != Json::Kind::kArray) return nullptr;
    TextList all;
    for (const Json& element : json.elements) all.push_back(WriteJson(element));
    return all;
  });
}
Answer<TextList> JsonValueArray(std::string_view text, std::string_view path) {
  return At<TextList>(text, path, false, [](const Json& json) -> Answer<TextList> {
    if (json.kind != Json::Kind::kArray) return nullptr;
    TextList all;
    for (const Json& element : json.elements) {
      if (!element.IsScalar()) return nullptr;
      if (element.kind == Json::Kind::kNull) return Answer<TextList>::Fail("JSON_VALUE_ARRAY of an array with null is not supported");
      all.push_back(element.text);
    }
    return all;
  });
}
Text JsonField(std::string_view text, std::string_view key) {
  const auto json = ReadJson(text);
  if (!json) return nullptr;
  const Json* found = FindJson(*json, {JsonStep{false, std::string(key), 0}});
  if (found == nullptr) return nullptr;
  return WriteJson(*found);
}
Text JsonElement(std::string_view text, int64_t index) {
  const auto json = ReadJson(text);
  if (!json || json->kind != Json::Kind::kArray || index < 0) return nullptr;
  if (index >= static_cast<int64_t>(json->elements.size())) return nullptr;
  return WriteJson(json->elements[static_cast<size_t>(index)]);
}
Text ParseJson(std::string_view text) {
  const auto json = ReadJson(text);
  if (!json) return Text::Fail("Invalid input to PARSE_JSON: " + std::string(text.substr(0, 200)));
  return WriteJson(*json);
}
Text JsonType(std::string_view text) {
  const auto json = ReadJson(text);
  if (!json) return Text::Fail("Invalid JSON");
  switch (json->kind) {
    case Json::Kind::kNull: return std::string("null");
    case Json::Kind::kBool: return std::string("boolean");
    case Json::Kind::kNumber: return std::string("number");
    case Json::Kind::kString: return std::string("string");
    case Json::Kind::kArray: return std::string("array");
    case Json::Kind::kObject: return std::string("object");
  }
  return nullptr;
}
Text JsonString(std::string_view text) {
  const auto json = ReadJson(text);
  if (!json || json->kind != Json::Kind::kString) return Text::Fail("The provided JSON input is not a string");
  return json->text;
}
Answer<int64_t> JsonInt64(std::string_view text) {
  const auto json = ReadJson(text);
  if (!json || json->kind != Json::Kind::kNumber) return Answer<int64_t>::Fail("The provided JSON input is not an integer");
  int64_t value = 0;
  const char* end = json->text.data() + json->text.size();
  const auto [stop, error] = std::from_chars(json->text.data(), end, value);
  if (error == std::errc() && stop == end) return value;
  const double number = std::strtod(json->text.c_str(), nullptr);
  if (number != std::trunc(number) || std::fabs(number) >= 9223372036854775808.0) {
    return Answer<int64_t>::Fail("The provided JSON number: " + json->text + " cannot be converted to an integer");
  }
  return static_cast<int64_t>(number);
}
Answer<double> JsonFloat64(std::string_view text) {
  const auto json = ReadJson(text);
  if (!json || json->kind != Json::Kind::kNumber) return Answer<double>::Fail("The provided JSON input is not a number");
  return std::strtod(json->text.c_str(), nullptr);
}
Answer<bool> JsonBool(std::string_view text) {
  const auto json = ReadJson(text);
  if (!json || json->kind != Json::Kind::kBool) return Answer<bool>::Fail("The provided JSON input is not a boolean");
  return json->text == "true";
}
Text Quote(std::string_view text) { return QuoteJson(text); }
Text IntToJson(int64_t value) {
  // Beyond 2^53 a number would lose digits in most readers.
  const std::string text = std::to_string(value);
  constexpr int64_t kExact = int64_t{1} << 53U;
  return value > kExact || value < -kExact ? "\"" + text + "\"" : text;
}
Text FloatToJson(double value) {
  if (std::isnan(value)) return std::string("\"NaN\"");
  if (std::isinf(value)) return std::string(value > 0 ? "\"Infinity\"" : "\"-Infinity\"");
  return FloatText(value);
}

}  // namespace

void AddJson(Registrar& registrar) {
  registrar.Add("gs_json_value", JsonValue);
  registrar.Add("gs_json_query", JsonQuery);
  registrar.Add("gs_json_extract", JsonExtract);
  registrar.Add("gs_json_extract_scalar", JsonExtractScalar);
  registrar.Add("gs_json_query_array", JsonQueryArray);
  registrar.Add("gs_json_value_array", JsonValueArray);
  registrar.Add("gs_json_field", JsonField);
  registrar.Add("gs_json_element", JsonElement);
  registrar.Add("gs_parse_json", ParseJson);
  registrar.Add("gs_json_type", JsonType);
  registrar.Add("gs_json_string", JsonString);
  registrar.Add("gs_json_int64", JsonInt64);
  registrar.Add("gs_json_float64", JsonFloat64);
  registrar.Add("gs_json_bool", JsonBool);
  registrar.Add("gs_quote_json", Quote);
  registrar.Add("gs_int_to_json", IntToJson);
  registrar.Add("gs_float_to_json", FloatToJson);
}

}  // namespace casebook::engines
