// The printer itself, one class in several files: print_expr.cc, print_query.cc, print_table.cc,
// print_statement.cc. Include sql/printer.h instead.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sql/ast.h"

namespace casebook::sql {

class Printer {
 public:
  std::string Take() && { return std::move(out_); }

  void Put(const Script& script);
  void Put(const Statement& statement);
  void Put(const Query& query);
  void Put(const TableExpr& table);
  void Put(const Expr& expr);
  void Put(const TypeName& type);

 private:
  void Text(std::string_view text) { out_ += text; }

  // Each of `items`, with ", " between.
  template <typename Items, typename One>
  void List(const Items& items, One one) {
    bool first = true;
    for (const auto& item : items) {
      if (!first) Text(", ");
      first = false;
      one(item);
    }
  }
  template <typename Items>
  void List(const Items& items) {
    List(items, [this](const auto& item) { Put(item); });
  }

  // Names and types.
  void Put(const Identifier& name);
  void Put(const Path& path);
  void Names(const std::vector<Identifier>& names);  // (a, b)
  void Alias(const std::optional<Identifier>& alias);
  void TypeFields(std::string_view word, const TypeName& type);

  // Expressions. `weakest` is the weakest operator that may stand without parentheses.
  void Put(const ExprPtr& expr) { Put(*expr); }
  void Operand(const Expr& expr, int weakest);
  void DotBase(const Expr& expr);
  void Clause(std::string_view words, const ExprPtr& expr);  // nothing if `expr` is null
  void Put(const NamedExpr& named);
  void Put(const Argument& argument);
  void Put(const WindowSpec& spec);
  void Put(const WindowFrame& frame);
  void Put(const FrameBound& bound);
  void Put(const NamedWindow& window);
  void Put(const Candidates& candidates);
  void PutLiteral(const LiteralExpr& literal);
  void PutUnary(const UnaryExpr& unary);
  void PutBinary(const BinaryExpr& binary);
  void PutLogical(const LogicalExpr& logical);
  void PutCase(const CaseExpr& expr);
  void PutCast(const CastExpr& cast);
  void PutExtract(const ExtractExpr& extract);
  void PutInterval(const IntervalExpr& interval);
  void PutStruct(const StructExpr& expr);
  void PutSubquery(const SubqueryExpr& subquery);
  void PutSubscript(const SubscriptExpr& subscript);
  void PutCall(const CallExpr& call);
  void CallName(const CallExpr& call);
  void PutLambda(const LambdaExpr& lambda);
  void PutWithExpr(const WithExpr& with);

  // Queries.
  void Put(const QueryBody& body);
  void Put(const QueryBodyPtr& body) { Put(*body); }
  void Put(const QueryPtr& query);  // in parentheses
  void Put(const WithClause& with);
  void Put(const WithTable& table);
  void Put(const SelectItem& item);
  void Put(const StarModifiers& star);
  void Put(const SortOrder& order);
  void Put(const OrderItem& item);
  void Put(const Limit& limit);
  void Put(const GroupBy& group_by);
  void Put(const GroupingItem& item);
  void Put(const GroupingColumns& columns);
  void Put(const SetOperationSpec& spec);
  void PutSelect(const SelectBody& select);
  void SelectAsWords(SelectAs as, const Path& type);
  void Put(const PipeOperator& pipe);
  void PutPipeSelect(const PipeSelect& pipe);
  void PutPipeAggregate(const PipeAggregate& pipe);

  // FROM.
  void TableOperand(const TableExpr& table);
  void PutTablePath(const TablePath& table);
  void PutUnnest(const UnnestTable& unnest);
  void PutTableCall(const TableCall& call);
  void PutJoin(const JoinTable& join);
  void JoinWords(JoinKind kind);
  void JoinCondition(const ExprPtr& on, const std::vector<Identifier>& using_columns);
  void Put(const std::optional<WithOffset>& offset);
  void Put(const PivotSpec& spec);
  void Put(const UnpivotSpec& spec);
  void Put(const UnpivotItem& item);
  void Put(const SampleSpec& spec);

  // Statements.
  void CreateWords(CreateMode mode, bool temporary, std::string_view object);
  void Options(const std::vector<Option>& options);
  void Put(const FunctionParameter& parameter);
  void PutCreateView(const CreateView& create);
  void PutCreateFunction(const CreateFunction& create);
  void PutCreateTableFunction(const CreateTableFunction& create);
  void PutDrop(const DropStatement& drop);
  void PutDeclare(const DeclareStatement& declare);
  void PutSet(const SetStatement& set);

  std::string out_;
};

}  // namespace casebook::sql
