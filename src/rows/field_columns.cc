// Which columns take fields, and by which names: the ways from a display name or a system id to a column.
#include "rows/field_columns.h"

#include <array>

#include "rows/field_catalogue.h"
#include "rows/value_reader.h"

namespace casebook {
namespace {

constexpr std::string_view kFieldPrefix = "detail_case_fields_";

// Columns with the prefix that are worked out and take no field.
bool IsWorkedOut(CaseColumn column) {
  return column == CaseColumn::kDueDateIsComputed || column == CaseColumn::kCaseReasonValue;
}

// Display names, normalised, that differ from the column's suffix.
struct Alias {
  std::string_view name;
  CaseColumn column;
};
constexpr Alias kAliases[] = {
    {"account_number", CaseColumn::kAccount},
    {"date_time_reopened", CaseColumn::kLastReopened},
};

// Lower case, every run of other characters than letters and digits as one '_', none at the ends.
std::string Normalised(std::string_view name) {
  std::string normal;
  for (const char c : LowerCase(name)) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (kept) {
      normal.push_back(c);
    } else if (!normal.empty() && normal.back() != '_') {
      normal.push_back('_');
    }
  }
  if (!normal.empty() && normal.back() == '_') normal.pop_back();
  return normal;
}

// `level1` as `level_1`.
std::string WithNumberApart(std::string name) {
  const size_t digits = name.find_last_not_of("0123456789") + 1;
  if (digits > 0 && digits < name.size() && name[digits - 1] != '_') name.insert(digits, 1, '_');
  return name;
}

std::optional<CaseColumn> ColumnOfNormalName(std::string_view name) {
  for (const Alias& alias : kAliases) {
    if (alias.name == name) return alias.column;
  }
  return FieldColumn(name);
}

}  // namespace

std::string_view FieldColumnSuffix(CaseColumn column) {
  std::string_view name = kCaseColumnLayout[static_cast<size_t>(column)].name;
  if (name.starts_with(kFieldPrefix)) name.remove_prefix(kFieldPrefix.size());
  return name;
}

std::optional<CaseColumn> FieldColumn(std::string_view suffix) {
  if (suffix.starts_with(kFieldPrefix)) suffix.remove_prefix(kFieldPrefix.size());
  if (suffix == "account") return CaseColumn::kAccount;
  for (size_t i = 0; i < std::size(kCaseColumnLayout); ++i) {
    const std::string_view name = kCaseColumnLayout[i].name;
    const auto column = static_cast<CaseColumn>(i);
    if (name.starts_with(kFieldPrefix) && name.substr(kFieldPrefix.size()) == suffix && !IsWorkedOut(column)) {
      return column;
    }
  }
  return std::nullopt;
}

std::span<const SystemField> SystemFields() {
  static constexpr SystemField kFields[] = {
      {"assigned_queue", "Text"},
      {"assigned_user", "User"},
      {"case_id", "Text"},
      {"case_reason", "SingleSelect"},
      {"created_datetime", "DateTime"},
      {"customer_id", "Text"},
      {"last_closed_datetime", "DateTime"},
      {"last_reopened_datetime", "DateTime"},
      {"last_updated_datetime", "DateTime"},
      {"last_updated_user", "User"},
      {"next_sla_breach_datetime", "DateTime"},
      {"reference_number", "Text"},
      {"status", "SingleSelect"},
      {"summary", "Text"},
      {"title", "Text"},
  };
  return kFields;
}

bool IsSystemField(std::string_view id) {
  for (const SystemField& field : SystemFields()) {
    if (field.id == id) return true;
  }
  return false;
}

std::optional<CaseColumn> ColumnOfDisplayName(std::string_view display_name) {
  const std::string name = Normalised(display_name);
  std::optional<CaseColumn> column = ColumnOfNormalName(name);
  if (!column) column = ColumnOfNormalName(WithNumberApart(name));
  if (!column) return std::nullopt;
  // A custom field called "Status" is not the system's, but a reopening date was custom in older domains.
  const bool of_the_system = IsSystemField(FieldColumnSuffix(*column)) && *column != CaseColumn::kLastReopened;
  return of_the_system ? std::nullopt : column;
}

}  // namespace casebook
