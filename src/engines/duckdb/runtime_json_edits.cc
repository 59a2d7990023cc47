// Functions that change a value of type JSON.
#include <algorithm>
#include <span>

#include "engines/duckdb/json_text.h"
#include "engines/duckdb/list_slots.h"
#include "engines/duckdb/numeric.h"

namespace casebook::engines {
namespace {

using OutJson = Answer<JsonText>;

constexpr size_t kMaxArray = 1'000'000;  // of an array that grows

// One change: where, and what. The value of an SQL array may come apart into its elements.
struct Edit {
  std::vector<JsonStep> steps;
  Json value;
  bool is_array = false;
};
// Why a change cannot be made; empty where it was made or there is no such place.
using Why = std::string;

Why TooLong() { return "Exceeded maximum array size of " + std::to_string(kMaxArray); }

Json* Member(Json& object, const std::string& key) {
  for (auto& [name, value] : object.members) {
    if (name == key) return &value;
  }
  return nullptr;
}

// The next value on the way, made where there is none and `create` allows it; nullptr where the way ends.
Json* StepInto(Json& json, const JsonStep& step, bool create, Why& why) {
  if (json.kind == Json::Kind::kNull && create) json.kind = step.in_brackets ? Json::Kind::kArray : Json::Kind::kObject;
  if (step.in_brackets) {
    if (json.kind != Json::Kind::kArray || !step.is_index) return nullptr;
    if (step.index >= json.elements.size()) {
      if (!create) return nullptr;
      if (step.index >= kMaxArray) {
        why = TooLong();
        return nullptr;
      }
      json.elements.resize(step.index + 1);
    }
    return &json.elements[step.index];
  }
  if (json.kind != Json::Kind::kObject) return nullptr;
  Json* member = Member(json, step.key);
  if (member == nullptr && create) member = &json.members.emplace_back(step.key, Json()).second;
  return member;
}

// Would `steps` from number `at` on find or make a place in `json`? Making one must not leave traces where it fails.
bool CanSet(const Json& json, const std::vector<JsonStep>& steps, bool create) {
  const Json* at = &json;
  for (const JsonStep& step : steps) {
    if (at->kind == Json::Kind::kNull) return create;
    if (step.in_brackets) {
      if (at->kind != Json::Kind::kArray || !step.is_index) return false;
      if (step.index >= at->elements.size()) return create;
      at = &at->elements[step.index];
    } else {
      if (at->kind != Json::Kind::kObject) return false;
      const Json* member = Member(const_cast<Json&>(*at), step.key);
      if (member == nullptr) return create;
      at = member;
    }
  }
  return true;
}

Why Set(Json& root, Edit edit, bool create) {
  if (!CanSet(root, edit.steps, create)) return {};
  Why why;
  Json* at = &root;
  for (const JsonStep& step : edit.steps) {
    at = StepInto(*at, step, create, why);
    if (at == nullptr) return why;
  }
  *at = std::move(edit.value);
  return {};
}

Json* Find(Json& root, std::span<const JsonStep> steps) {
  Json* at = &root;
  Why why;
  for (const JsonStep& step : steps) {
    at = StepInto(*at, step, false, why);
    if (at == nullptr) return nullptr;
  }
  return at;
}

Why Append(Json& root, Edit edit, bool each) {
  Json* array = Find(root, edit.steps);
  if (array == nullptr) return {};
  if (array->kind == Json::Kind::kNull) array->kind = Json::Kind::kArray;
  if (array->kind != Json::Kind::kArray) return {};
  if (each && edit.is_array) {
    if (edit.value.kind != Json::Kind::kArray) return "a NULL array is not supported";
    if (array->elements.size() + edit.value.elements.size() > kMaxArray) return TooLong();
    std::move(edit.value.elements.begin(), edit.value.elements.end(), std::back_inserter(array->elements));
    return {};
  }
  if (array->elements.size() >= kMaxArray) return TooLong();
  array->elements.push_back(std::move(edit.value));
  return {};
}

Why Insert(Json& root, Edit edit, bool each) {
  if (edit.steps.empty() || !edit.steps.back().in_brackets || !edit.steps.back().is_index) return {};
  const size_t index = edit.steps.back().index;
  Json* array = Find(root, std::span(edit.steps).first(edit.steps.size() - 1));
  if (array == nullptr) return {};
  if (array->kind == Json::Kind::kNull) array->kind = Json::Kind::kArray;
  if (array->kind != Json::Kind::kArray) return {};
  std::vector<Json> added;
  if (each && edit.is_array) {
    if (edit.value.kind != Json::Kind::kArray) return "a NULL array is not supported";
    added = std::move(edit.value.elements);
  } else {
    added.push_back(std::move(edit.value));
  }
  if (std::max(index, array->elements.size()) + added.size() > kMaxArray) return TooLong();
  // What was not there is null.
  if (index >= array->elements.size()) array->elements.resize(added.empty() ? index + 1 : index);
  array->elements.insert(array->elements.begin() + static_cast<std::ptrdiff_t>(index),
                         std::make_move_iterator(added.begin()), std::make_move_iterator(added.end()));
  return {};
}

Why Remove(Json& root, const std::vector<JsonStep>& steps) {
  if (steps.empty()) return "The JSONPath cannot be '$'";
  Json* parent = Find(root, std::span(steps).first(steps.size() - 1));
  if (parent == nullptr) return {};
  const JsonStep& last = steps.back();
  if (last.in_brackets) {
    if (parent->kind == Json::Kind::kArray && last.is_index && last.index < parent->elements.size()) {
      parent->elements.erase(parent->elements.begin() + static_cast<std::ptrdiff_t>(last.index));
    }
  } else if (parent->kind == Json::Kind::kObject) {
    std::erase_if(parent->members, [&](const auto& member) { return member.first == last.key; });
  }
  return {};
}

// Takes nulls out of objects, and out of arrays where `arrays`; with `empty` also what then is empty. True where
// `json` itself is to go.
bool Strip(Json& json, bool arrays, bool empty) {
  if (json.kind == Json::Kind::kNull) return true;
  if (json.kind == Json::Kind::kObject) {
    std::erase_if(json.members, [&](auto& member) { return Strip(member.second, arrays, empty); });
    return empty && json.members.empty();
  }
  if (json.kind != Json::Kind::kArray) return false;
  if (arrays) {
    std::erase_if(json.elements, [&](Json& element) { return Strip(element, arrays, empty); });
    return empty && json.elements.empty();
  }
  // Arrays as they are; only the objects in them change.
  for (Json& element : json.elements) Strip(element, arrays, empty);
  return false;
}

OutJson Failed(const char* name, const Why& why) {
  return OutJson::Fail("Invalid input to " + std::string(name) + ": " + why);
}

// The arguments: the value, the flag, then for each change its path, `[` or `.` for what is an array, and its value
// as JSON. NULL among them is NULL.
OutJson Change(const char* name, const Cells& cells, Why (*change)(Json&, Edit, bool)) {
  if (std::any_of(cells.begin(), cells.end(), [](const Cell& cell) { return cell.IsNull(); })) return nullptr;
  auto root = ReadJson(cells[0].Text());
  if (!root) return OutJson::Fail("Invalid JSON");
  const bool flag = cells[1].Plain<bool>();
  for (size_t i = 2; i + 2 < cells.size(); i += 3) {
    JsonPath path = ReadJsonPath(cells[i].Text(), false);
    if (!path.error.empty()) return Failed(name, path.error);
    Edit edit{std::move(path.steps), ReadJson(cells[i + 2].Text()).value_or(Json()), cells[i + 1].Text() == "["};
    const Why why = change(*root, std::move(edit), flag);
    if (!why.empty()) return Failed(name, why);
  }
  std::string why;
  if (!MakeCanonical(*root, WideNumbers::kRound, why)) return Failed(name, why);
  return JsonText{WriteJson(*root)};
}
OutJson JsonSet(const Cells& cells) { return Change("JSON_SET", cells, Set); }
OutJson JsonArrayAppend(const Cells& cells) { return Change("JSON_ARRAY_APPEND", cells, Append); }
OutJson JsonArrayInsert(const Cells& cells) { return Change("JSON_ARRAY_INSERT", cells, Insert); }

OutJson JsonRemove(const Cells& cells) {
  if (std::any_of(cells.begin(), cells.end(), [](const Cell& cell) { return cell.IsNull(); })) return nullptr;
  auto root = ReadJson(cells[0].Text());
  if (!root) return OutJson::Fail("Invalid JSON");
  for (size_t i = 1; i < cells.size(); ++i) {
    const JsonPath path = ReadJsonPath(cells[i].Text(), false);
    if (!path.error.empty()) return Failed("JSON_REMOVE", path.error);
    const Why why = Remove(*root, path.steps);
    if (!why.empty()) return Failed("JSON_REMOVE", why);
  }
  return JsonText{WriteJson(*root)};
}

OutJson JsonStripNulls(std::string_view text, std::string_view path_text, bool arrays, bool empty) {
  const JsonPath path = ReadJsonPath(path_text, false);
  if (!path.error.empty()) return Failed("JSON_STRIP_NULLS", path.error);
  auto root = ReadJson(text);
  if (!root) return OutJson::Fail("Invalid JSON");
  Json* at = Find(*root, path.steps);
  if (at != nullptr && Strip(*at, arrays, empty)) *at = Json();
  return JsonText{WriteJson(*root)};
}

}  // namespace

void AddJsonEdits(Registrar& registrar) {
  registrar.AddOverCells("gs_json_set", JsonSet);
  registrar.AddOverCells("gs_json_array_append", JsonArrayAppend);
  registrar.AddOverCells("gs_json_array_insert", JsonArrayInsert);
  registrar.AddOverCells("gs_json_remove", JsonRemove);
  registrar.Add("gs_json_strip_nulls", JsonStripNulls);
}

}  // namespace casebook::engines
