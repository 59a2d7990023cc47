// Pipe operators: `|> WHERE …`.
#include "sql/parser_internal.h"

namespace casebook::sql {

SqlResult<PipeOperatorPtr> Parser::ParsePipe() {
  const uint32_t begin = Here();
  RETURN_IF_ERROR(Expect("|>"));
  ASSIGN_OR_RETURN(PipeOperatorPtr pipe, ParsePipeWord());
  return Done(std::move(pipe), begin);
}

SqlResult<PipeOperatorPtr> Parser::ParsePipeWord() {
  if (Accept("SELECT")) return ParsePipeSelect(PipeSelectKind::kSelect);
  if (Accept("EXTEND")) return ParsePipeSelect(PipeSelectKind::kExtend);
  if (Accept("WINDOW")) return ParsePipeSelect(PipeSelectKind::kWindow);
  if (Accept("SET")) return ParsePipeSet();
  if (Accept("DROP")) return ParsePipeDrop();
  if (Accept("RENAME")) return ParsePipeRename();
  if (Accept("AGGREGATE")) return ParsePipeAggregate();
  if (Accept("CALL")) return ParsePipeCall();
  if (Accept("ASSERT")) return ParsePipeAssert();
  if (AtSetOperator()) return ParsePipeSetOperation();
  if (AtJoin()) return ParsePipeJoin();
  if (AtTableSuffix()) return ParsePipeTableOperator();
  return ParsePipeClause();
}

// AS, WHERE, LIMIT, ORDER BY, DISTINCT, WITH.
SqlResult<PipeOperatorPtr> Parser::ParsePipeClause() {
  if (Accept("AS")) {
    auto node = std::make_unique<PipeAs>();
    ASSIGN_OR_RETURN(node->alias, ParseName());
    return node;
  }
  if (Accept("WHERE")) {
    auto node = std::make_unique<PipeWhere>();
    ASSIGN_OR_RETURN(node->condition, ParseExpr());
    return node;
  }
  if (Accept("LIMIT")) {
    auto node = std::make_unique<PipeLimit>();
    ASSIGN_OR_RETURN(node->limit, ParseLimit());
    return node;
  }
  if (Accept("ORDER")) {
    auto node = std::make_unique<PipeOrderBy>();
    RETURN_IF_ERROR(ParseOrderBy(node->items));
    return node;
  }
  if (Accept("DISTINCT")) return std::make_unique<PipeDistinct>();
  if (Accept("DESCRIBE")) return std::make_unique<PipeDescribe>();
  if (At("WITH")) {
    auto node = std::make_unique<PipeWith>();
    ASSIGN_OR_RETURN(node->with, ParseWith());
    return node;
  }
  for (const Terminal known : {Terminal("FORK"), Terminal("TEE"), Terminal("IF"), Terminal("LOG"),
                               Terminal("STATIC_DESCRIBE"), Terminal("EXPORT"), Terminal("CREATE"), Terminal("INSERT"),
                               Terminal("RECURSIVE"), Terminal("MATCH_RECOGNIZE")}) {
    if (At(known)) return Refuse("|> " + std::string(known.text()));
  }
  return Unexpected();
}

SqlResult<PipeOperatorPtr> Parser::ParsePipeSelect(PipeSelectKind kind) {
  auto node = std::make_unique<PipeSelect>();
  node->select = kind;
  if (kind == PipeSelectKind::kSelect) {
    RETURN_IF_ERROR(RefuseSelectWith());
    node->distinct = Accept("DISTINCT");
    if (!node->distinct) Accept("ALL");
    RETURN_IF_ERROR(ParseSelectAs(node->as, node->as_type));
  }
  RETURN_IF_ERROR(ParseSelectItems(node->items));
  if (kind != PipeSelectKind::kWindow && Accept("WINDOW")) RETURN_IF_ERROR(ParseWindows(node->windows));
  return node;
}

SqlResult<PipeOperatorPtr> Parser::ParsePipeSet() {
  auto node = std::make_unique<PipeSet>();
  const auto one = [&]() -> SqlStatus {
    const uint32_t begin = Here();
    PipeSet::Item item;
    ASSIGN_OR_RETURN(item.column, ParseName());
    RETURN_IF_ERROR(Expect("="));
    ASSIGN_OR_RETURN(item.value, ParseExpr());
    item.range = Since(begin);
    node->items.push_back(std::move(item));
    return Nothing();
  };
  RETURN_IF_ERROR(CommaListWithTail(one, [&] { return AtEndOfPipe(); }));
  return node;
}

SqlResult<PipeOperatorPtr> Parser::ParsePipeDrop() {
  auto node = std::make_unique<PipeDrop>();
  const auto one = [&]() -> SqlStatus {
    ASSIGN_OR_RETURN(node->columns.emplace_back(), ParseName());
    return Nothing();
  };
  RETURN_IF_ERROR(CommaListWithTail(one, [&] { return AtEndOfPipe(); }));
  return node;
}

SqlResult<PipeOperatorPtr> Parser::ParsePipeRename() {
  auto node = std::make_unique<PipeRename>();
  const auto one = [&]() -> SqlStatus {
    PipeRename::Item item;
    ASSIGN_OR_RETURN(item.from, ParseName());
    Accept("AS");
    ASSIGN_OR_RETURN(item.to, ParseName());
    node->items.push_back(std::move(item));
    return Nothing();
  };
  RETURN_IF_ERROR(CommaListWithTail(one, [&] { return AtEndOfPipe(); }));
  return node;
}

SqlResult<SelectItem> Parser::ParseAggregateItem() {
  const uint32_t begin = Here();
  SelectItem item;
  ASSIGN_OR_RETURN(item.expr, ParseExpr());
  ASSIGN_OR_RETURN(item.alias, ParseOptionalAlias());
  ASSIGN_OR_RETURN(item.order, ParseSortOrder());
  item.range = Since(begin);
  return item;
}

SqlResult<PipeOperatorPtr> Parser::ParsePipeAggregate() {
  RETURN_IF_ERROR(RefuseSelectWith());
  auto node = std::make_unique<PipeAggregate>();
  const auto one = [&]() -> SqlStatus {
    ASSIGN_OR_RETURN(SelectItem item, ParseAggregateItem());
    node->items.push_back(std::move(item));
    return Nothing();
  };
  const auto at_end = [&] { return AtEndOfPipe() || At("GROUP"); };
  if (!at_end()) RETURN_IF_ERROR(CommaListWithTail(one, at_end));
  if (At("GROUP")) {
    ASSIGN_OR_RETURN(node->group_by, ParsePipeGroupBy());
  }
  return node;
}

// `GROUP [AND ORDER] BY` with aliases and directions.
SqlResult<GroupBy> Parser::ParsePipeGroupBy() {
  const uint32_t begin = Here();
  GroupBy group_by;
  RETURN_IF_ERROR(Expect("GROUP"));
  group_by.and_order = AcceptBoth("AND", "ORDER");
  RETURN_IF_ERROR(Expect("BY"));
  if (Accept("ALL")) {
    group_by.all = true;
    group_by.range = Since(begin);
    return group_by;
  }
  const auto one = [&]() -> SqlStatus {
    ASSIGN_OR_RETURN(GroupingItem item, ParseGroupingItem());
    if (item.kind == GroupingKind::kExpr) {
      ASSIGN_OR_RETURN(item.alias, ParseOptionalAlias());
      ASSIGN_OR_RETURN(item.order, ParseSortOrder());
      item.range = Since(item.range.begin);
    }
    group_by.items.push_back(std::move(item));
    return Nothing();
  };
  RETURN_IF_ERROR(CommaListWithTail(one, [&] { return AtEndOfPipe(); }));
  group_by.range = Since(begin);
  return group_by;
}

SqlResult<PipeOperatorPtr> Parser::ParsePipeJoin() {
  auto node = std::make_unique<PipeJoin>();
  ASSIGN_OR_RETURN(node->join, ParseJoinKind());
  ASSIGN_OR_RETURN(node->right, ParseTable());
  if (node->join != JoinKind::kCross) RETURN_IF_ERROR(ParseJoinCondition(node->on, node->using_columns));
  return node;
}

SqlResult<PipeOperatorPtr> Parser::ParsePipeCall() {
  auto node = std::make_unique<PipeCall>();
  const uint32_t begin = Here();
  ASSIGN_OR_RETURN(Path function, ParseObjectPath());
  ASSIGN_OR_RETURN(node->call, ParseTableCall(std::move(function), begin));
  return node;
}

SqlResult<PipeOperatorPtr> Parser::ParsePipeSetOperation() {
  auto node = std::make_unique<PipeSetOperation>();
  ASSIGN_OR_RETURN(node->spec, ParseSetOperationSpec());
  const auto one = [&]() -> SqlStatus {
    ASSIGN_OR_RETURN(node->inputs.emplace_back(), ParseParenthesizedQuery());
    return Nothing();
  };
  RETURN_IF_ERROR(CommaListWithTail(one, [&] { return AtEndOfPipe(); }));
  return node;
}

SqlResult<PipeOperatorPtr> Parser::ParsePipeTableOperator() {
  if (At("PIVOT")) {
    auto node = std::make_unique<PipePivot>();
    ASSIGN_OR_RETURN(node->spec, ParsePivot());
    return node;
  }
  if (At("UNPIVOT")) {
    auto node = std::make_unique<PipeUnpivot>();
    ASSIGN_OR_RETURN(node->spec, ParseUnpivot());
    return node;
  }
  if (At("MATCH_RECOGNIZE")) return Refuse("|> MATCH_RECOGNIZE");
  auto node = std::make_unique<PipeSample>();
  ASSIGN_OR_RETURN(node->spec, ParseSample());
  return node;
}

SqlResult<PipeOperatorPtr> Parser::ParsePipeAssert() {
  auto node = std::make_unique<PipeAssert>();
  ASSIGN_OR_RETURN(node->condition, ParseExpr());
  while (Accept(",") && !AtEndOfPipe()) {
    if (node->message.size() >= kMaxListItems) return TooManyItems();
    ASSIGN_OR_RETURN(node->message.emplace_back(), ParseExpr());
  }
  return node;
}

}  // namespace casebook::sql
