// CONTAINS_SUBSTR: a text anywhere in a value of any type, whatever its case and form.
#include <unicode/normalizer2.h>

#include <algorithm>

#include "engines/duckdb/numeric.h"
#include "engines/duckdb/type_code.h"
#include "engines/duckdb/value_text.h"
#include "schema/table.h"

namespace casebook::engines {
namespace {

std::string Folded(std::string_view text) {
  const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii) {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
  }
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFKCInstance(error);
  icu::UnicodeString wide = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  wide = form->normalize(wide, error);
  wide.foldCase();
  std::string out;
  form->normalize(wide, error).toUTF8String(out);
  return out;
}

enum class Outcome { kNo, kNull, kYes };
enum class JsonScope { kValues, kKeys, kBoth };

struct Search {
  std::string needle;
  JsonScope scope;

  bool InText(std::string_view text) const { return Folded(text).find(needle) != std::string::npos; }

  bool InJson(const Json& json) const {
    if (json.IsScalar()) return scope != JsonScope::kKeys && json.kind != Json::Kind::kNull && InText(json.text);
    const auto in_member = [&](const auto& member) {
      return (scope != JsonScope::kValues && InText(member.first)) || InJson(member.second);
    };
    return std::any_of(json.elements.begin(), json.elements.end(), [&](const Json& one) { return InJson(one); }) ||
           std::any_of(json.members.begin(), json.members.end(), in_member);
  }

  Outcome In(const Cell& cell, const Type& type) const {
    if (cell.IsNull()) return Outcome::kNull;
    if (type.IsArray()) {
      const auto entry = cell.Plain<duckdb_list_entry>();
      duckdb_vector child = duckdb_list_vector_get_child(cell.vector);
      Outcome outcome = Outcome::kNo;
      for (uint64_t i = 0; i < entry.length; ++i) outcome = std::max(outcome, In({child, entry.offset + i}, type.element()));
      return outcome;
    }
    if (type.IsStruct()) {
      Outcome outcome = Outcome::kNo;
      for (size_t i = 0; i < type.fields().size(); ++i) {
        outcome = std::max(outcome, In({duckdb_struct_vector_get_child(cell.vector, i), cell.row}, type.fields()[i].type));
      }
      return outcome;
    }
    bool found = false;
    if (type.kind() == TypeKind::kJson) {
      const auto json = ReadJson(cell.Text());
      found = json && InJson(*json);
    } else if (type.kind() == TypeKind::kFloat64) {
      found = InText(FloatText(cell.Plain<double>()));
    } else {
      found = InText(PrintCell(cell, type, PrintForm::kPlain));
    }
    return found ? Outcome::kYes : Outcome::kNo;
  }
};

// (code, value, needle, scope in JSON)
Answer<bool> ContainsSubstr(const Cells& cells) {
  using Found = Answer<bool>;
  if (cells[2].IsNull()) return Found::Fail("The search value of CONTAINS_SUBSTR must not be NULL");
  if (cells[3].IsNull()) return nullptr;
  Search search{Folded(cells[2].Text()), JsonScope::kValues};
  const std::string_view scope = cells[3].Text();
  if (EqualIgnoringCase(scope, "JSON_KEYS")) search.scope = JsonScope::kKeys;
  else if (EqualIgnoringCase(scope, "JSON_KEYS_AND_VALUES")) search.scope = JsonScope::kBoth;
  else if (!EqualIgnoringCase(scope, "JSON_VALUES")) return Found::Fail("Invalid json_scope: " + std::string(scope));
  const Outcome outcome = search.In(cells[1], TypeOfCode(cells[0].Text()));
  if (outcome == Outcome::kNull) return nullptr;
  return outcome == Outcome::kYes;
}

}  // namespace

void AddSearch(Registrar& registrar) { registrar.AddOverCells("gs_contains_substr", ContainsSubstr); }

}  // namespace casebook::engines
