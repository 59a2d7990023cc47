// Set operations: by position and by name, with the types that their inputs have in common.
#include <algorithm>

#include "analysis/resolver_internal.h"
#include "base/result.h"
#include "schema/table.h"

namespace casebook::analysis {
namespace {

SetOperator Operator(const sql::SetOperationSpec& spec) {
  switch (spec.op) {
    case sql::SetOperator::kUnion: return spec.distinct ? SetOperator::kUnionDistinct : SetOperator::kUnionAll;
    case sql::SetOperator::kIntersect:
      return spec.distinct ? SetOperator::kIntersectDistinct : SetOperator::kIntersectAll;
    case sql::SetOperator::kExcept: return spec.distinct ? SetOperator::kExceptDistinct : SetOperator::kExceptAll;
  }
  Unreachable();
}

const char* OperatorName(SetOperator op) {
  switch (op) {
    case SetOperator::kUnionAll: return "UNION ALL";
    case SetOperator::kUnionDistinct: return "UNION DISTINCT";
    case SetOperator::kIntersectAll: return "INTERSECT ALL";
    case SetOperator::kIntersectDistinct: return "INTERSECT DISTINCT";
    case SetOperator::kExceptAll: return "EXCEPT ALL";
    case SetOperator::kExceptDistinct: return "EXCEPT DISTINCT";
  }
  Unreachable();
}

std::vector<ColumnId> ColumnIds(const std::vector<QueryColumn>& columns) {
  std::vector<ColumnId> ids;
  for (const QueryColumn& column : columns) ids.push_back(column.column);
  return ids;
}

bool HasName(const std::vector<std::string_view>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view n) { return EqualIgnoringCase(n, name); });
}

bool HasColumn(const QueryResult& input, std::string_view name) {
  return std::any_of(input.columns.begin(), input.columns.end(),
                     [&](const QueryColumn& column) { return EqualIgnoringCase(column.name, name); });
}

// How the columns of inputs are matched by name.
enum class Match { kStrict, kInner, kLeft, kFull };

Match MatchOf(const sql::SetOperationSpec& spec) {
  switch (spec.mode) {
    case sql::SetMode::kInner: return Match::kInner;
    case sql::SetMode::kLeft: return Match::kLeft;
    case sql::SetMode::kFull: return Match::kFull;
    case sql::SetMode::kDefault: break;
  }
  const bool by_name = spec.columns == sql::SetColumns::kByName;
  return spec.strict || by_name ? Match::kStrict : Match::kInner;
}

// Chooses the columns of a set operation by name.
class NameMatcher {
 public:
  NameMatcher(const sql::SetOperationSpec& spec, const std::vector<QueryResult>& inputs)
      : spec_(spec), match_(MatchOf(spec)), inputs_(inputs) {}

  SqlResult<std::vector<std::string_view>> Names() {
    RETURN_IF_ERROR(spec_.by.empty() ? CommonNames() : ListedNames());
    if (names_.empty()) return Wrong("have no column in common");
    for (size_t i = 0; i < inputs_.size(); ++i) RETURN_IF_ERROR(CheckInput(i));
    return names_;
  }

 private:
  sql::SqlError Wrong(const std::string& what) const {
    return InvalidSql("Queries in " + std::string(OperatorName(Operator(spec_))) + " matched by name " + what,
                      spec_.range.begin);
  }

  SqlStatus CommonNames() {
    for (size_t i = 0; i < inputs_.size(); ++i) {
      const bool takes_all = match_ == Match::kFull || i == 0;
      if (!takes_all) break;
      for (const QueryColumn& column : inputs_[i].columns) {
        if (column.name.empty()) {
          if (match_ == Match::kInner) continue;
          return Wrong("must name all their columns; query " + std::to_string(i + 1) + " has one without a name");
        }
        if (match_ == Match::kInner && !InAll(column.name)) continue;
        if (i > 0 && HasName(names_, column.name)) continue;
        if (HasName(names_, column.name)) return Duplicate(column.name, i);
        names_.push_back(column.name);
      }
    }
    return Nothing{};
  }

  SqlStatus ListedNames() {
    for (const sql::Identifier& name : spec_.by) {
      if (HasName(names_, name.text)) return Wrong("list column " + name.text + " twice");
      names_.push_back(name.text);
    }
    return Nothing{};
  }

  bool InAll(std::string_view name) const {
    return std::all_of(inputs_.begin(), inputs_.end(), [&](const QueryResult& input) { return HasColumn(input, name); });
  }

  sql::SqlError Duplicate(std::string_view name, size_t i) const {
    return Wrong("have column " + std::string(name) + " more than once in query " + std::to_string(i + 1));
  }

  // Which names an input must have depends on the mode; none may have one of them twice.
  SqlStatus CheckInput(size_t i) const {
    const QueryResult& input = inputs_[i];
    const bool must_have_all = match_ == Match::kStrict || match_ == Match::kInner ||
                               (match_ == Match::kLeft && i == 0);
    size_t shared = 0;
    for (const std::string_view name : names_) {
      const auto same = [&](const QueryColumn& column) { return EqualIgnoringCase(column.name, name); };
      const auto count = std::count_if(input.columns.begin(), input.columns.end(), same);
      if (count > 1) return Duplicate(name, i);
      if (count == 1) ++shared;
      if (count == 0 && must_have_all) {
        return Wrong("need column " + std::string(name) + ", which query " + std::to_string(i + 1) + " has not");
      }
    }
    if (match_ == Match::kStrict && shared != input.columns.size()) {
      return Wrong("need the same columns; query " + std::to_string(i + 1) + " has others as well");
    }
    if (shared == 0 && spec_.by.empty()) return Wrong("have no column in common");
    return Nothing{};
  }

  const sql::SetOperationSpec& spec_;
  const Match match_;
  const std::vector<QueryResult>& inputs_;
  std::vector<std::string_view> names_;
};

}  // namespace

SqlResult<QueryResult> Resolver::ResolveSetOperation(const sql::SetOperationBody& body, const Scope* outer) {
  if (body.inputs.size() > kMaxSetInputs) {
    return SqlError{sql::SqlErrorKind::kLimit,
                    "set operation of more than " + std::to_string(kMaxSetInputs) + " queries", body.range.begin};
  }
  std::vector<QueryResult> inputs;
  for (const auto& input : body.inputs) {
    ASSIGN_OR_RETURN(QueryResult result, ResolveBody(*input, outer));
    inputs.push_back(std::move(result));
  }
  return CombineInputs(body.spec, std::move(inputs));
}

// Gives all inputs the same columns in the same order, those that one lacks as NULL.
SqlStatus Resolver::AlignInputs(const sql::SetOperationSpec& spec, std::vector<QueryResult>& inputs) {
  const uint32_t position = spec.range.begin;
  if (spec.columns == sql::SetColumns::kByPosition) {
    if (spec.mode != sql::SetMode::kDefault || spec.strict || !spec.by.empty()) {
      return UnsupportedSql("Outer mode of a set operation by position is not supported", position);
    }
    const size_t width = inputs.front().columns.size();
    for (size_t i = 0; i < inputs.size(); ++i) {
      if (inputs[i].columns.size() == width) continue;
      return InvalidSql("Queries in " + std::string(OperatorName(Operator(spec))) + " have mismatched column count; "
                        "query 1 has " + std::to_string(width) + " columns, query " + std::to_string(i + 1) + " has " +
                            std::to_string(inputs[i].columns.size()) + " columns", position);
    }
    return Nothing{};
  }
  for (const QueryResult& input : inputs) {
    if (input.is_value_table) return InvalidSql("A value table cannot be matched by name", position);
  }
  ASSIGN_OR_RETURN(const auto names, NameMatcher(spec, inputs).Names());
  for (QueryResult& input : inputs) SelectByName(input, names, position);
  return Nothing{};
}

void Resolver::SelectByName(QueryResult& input, std::span<const std::string_view> names, uint32_t position) {
  auto padding = std::make_unique<ProjectScan>();
  std::vector<QueryColumn> columns;
  for (const std::string_view name : names) {
    const auto found = std::find_if(input.columns.begin(), input.columns.end(), [&](const QueryColumn& column) {
      return EqualIgnoringCase(column.name, name);
    });
    if (found != input.columns.end()) {
      columns.push_back(*found);
      continue;
    }
    ExprPtr null = UntypedNull(position);
    const ColumnId column = NewColumn(name, null->type);
    columns.push_back({name, column, CoercibleOf(*null)});
    padding->computed.push_back({column, std::move(null)});
  }
  input.columns = std::move(columns);
  if (padding->computed.empty()) return;
  padding->input = std::move(input.scan);
  input.scan = std::move(padding);
}

SqlResult<QueryResult> Resolver::CombineInputs(const sql::SetOperationSpec& spec, std::vector<QueryResult> inputs) {
  RETURN_IF_ERROR(AlignInputs(spec, inputs));
  const SetOperator op = Operator(spec);
  const uint32_t position = spec.range.begin;
  std::vector<Type> types;
  for (size_t c = 0; c < inputs.front().columns.size(); ++c) {
    std::vector<CoercibleType> column;
    for (const QueryResult& input : inputs) column.push_back(input.columns[c].type);
    auto super = CommonSupertype(column);
    if (!super) {
      std::string listed;
      for (const CoercibleType& type : column) listed += (listed.empty() ? "" : ", ") + type.type.ToString();
      return InvalidSql("Column " + std::to_string(c + 1) + " in " + OperatorName(op) +
                            " has incompatible types: " + listed, position);
    }
    if (op != SetOperator::kUnionAll && !SupportsGrouping(*super)) {
      return InvalidSql("Column " + std::to_string(c + 1) + " in " + OperatorName(op) + " has type that does not "
                        "support set operation comparisons: " + super->ToString(), position);
    }
    types.push_back(*super);
  }

  QueryResult result;
  auto scan = std::make_unique<SetOperationScan>();
  scan->op = op;
  result.is_value_table = inputs.front().is_value_table;
  for (size_t c = 0; c < types.size(); ++c) {
    const std::string_view name = inputs.front().columns[c].name;
    const ColumnId column = NewColumn(name, types[c]);
    scan->columns.push_back(column);
    CoercibleType type;
    type.type = types[c];
    result.columns.push_back({name, column, type});
  }
  for (QueryResult& input : inputs) {
    RETURN_IF_ERROR(CastColumns(input, types, position));
    scan->inputs.push_back({std::move(input.scan), ColumnIds(input.columns)});
  }
  result.scan = std::move(scan);
  return result;
}

namespace {

// The constant that the topmost projection of `scan` computes as `column`; nullptr where there is none. Nothing
// else mentions such a column yet.
ExprPtr* FindConstant(Scan& scan, ColumnId column) {
  auto* project = TryAs<ProjectScan>(scan);
  if (project == nullptr) return nullptr;
  for (Computed& computed : project->computed) {
    if (computed.column != column) continue;
    const CoercibleType type = CoercibleOf(*computed.expr);
    const bool is_constant = type.literal || type.untyped_null || type.untyped_empty_array || !type.parts.empty();
    return is_constant ? &computed.expr : nullptr;
  }
  return nullptr;
}

}  // namespace

// Gives `input` the types, with a projection where one differs.
SqlStatus Resolver::CastColumns(QueryResult& input, std::span<const Type> types, uint32_t position) {
  auto project = std::make_unique<ProjectScan>();
  for (size_t c = 0; c < types.size(); ++c) {
    QueryColumn& column = input.columns[c];
    const auto id = static_cast<size_t>(column.column);
    columns_[id].used = true;
    if (TypeOf(column.column) == types[c]) {
      column.type = {.type = types[c]};
      continue;
    }
    const auto earlier = std::find_if(input.columns.begin(), input.columns.begin() + static_cast<std::ptrdiff_t>(c),
                                      [&](const QueryColumn& other) { return other.column == column.column; });
    const bool is_shared = earlier != input.columns.begin() + static_cast<std::ptrdiff_t>(c);
    ExprPtr* constant = is_shared ? nullptr : FindConstant(*input.scan, column.column);
    if (constant != nullptr) {
      RETURN_IF_ERROR(CoerceTo(*constant, types[c], "Column of a set operation"));
      columns_[id].type = types[c];
      column.type = {.type = types[c]};
      continue;
    }
    ExprPtr expr;
    if (column.type.untyped_null) {
      expr = UntypedNull(position);
      RETURN_IF_ERROR(CoerceTo(expr, types[c], "Column of a set operation"));
    } else if (column.type.untyped_empty_array) {
      auto array = std::make_unique<ArrayConstructor>();
      array->type = types[c];
      array->position = position;
      expr = std::move(array);
    } else {
      expr = MakeCast(Ref(column.column, position), types[c], false, true);
    }
    const ColumnId casted = NewColumn(column.name, types[c]);
    columns_[static_cast<size_t>(casted)].used = true;
    project->computed.push_back({casted, std::move(expr)});
    column.column = casted;
    column.type = {.type = types[c]};
  }
  if (project->computed.empty()) return Nothing{};
  project->input = std::move(input.scan);
  input.scan = std::move(project);
  return Nothing{};
}

}  // namespace casebook::analysis
