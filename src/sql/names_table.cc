#include "sql/names_table.h"

#include <algorithm>
#include <cctype>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "base/result.h"

namespace casebook::sql {
namespace {

bool SameName(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
  });
}

class Search {
 public:
  explicit Search(std::string_view name) : name_(name) {}

  bool In(const Query& query) {
    if (query.with) {
      if (InTables(query.with->tables)) return true;
      if (Defines(query.with->tables)) return false;
    }
    if (In(query.body) || In(query.order_by) || In(query.limit)) return true;
    for (const PipeOperatorPtr& pipe : query.pipes) {
      if (In(*pipe)) return true;
      const auto* with = TryAs<PipeWith>(*pipe);
      if (with != nullptr && Defines(with->with.tables)) return false;
    }
    return false;
  }

  bool In(const QueryBody& body) {
    switch (body.kind) {
      case QueryBodyKind::kSelect: return InFields(As<SelectBody>(body));
      case QueryBodyKind::kSetOperation: return InFields(As<SetOperationBody>(body));
      case QueryBodyKind::kNestedQuery: return InFields(As<NestedQueryBody>(body));
      case QueryBodyKind::kFrom: return InFields(As<FromBody>(body));
    }
    Unreachable();
  }

  bool In(const PipeOperator& pipe) {
    switch (pipe.kind) {
      case PipeKind::kSelect: return InFields(As<PipeSelect>(pipe));
      case PipeKind::kSet: return InFields(As<PipeSet>(pipe));
      case PipeKind::kDrop: return false;
      case PipeKind::kRename: return false;
      case PipeKind::kAs: return false;
      case PipeKind::kWhere: return InFields(As<PipeWhere>(pipe));
      case PipeKind::kLimit: return false;
      case PipeKind::kOrderBy: return InFields(As<PipeOrderBy>(pipe));
      case PipeKind::kAggregate: return InFields(As<PipeAggregate>(pipe));
      case PipeKind::kDistinct:
      case PipeKind::kDescribe: return false;
      case PipeKind::kJoin: return InFields(As<PipeJoin>(pipe));
      case PipeKind::kCall: return InFields(As<PipeCall>(pipe));
      case PipeKind::kSetOperation: return InFields(As<PipeSetOperation>(pipe));
      case PipeKind::kSample: return false;
      case PipeKind::kPivot: return InFields(As<PipePivot>(pipe));
      case PipeKind::kUnpivot: return false;
      case PipeKind::kWith: return InTables(As<PipeWith>(pipe).with.tables);
      case PipeKind::kAssert: return InFields(As<PipeAssert>(pipe));
    }
    Unreachable();
  }

 private:
  bool InTables(const std::vector<WithTable>& tables) {
    for (const WithTable& table : tables) {
      if (SameName(table.name.text, name_)) return false;  // what follows means the new one
      if (In(*table.query)) return true;
    }
    return false;
  }

  bool Defines(const std::vector<WithTable>& tables) const {
    return std::any_of(tables.begin(), tables.end(),
                       [&](const WithTable& table) { return SameName(table.name.text, name_); });
  }

  bool In(const Expr& expr) {
    switch (expr.kind) {
      case ExprKind::kLiteral:
      case ExprKind::kPath:
      case ExprKind::kParameter:
      case ExprKind::kSystemVariable:
      case ExprKind::kStar: return false;
      case ExprKind::kUnary: return InFields(As<UnaryExpr>(expr));
      case ExprKind::kBinary: return InFields(As<BinaryExpr>(expr));
      case ExprKind::kLogical: return InFields(As<LogicalExpr>(expr));
      case ExprKind::kBetween: return InFields(As<BetweenExpr>(expr));
      case ExprKind::kIn: return InFields(As<InExpr>(expr));
      case ExprKind::kLikeAny: return InFields(As<LikeAnyExpr>(expr));
      case ExprKind::kIs: return InFields(As<IsExpr>(expr));
      case ExprKind::kFieldAccess: return InFields(As<FieldAccessExpr>(expr));
      case ExprKind::kSubscript: return InFields(As<SubscriptExpr>(expr));
      case ExprKind::kCase: return InFields(As<CaseExpr>(expr));
      case ExprKind::kCast: return InFields(As<CastExpr>(expr));
      case ExprKind::kExtract: return InFields(As<ExtractExpr>(expr));
      case ExprKind::kInterval: return InFields(As<IntervalExpr>(expr));
      case ExprKind::kArray: return InFields(As<ArrayExpr>(expr));
      case ExprKind::kStruct: return InFields(As<StructExpr>(expr));
      case ExprKind::kSubquery: return InFields(As<SubqueryExpr>(expr));
      case ExprKind::kCall: return InFields(As<CallExpr>(expr));
      case ExprKind::kLambda: return InFields(As<LambdaExpr>(expr));
      case ExprKind::kWith: return InFields(As<WithExpr>(expr));
    }
    Unreachable();
  }

  bool In(const TableExpr& table) {
    switch (table.kind) {
      case TableExprKind::kTablePath: {
        const auto& names = As<TablePath>(table).path.names;
        return names.size() == 1 && SameName(names.front().text, name_);
      }
      case TableExprKind::kUnnest: return InFields(As<UnnestTable>(table));
      case TableExprKind::kTableSubquery: return InFields(As<TableSubquery>(table));
      case TableExprKind::kTableCall: return InFields(As<TableCall>(table));
      case TableExprKind::kJoin: return InFields(As<JoinTable>(table));
      case TableExprKind::kPivot: return InFields(As<PivotTable>(table));
      case TableExprKind::kUnpivot: return InFields(As<UnpivotTable>(table));
      case TableExprKind::kSample: return InFields(As<SampleTable>(table));
    }
    Unreachable();
  }

  bool In(const Argument& argument) {
    const bool is_table = argument.kind == ArgumentKind::kTable && argument.path.names.size() == 1;
    return (is_table && SameName(argument.path.names.front().text, name_)) || In(argument.value);
  }

  // Names, words and numbers.
  template <typename T>
    requires(std::is_enum_v<T> || std::is_arithmetic_v<T> || std::is_same_v<T, Identifier> ||
             std::is_same_v<T, Path> || std::is_same_v<T, std::string>)
  bool In(const T& /*part*/) {
    return false;
  }

  template <typename T>
    requires requires(const T& part) { part.Fields(); }
  bool In(const T& part) {
    if constexpr (std::is_same_v<T, TypeName>) {
      return false;
    } else {
      return InFields(part);
    }
  }

  template <typename T>
  bool In(const std::unique_ptr<T>& part) {
    return part != nullptr && In(*part);
  }
  template <typename T>
  bool In(const std::optional<T>& part) {
    return part && In(*part);
  }
  template <typename T>
  bool In(const std::vector<T>& parts) {
    return std::any_of(parts.begin(), parts.end(), [&](const T& part) { return In(part); });
  }

  template <typename T>
  bool InFields(const T& node) {
    return std::apply([&](const auto&... field) { return (In(field) || ...); }, node.Fields());
  }

  std::string_view name_;
};

}  // namespace

bool NamesTable(const Query& query, std::string_view name) { return Search(name).In(query); }
bool NamesTable(const QueryBody& body, std::string_view name) { return Search(name).In(body); }
bool NamesTable(const PipeOperator& pipe, std::string_view name) { return Search(name).In(pipe); }

}  // namespace casebook::sql
