// FieldCatalogue: what the field ids of a case event mean: which column, which display name, which options.
//
// It is merged from documents (docs/catalogue.md): our catalogue file, answers of ListFields, BatchGetField and
// ListFieldOptions, and its own ToJson(). Merging is commutative and idempotent: of two statements on one thing the
// newer by the source's own time counts, one without a time being the oldest, then the one with the greater
// SHA-256; options once known are kept. Immutable; share one among threads.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "schema/columns.h"

namespace casebook {

enum class CaseFieldType {
  kUnknown,
  kText,
  kNumber,
  kBoolean,
  kDateTime,
  kSingleSelect,
  kUrl,
  kUser
};

// One option of a field: what the event carries and what people see.
struct FieldOption {
  std::string value;
  std::string name;
};

// What the catalogue says of one field.
struct FieldBinding {
  std::string id;
  std::string display_name;  // the id where no name is known
  CaseFieldType type = CaseFieldType::kUnknown;
  std::optional<CaseColumn> column;  // nullopt: shown in other_fields
  uint32_t rank = 0;                 // of two fields of one event that are bound to one column the lower counts
  std::string changed_name;          // in detail_changed_field_ids
  std::string other_key;             // in other_fields; the display name, with the id where two fields share it
  std::vector<FieldOption> options;  // by value

  // The name of the option `value`: exactly, then ignoring case; `value` itself where none is known.
  std::string_view OptionName(std::string_view value) const;

 private:
  friend class FieldCatalogue;
  std::vector<uint32_t> option_table_;  // open addressing by hash of the value
  std::vector<std::pair<std::string, uint32_t>> folded_options_;  // value in lower case, index; by value
};

class FieldCatalogue {
 public:
  // The system fields of Connect Cases, without options.
  FieldCatalogue();

  // This and what `document` says. kInvalid where it is no catalogue document.
  Result<FieldCatalogue> MergedWith(std::string_view document) const;

  // The merged state, with all that is needed to go on merging. Takes itself as a document.
  std::string ToJson() const;
  static Result<FieldCatalogue> FromJson(std::string_view json);

  // Hexadecimal; the same for catalogues that make the same rows of the same events.
  const std::string& Fingerprint() const { return fingerprint_; }

  // nullptr where the id is not known. Exactly, then ignoring case.
  const FieldBinding* Find(std::string_view field_id) const;
  const std::vector<FieldBinding>& bindings() const { return bindings_; }  // by id

 private:
  // When something was said, and what decides between two that say it at one time.
  struct Stamp {
    int64_t micros = kNoTime;
    std::string sha256;
    auto operator<=>(const Stamp&) const = default;
  };
  static constexpr int64_t kNoTime = INT64_MIN;

  struct Statement {
    Stamp stamp;
    std::string value;
    auto operator<=>(const Statement&) const = default;
  };
  struct Option {
    Statement name;
    bool active = true;  // of the statement that counts
  };
  struct Field {
    std::map<std::string, Statement, std::less<>> said;  // by attribute: name, type, namespace, column
    std::map<std::string, Option, std::less<>> options;  // by value
  };
  using Fields = std::map<std::string, Field, std::less<>>;

  friend class CatalogueReader;
  static void Say(Field& field, std::string_view attribute, Statement statement);
  static void SayOption(Field& field, std::string_view value, Statement name, bool active);

  void Bind();
  void BindField(const std::string& id, const Field& field);
  void RankBindings();
  void NameOthers();
  void BuildTable();
  std::string ComputeFingerprint() const;

  Fields fields_;
  std::vector<FieldBinding> bindings_;
  std::vector<uint8_t> priorities_;  // by binding: how the column was found
  std::vector<uint32_t> table_;      // open addressing by hash of the id
  std::map<std::string, uint32_t> folded_ids_;
  std::string fingerprint_;
};

// `answer` of ListFieldOptions, which does not say whose options they are, as a document that does.
// kInvalid where it holds no options.
Result<std::string> OptionsOfField(std::string_view answer, std::string_view field_id);

// The suffix of a column that fields are bound to: `level_1`, `account`.
std::string_view FieldColumnSuffix(CaseColumn column);
// The column of such a suffix, or of the column's whole name; nullopt for columns that no field is bound to.
std::optional<CaseColumn> FieldColumn(std::string_view suffix);

}  // namespace casebook
