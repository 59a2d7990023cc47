// Queries: WITH, bodies, clauses.
#include "sql/parser_internal.h"

namespace casebook::sql {

// Whether the token at `token` starts a query, where an expression or a table could stand as well.
bool Parser::StartsQuery(size_t token) const {
  size_t inner = token;  // the first token that is no `(`
  while (inner < tokens_.list.size() && tokens_.list[inner].terminal == Terminal("(")) ++inner;
  if (inner >= tokens_.list.size()) return false;
  const Terminal first = tokens_.list[inner].terminal;
  const bool with = first == Terminal("WITH") && tokens_.list[inner + 1].terminal != Terminal("(");
  if (first != Terminal("SELECT") && first != Terminal("FROM") && !with) return false;
  // `((SELECT 1) + 1)`: each parenthesis on the way must hold a query and no more.
  for (; token < inner; ++token) {
    const size_t after = AfterParentheses(token);
    const Terminal next = tokens_.list[after].terminal;
    const bool goes_on = next == Terminal(")") || next == Terminal("|>") || next == Terminal("ORDER") ||
                         next == Terminal("LIMIT") || SetOperatorAt(after);
    if (!goes_on) return false;
  }
  return true;
}

SqlResult<QueryPtr> Parser::ParseQuery() {
  const Nest nest(*this);
  if (nest.TooDeep()) return TooDeep();
  const uint32_t begin = Here();
  auto query = std::make_unique<Query>();
  if (At("WITH")) {
    ASSIGN_OR_RETURN(query->with, ParseWith());
  }
  ASSIGN_OR_RETURN(query->body, ParseBody());
  if (query->body->kind != QueryBodyKind::kFrom) {
    if (Accept("ORDER")) RETURN_IF_ERROR(ParseOrderBy(query->order_by));
    if (Accept("LIMIT")) {
      ASSIGN_OR_RETURN(query->limit, ParseLimit());
    }
  }
  while (At("|>")) {
    RETURN_IF_ERROR(Grow());
    ASSIGN_OR_RETURN(query->pipes.emplace_back(), ParsePipe());
  }
  return Done(std::move(query), begin);
}

SqlResult<QueryPtr> Parser::ParseParenthesizedQuery() {
  RETURN_IF_ERROR(Expect("("));
  ASSIGN_OR_RETURN(QueryPtr query, ParseQuery());
  RETURN_IF_ERROR(Expect(")"));
  return query;
}

// --- WITH ------------------------------------------------------------------------------------------

SqlResult<WithClause> Parser::ParseWith() {
  const uint32_t begin = Here();
  WithClause with;
  RETURN_IF_ERROR(Expect("WITH"));
  with.recursive = Accept("RECURSIVE");
  const auto one = [&]() -> SqlStatus {
    ASSIGN_OR_RETURN(WithTable table, ParseWithTable());
    with.tables.push_back(std::move(table));
    return Nothing();
  };
  const auto at_end = [&] { return At("SELECT") || At("FROM") || At("(") || At("|>"); };
  RETURN_IF_ERROR(CommaListWithTail(one, at_end));
  with.range = Since(begin);
  return with;
}

SqlResult<WithTable> Parser::ParseWithTable() {
  const uint32_t begin = Here();
  WithTable table;
  ASSIGN_OR_RETURN(table.name, ParseName());
  if (At("(")) return Refuse("a list of columns in WITH");
  RETURN_IF_ERROR(Expect("AS"));
  if (At("MATERIALIZED")) return Refuse("MATERIALIZED in WITH");
  ASSIGN_OR_RETURN(table.query, ParseParenthesizedQuery());
  if (At("WITH") && At("DEPTH", 1)) {
    ASSIGN_OR_RETURN(table.depth, ParseRecursionDepth());
  }
  table.range = Since(begin);
  return table;
}

SqlResult<RecursionDepth> Parser::ParseRecursionDepth() {
  at_ += 2;
  RecursionDepth depth;
  ASSIGN_OR_RETURN(depth.alias, ParseOptionalDepthAlias());
  if (Accept("BETWEEN")) {
    if (!Accept("UNBOUNDED")) {
      ASSIGN_OR_RETURN(depth.lower, ParseArithmetic(1));
    }
    RETURN_IF_ERROR(Expect("AND"));
    if (!Accept("UNBOUNDED")) {
      ASSIGN_OR_RETURN(depth.upper, ParseArithmetic(1));
    }
  } else if (Accept("MAX")) {
    ASSIGN_OR_RETURN(depth.upper, ParseArithmetic(1));
  }
  return depth;
}

// `AS d` or `d`, where MAX is no name.
SqlResult<std::optional<Identifier>> Parser::ParseOptionalDepthAlias() {
  if (At("MAX")) return std::optional<Identifier>();
  return ParseOptionalAlias();
}

// --- Bodies ----------------------------------------------------------------------------------------

bool Parser::SetOperatorAt(size_t token) const {
  const auto terminal = [&](size_t i) { return tokens_.list[std::min(i, tokens_.list.size() - 1)].terminal; };
  const bool inner = terminal(token) == Terminal("INNER");
  const bool outer = terminal(token) == Terminal("FULL") || terminal(token) == Terminal("LEFT");
  if (inner || outer) ++token;
  if (outer && terminal(token) == Terminal("OUTER")) ++token;
  return terminal(token) == Terminal("UNION") || terminal(token) == Terminal("INTERSECT") ||
         terminal(token) == Terminal("EXCEPT");
}

bool Parser::AtSetOperator() const { return SetOperatorAt(at_); }

SqlResult<QueryBodyPtr> Parser::ParseBody() {
  const uint32_t begin = Here();
  ASSIGN_OR_RETURN(QueryBodyPtr first, ParseSimpleBody());
  if (!AtSetOperator()) return first;
  auto node = std::make_unique<SetOperationBody>();
  node->inputs.push_back(std::move(first));
  while (AtSetOperator()) {
    const uint32_t operator_begin = Here();
    ASSIGN_OR_RETURN(SetOperationSpec spec, ParseSetOperationSpec());
    if (node->inputs.size() == 1) {
      node->spec = std::move(spec);
    } else if (!SameTree(node->spec, spec)) {
      return InvalidSql(
          "Syntax error: Different set operations cannot be used in the same query without using parentheses "
          "for grouping",
          operator_begin);
    }
    if (node->inputs.size() >= kMaxListItems) return TooManyItems();
    ASSIGN_OR_RETURN(node->inputs.emplace_back(), ParseSimpleBody());
  }
  return Done(std::move(node), begin);
}

SqlResult<SetOperationSpec> Parser::ParseSetOperationSpec() {
  const uint32_t begin = Here();
  SetOperationSpec spec;
  if (Accept("INNER")) {
    spec.mode = SetMode::kInner;
  } else if (At("FULL") || At("LEFT")) {
    spec.mode = At("FULL") ? SetMode::kFull : SetMode::kLeft;
    Skip();
    Accept("OUTER");
  }
  spec.op = At("UNION") ? SetOperator::kUnion : At("INTERSECT") ? SetOperator::kIntersect : SetOperator::kExcept;
  Skip();
  if (!At("ALL") && !At("DISTINCT")) return ExpectedBut("keyword ALL or keyword DISTINCT");
  spec.distinct = At("DISTINCT");
  Skip();
  RETURN_IF_ERROR(ParseSetColumns(spec));
  spec.range = Since(begin);
  return spec;
}

// `BY NAME [ON (…)]` or `[STRICT] CORRESPONDING [BY (…)]`.
SqlStatus Parser::ParseSetColumns(SetOperationSpec& spec) {
  if (At("STRICT") && At("CORRESPONDING", 1)) {
    Skip();
    spec.strict = true;
  }
  if (AcceptBoth("BY", "NAME")) {
    spec.columns = SetColumns::kByName;
    if (!At("ON")) return Nothing();
  } else if (Accept("CORRESPONDING")) {
    spec.columns = SetColumns::kCorresponding;
    if (!At("BY")) return Nothing();
  } else {
    return Nothing();
  }
  Skip();
  ASSIGN_OR_RETURN(spec.by, ParseNameList());
  return Nothing();
}

SqlResult<QueryBodyPtr> Parser::ParseSimpleBody() {
  const uint32_t begin = Here();
  if (At("SELECT")) return ParseSelect();
  if (Accept("FROM")) {
    auto node = std::make_unique<FromBody>();
    ASSIGN_OR_RETURN(node->from, ParseFrom());
    return Done(std::move(node), begin);
  }
  if (!At("(")) return Unexpected();
  auto node = std::make_unique<NestedQueryBody>();
  ASSIGN_OR_RETURN(node->query, ParseParenthesizedQuery());
  if (Accept("AS")) {
    ASSIGN_OR_RETURN(node->alias, ParseName());
  }
  return Done(std::move(node), begin);
}

SqlResult<QueryBodyPtr> Parser::ParseSelect() {
  const uint32_t begin = Here();
  RETURN_IF_ERROR(Expect("SELECT"));
  auto select = std::make_unique<SelectBody>();
  if (At("WITH") && EqualsIgnoringCase(Peek(1).text, "AGGREGATION_THRESHOLD")) {
    at_ += 2;
    RETURN_IF_ERROR(ParseThreshold(select->threshold.emplace()));
  }
  RETURN_IF_ERROR(RefuseSelectWith());
  select->distinct = Accept("DISTINCT");
  if (!select->distinct) Accept("ALL");
  RETURN_IF_ERROR(ParseSelectAs(select->as, select->as_type));
  RETURN_IF_ERROR(ParseSelectItems(select->items));
  RETURN_IF_ERROR(ParseSelectClauses(*select));
  return Done(std::move(select), begin);
}

SqlStatus Parser::ParseSelectClauses(SelectBody& select) {
  if (Accept("FROM")) {
    ASSIGN_OR_RETURN(select.from, ParseFrom());
  }
  if (Accept("WHERE")) {
    ASSIGN_OR_RETURN(select.where, ParseExpr());
  }
  if (Accept("GROUP")) {
    ASSIGN_OR_RETURN(select.group_by, ParseGroupBy());
  }
  if (Accept("HAVING")) {
    ASSIGN_OR_RETURN(select.having, ParseExpr());
  }
  if (Accept("QUALIFY")) {
    ASSIGN_OR_RETURN(select.qualify, ParseExpr());
  }
  if (Accept("WINDOW")) RETURN_IF_ERROR(ParseWindows(select.windows));
  return Nothing();
}

// The options, both of which are needed: without them a view would say them, and none does.
SqlStatus Parser::ParseThreshold(AggregationThreshold& threshold) {
  if (!AcceptBoth("OPTIONS", "(")) return Refuse("SELECT WITH AGGREGATION_THRESHOLD without options");
  const auto one = [&]() -> SqlStatus {
    ASSIGN_OR_RETURN(const Identifier name, ParseName());
    const bool is_threshold = EqualsIgnoringCase(name.text, "threshold");
    ExprPtr& value = is_threshold ? threshold.threshold : threshold.unit;
    if ((!is_threshold && !EqualsIgnoringCase(name.text, "privacy_unit_column")) || value != nullptr) {
      return Refuse("Option " + name.text + " of SELECT WITH AGGREGATION_THRESHOLD");
    }
    RETURN_IF_ERROR(Expect("="));
    ASSIGN_OR_RETURN(value, ParseExpr());
    return Nothing();
  };
  RETURN_IF_ERROR(CommaList(one));
  if (threshold.threshold == nullptr || threshold.unit == nullptr) {
    return Refuse("SELECT WITH AGGREGATION_THRESHOLD without a threshold and a privacy_unit_column");
  }
  return Expect(")");
}

// `SELECT WITH DIFFERENTIAL_PRIVACY …` and its like.
SqlStatus Parser::RefuseSelectWith() const {
  if (!At("WITH") || !AtName(1)) return Nothing();
  const std::string_view word = Peek(1).terminal ? Peek(1).terminal.text() : Peek(1).text;
  return Refuse("SELECT WITH " + std::string(word));
}

SqlStatus Parser::ParseSelectAs(SelectAs& as, Path& type) {
  if (!Accept("AS")) return Nothing();
  if (Accept("STRUCT")) {
    as = SelectAs::kStruct;
  } else if (Accept("VALUE")) {
    as = SelectAs::kValue;
  } else {
    as = SelectAs::kTypeName;
    ASSIGN_OR_RETURN(type, ParsePath());
  }
  return Nothing();
}

bool Parser::AtEndOfSelectItems() const {
  if (AtEnd() || AtSetOperator()) return true;
  for (const Terminal end : {Terminal("FROM"), Terminal(")"), Terminal(";"), Terminal("|>"), Terminal("WHERE"),
                             Terminal("GROUP"), Terminal("HAVING"), Terminal("QUALIFY"), Terminal("WINDOW"),
                             Terminal("ORDER"), Terminal("LIMIT")}) {
    if (At(end)) return true;
  }
  return false;
}

SqlStatus Parser::ParseSelectItems(std::vector<SelectItem>& items) {
  if (At("FROM")) {
    if (AtKind(TokenKind::kBad)) return Unexpected();
    return InvalidSql("Syntax error: SELECT list must not be empty", Here());
  }
  const auto one = [&]() -> SqlStatus {
    ASSIGN_OR_RETURN(SelectItem item, ParseSelectItem());
    items.push_back(std::move(item));
    return Nothing();
  };
  return CommaListWithTail(one, [&] { return AtEndOfSelectItems(); });
}

SqlResult<SelectItem> Parser::ParseSelectItem() {
  const uint32_t begin = Here();
  SelectItem item;
  if (Accept("*")) {
    item.kind = SelectItemKind::kStar;
    ASSIGN_OR_RETURN(item.star, ParseStarModifiers());
    item.range = Since(begin);
    return item;
  }
  ASSIGN_OR_RETURN(item.expr, ParseExpr());
  if (AcceptBoth(".", "*")) {
    item.kind = SelectItemKind::kExprStar;
    ASSIGN_OR_RETURN(item.star, ParseStarModifiers());
  } else {
    ASSIGN_OR_RETURN(item.alias, ParseOptionalAlias());
  }
  item.range = Since(begin);
  return item;
}

SqlResult<StarModifiers> Parser::ParseStarModifiers() {
  StarModifiers star;
  if (At("EXCEPT") && At("(", 1)) {
    Skip();
    ASSIGN_OR_RETURN(star.except, ParseNameList());
  }
  if (!AcceptBoth("REPLACE", "(")) return star;
  const auto one = [&]() -> SqlStatus {
    const uint32_t begin = Here();
    NamedExpr item;
    ASSIGN_OR_RETURN(item.expr, ParseExpr());
    Accept("AS");
    ASSIGN_OR_RETURN(item.alias, ParseName());
    item.range = Since(begin);
    star.replace.push_back(std::move(item));
    return Nothing();
  };
  RETURN_IF_ERROR(CommaListWithTail(one, [&] { return At(")"); }));
  RETURN_IF_ERROR(Expect(")"));
  return star;
}

// `expr [[AS] alias]`.
SqlResult<NamedExpr> Parser::ParseNamedExpr() {
  const uint32_t begin = Here();
  NamedExpr named;
  ASSIGN_OR_RETURN(named.expr, ParseExpr());
  ASSIGN_OR_RETURN(named.alias, ParseOptionalAlias());
  named.range = Since(begin);
  return named;
}

// --- ORDER BY, LIMIT, GROUP BY ---------------------------------------------------------------------

SqlResult<SortOrder> Parser::ParseSortOrder() {
  SortOrder order;
  if (Accept("ASC")) {
    order.direction = SortDirection::kAscending;
  } else if (Accept("DESC")) {
    order.direction = SortDirection::kDescending;
  }
  if (AcceptBoth("NULLS", "FIRST")) {
    order.nulls = NullsPosition::kFirst;
  } else if (AcceptBoth("NULLS", "LAST")) {
    order.nulls = NullsPosition::kLast;
  }
  return order;
}

SqlResult<OrderItem> Parser::ParseOrderItem() {
  const uint32_t begin = Here();
  OrderItem item;
  ASSIGN_OR_RETURN(item.expr, ParseExpr());
  if (Accept("COLLATE")) {
    if (!AtKind(TokenKind::kString) && !At("@") && !At("?")) return Unexpected();
    ASSIGN_OR_RETURN(item.collation, ParsePrimary());
  }
  ASSIGN_OR_RETURN(item.order, ParseSortOrder());
  item.range = Since(begin);
  return item;
}

SqlStatus Parser::ParseOrderBy(std::vector<OrderItem>& items) {
  RETURN_IF_ERROR(Expect("BY"));
  const auto one = [&]() -> SqlStatus {
    ASSIGN_OR_RETURN(OrderItem item, ParseOrderItem());
    items.push_back(std::move(item));
    return Nothing();
  };
  const auto at_end = [&] { return AtEnd() || At("|>") || At(")") || At("LIMIT") || At(";"); };
  return CommaListWithTail(one, at_end);
}

SqlResult<Limit> Parser::ParseLimit() {
  const uint32_t begin = tokens_.list[at_ - 1].begin;
  Limit limit;
  if (!Accept("ALL")) {
    ASSIGN_OR_RETURN(limit.count, ParseExpr());
  }
  if (Accept("OFFSET")) {
    ASSIGN_OR_RETURN(limit.offset, ParseExpr());
  }
  limit.range = Since(begin);
  return limit;
}

SqlResult<GroupBy> Parser::ParseGroupBy() {
  RETURN_IF_ERROR(Expect("BY"));
  const uint32_t begin = Here();
  GroupBy group_by;
  if (Accept("ALL")) {
    group_by.all = true;
  } else {
    const auto one = [&]() -> SqlStatus {
      ASSIGN_OR_RETURN(GroupingItem item, ParseGroupingItem());
      group_by.items.push_back(std::move(item));
      return Nothing();
    };
    RETURN_IF_ERROR(CommaListWithTail(one, [&] { return AtEndOfSelectItems(); }));
  }
  group_by.range = Since(begin);
  return group_by;
}

SqlResult<GroupingItem> Parser::ParseGroupingItem() {
  const uint32_t begin = Here();
  GroupingItem item;
  if (At("GROUPING") && At("SETS", 1)) return ParseGroupingSets();
  if (At("(") && At(")", 1)) {
    item.kind = GroupingKind::kList;
    ASSIGN_OR_RETURN(item.columns.emplace_back(), ParseGroupingColumns());
  } else if (At("ROLLUP") || At("CUBE")) {
    item.kind = At("ROLLUP") ? GroupingKind::kRollup : GroupingKind::kCube;
    Skip();
    RETURN_IF_ERROR(Expect("("));
    RETURN_IF_ERROR(CommaList([&]() -> SqlStatus {
      ASSIGN_OR_RETURN(GroupingColumns columns, ParseGroupingColumns());
      item.columns.push_back(std::move(columns));
      return Nothing();
    }));
    RETURN_IF_ERROR(Expect(")"));
  } else {
    ASSIGN_OR_RETURN(item.expr, ParseExpr());
  }
  item.range = Since(begin);
  return item;
}

SqlResult<GroupingItem> Parser::ParseGroupingSets() {
  const uint32_t begin = Here();
  at_ += 2;
  GroupingItem sets;
  sets.kind = GroupingKind::kGroupingSets;
  RETURN_IF_ERROR(Expect("("));
  RETURN_IF_ERROR(CommaList([&]() -> SqlStatus {
    if (At("GROUPING")) return Unexpected();
    ASSIGN_OR_RETURN(GroupingItem item, ParseGroupingItem());
    if (item.kind == GroupingKind::kExpr && item.expr->kind == ExprKind::kStruct) {
      ToGroupingList(item);
    }
    sets.sets.push_back(std::move(item));
    return Nothing();
  }));
  RETURN_IF_ERROR(Expect(")"));
  sets.range = Since(begin);
  return sets;
}

namespace {

// The expressions of the tuple `expr`, or `expr` itself.
std::vector<ExprPtr> TakeTuple(ExprPtr expr) {
  std::vector<ExprPtr> exprs;
  if (expr->kind == ExprKind::kStruct && As<StructExpr>(*expr).tuple) {
    for (NamedExpr& field : static_cast<StructExpr&>(*expr).fields) exprs.push_back(std::move(field.expr));
  } else {
    exprs.push_back(std::move(expr));
  }
  return exprs;
}

}  // namespace

// `(a, b)` among GROUPING SETS, read as a tuple, is a list of columns.
void Parser::ToGroupingList(GroupingItem& item) {
  if (!As<StructExpr>(*item.expr).tuple) return;
  item.kind = GroupingKind::kList;
  item.columns.emplace_back().exprs = TakeTuple(std::move(item.expr));
  item.columns.back().range = item.range;
}

SqlResult<GroupingColumns> Parser::ParseGroupingColumns() {
  const uint32_t begin = Here();
  GroupingColumns columns;
  if (!AcceptBoth("(", ")")) {
    ASSIGN_OR_RETURN(ExprPtr expr, ParseExpr());
    columns.exprs = TakeTuple(std::move(expr));
  }
  columns.range = Since(begin);
  return columns;
}

}  // namespace casebook::sql
