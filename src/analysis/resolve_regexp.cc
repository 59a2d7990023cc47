// REGEXP_EXTRACT_GROUPS, whose answer has a field for each group of its pattern.
#include "analysis/regexp_groups.h"
#include "analysis/resolver_internal.h"
#include "base/result.h"

namespace casebook::analysis {
namespace {

// `year__INT64`: the field `year` of type INT64; a STRING without such an end. nullopt where the type is none.
std::optional<Type::Field> FieldOf(std::string_view name) {
  const size_t mark = name.rfind("__");
  if (mark == std::string_view::npos) return Type::Field{std::string(name), TypeKind::kString};
  for (const TypeKind kind : {TypeKind::kInt64, TypeKind::kFloat64, TypeKind::kNumeric, TypeKind::kBool, TypeKind::kString,
                              TypeKind::kBytes, TypeKind::kDate, TypeKind::kDatetime, TypeKind::kTime, TypeKind::kTimestamp}) {
    if (EqualIgnoringCase(TypeKindName(kind), name.substr(mark + 2))) return Type::Field{std::string(name.substr(0, mark)), kind};
  }
  return std::nullopt;
}

}  // namespace

SqlResult<Type> Resolver::GroupsType(const std::vector<ExprPtr>& arguments, uint32_t position) {
  const auto* pattern = TryAs<Literal>(*arguments[1]);
  if (pattern == nullptr || pattern->value.is_null()) {
    return InvalidSql("Argument 2 of REGEXP_EXTRACT_GROUPS must be a literal", position);
  }
  const std::vector<RegexpGroup> groups = RegexpGroups(pattern->value.text());
  if (groups.size() > kMaxRegexpGroups) {
    return SqlError{sql::SqlErrorKind::kLimit,
                    "REGEXP_EXTRACT_GROUPS of more than " + std::to_string(kMaxRegexpGroups) + " groups", position};
  }
  std::vector<Type::Field> fields;
  for (const RegexpGroup& group : groups) {
    const auto field = FieldOf(group.name);
    if (!field) {
      return UnsupportedSql("REGEXP_EXTRACT_GROUPS with a group named " + std::string(group.name) + " is not supported",
                            position);
    }
    if (field->type.kind() == TypeKind::kTimestamp && !UtcByDefault()) {
      return UnsupportedSql("REGEXP_EXTRACT_GROUPS with a group of type TIMESTAMP is not supported", position);
    }
    fields.push_back(*field);
  }
  if (fields.empty()) return InvalidSql("The pattern of REGEXP_EXTRACT_GROUPS has no capturing group", position);
  return Type::Struct(std::move(fields));
}

}  // namespace casebook::analysis
