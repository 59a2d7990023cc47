// The recursive-descent parser itself, one class in several files: parser.cc (tokens and entry points),
// parse_expr.cc, parse_primary.cc, parse_call.cc, parse_query.cc, parse_table.cc, parse_pipe.cc, parse_type.cc,
// parse_statement.cc. Include sql/parser.h instead.
//
// Each Parse… starts at its first token and ends after its last. A parser that met an error is done.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sql/ast.h"
#include "sql/equal.h"
#include "sql/lexer.h"
#include "sql/parser.h"

namespace casebook::sql {

class Parser {
 public:
  explicit Parser(std::string_view sql) : sql_(sql), tokens_(Tokenize(sql)) {}

  SqlResult<Script> ParseScript();
  SqlResult<StatementPtr> ParseStatement();
  SqlResult<QueryPtr> ParseQuery();
  SqlResult<ExprPtr> ParseExpr();
  SqlResult<TypeName> ParseType();

  bool AtEnd() const { return Peek().kind == TokenKind::kEnd; }
  bool Accept(Terminal terminal);
  SqlStatus ExpectEnd() const;

 private:
  // One level of nesting, for as long as it lives.
  class Nest {
   public:
    explicit Nest(Parser& parser) : parser_(parser), outer_height_(std::exchange(parser.height_, 0)) {
      ++parser_.depth_;
    }
    ~Nest() {
      --parser_.depth_;
      parser_.height_ = std::max(outer_height_, parser_.height_ + 1);
    }
    Nest(const Nest&) = delete;
    Nest& operator=(const Nest&) = delete;
    bool TooDeep() const { return parser_.depth_ > kMaxNesting; }

   private:
    Parser& parser_;
    int outer_height_;
  };

  // Tokens.
  const Token& Peek(size_t ahead = 0) const {
    return tokens_.list[std::min(at_ + ahead, tokens_.list.size() - 1)];
  }
  bool At(Terminal terminal, size_t ahead = 0) const { return Peek(ahead).terminal == terminal; }
  bool AtKind(TokenKind kind, size_t ahead = 0) const { return Peek(ahead).kind == kind; }
  // Whether a name that needs no back quotes, or has them, stands here.
  bool AtName(size_t ahead = 0) const;
  void Skip() { ++at_; }
  bool AcceptBoth(Terminal first, Terminal second);
  SqlStatus Expect(Terminal terminal);
  // `>>`, which the lexer cuts in two because types end with it.
  bool AtShiftRight() const { return At(">") && At(">", 1) && Peek(1).begin == Peek().end; }
  // The token after the parenthesis that closes the one at `open`, or the last.
  size_t AfterParentheses(size_t open) const;

  uint32_t Here() const { return Peek().begin; }
  uint32_t PreviousEnd() const { return at_ == 0 ? 0 : tokens_.list[at_ - 1].end; }
  SourceRange Since(uint32_t begin) const { return {begin, PreviousEnd()}; }
  template <typename Node>
  std::unique_ptr<Node> Done(std::unique_ptr<Node> node, uint32_t begin) const {
    node->range = Since(begin);
    return node;
  }

  // Errors at the present token.
  SqlError Unexpected() const;
  SqlError ExpectedBut(std::string_view what) const;
  SqlError Refuse(std::string_view what) const;
  SqlError TooDeep() const;
  // Counts one more level of a tree that leans to the left.
  SqlStatus Grow();

  // Parses `one` once or more, separated by commas. `one` appends what it reads by itself.
  template <typename One>
  SqlStatus CommaList(One one) {
    size_t items = 0;
    do {
      if (++items > kMaxListItems) return TooManyItems();
      RETURN_IF_ERROR(one());
    } while (Accept(","));
    return Nothing();
  }
  // The same, where a comma may follow the last item; `at_end` says whether an item can start.
  template <typename One, typename AtEnd>
  SqlStatus CommaListWithTail(One one, AtEnd at_end) {
    size_t items = 0;
    do {
      if (++items > kMaxListItems) return TooManyItems();
      RETURN_IF_ERROR(one());
    } while (Accept(",") && !at_end());
    return Nothing();
  }
  SqlError TooManyItems() const;

  // Names.
  SqlResult<std::string> Decode(const Token& token) const;
  SqlResult<Identifier> ParseName();
  SqlResult<std::optional<Identifier>> ParseOptionalAlias();     // [AS] name
  SqlResult<std::vector<Identifier>> ParseNameList();            // (a, b)
  SqlResult<Path> ParsePath();                                   // a.b.c
  SqlResult<Path> ParseObjectPath();                             // dashed and quoted as a whole, too
  SqlStatus AppendSplit(const Token& token, std::vector<Identifier>& names) const;
  SqlStatus AppendDashed(std::vector<Identifier>& names);
  SqlResult<Path> SplitQuoted(Path path) const;

  // Types.
  SqlResult<TypeName> ParseElementType(TypeNameKind kind);
  SqlResult<TypeName> ParseStructType();
  SqlStatus ParseTypeSuffix(TypeName& type);

  // Expressions, from the weakest operator to the strongest.
  SqlResult<ExprPtr> ParseLogical(LogicalOp op);
  SqlResult<ExprPtr> ParseLogicalOperand(LogicalOp op);
  SqlResult<ExprPtr> ParseNot();
  SqlResult<ExprPtr> ParseComparison();
  SqlResult<ExprPtr> ParseIs(ExprPtr value, uint32_t begin);
  SqlResult<ExprPtr> ParseIn(ExprPtr value, bool negated, uint32_t begin);
  SqlResult<ExprPtr> ParseBetween(ExprPtr value, bool negated, uint32_t begin);
  SqlResult<ExprPtr> ParseLike(ExprPtr value, bool negated, uint32_t begin);
  SqlResult<Candidates> ParseCandidates();
  SqlResult<ExprPtr> ParseArithmetic(int weakest);
  SqlResult<ExprPtr> ParseUnary();
  SqlResult<ExprPtr> ParsePostfix();
  SqlResult<ExprPtr> ParseDot(ExprPtr base, uint32_t begin);
  static ExprPtr Chain(ExprPtr base, ExprPtr call);
  SqlResult<ExprPtr> ParseSubscript(ExprPtr base, uint32_t begin);
  SqlResult<ExprPtr> FinishBinary(BinaryOp op, ExprPtr left, ExprPtr right, uint32_t begin);

  // Primary expressions.
  SqlResult<ExprPtr> ParsePrimary();
  SqlResult<ExprPtr> ParseWord();
  SqlResult<ExprPtr> ParseSymbol();
  SqlResult<ExprPtr> ParseNumber();
  SqlResult<ExprPtr> ParseStringLiteral(LiteralKind kind);
  SqlResult<ExprPtr> ParseConstant(LiteralKind kind, bool value);
  SqlResult<ExprPtr> ParseTypedLiteral(LiteralKind kind);
  SqlResult<ExprPtr> ParseRange();
  SqlResult<ExprPtr> ParseParameter();
  SqlResult<ExprPtr> ParseParenthesized();
  SqlResult<ExprPtr> ParseTuple(ExprPtr first, uint32_t begin);
  SqlResult<ExprPtr> ParseSubqueryExpr(SubqueryKind kind, uint32_t begin);
  SqlResult<ExprPtr> ParseCase();
  SqlResult<ExprPtr> ParseCast();
  SqlResult<ExprPtr> ParseExtract();
  SqlResult<ExprPtr> ParseInterval();
  SqlResult<ExprPtr> ParseArrayWord();
  SqlResult<ExprPtr> ParseArrayElements(std::optional<TypeName> type, uint32_t begin);
  SqlResult<ExprPtr> ParseStructWord();
  SqlResult<ExprPtr> ParseWithExpr();
  SqlResult<ExprPtr> ParsePathOrCall();
  SqlResult<ExprPtr> ParseKeywordCall();
  SqlResult<NamedExpr> ParseVariable();  // name AS expr
  bool AtBareFunction() const;

  // Calls.
  SqlResult<ExprPtr> ParseCall(Path function, uint32_t begin);
  SqlStatus ParseCallRest(CallExpr& call);
  SqlStatus ParseArguments(std::vector<Argument>& arguments);
  SqlStatus ParseCallModifiers(CallExpr& call);
  SqlResult<Argument> ParseArgument();
  SqlStatus ParseArgumentValue(Argument& argument);
  bool AtLambda() const;
  SqlResult<ExprPtr> ParseLambda();
  SqlResult<WindowSpec> ParseOver();
  SqlResult<WindowSpec> ParseWindowSpec();
  SqlResult<WindowFrame> ParseFrame();
  SqlResult<FrameBound> ParseFrameBound();

  // Queries.
  bool StartsQuery(size_t token) const;
  bool AtQuery() const { return StartsQuery(at_); }
  SqlResult<QueryPtr> ParseParenthesizedQuery();
  SqlResult<QueryBodyPtr> ParseBody();
  SqlResult<QueryBodyPtr> ParseSimpleBody();
  SqlResult<QueryBodyPtr> ParseSelect();
  SqlStatus ParseSelectClauses(SelectBody& select);
  bool AtSetOperator() const;
  bool SetOperatorAt(size_t token) const;
  SqlResult<SetOperationSpec> ParseSetOperationSpec();
  SqlStatus ParseSetColumns(SetOperationSpec& spec);
  SqlResult<WithClause> ParseWith();
  SqlResult<WithTable> ParseWithTable();
  SqlResult<RecursionDepth> ParseRecursionDepth();
  SqlResult<std::optional<Identifier>> ParseOptionalDepthAlias();
  SqlStatus RefuseSelectWith() const;
  SqlStatus ParseThreshold(AggregationThreshold& threshold);
  SqlStatus ParseSelectAs(SelectAs& as, Path& type);
  SqlStatus ParseSelectItems(std::vector<SelectItem>& items);
  bool AtEndOfSelectItems() const;
  SqlResult<SelectItem> ParseSelectItem();
  SqlResult<StarModifiers> ParseStarModifiers();
  SqlResult<NamedExpr> ParseNamedExpr();
  SqlResult<SortOrder> ParseSortOrder();
  SqlResult<OrderItem> ParseOrderItem();
  SqlStatus ParseOrderBy(std::vector<OrderItem>& items);  // from BY on
  SqlResult<Limit> ParseLimit();                          // after LIMIT
  SqlResult<GroupBy> ParseGroupBy();                      // from BY on
  SqlResult<GroupingItem> ParseGroupingItem();
  SqlResult<GroupingItem> ParseGroupingSets();
  SqlResult<GroupingColumns> ParseGroupingColumns();
  static void ToGroupingList(GroupingItem& item);
  SqlStatus ParseWindows(std::vector<NamedWindow>& windows);  // after WINDOW

  // FROM.
  SqlResult<TableExprPtr> ParseFrom();  // after FROM
  SqlResult<TableExprPtr> ParseTable();
  SqlResult<TableExprPtr> ParseTablePrimary();
  SqlResult<TableExprPtr> ParseTableSuffixes(TableExprPtr table, uint32_t begin);
  SqlResult<TableExprPtr> ParseParenthesizedTable();
  SqlResult<TableExprPtr> ParseUnnest();
  SqlStatus ParseUnnestArguments(UnnestTable& unnest);
  SqlResult<TableExprPtr> ParseTablePath();
  SqlResult<std::unique_ptr<TableCall>> ParseTableCall(Path function, uint32_t begin);
  bool AtTableSuffix() const;
  SqlResult<std::optional<Identifier>> ParseTableAlias();
  SqlResult<std::optional<WithOffset>> ParseWithOffset();
  bool AtJoin() const;
  SqlResult<JoinKind> ParseJoinKind();
  SqlStatus ParseJoinCondition(ExprPtr& on, std::vector<Identifier>& using_columns);
  SqlResult<TableExprPtr> ParseLaterConditions(std::unique_ptr<JoinTable> join, int& open);
  SqlResult<PivotSpec> ParsePivot();
  SqlResult<UnpivotSpec> ParseUnpivot();
  SqlResult<UnpivotItem> ParseUnpivotItem();
  SqlResult<SampleSpec> ParseSample();

  // Pipe operators.
  SqlResult<PipeOperatorPtr> ParsePipe();
  SqlResult<PipeOperatorPtr> ParsePipeWord();
  SqlResult<PipeOperatorPtr> ParsePipeClause();
  SqlResult<PipeOperatorPtr> ParsePipeSelect(PipeSelectKind kind);
  SqlResult<PipeOperatorPtr> ParsePipeSet();
  SqlResult<PipeOperatorPtr> ParsePipeDrop();
  SqlResult<PipeOperatorPtr> ParsePipeRename();
  SqlResult<PipeOperatorPtr> ParsePipeAggregate();
  SqlResult<PipeOperatorPtr> ParsePipeJoin();
  SqlResult<PipeOperatorPtr> ParsePipeCall();
  SqlResult<PipeOperatorPtr> ParsePipeSetOperation();
  SqlResult<PipeOperatorPtr> ParsePipeAssert();
  SqlResult<PipeOperatorPtr> ParsePipeTableOperator();
  SqlResult<SelectItem> ParseAggregateItem();
  SqlResult<GroupBy> ParsePipeGroupBy();
  bool AtEndOfPipe() const { return AtEnd() || At("|>") || At(")") || At(";"); }

  // Statements.
  SqlResult<StatementPtr> ParseOneStatement();
  SqlError RefuseStatement() const;
  SqlResult<StatementPtr> ParseExplain();
  SqlResult<StatementPtr> ParseCreate();
  SqlResult<StatementPtr> ParseCreateView(CreateMode mode, bool temporary, uint32_t begin);
  SqlResult<StatementPtr> ParseCreateFunction(CreateMode mode, bool temporary, bool aggregate, uint32_t begin);
  SqlResult<StatementPtr> ParseCreateTableFunction(CreateMode mode, bool temporary, uint32_t begin);
  SqlResult<CreateMode> ParseIfNotExists(CreateMode mode);
  SqlStatus ParseOptions(std::vector<Option>& options);
  SqlStatus ParseFunctionParameters(std::vector<FunctionParameter>& parameters);
  SqlResult<FunctionParameter> ParseFunctionParameter();
  SqlResult<TypeName> ParseTableType();
  SqlResult<StatementPtr> ParseDrop();
  SqlResult<StatementPtr> ParseDeclare();
  SqlResult<StatementPtr> ParseSet();

  std::string_view sql_;
  Tokens tokens_;
  size_t at_ = 0;
  int depth_ = 0;
  int height_ = 0;  // of the tree that grows at the present level
  uint32_t parameters_ = 0;  // `?` so far
};

}  // namespace casebook::sql
