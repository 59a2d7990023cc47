// JSON_CONTAINS.
#include <algorithm>

#include "engines/duckdb/json_text.h"
#include "engines/duckdb/scalar_function.h"

namespace casebook::engines {
namespace {

bool SameScalar(const Json& a, const Json& b) {
  if (a.kind != b.kind) return false;
  if (a.kind == Json::Kind::kNumber) return a.text == b.text || DecimalOf(a.text) == DecimalOf(b.text);
  return a.kind == Json::Kind::kNull || a.text == b.text;
}

bool Contains(const Json& whole, const Json& part);

bool HoldsElement(const Json& array, const Json& wanted) {
  return std::any_of(array.elements.begin(), array.elements.end(),
                     [&](const Json& element) { return Contains(element, wanted); });
}

// All members of an object, all elements of an array somewhere, or the same scalar.
bool Contains(const Json& whole, const Json& part) {
  if (whole.kind != part.kind) return false;
  if (part.kind == Json::Kind::kArray) {
    return std::all_of(part.elements.begin(), part.elements.end(),
                       [&](const Json& wanted) { return HoldsElement(whole, wanted); });
  }
  if (part.kind != Json::Kind::kObject) return SameScalar(whole, part);
  return std::all_of(part.members.begin(), part.members.end(), [&](const auto& wanted) {
    return std::any_of(whole.members.begin(), whole.members.end(), [&](const auto& member) {
      return member.first == wanted.first && Contains(member.second, wanted.second);
    });
  });
}

Answer<bool> JsonContains(std::string_view whole_text, std::string_view part_text) {
  const auto whole = ReadJson(whole_text);
  const auto part = ReadJson(part_text);
  if (!whole || !part) return Answer<bool>::Fail("Invalid JSON");
  if (Contains(*whole, *part)) return true;
  // Of an array that is the whole document a scalar element is enough.
  return whole->kind == Json::Kind::kArray && part->IsScalar() && HoldsElement(*whole, *part);
}

}  // namespace

void AddJsonContains(Registrar& registrar) { registrar.Add("gs_json_contains", JsonContains); }

}  // namespace casebook::engines
