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
    if (table.depth) return UnsupportedSql("WITH DEPTH is not supported", table.range.begin);
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
  WithEntry entry = AddWithEntry(table.name.text, std::move(first));
  entry.distinct = recursion.spec->distinct;

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
  entry.recursive = std::move(both[1].scan);
  entry.recursive_columns = ColumnIds(both[1].columns);
  return entry;
}

}  // namespace casebook::analysis
