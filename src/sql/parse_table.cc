// FROM: tables, joins, and what follows a table.
#include "sql/parser_internal.h"

namespace casebook::sql {

// Tables with joins and commas, leaning to the left.
SqlResult<TableExprPtr> Parser::ParseFrom() {
  const Nest nest(*this);
  if (nest.TooDeep()) return TooDeep();
  const uint32_t begin = Here();
  ASSIGN_OR_RETURN(TableExprPtr left, ParseTable());
  int open = 0;  // joins so far that still wait for a condition
  while (At(",") || AtJoin()) {
    auto join = std::make_unique<JoinTable>();
    ASSIGN_OR_RETURN(join->join, ParseJoinKind());
    join->left = std::move(left);
    ASSIGN_OR_RETURN(join->right, ParseTable());
    const bool takes_condition = join->join != JoinKind::kComma && join->join != JoinKind::kCross;
    if (takes_condition) RETURN_IF_ERROR(ParseJoinCondition(join->on, join->using_columns));
    const bool has_condition = join->on != nullptr || !join->using_columns.empty();
    join = Done(std::move(join), begin);
    if (has_condition) {
      ASSIGN_OR_RETURN(left, ParseLaterConditions(std::move(join), open));
    } else {
      open = takes_condition ? open + 1 : 0;
      left = std::move(join);
    }
    RETURN_IF_ERROR(Grow());
  }
  return left;
}

bool Parser::AtJoin() const {
  if (At("JOIN") || At("CROSS") || At("NATURAL")) return true;
  if (At("INNER") || At("RIGHT")) return !AtSetOperator();
  return (At("LEFT") || At("FULL")) && !AtSetOperator();
}

SqlResult<JoinKind> Parser::ParseJoinKind() {
  if (Accept(",")) return JoinKind::kComma;
  if (At("NATURAL")) return Refuse("NATURAL JOIN");
  JoinKind kind = JoinKind::kInner;
  if (Accept("CROSS")) {
    kind = JoinKind::kCross;
  } else if (At("LEFT") || At("RIGHT") || At("FULL")) {
    kind = At("LEFT") ? JoinKind::kLeft : At("RIGHT") ? JoinKind::kRight : JoinKind::kFull;
    Skip();
    Accept("OUTER");
  } else {
    Accept("INNER");
  }
  RETURN_IF_ERROR(Expect("JOIN"));
  return kind;
}

SqlStatus Parser::ParseJoinCondition(ExprPtr& on, std::vector<Identifier>& using_columns) {
  if (Accept("ON")) {
    ASSIGN_OR_RETURN(on, ParseExpr());
  } else if (Accept("USING")) {
    ASSIGN_OR_RETURN(using_columns, ParseNameList());
  }
  return Nothing();
}

// `a JOIN b JOIN c ON x ON y` is a JOIN (b JOIN c ON x) ON y: a further condition belongs to the join before,
// whose right side the present one becomes.
SqlResult<TableExprPtr> Parser::ParseLaterConditions(std::unique_ptr<JoinTable> join, int& open) {
  while (At("ON") || At("USING")) {
    const bool waits = open > 0 && join->left->kind == TableExprKind::kJoin;
    if (!waits) return Unexpected();
    auto outer = std::unique_ptr<JoinTable>(static_cast<JoinTable*>(join->left.release()));
    if (outer->on != nullptr || !outer->using_columns.empty()) return Unexpected();
    --open;
    join->left = std::move(outer->right);
    join->range.begin = join->left->range.begin;
    outer->right = std::move(join);
    RETURN_IF_ERROR(ParseJoinCondition(outer->on, outer->using_columns));
    const uint32_t begin = outer->range.begin;
    join = Done(std::move(outer), begin);
    RETURN_IF_ERROR(Grow());
  }
  return join;
}

// One table with its suffixes, not joined.
SqlResult<TableExprPtr> Parser::ParseTable() {
  const uint32_t begin = Here();
  ASSIGN_OR_RETURN(TableExprPtr table, ParseTablePrimary());
  return ParseTableSuffixes(std::move(table), begin);
}

SqlResult<TableExprPtr> Parser::ParseTablePrimary() {
  if (At("UNNEST")) return ParseUnnest();
  if (At("(")) return ParseParenthesizedTable();
  if (At("LATERAL")) return Refuse("LATERAL");
  if (AtName()) return ParseTablePath();
  return Unexpected();
}

// PIVOT, UNPIVOT and TABLESAMPLE, each applied to what stands before it.
SqlResult<TableExprPtr> Parser::ParseTableSuffixes(TableExprPtr table, uint32_t begin) {
  while (AtTableSuffix()) {
    if (At("MATCH_RECOGNIZE")) return Refuse("MATCH_RECOGNIZE");
    RETURN_IF_ERROR(Grow());
    if (At("PIVOT")) {
      auto node = std::make_unique<PivotTable>();
      node->input = std::move(table);
      ASSIGN_OR_RETURN(node->spec, ParsePivot());
      table = Done(std::move(node), begin);
    } else if (At("UNPIVOT")) {
      auto node = std::make_unique<UnpivotTable>();
      node->input = std::move(table);
      ASSIGN_OR_RETURN(node->spec, ParseUnpivot());
      table = Done(std::move(node), begin);
    } else {
      auto node = std::make_unique<SampleTable>();
      node->input = std::move(table);
      ASSIGN_OR_RETURN(node->spec, ParseSample());
      table = Done(std::move(node), begin);
    }
  }
  return table;
}

bool Parser::AtTableSuffix() const {
  if (At("TABLESAMPLE")) return true;
  if ((At("PIVOT") || At("UNPIVOT") || At("MATCH_RECOGNIZE")) && At("(", 1)) return true;
  return At("UNPIVOT") && (At("INCLUDE", 1) || At("EXCLUDE", 1));
}

SqlResult<std::optional<Identifier>> Parser::ParseTableAlias() {
  if (AtTableSuffix()) return std::optional<Identifier>();
  return ParseOptionalAlias();
}

// `(SELECT …) AS a`, or joined tables in parentheses.
SqlResult<TableExprPtr> Parser::ParseParenthesizedTable() {
  const uint32_t begin = Here();
  if (StartsQuery(at_ + 1)) {
    auto node = std::make_unique<TableSubquery>();
    ASSIGN_OR_RETURN(node->query, ParseParenthesizedQuery());
    ASSIGN_OR_RETURN(node->alias, ParseTableAlias());
    return Done(std::move(node), begin);
  }
  Skip();
  ASSIGN_OR_RETURN(TableExprPtr table, ParseFrom());
  RETURN_IF_ERROR(Expect(")"));
  return table;
}

SqlResult<TableExprPtr> Parser::ParseUnnest() {
  const uint32_t begin = Here();
  Skip();
  auto node = std::make_unique<UnnestTable>();
  RETURN_IF_ERROR(Expect("("));
  RETURN_IF_ERROR(ParseUnnestArguments(*node));
  RETURN_IF_ERROR(Expect(")"));
  ASSIGN_OR_RETURN(node->alias, ParseTableAlias());
  ASSIGN_OR_RETURN(node->with_offset, ParseWithOffset());
  return Done(std::move(node), begin);
}

SqlStatus Parser::ParseUnnestArguments(UnnestTable& unnest) {
  return CommaList([&]() -> SqlStatus {
    if (AtName() && At("=>", 1) && !unnest.arrays.empty()) {
      if (!EqualsIgnoringCase(Peek().text, "mode") || unnest.mode != nullptr) return Unexpected();
      at_ += 2;
      ASSIGN_OR_RETURN(unnest.mode, ParseExpr());
      return Nothing();
    }
    if (unnest.mode != nullptr) return Unexpected();
    ASSIGN_OR_RETURN(NamedExpr array, ParseNamedExpr());
    unnest.arrays.push_back(std::move(array));
    return Nothing();
  });
}

SqlResult<std::optional<WithOffset>> Parser::ParseWithOffset() {
  const uint32_t begin = Here();
  if (!AcceptBoth("WITH", "OFFSET")) return std::optional<WithOffset>();
  WithOffset offset;
  ASSIGN_OR_RETURN(offset.alias, ParseTableAlias());
  offset.range = Since(begin);
  return std::optional<WithOffset>(std::move(offset));
}

// A table or an array, or a call of a table function.
SqlResult<TableExprPtr> Parser::ParseTablePath() {
  const uint32_t begin = Here();
  ASSIGN_OR_RETURN(Path path, ParseObjectPath());
  if (At("(")) {
    ASSIGN_OR_RETURN(auto call, ParseTableCall(std::move(path), begin));
    return call;
  }
  auto node = std::make_unique<TablePath>();
  node->path = std::move(path);
  ASSIGN_OR_RETURN(node->alias, ParseTableAlias());
  ASSIGN_OR_RETURN(node->with_offset, ParseWithOffset());
  if (Accept("FOR")) {
    if (!Accept("SYSTEM_TIME") && !AcceptBoth("SYSTEM", "TIME")) return Unexpected();
    RETURN_IF_ERROR(Expect("AS"));
    RETURN_IF_ERROR(Expect("OF"));
    ASSIGN_OR_RETURN(node->system_time, ParseExpr());
    if (!node->alias) {
      ASSIGN_OR_RETURN(node->alias, ParseTableAlias());
    }
  }
  return Done(std::move(node), begin);
}

SqlResult<std::unique_ptr<TableCall>> Parser::ParseTableCall(Path function, uint32_t begin) {
  auto node = std::make_unique<TableCall>();
  node->function = std::move(function);
  RETURN_IF_ERROR(Expect("("));
  if (!At(")")) RETURN_IF_ERROR(ParseArguments(node->arguments));
  RETURN_IF_ERROR(Expect(")"));
  ASSIGN_OR_RETURN(node->alias, ParseTableAlias());
  return Done(std::move(node), begin);
}

// --- PIVOT, UNPIVOT, TABLESAMPLE -------------------------------------------------------------------

SqlResult<PivotSpec> Parser::ParsePivot() {
  const uint32_t begin = Here();
  PivotSpec spec;
  RETURN_IF_ERROR(Expect("PIVOT"));
  RETURN_IF_ERROR(Expect("("));
  RETURN_IF_ERROR(CommaList([&]() -> SqlStatus {
    ASSIGN_OR_RETURN(NamedExpr aggregate, ParseNamedExpr());
    spec.aggregates.push_back(std::move(aggregate));
    return Nothing();
  }));
  RETURN_IF_ERROR(Expect("FOR"));
  ASSIGN_OR_RETURN(spec.input, ParseArithmetic(1));
  RETURN_IF_ERROR(Expect("IN"));
  RETURN_IF_ERROR(Expect("("));
  RETURN_IF_ERROR(CommaList([&]() -> SqlStatus {
    ASSIGN_OR_RETURN(NamedExpr value, ParseNamedExpr());
    spec.values.push_back(std::move(value));
    return Nothing();
  }));
  RETURN_IF_ERROR(Expect(")"));
  RETURN_IF_ERROR(Expect(")"));
  ASSIGN_OR_RETURN(spec.alias, ParseTableAlias());
  spec.range = Since(begin);
  return spec;
}

SqlResult<UnpivotSpec> Parser::ParseUnpivot() {
  const uint32_t begin = Here();
  UnpivotSpec spec;
  RETURN_IF_ERROR(Expect("UNPIVOT"));
  if (AcceptBoth("INCLUDE", "NULLS")) {
    spec.include_nulls = true;
  } else {
    AcceptBoth("EXCLUDE", "NULLS");
  }
  RETURN_IF_ERROR(Expect("("));
  if (At("(")) {
    ASSIGN_OR_RETURN(spec.values, ParseNameList());
  } else {
    ASSIGN_OR_RETURN(spec.values.emplace_back(), ParseName());
  }
  RETURN_IF_ERROR(Expect("FOR"));
  ASSIGN_OR_RETURN(spec.name, ParseName());
  RETURN_IF_ERROR(Expect("IN"));
  RETURN_IF_ERROR(Expect("("));
  RETURN_IF_ERROR(CommaList([&]() -> SqlStatus {
    ASSIGN_OR_RETURN(UnpivotItem item, ParseUnpivotItem());
    spec.items.push_back(std::move(item));
    return Nothing();
  }));
  RETURN_IF_ERROR(Expect(")"));
  RETURN_IF_ERROR(Expect(")"));
  ASSIGN_OR_RETURN(spec.alias, ParseTableAlias());
  spec.range = Since(begin);
  return spec;
}

// `a`, `(a, b)`, each with an optional `AS 'label'`.
SqlResult<UnpivotItem> Parser::ParseUnpivotItem() {
  const uint32_t begin = Here();
  UnpivotItem item;
  const bool list = Accept("(");
  do {
    if (item.columns.size() >= kMaxListItems) return TooManyItems();
    ASSIGN_OR_RETURN(item.columns.emplace_back(), ParsePath());
  } while (list && Accept(","));
  if (list) RETURN_IF_ERROR(Expect(")"));
  const bool as = Accept("AS");
  if (AtKind(TokenKind::kString) || AtKind(TokenKind::kInt)) {
    ASSIGN_OR_RETURN(item.label, ParsePrimary());
  } else if (as) {
    return Unexpected();
  }
  item.range = Since(begin);
  return item;
}

SqlResult<SampleSpec> Parser::ParseSample() {
  const uint32_t begin = Here();
  SampleSpec spec;
  RETURN_IF_ERROR(Expect("TABLESAMPLE"));
  ASSIGN_OR_RETURN(spec.method, ParseName());
  RETURN_IF_ERROR(Expect("("));
  ASSIGN_OR_RETURN(spec.size, ParseExpr());
  if (Accept("PERCENT")) {
    spec.unit = SampleUnit::kPercent;
  } else if (Accept("ROWS")) {
    spec.unit = SampleUnit::kRows;
  } else {
    return Unexpected();
  }
  if (At("PARTITION")) return Refuse("PARTITION BY in TABLESAMPLE");
  RETURN_IF_ERROR(Expect(")"));
  if (At("WITH") && At("WEIGHT", 1)) return Refuse("WITH WEIGHT");
  if (AcceptBoth("REPEATABLE", "(")) {
    ASSIGN_OR_RETURN(spec.seed, ParseExpr());
    RETURN_IF_ERROR(Expect(")"));
  }
  spec.range = Since(begin);
  return spec;
}

}  // namespace casebook::sql
