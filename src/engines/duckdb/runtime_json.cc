// Functions that look into JSON, whether it travels as JSON or as STRING, and those that make it.
#include <re2/re2.h>

#include <algorithm>
#include <set>

#include "engines/duckdb/json_text.h"
#include "engines/duckdb/list_slots.h"
#include "engines/duckdb/numeric.h"
#include "engines/duckdb/type_code.h"
#include "engines/duckdb/value_text.h"
#include "schema/table.h"

namespace casebook::engines {
namespace {

using Text = Answer<std::string>;
using OutJson = Answer<JsonText>;

// The path of this call; a query uses few, so the last one of a thread is kept.
const JsonPath& PathOf(std::string_view path, bool legacy) {
  thread_local std::string last;
  thread_local bool last_legacy = false;
  thread_local JsonPath read;
  thread_local bool any = false;
  if (!any || last != path || last_legacy != legacy) {
    last = path;
    last_legacy = legacy;
    read = ReadJsonPath(path, legacy);
    any = true;
  }
  return read;
}

template <typename T, typename Make>
Answer<T> At(std::string_view text, std::string_view path, bool legacy, const Make& make) {
  const JsonPath& steps = PathOf(path, legacy);
  if (!steps.error.empty()) return Answer<T>::Fail(steps.error);
  const JsonPlace place = FindJsonText(text, steps.steps);
  bool too_deep = place.too_deep;
  std::optional<Json> json;
  if (place.rest) json = ReadJsonLeniently(*place.rest, too_deep);
  if (too_deep) {
    return Answer<T>::Fail("JSON parsing failed due to deeply nested array/struct. Maximum nesting depth is " +
                           std::to_string(kMaxJsonTextDepth));
  }
  if (!json) return nullptr;
  return make(*json);
}

Text Scalar(const Json& json) {
  if (!json.IsScalar() || json.kind == Json::Kind::kNull) return nullptr;
  return json.text;
}
Text Whole(const Json& json) {
  if (json.kind == Json::Kind::kNull) return nullptr;
  return WriteJsonString(json);
}
OutJson WholeJson(const Json& json) { return JsonText{WriteJson(json)}; }
Text JsonValue(std::string_view text, std::string_view path) { return At<std::string>(text, path, false, Scalar); }
Text JsonExtractScalar(std::string_view text, std::string_view path) { return At<std::string>(text, path, true, Scalar); }
Text JsonQuery(std::string_view text, std::string_view path) { return At<std::string>(text, path, false, Whole); }
Text JsonExtract(std::string_view text, std::string_view path) { return At<std::string>(text, path, true, Whole); }
OutJson ExtractJson(std::string_view text, std::string_view path) { return At<JsonText>(text, path, true, WholeJson); }

// --- Lax paths -------------------------------------------------------------------------------------

// The members of `json`, or of the objects in it where it is an array; of those in arrays of arrays with `recursive`.
void EachMember(const Json& json, const std::string& key, bool unwrap, bool recursive, std::vector<const Json*>& found) {
  if (json.kind == Json::Kind::kObject) {
    for (const auto& [name, value] : json.members) {
      if (name == key) found.push_back(&value);
    }
  } else if (json.kind == Json::Kind::kArray && unwrap) {
    for (const Json& element : json.elements) EachMember(element, key, recursive, recursive, found);
  }
}

// What is no array is one of a single element where the path asks for an element.
std::vector<const Json*> FindLax(const Json& json, const std::vector<JsonStep>& steps, bool recursive) {
  std::vector<const Json*> at = {&json};
  for (const JsonStep& step : steps) {
    std::vector<const Json*> next;
    for (const Json* node : at) {
      if (!step.in_brackets) {
        EachMember(*node, step.key, true, recursive, next);
      } else if (node->kind != Json::Kind::kArray) {
        if (step.index == 0) next.push_back(node);
      } else if (step.index < node->elements.size()) {
        next.push_back(&node->elements[step.index]);
      }
    }
    at = std::move(next);
  }
  return at;
}

// `lax recursive $.a`: the words in front of the path, which is what stays.
bool TakeLax(std::string_view& path, bool& recursive) {
  bool lax = false;
  while (true) {
    const size_t begin = path.find_first_not_of(' ');
    if (begin == std::string_view::npos) return lax;
    const size_t end = std::min(path.find_first_of(" $", begin), path.size());
    const std::string_view word = path.substr(begin, end - begin);
    if (EqualIgnoringCase(word, "lax") && !lax) lax = true;
    else if (EqualIgnoringCase(word, "recursive") && !recursive) recursive = true;
    else break;
    path.remove_prefix(end);
  }
  if (lax) path.remove_prefix(std::min(path.find_first_not_of(' '), path.size()));
  return lax;
}

OutJson QueryJson(std::string_view text, std::string_view path) {
  bool recursive = false;
  std::string_view rest = path;
  if (path.starts_with("$") || !TakeLax(rest, recursive)) return At<JsonText>(text, path, false, WholeJson);
  const JsonPath& steps = PathOf(rest, false);
  if (!steps.error.empty()) return OutJson::Fail(steps.error);
  const auto json = ReadJson(text);
  if (!json) return nullptr;
  Json all{Json::Kind::kArray, {}, {}, {}};
  for (const Json* found : FindLax(*json, steps.steps, recursive)) all.elements.push_back(*found);
  return JsonText{WriteJson(all)};
}

// --- Arrays ----------------------------------------------------------------------------------------

Answer<List<std::string>> QueryElements(const Json& json) {
  if (json.kind != Json::Kind::kArray) return nullptr;
  List<std::string> all;
  for (const Json& element : json.elements) all.emplace_back(WriteJsonString(element));
  return all;
}
Answer<List<JsonText>> JsonElements(const Json& json) {
  if (json.kind != Json::Kind::kArray) return nullptr;
  List<JsonText> all;
  for (const Json& element : json.elements) all.emplace_back(JsonText{WriteJson(element)});
  return all;
}
Answer<List<std::string>> ScalarElements(const Json& json) {
  if (json.kind != Json::Kind::kArray) return nullptr;
  List<std::string> all;
  for (const Json& element : json.elements) {
    if (!element.IsScalar()) return nullptr;
    if (element.kind == Json::Kind::kNull) all.emplace_back(std::nullopt);
    else all.emplace_back(element.text);
  }
  return all;
}
using Texts = Answer<List<std::string>>;
Texts JsonQueryArray(std::string_view text, std::string_view path) { return At<List<std::string>>(text, path, false, QueryElements); }
Texts JsonExtractArray(std::string_view text, std::string_view path) { return At<List<std::string>>(text, path, true, QueryElements); }
Texts JsonValueArray(std::string_view text, std::string_view path) { return At<List<std::string>>(text, path, false, ScalarElements); }
Texts JsonExtractStringArray(std::string_view text, std::string_view path) { return At<List<std::string>>(text, path, true, ScalarElements); }
Answer<List<JsonText>> QueryArrayOfJson(std::string_view text, std::string_view path) {
  return At<List<JsonText>>(text, path, false, JsonElements);
}
Answer<List<JsonText>> ExtractArrayOfJson(std::string_view text, std::string_view path) {
  return At<List<JsonText>>(text, path, true, JsonElements);
}

void Flatten(const Json& json, List<JsonText>& all) {
  if (json.kind != Json::Kind::kArray) {
    all.emplace_back(JsonText{WriteJson(json)});
    return;
  }
  for (const Json& element : json.elements) Flatten(element, all);
}
Answer<List<JsonText>> JsonFlatten(std::string_view text) {
  const auto json = ReadJson(text);
  if (!json) return Answer<List<JsonText>>::Fail("Invalid JSON");
  List<JsonText> all;
  Flatten(*json, all);
  return all;
}

// --- Subscripts, types and keys --------------------------------------------------------------------

OutJson JsonField(std::string_view text, std::string_view key) {
  const auto json = ReadJson(text);
  if (!json || json->kind != Json::Kind::kObject) return nullptr;
  const Json* found = FindJson(*json, {JsonStep{false, false, std::string(key), 0}});
  if (found == nullptr) return nullptr;
  return JsonText{WriteJson(*found)};
}
OutJson JsonElement(std::string_view text, int64_t index) {
  const auto json = ReadJson(text);
  if (!json || json->kind != Json::Kind::kArray || index < 0) return nullptr;
  if (index >= static_cast<int64_t>(json->elements.size())) return nullptr;
  return JsonText{WriteJson(json->elements[static_cast<size_t>(index)])};
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

enum class KeysMode { kStrict, kLax, kRecursive };

// A key as a path mentions it: in quotes where it has other characters than those of names, digits and spaces.
std::string KeyInPath(const std::string& key) {
  static const re2::RE2 special(R"([^\p{L}\p{N}\d_\-\:\s])");
  if (!re2::RE2::PartialMatch(key, special)) return key;
  std::string quoted = "\"";
  for (const char c : key) quoted += c == '"' ? "\\\"" : std::string(1, c);
  return quoted + "\"";
}

// Adds the paths of the keys in `json`, behind `prefix` where it stands in a member.
void CollectKeys(const Json& json, const std::string* prefix, int64_t depth, KeysMode mode, bool in_array,
                 std::set<std::string>& keys) {
  if (json.kind == Json::Kind::kArray) {
    if (mode == KeysMode::kStrict || (in_array && mode == KeysMode::kLax)) return;
    for (const Json& element : json.elements) CollectKeys(element, prefix, depth, mode, true, keys);
    return;
  }
  if (depth <= 0) return;
  for (const auto& [key, value] : json.members) {
    const std::string path = (prefix == nullptr ? "" : *prefix + ".") + KeyInPath(key);
    keys.insert(path);
    CollectKeys(value, &path, depth - 1, mode, false, keys);
  }
}
Texts JsonKeys(std::string_view text, int64_t max_depth, std::string_view mode_text) {
  if (max_depth < 1) return Texts::Fail("max_depth must be positive");
  KeysMode mode = KeysMode::kStrict;
  std::string_view rest = mode_text;
  bool recursive = false;
  if (TakeLax(rest, recursive) && rest.empty()) {
    mode = recursive ? KeysMode::kRecursive : KeysMode::kLax;
  } else if (!EqualIgnoringCase(mode_text, "strict")) {
    return Texts::Fail("Invalid JSON mode specified");
  }
  const auto json = ReadJson(text);
  if (!json) return Texts::Fail("Invalid JSON");
  std::set<std::string> keys;
  CollectKeys(*json, nullptr, max_depth, mode, false, keys);
  return List<std::string>(keys.begin(), keys.end());
}

// --- Making JSON -----------------------------------------------------------------------------------

OutJson ParseJson(std::string_view text, std::string_view mode) {
  const bool round = EqualIgnoringCase(mode, "round");
  if (!round && !EqualIgnoringCase(mode, "exact")) {
    return OutJson::Fail("Invalid `wide_number_mode` specified for PARSE_JSON: " + std::string(mode));
  }
  std::string why;
  const auto json = ParseCanonicalJson(text, round ? WideNumbers::kRound : WideNumbers::kExact, why);
  if (!json) return OutJson::Fail("Invalid input to PARSE_JSON: " + why);
  return JsonText{WriteJson(*json)};
}

const Type& TypeAt(const Cell& code) {
  thread_local std::string last;
  thread_local Type type;
  if (last != code.Text()) {
    last = code.Text();
    type = TypeOfCode(last);
  }
  return type;
}

// (code, value, stringify wide numbers)
OutJson ToJson(const Cells& cells) {
  if (cells[2].IsNull()) return nullptr;
  Json json = JsonOfCell(cells[1], TypeAt(cells[0]),
                         cells[2].Plain<bool>() ? JsonNumbers::kForJsonWideAsText : JsonNumbers::kForJson);
  std::string why;
  if (!MakeCanonical(json, WideNumbers::kRound, why)) return OutJson::Fail(why);
  return JsonText{WriteJson(json)};
}
// (code, value, pretty)
Text ToJsonString(const Cells& cells) {
  if (cells[2].IsNull()) return nullptr;
  const Type& type = TypeAt(cells[0]);
  const Json json = JsonOfCell(cells[1], type, JsonNumbers::kForString);
  if (cells[2].Plain<bool>()) return WritePrettyJson(json);
  return type.kind() == TypeKind::kJson ? WriteJson(json) : WriteJsonString(json);
}
// (code, value): how long %t is, then %t and %T.
Text Print(const Cells& cells) {
  const Type& type = TypeAt(cells[0]);
  const std::string plain = PrintCell(cells[1], type, PrintForm::kPlain);
  return std::to_string(plain.size()) + ":" + plain + PrintCell(cells[1], type, PrintForm::kLiteral);
}

OutJson JsonArray(const Cells& cells) {
  std::string text = "[";
  for (size_t i = 0; i < cells.size(); ++i) text.append(i > 0 ? "," : "").append(cells[i].Text());
  return JsonText{text + "]"};
}
OutJson ObjectOf(Json object) {
  std::string why;
  if (!MakeCanonical(object, WideNumbers::kRound, why)) return OutJson::Fail("Invalid input to JSON_OBJECT: " + why);
  return JsonText{WriteJson(object)};
}
// Keys and values in turn; the values are JSON already.
OutJson JsonObject(const Cells& cells) {
  Json object{Json::Kind::kObject, {}, {}, {}};
  for (size_t i = 0; i + 1 < cells.size(); i += 2) {
    if (cells[i].IsNull()) return OutJson::Fail("Invalid input to JSON_OBJECT: A key cannot be NULL");
    object.members.emplace_back(cells[i].Text(), ReadJson(cells[i + 1].Text()).value_or(Json()));
  }
  return ObjectOf(std::move(object));
}
// Two arrays as JSON.
OutJson JsonObjectOfArrays(std::string_view keys_text, std::string_view values_text) {
  const auto keys = ReadJson(keys_text);
  auto values = ReadJson(values_text);
  const auto fail = [](const char* why) { return OutJson::Fail(std::string("Invalid input to JSON_OBJECT: ") + why); };
  if (!keys || keys->kind != Json::Kind::kArray) return fail("The keys array cannot be NULL");
  if (!values || values->kind != Json::Kind::kArray) return fail("The values array cannot be NULL");
  if (keys->elements.size() != values->elements.size()) return fail("The number of keys and values must match");
  Json object{Json::Kind::kObject, {}, {}, {}};
  for (size_t i = 0; i < keys->elements.size(); ++i) {
    if (keys->elements[i].kind != Json::Kind::kString) return fail("A key cannot be NULL");
    object.members.emplace_back(keys->elements[i].text, std::move(values->elements[i]));
  }
  return ObjectOf(std::move(object));
}

}  // namespace

void AddJson(Registrar& registrar) {
  registrar.Add("gs_json_value", JsonValue);
  registrar.Add("gs_json_extract_scalar", JsonExtractScalar);
  registrar.Add("gs_json_query", JsonQuery);
  registrar.Add("gs_json_extract", JsonExtract);
  registrar.Add("gs_query_json", QueryJson);
  registrar.Add("gs_extract_json", ExtractJson);
  registrar.Add("gs_json_query_array", JsonQueryArray);
  registrar.Add("gs_json_extract_array", JsonExtractArray);
  registrar.Add("gs_query_array_of_json", QueryArrayOfJson);
  registrar.Add("gs_extract_array_of_json", ExtractArrayOfJson);
  registrar.Add("gs_json_value_array", JsonValueArray);
  registrar.Add("gs_json_extract_string_array", JsonExtractStringArray);
  registrar.Add("gs_json_flatten", JsonFlatten);
  registrar.Add("gs_json_field", JsonField);
  registrar.Add("gs_json_element", JsonElement);
  registrar.Add("gs_json_type", JsonType);
  registrar.Add("gs_json_keys", JsonKeys);
  registrar.Add("gs_parse_json", ParseJson);
  registrar.AddOverCells("gs_to_json", ToJson);
  registrar.AddOverCells("gs_to_json_string", ToJsonString);
  registrar.AddOverCells("gs_print", Print);
  registrar.AddOverCells("gs_json_array", JsonArray);
  registrar.AddOverCells("gs_json_object", JsonObject);
  registrar.Add("gs_json_object_of_arrays", JsonObjectOfArrays);
}

}  // namespace casebook::engines
