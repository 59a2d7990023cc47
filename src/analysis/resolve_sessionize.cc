// RANGE_SESSIONIZE: a table function that comes with the language. It is resolved as a query over its table.
#include <algorithm>

#include "analysis/resolver_internal.h"
#include "base/result.h"
#include "schema/table.h"
#include "sql/parser.h"

namespace casebook::analysis {
namespace {

constexpr const char* kTable = "$ranges";

std::string Quoted(std::string_view name) {
  std::string text = "`";
  for (const char c : name) {
    if (c == '`' || c == '\\') text += '\\';
    text += c;
  }
  return text + "`";
}

const std::string* TextOf(const Expr& expr) {
  const auto* literal = TryAs<Literal>(expr);
  return literal == nullptr ? nullptr : std::get_if<std::string>(&literal->value.data);
}

// Ranges of a session touch or, with `overlap`, share some point. A row begins one where its range starts behind all
// that end before it; rows without a range are sessions without one.
std::string SessionQuery(const std::string& range, const std::string& keys, bool overlap) {
  const std::string partition = "PARTITION BY " + keys + "`$there`";
  return "SELECT * EXCEPT (`$there`, `$start`, `$end`, `$new`, `$session`),"
         " IF(`$there`, RANGE(IF(LOGICAL_OR(`$start` IS NULL) OVER w, NULL, MIN(`$start`) OVER w),"
         " IF(LOGICAL_OR(`$end` IS NULL) OVER w, NULL, MAX(`$end`) OVER w)), NULL) AS session_range"
         " FROM (SELECT *, COUNTIF(`$new`) OVER (" + partition + " ORDER BY `$start` ROWS UNBOUNDED PRECEDING) AS `$session`"
         " FROM (SELECT *, NOT IFNULL(LOGICAL_OR(`$end` IS NULL) OVER b, FALSE) AND IFNULL(`$start` " +
         (overlap ? ">=" : ">") + " MAX(`$end`) OVER b, FALSE) AS `$new`"
         " FROM (SELECT *, " + range + " IS NOT NULL AS `$there`, RANGE_START(" + range + ") AS `$start`,"
         " RANGE_END(" + range + ") AS `$end` FROM `" + kTable + "`)"
         " WINDOW b AS (" + partition + " ORDER BY `$start` ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)))"
         " WINDOW w AS (" + partition + ", `$session`)";
}

}  // namespace

SqlResult<QueryResult> Resolver::ResolveSessionize(const sql::TableCall& call, QueryResult* piped, const Scope* outer) {
  const uint32_t position = call.range.begin;
  const size_t first = piped == nullptr ? 1 : 0;  // behind the table
  if (call.arguments.size() < first + 2 || call.arguments.size() > first + 3) {
    return InvalidSql("RANGE_SESSIONIZE takes a table, the name of a range column, the names of columns and, if wanted, "
                      "an option", position);
  }
  QueryResult table;
  if (piped != nullptr) {
    table = std::move(*piped);
  } else {
    ASSIGN_OR_RETURN(table, ResolveTableArgument(call.arguments.front(), outer));
  }
  std::vector<ExprPtr> options;
  ExprContext context;
  context.clause = "table function";
  for (size_t i = first; i < call.arguments.size(); ++i) {
    const sql::Argument& argument = call.arguments[i];
    if (argument.kind != sql::ArgumentKind::kExpr || argument.name) {
      return InvalidSql("RANGE_SESSIONIZE takes no such argument", argument.range.begin);
    }
    ASSIGN_OR_RETURN(ExprPtr option, ResolveExpr(*argument.value, context));
    options.push_back(std::move(option));
  }
  const auto find = [&](const std::string* name) -> const QueryColumn* {
    const auto found = std::find_if(table.columns.begin(), table.columns.end(), [&](const QueryColumn& column) {
      return name != nullptr && EqualIgnoringCase(column.name, *name);
    });
    return found == table.columns.end() ? nullptr : &*found;
  };
  const QueryColumn* range = find(TextOf(*options[0]));
  if (range == nullptr || range->type.type.kind() != TypeKind::kRange) {
    return InvalidSql("The second argument of RANGE_SESSIONIZE must name a RANGE column of the table", options[0]->position);
  }
  const auto* names = TryAs<ArrayConstructor>(*options[1]);
  std::string keys;
  for (size_t i = 0; names != nullptr && i < names->elements.size(); ++i) {
    const QueryColumn* key = find(TextOf(*names->elements[i]));
    if (key == nullptr || !SupportsGrouping(key->type.type)) names = nullptr;
    if (key != nullptr) keys += Quoted(key->name) + ", ";
  }
  if (names == nullptr) {
    return InvalidSql("The third argument of RANGE_SESSIONIZE must be an array of names of columns by which rows can be "
                      "grouped", options[1]->position);
  }
  bool overlap = false;
  if (options.size() > 2) {
    const std::string* option = TextOf(*options[2]);
    overlap = option != nullptr && EqualIgnoringCase(*option, "OVERLAPS");
    if (!overlap && (option == nullptr || !EqualIgnoringCase(*option, "MEETS"))) {
      return InvalidSql("The option of RANGE_SESSIONIZE must be MEETS or OVERLAPS", options[2]->position);
    }
  }
  const std::string text = SessionQuery(Quoted(range->name), keys, overlap);
  ASSIGN_OR_RETURN(const sql::QueryPtr query, sql::ParseQuery(text));
  auto with = std::make_unique<WithScan>();
  with->entries.push_back(AddWithEntry(kTable, std::move(table)));
  std::vector<WithTableInfo> tables;
  tables.push_back(std::move(with_tables_.back()));
  with_tables_.pop_back();
  std::swap(with_tables_, tables);
  auto resolved = ResolveQuery(*query, nullptr);
  std::swap(with_tables_, tables);
  if (!resolved.ok()) {
    sql::SqlError error = resolved.error();
    error.position = position;  // not one of the text above
    return error;
  }
  QueryResult result = std::move(resolved.value());
  for (QueryColumn& column : result.columns) column.name = Keep(std::string(column.name));
  with->body = std::move(result.scan);
  result.scan = std::move(with);
  return result;
}

}  // namespace casebook::analysis
