// WITH: tables of one query, in the order in which they need one another, and recursive ones.
#include <algorithm>

#include "analysis/resolver_internal.h"
#include "base/result.h"
#include "schema/table.h"
#include "sql/names_table.h"

namespace casebook::analysis {
namespace {

// A recursive query taken apart: `first… UNION recursive`, written with UNION or as the last pipe operator.
struct Recursion {
  const sql::SetOperationSpec* spec = nullptr;
  std::vector<const sql::QueryBody*> first_bodies;
  const sql::Query* first_query = nullptr;  // its last pipe operator left out
  std::vector<const sql::Query*> first_inputs;
  const sql::QueryBody* last_body = nullptr;
  const sql::Query* last_query = nullptr;
};

bool IsBare(const sql::Query& query) {
  return !query.with && query.order_by.empty() && !query.limit && query.pipes.empty();
}

const sql::QueryBody& InnerBody(const sql::QueryBody& body) {
  const sql::QueryBody* inner = &body;
  while (const auto* nested = sql::TryAs<sql::NestedQueryBody>(*inner)) {
    if (!IsBare(*nested->query)) break;
    inner = nested->query->body.get();
  }
  return *inner;
}

sql::SqlError NotAUnion(const sql::WithTable& table) {
  return InvalidSql("Recursive reference to query " + table.name.text + " must be in the last term of a UNION",
                    table.name.range.begin);
}

SqlResult<Recursion> TakeApart(const sql::WithTable& table) {
  const std::string_view name = table.name.text;
  const sql::Query& query = *table.query;
  Recursion recursion;
  if (query.with) return UnsupportedSql("WITH in a recursive query is not supported", query.with->range.begin);
  if (!query.pipes.empty()) {
    const auto* pipe = sql::TryAs<sql::PipeSetOperation>(*query.pipes.back());
    if (pipe == nullptr || pipe->spec.op != sql::SetOperator::kUnion) return NotAUnion(table);
    recursion.spec = &pipe->spec;
    recursion.first_query = &query;
    bool early = sql::NamesTable(*query.body, name);
    for (size_t i = 0; i + 1 < query.pipes.size(); ++i) early = early || sql::NamesTable(*query.pipes[i], name);
    for (const auto& input : pipe->inputs) recursion.first_inputs.push_back(input.get());
    recursion.last_query = recursion.first_inputs.back();
    recursion.first_inputs.pop_back();
    for (const sql::Query* input : recursion.first_inputs) early = early || sql::NamesTable(*input, name);
    if (early) return NotAUnion(table);
    return recursion;
  }
  if (!IsBare(query)) {
    return UnsupportedSql("WITH, ORDER BY and LIMIT around a recursive query are not supported", table.range.begin);
  }
  const auto* set = sql::TryAs<sql::SetOperationBody>(InnerBody(*query.body));
  if (set == nullptr || set->spec.op != sql::SetOperator::kUnion) return NotAUnion(table);
  recursion.spec = &set->spec;
  for (const auto& input : set->inputs) recursion.first_bodies.push_back(input.get());
  recursion.last_body = recursion.first_bodies.back();
  recursion.first_bodies.pop_back();
  for (const sql::QueryBody* body : recursion.first_bodies) {
    if (sql::NamesTable(*body, name)) return NotAUnion(table);
  }
  return recursion;
}

// The tables of WITH RECURSIVE may name later ones: those that are needed come first.
class Order {
 public:
  explicit Order(const sql::WithClause& with) : with_(with), state_(with.tables.size(), State::kNew) {}

  SqlResult<std::vector<size_t>> Find() {
    for (size_t i = 0; i < with_.tables.size(); ++i) RETURN_IF_ERROR(Visit(i));
    return order_;
  }

 private:
  enum class State { kNew, kOpen, kDone };

  SqlStatus Visit(size_t i) {
    if (state_[i] == State::kDone) return Nothing{};
    const sql::WithTable& table = with_.tables[i];
    if (state_[i] == State::kOpen) {
      return UnsupportedSql("Mutual recursion of WITH queries is not supported: " + table.name.text,
                            table.name.range.begin);
    }
    state_[i] = State::kOpen;
    for (size_t j = 0; j < with_.tables.size(); ++j) {
      const bool needed = j != i && sql::NamesTable(*table.query, with_.tables[j].name.text);
      if (needed) RETURN_IF_ERROR(Visit(j));
    }
    state_[i] = State::kDone;
    order_.push_back(i);
    return Nothing{};
  }

  const sql::WithClause& with_;
  std::vector<State> state_;
  std::vector<size_t> order_;
};

// As many as BigQuery lets a recursion run.
constexpr int64_t kMaxIterations = 500;

std::vector<ColumnId> ColumnIds(const std::vector<QueryColumn>& columns) {
  std::vector<ColumnId> ids;
  for (const QueryColumn& column : columns) ids.push_back(column.column);
  return ids;
}

}  // namespace

SqlStatus Resolver::ResolveWith(const sql::WithClause& with, const Scope* outer, WithScan& scan) {
  scan.recursive = scan.recursive || with.recursive;
  for (size_t i = 0; i < with.tables.size(); ++i) {
    const sql::WithTable& table = with.tables[i];
    for (size_t j = 0; j < i; ++j) {
      if (EqualIgnoringCase(with.tables[j].name.text, table.name.text)) {
        return InvalidSql("Duplicate alias " + table.name.text + " for WITH subquery", table.name.range.begin);
      }
    }
  }
  std::vector<size_t> order(with.tables.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  if (with.recursive) {
    ASSIGN_OR_RETURN(order, Order(with).Find());
  }
  for (const size_t i : order) {
    ASSIGN_OR_RETURN(WithEntry entry, ResolveWithEntry(with.tables[i], with.recursive, outer));
    scan.entries.push_back(std::move(entry));
  }
  return Nothing{};
}

SqlResult<WithEntry> Resolver::ResolveWithEntry(const sql::WithTable& table, bool recursive, const Scope* outer) {
  if (recursive && sql::NamesTable(*table.query, table.name.text)) return ResolveRecursive(table, outer);
  ASSIGN_OR_RETURN(QueryResult result, ResolveQuery(*table.query, outer));
  return AddWithEntry(table.name.text, std::move(result));
}

// `result` becomes a table that the rest of the query may name.
WithEntry Resolver::AddWithEntry(std::string_view name, QueryResult result) {
  WithEntry entry;
  entry.name = name;
  entry.number = with_count_++;
  for (QueryColumn& column : result.columns) {
    columns_[static_cast<size_t>(column.column)].used = true;
    column.type = {.type = TypeOf(column.column)};
    column.name = Keep(std::string(column.name));
  }
  entry.columns = ColumnIds(result.columns);
  entry.query = std::move(result.scan);
  with_tables_.push_back({Keep(std::string(name)), entry.number, std::move(result.columns), result.is_value_table});
  return entry;
}

SqlResult<WithEntry> Resolver::ResolveRecursive(const sql::WithTable& table, const Scope* outer) {
  ASSIGN_OR_RETURN(const Recursion recursion, TakeApart(table));
  const uint32_t position = table.range.begin;
  std::vector<QueryResult> firsts;
  for (const sql::QueryBody* body : recursion.first_bodies) {
    ASSIGN_OR_RETURN(QueryResult first, ResolveBody(*body, outer));
    firsts.push_back(std::move(first));
  }
  if (recursion.first_query != nullptr) {
    const sql::Query& query = *recursion.first_query;
    ASSIGN_OR_RETURN(QueryResult first, ResolvePipes(query, query.pipes.size() - 1, outer));
    firsts.push_back(std::move(first));
  }
  for (const sql::Query* input : recursion.first_inputs) {
    ASSIGN_OR_RETURN(QueryResult first, ResolveQuery(*input, outer));
    firsts.push_back(std::move(first));
  }
  QueryResult first = std::move(firsts.front());
  if (firsts.size() > 1) {
    firsts.front() = std::move(first);
    ASSIGN_OR_RETURN(first, CombineInputs(*recursion.spec, std::move(firsts)));
  }
  std::vector<Type> types;
  for (const QueryColumn& column : first.columns) types.push_back(TypeOf(column.column));
  const bool distinct = recursion.spec->distinct;
  if (distinct && table.depth) return UnsupportedSql("WITH DEPTH of UNION DISTINCT is not supported", position);
  // How often the recursive term has run is a last column, which nobody sees but the recursion.
  const ColumnId first_depth = NewColumn("", TypeKind::kInt64);
  if (!distinct) first.scan = WithColumn(std::move(first.scan), first_depth, Int64(0, position));
  WithEntry entry = AddWithEntry(table.name.text, std::move(first));
  entry.distinct = distinct;
  if (!distinct) entry.columns.push_back(first_depth);

  QueryResult second;
  if (recursion.last_body != nullptr) {
    ASSIGN_OR_RETURN(second, ResolveBody(*recursion.last_body, outer));
  } else {
    ASSIGN_OR_RETURN(second, ResolveQuery(*recursion.last_query, outer));
  }
  std::vector<QueryResult> both(2);
  both[0].columns = with_tables_.back().columns;
  both[1] = std::move(second);
  const size_t width = both[0].columns.size();
  RETURN_IF_ERROR(AlignInputs(*recursion.spec, both));
  bool same = both[0].columns.size() == width;
  for (size_t c = 0; same && c < width; ++c) same = both[0].columns[c].column == entry.columns[c];
  if (!same) return UnsupportedSql("A recursive term with other columns than the first is not supported", position);
  for (size_t c = 0; c < types.size(); ++c) {
    const CoercibleType& type = both[1].columns[c].type;
    if (Coerces(type, types[c])) continue;
    return InvalidSql("Cannot coerce column " + std::to_string(c + 1) + " of the recursive term from type " +
                          type.type.ToString() + " to " + types[c].ToString(), position);
  }
  RETURN_IF_ERROR(CastColumns(both[1], types, position));
  entry.recursive_columns = ColumnIds(both[1].columns);
  entry.recursive = std::move(both[1].scan);
  if (distinct) return entry;
  RETURN_IF_ERROR(CountIterations(table, types, entry));
  if (!table.depth) return entry;
  return ShowDepth(table, types, std::move(entry));
}

// Adds to the recursive term how often it has run: once more than for the rows that it is given. Without a bound of
// its own a recursion may not go on for ever.
SqlStatus Resolver::CountIterations(const sql::WithTable& table, const std::vector<Type>& types, WithEntry& entry) {
  const uint32_t position = table.range.begin;
  auto reference = std::make_unique<WithReferenceScan>();
  reference->number = entry.number;
  for (const Type& type : types) reference->columns.push_back(NewColumn("", type));
  reference->columns.push_back(NewColumn("", TypeKind::kInt64));
  auto greatest = std::make_unique<Aggregate>();
  greatest->function = FunctionId::kMax;
  greatest->type = TypeKind::kInt64;
  greatest->position = position;
  greatest->arguments.push_back(Ref(reference->columns.back(), position));
  auto aggregate = std::make_unique<AggregateScan>();
  aggregate->input = std::move(reference);
  auto last = std::make_unique<Subquery>();
  last->type = TypeKind::kInt64;
  last->position = position;
  last->column = NewColumn("", TypeKind::kInt64);
  columns_[static_cast<size_t>(last->column)].used = true;
  aggregate->aggregates.push_back({last->column, std::move(greatest)});
  last->query = std::move(aggregate);
  std::vector<ExprPtr> sum;
  sum.push_back(std::move(last));
  sum.push_back(Int64(1, position));
  ASSIGN_OR_RETURN(ExprPtr next, MakeCall(FunctionId::kAdd, std::move(sum), position));
  const ColumnId depth = NewColumn("", TypeKind::kInt64);
  entry.recursive = WithColumn(std::move(entry.recursive), depth, std::move(next));

  if (table.depth && table.depth->upper != nullptr) {
    ASSIGN_OR_RETURN(const int64_t upper, DepthBound(*table.depth->upper));
    ASSIGN_OR_RETURN(entry.recursive, Where(std::move(entry.recursive), FunctionId::kLessOrEqual, depth, upper, position));
    entry.recursive_columns.push_back(depth);
    return Nothing{};
  }
  std::vector<ExprPtr> text;
  text.push_back(Text("A recursive query has reached its " + std::to_string(kMaxIterations) + " iterations", position));
  ASSIGN_OR_RETURN(ExprPtr error, MakeCall(FunctionId::kError, std::move(text), position));
  std::vector<ExprPtr> sides;
  sides.push_back(Ref(depth, position));
  sides.push_back(Int64(kMaxIterations, position));
  std::vector<ExprPtr> branches;
  ASSIGN_OR_RETURN(ExprPtr too_deep, MakeCall(FunctionId::kGreater, std::move(sides), position));
  branches.push_back(std::move(too_deep));
  branches.push_back(std::move(error));
  branches.push_back(Ref(depth, position));
  ASSIGN_OR_RETURN(ExprPtr checked, MakeCall(FunctionId::kIf, std::move(branches), position));
  entry.recursive_columns.push_back(NewColumn("", TypeKind::kInt64));
  columns_[static_cast<size_t>(entry.recursive_columns.back())].used = true;
  entry.recursive = WithColumn(std::move(entry.recursive), entry.recursive_columns.back(), std::move(checked));
  return Nothing{};
}

// WITH DEPTH: the recursion inside a table that has the depth as a column, from its lower bound on.
SqlResult<WithEntry> Resolver::ShowDepth(const sql::WithTable& table, const std::vector<Type>& types, WithEntry entry) {
  const uint32_t position = table.range.begin;
  QueryResult shown;
  auto reference = std::make_unique<WithReferenceScan>();
  reference->number = entry.number;
  for (size_t i = 0; i < types.size(); ++i) {
    QueryColumn column = with_tables_.back().columns[i];
    column.column = NewColumn(column.name, types[i]);
    reference->columns.push_back(column.column);
    shown.columns.push_back(column);
  }
  const std::string_view name = table.depth->alias ? std::string_view(table.depth->alias->text) : "depth";
  for (const QueryColumn& column : shown.columns) {
    if (!EqualIgnoringCase(column.name, name)) continue;
    return InvalidSql("Recursion depth column " + std::string(name) + " has the name of another column", position);
  }
  const ColumnId depth = NewColumn(name, TypeKind::kInt64);
  reference->columns.push_back(depth);
  shown.columns.push_back({name, depth, {.type = TypeKind::kInt64}});
  ScanPtr body = std::move(reference);
  if (table.depth->lower != nullptr) {
    ASSIGN_OR_RETURN(const int64_t lower, DepthBound(*table.depth->lower));
    if (table.depth->upper != nullptr) {
      ASSIGN_OR_RETURN(const int64_t upper, DepthBound(*table.depth->upper));
      if (lower > upper) return InvalidSql("WITH DEPTH bounds must not be in descending order", position);
    }
    ASSIGN_OR_RETURN(body, Where(std::move(body), FunctionId::kGreaterOrEqual, depth, lower, position));
  }
  auto with = std::make_unique<WithScan>();
  with->recursive = true;
  with->entries.push_back(std::move(entry));
  with->body = std::move(body);
  shown.scan = std::move(with);
  with_tables_.pop_back();
  return AddWithEntry(table.name.text, std::move(shown));
}

SqlResult<int64_t> Resolver::DepthBound(const sql::Expr& expr) {
  ASSIGN_OR_RETURN(ExprPtr bound, ResolveExpr(expr, ExprContext{}));
  RETURN_IF_ERROR(CoerceTo(bound, TypeKind::kInt64, "WITH DEPTH bound"));
  const auto* literal = TryAs<Literal>(*bound);
  if (literal == nullptr || literal->value.is_null() || literal->value.integer() < 0) {
    return InvalidSql("WITH DEPTH bounds must be integer literals or parameters that are not negative", expr.range.begin);
  }
  return literal->value.integer();
}

ScanPtr Resolver::WithColumn(ScanPtr input, ColumnId column, ExprPtr expr) {
  auto project = std::make_unique<ProjectScan>();
  project->input = std::move(input);
  project->computed.push_back({column, std::move(expr)});
  columns_[static_cast<size_t>(column)].used = true;
  return project;
}

// The rows of `input` whose `column` compares so with `bound`.
SqlResult<ScanPtr> Resolver::Where(ScanPtr input, FunctionId comparison, ColumnId column, int64_t bound, uint32_t position) {
  std::vector<ExprPtr> sides;
  sides.push_back(Ref(column, position));
  sides.push_back(Int64(bound, position));
  auto filter = std::make_unique<FilterScan>();
  ASSIGN_OR_RETURN(filter->condition, MakeCall(comparison, std::move(sides), position));
  filter->input = std::move(input);
  return ScanPtr(std::move(filter));
}

}  // namespace casebook::analysis
