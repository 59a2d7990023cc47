// Which columns take fields, and by which names. For the field catalogue.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "schema/columns.h"

namespace casebook {

struct SystemField {
  std::string_view id;
  std::string_view type;
};

// The fields that every Cases domain has; their ids are words.
std::span<const SystemField> SystemFields();
bool IsSystemField(std::string_view id);

// The column of a custom field by its display name ("Account Number", "Level 1", "complaint_subject2").
std::optional<CaseColumn> ColumnOfDisplayName(std::string_view display_name);

}  // namespace casebook
