// Aggregates, alone and with OVER. Window functions that are no aggregates: emit_window.cc.
#include "analysis/functions.h"
#include "base/result.h"
#include "duckdb/connection.h"
#include "engines/duckdb/emitter_internal.h"

namespace casebook::engines {

using analysis::As;
using analysis::NullTreatment;

namespace {

sql::SqlError NotSupported(FunctionId function, const char* what, uint32_t position) {
  const std::string name(analysis::GetFunction(function).name);
  return UnsupportedSql((what[0] == 0 ? "Function " + name : "Function " + name + " " + what) + " is not supported",
                        position);
}

bool IsFloat(TypeKind kind) { return kind == TypeKind::kFloat64; }
bool IsDecimal(TypeKind kind) { return kind == TypeKind::kNumeric || kind == TypeKind::kBigNumeric; }
std::string DecimalPrefix(TypeKind kind) { return kind == TypeKind::kNumeric ? "gs_numeric_" : "gs_bignumeric_"; }

// What is the same of an aggregate with and without OVER.
struct Parts {
  FunctionId function{};
  const std::vector<ExprPtr>* arguments = nullptr;
  std::vector<std::string> args;
  std::string distinct;  // `DISTINCT `
  std::string filter;    // a condition
  std::string order;     // ` ORDER BY …` of the arguments
  std::string over;      // ` OVER (…)`
  NullTreatment nulls = NullTreatment::kDefault;
  const Expr* limit = nullptr;
  bool safe = false;  // SAFE.
  uint32_t position = 0;

  const std::string& x() const { return args.front(); }
  TypeKind kind(size_t i) const { return (*arguments)[i]->type.kind(); }

  // One call of an aggregate of the engine, over the rows for which `condition` holds as well.
  std::string Call(const std::string& name, const std::string& inside, const std::string& condition = "") const {
    std::string where = filter;
    if (!condition.empty()) where += (where.empty() ? "" : " AND ") + condition;
    return name + "(" + inside + ")" + (where.empty() ? "" : " FILTER (WHERE " + where + ")") + over;
  }
  // Over the arguments themselves.
  std::string Plain(const std::string& name) const { return Call(name, distinct + x()); }
};

std::string NotNull(const std::string& x) { return x + " IS NOT NULL"; }

// The sums of the parts of intervals, with commas.
std::string IntervalSums(const Parts& p) {
  std::string sums;
  for (const char* part : {"months", "days", "micros"}) {
    sums += (sums.empty() ? "" : ", ") + std::string("CAST(") +
            p.Call("sum", "gs_interval_" + std::string(part) + "(" + p.x() + ")") + " AS BIGINT)";
  }
  return sums;
}

SqlResult<std::string> Sum(const Parts& p) {
  if (p.kind(0) == TypeKind::kInterval && p.distinct.empty()) return "gs_interval_from(" + IntervalSums(p) + ")";
  switch (p.kind(0)) {
    case TypeKind::kInt64: return (p.safe ? "TRY_CAST(" : "CAST(") + p.Plain("sum") + " AS BIGINT)";
    case TypeKind::kFloat64:
      if (p.over.empty()) return p.Plain(p.safe ? "gs_float_sum_safe" : "gs_float_sum");
      // Over a window the engine's own sum is far faster.
      return std::string(p.safe ? "gs_check_sum_safe(" : "gs_check_sum(") + p.Plain("sum") + ", " +
             p.Call("max", "isinf(" + p.x() + ")") + ")";
    case TypeKind::kNumeric:
    case TypeKind::kBigNumeric: return p.Plain(DecimalPrefix(p.kind(0)) + (p.safe ? "sum_safe" : "sum"));
    default: return NotSupported(p.function, ("of " + Type(p.kind(0)).ToString()).c_str(), p.position);
  }
}

SqlResult<std::string> Average(const Parts& p) {
  if (p.kind(0) == TypeKind::kInterval && p.distinct.empty()) {
    return "gs_interval_average(" + IntervalSums(p) + ", " + p.Plain("count") + ")";
  }
  switch (p.kind(0)) {
    case TypeKind::kFloat64: return p.Plain("avg");
    case TypeKind::kNumeric:
    case TypeKind::kBigNumeric: return p.Plain(DecimalPrefix(p.kind(0)) + (p.safe ? "avg_safe" : "avg"));
    default: return NotSupported(p.function, ("of " + Type(p.kind(0)).ToString()).c_str(), p.position);
  }
}

// MAX of floats needs no care: NaN is the engine's greatest, as MAX wants it.
std::string Minimum(const Parts& p) {
  if (!IsFloat(p.kind(0))) return p.Call("min", p.x());
  return "CASE WHEN " + p.Call("bool_or", "isnan(" + p.x() + ")") + " THEN 'nan'::DOUBLE ELSE " + p.Call("min", p.x()) +
         " END";
}

// Of one value or of pairs.
std::string Statistic(const Parts& p, const char* name) {
  const std::string prefix = IsDecimal(p.kind(0)) ? DecimalPrefix(p.kind(0)) : "gs_";
  return p.Call(prefix + name, p.distinct + p.x() + (p.args.size() > 1 ? ", " + p.args[1] : ""));
}

SqlResult<std::string> ListOf(const Parts& p) {
  // BigQuery fails where a NULL would go into the answer; IGNORE NULLS leaves them out.
  const std::string condition = p.nulls == NullTreatment::kIgnore ? NotNull(p.x()) : "";
  std::string text = p.Call("list", p.distinct + p.x() + p.order, condition);
  if (p.limit == nullptr) return text;
  return "list_slice(" + text + ", 1, " + std::to_string(As<analysis::Literal>(*p.limit).value.integer()) + ")";
}

SqlResult<std::string> Concatenation(const Parts& p) {
  std::string text = p.Call("list", p.x() + p.order, NotNull(p.x()));
  if (p.limit != nullptr) {
    text = "list_slice(" + text + ", 1, " + std::to_string(As<analysis::Literal>(*p.limit).value.integer()) + ")";
  }
  return "flatten(" + text + ")";
}

SqlResult<std::string> JoinedText(const Parts& p) {
  if (p.kind(0) == TypeKind::kBytes) return NotSupported(p.function, "of BYTES", p.position);
  const std::string separator = p.args.size() > 1 ? p.args[1] : "','";
  if (p.args.size() > 1 && (*p.arguments)[1]->kind != analysis::ExprKind::kLiteral) {
    return NotSupported(p.function, "with a separator that is no literal", p.position);
  }
  if (p.limit != nullptr) {
    return "array_to_string(list_slice(" + p.Call("list", p.distinct + p.x() + p.order, NotNull(p.x())) + ", 1, " +
           std::to_string(As<analysis::Literal>(*p.limit).value.integer()) + "), " + separator + ")";
  }
  return p.Call("string_agg", p.distinct + p.x() + ", " + separator + p.order);
}

// The number of quantiles or of top values, which must be a constant.
SqlResult<int64_t> Number(const Parts& p) {
  constexpr int64_t kMaxNumber = 100'000;
  const auto* count = analysis::TryAs<analysis::Literal>(*p.arguments->back());
  if (count == nullptr || count->value.is_null() || count->value.integer() < 1 || count->value.integer() > kMaxNumber) {
    return NotSupported(p.function, "with a number that is no literal", p.position);
  }
  return count->value.integer();
}

// Exact where BigQuery estimates, which is one of the answers that it may give.
SqlResult<std::string> Quantiles(const Parts& p) {
  ASSIGN_OR_RETURN(const int64_t number, Number(p));
  if (IsFloat(p.kind(0))) return NotSupported(p.function, "of FLOAT64", p.position);
  const std::string condition = p.nulls == NullTreatment::kRespect ? "" : NotNull(p.x());
  const std::string sorted = p.Call("list", p.distinct + p.x() + " ORDER BY " + p.x() + " ASC NULLS FIRST", condition);
  const std::string n = std::to_string(number);
  // The engine computes each aggregate of the same text once.
  return "list_transform(generate_series(0, CASE WHEN len(" + sorted + ") > 0 THEN " + n +
         " ELSE NULL END), lambda q: list_extract(" + sorted + ", 1 + CAST(ceil(q * len(" + sorted + ") / " + n +
         "::DOUBLE - 1) AS BIGINT) + CASE WHEN q = 0 THEN 1 ELSE 0 END))";
}

// The values that weigh most: [{value, count or sum}].
SqlResult<std::string> Top(const Parts& p, const Type& type) {
  ASSIGN_OR_RETURN(const int64_t number, Number(p));
  if (IsFloat(p.kind(0))) return NotSupported(p.function, "of FLOAT64", p.position);
  ASSIGN_OR_RETURN(const std::string result, DuckDbType(type, p.position));
  const bool sums = p.function == FunctionId::kApproxTopSum;
  if (sums && p.kind(1) == TypeKind::kBigNumeric) return NotSupported(p.function, "with weights of BIGNUMERIC", p.position);
  const std::string weight_type = !sums || p.kind(1) == TypeKind::kInt64 ? "BIGINT"
                                  : IsFloat(p.kind(1))                   ? "DOUBLE"
                                                                         : "DECIMAL(38,9)";
  const std::string weight = sums ? p.args[1] : "1::BIGINT";
  const std::string all = p.Call("list", "{'v': " + p.x() + ", 'w': " + weight + "}");
  const std::string total =
      "CAST(list_sum(list_transform(list_filter(" + all + ", lambda e: e.v IS NOT DISTINCT FROM k.v), lambda e: e.w)) AS " +
      weight_type + ")";
  // Each value with its weight, by weight; of equal weights the smaller value first.
  const std::string weighed = "list_transform(list_distinct(list_transform(" + all +
                              ", lambda e: {'v': e.v})), lambda k: {'w': -" + total + ", 'v': k.v, 't': " + total + "})";
  return "list_transform(list_slice(list_sort(" + weighed + ", 'ASC', 'NULLS LAST'), 1, " + std::to_string(number) +
         "), lambda r: {'value': r.v, '" + (sums ? "sum" : "count") + "': r.t})::" + result;
}

// Of the values in order.
std::string DecimalPercentile(const Parts& p, const std::string& sorted) {
  const std::string prefix = DecimalPrefix(p.kind(1));
  const std::string inputs = "(" + p.args[1] + ", len(" + sorted + "))";
  const auto at = [&](const char* place) { return "list_extract(" + sorted + ", 1 + " + prefix + place + inputs + ")"; };
  if (p.function == FunctionId::kPercentileDisc) return at("place");
  const std::string low = at("place_low");
  const std::string high = at("place_high");
  return "CASE WHEN " + low + " IS NULL THEN " + high + " ELSE " + prefix + "between(" + low + ", " + high + ", " + p.args[1] +
         ", len(" + sorted + ")) END";
}

// The function that finds the percentile in a list as it comes; null: the list must be sorted.
const char* ListPercentile(const Parts& p) {
  if (p.nulls == NullTreatment::kRespect || !IsFloat(p.kind(1))) return nullptr;
  const bool is_disc = p.function == FunctionId::kPercentileDisc;
  if (IsFloat(p.kind(0))) return is_disc ? "gs_float_percentile_disc" : "gs_float_percentile_cont";
  return is_disc && p.kind(0) == TypeKind::kInt64 ? "gs_percentile_disc" : nullptr;
}

// The values in order, NULL the smallest; the engine computes each aggregate of the same text once.
SqlResult<std::string> Percentile(const Parts& p) {
  if (p.arguments->back()->kind != analysis::ExprKind::kLiteral || !p.distinct.empty()) {
    return NotSupported(p.function, "in this form", p.position);
  }
  const std::string condition = p.nulls == NullTreatment::kRespect ? "" : NotNull(p.x());
  if (const char* function = ListPercentile(p)) {
    return std::string(function) + "(" + p.Call("list", p.x(), condition) + ", " + p.args[1] + ")";
  }
  const std::string nan_first = IsFloat(p.kind(0)) ? "isnan(" + p.x() + ") DESC NULLS FIRST, " : "";
  const std::string sorted = p.Call("list", p.x() + " ORDER BY " + nan_first + p.x() + " ASC NULLS FIRST", condition);
  if (IsDecimal(p.kind(1))) return DecimalPercentile(p, sorted);
  const std::string& share = p.args[1];
  const auto at = [&](const std::string& place) { return "list_extract(" + sorted + ", 1 + CAST(" + place + " AS BIGINT))"; };
  if (p.function == FunctionId::kPercentileDisc) return at("greatest(ceil(" + share + " * len(" + sorted + ")) - 1, 0)");
  if (!IsFloat(p.kind(0))) return NotSupported(p.function, ("of " + Type(p.kind(0)).ToString()).c_str(), p.position);
  const std::string place = share + " * (len(" + sorted + ") - 1)";
  const std::string low = at("floor(" + place + ")");
  const std::string high = at("ceil(" + place + ")");
  const std::string part = "(" + place + " - floor(" + place + "))";
  return "CASE WHEN " + low + " IS NULL OR floor(" + place + ") = ceil(" + place + ") THEN " + high + " ELSE " + low +
         " * (1 - " + part + ") + " + high + " * " + part + " END";
}

// Those that cannot fail, or whose failure SAFE. makes NULL.
// The sums or averages of what stands at the same place of all arrays; the engine computes each aggregate of the same
// text once.
SqlResult<std::string> Elementwise(const Parts& p, const Type& type) {
  if (!p.distinct.empty() || !p.over.empty()) return NotSupported(p.function, "with DISTINCT or OVER", p.position);
  const std::string all = p.Call("list", p.x(), NotNull(p.x()));
  const std::string place = "list_transform(" + all + ", lambda a: list_extract(a, i))";
  const TypeKind kind = (*p.arguments)[0]->type.element().kind();
  const std::string one = SumOfList(place, kind, p.function == FunctionId::kElementwiseSum);
  if (one.empty()) return NotSupported(p.function, ("of " + Type(kind).ToString()).c_str(), p.position);
  ASSIGN_OR_RETURN(const std::string result, DuckDbType(type, p.position));
  return "CAST(list_transform(generate_series(1, gs_common_length(list_transform(" + all +
         ", lambda a: len(a)))), lambda i: " + one + ") AS " + result + ")";
}

bool TakesSafe(FunctionId function) {
  switch (function) {
    case FunctionId::kCountStar:
    case FunctionId::kCount:
    case FunctionId::kCountIf:
    case FunctionId::kSum:
    case FunctionId::kStddevSamp:
    case FunctionId::kStddevPop:
    case FunctionId::kVarSamp:
    case FunctionId::kVarPop:
    case FunctionId::kCorr:
    case FunctionId::kCovarPop:
    case FunctionId::kCovarSamp:
    case FunctionId::kMin:
    case FunctionId::kMax:
    case FunctionId::kAnyValue:
    case FunctionId::kLogicalAnd:
    case FunctionId::kLogicalOr:
    case FunctionId::kBitAndAgg:
    case FunctionId::kBitOrAgg:
    case FunctionId::kBitXorAgg: return true;
    default: return false;
  }
}

SqlResult<std::string> AggregateText(const Parts& p, const Type& type) {
  const bool takes_safe = TakesSafe(p.function) || (p.function == FunctionId::kAvg && p.kind(0) != TypeKind::kInterval);
  if (p.safe && !takes_safe) return NotSupported(p.function, "with SAFE.", p.position);
  switch (p.function) {
    case FunctionId::kCountStar: return p.Call("count", "*");
    case FunctionId::kCount:
      if (!p.distinct.empty() && (*p.arguments)[0]->type.IsStruct()) {
        return NotSupported(p.function, "DISTINCT of STRUCT", p.position);
      }
      return p.Plain("count");
    case FunctionId::kCountIf:
      if (!p.distinct.empty()) return "CASE WHEN " + p.Call("bool_or", p.x()) + " THEN 1::BIGINT ELSE 0::BIGINT END";
      return p.Call("count", "*", p.x());
    case FunctionId::kSum: return Sum(p);
    case FunctionId::kAvg: return Average(p);
    case FunctionId::kMin: return Minimum(p);
    case FunctionId::kMax: return p.Call("max", p.x());
    case FunctionId::kMinBy:
    case FunctionId::kMaxBy:
      if (IsFloat(p.kind(1))) return NotSupported(p.function, "by FLOAT64", p.position);
      return p.Call(p.function == FunctionId::kMinBy ? "arg_min_null" : "arg_max_null", p.x() + ", " + p.args[1]);
    case FunctionId::kAnyValue: return p.Call("any_value", p.x());
    case FunctionId::kArrayAgg: return ListOf(p);
    case FunctionId::kFrameKeys: return p.Call("list", p.x() + " ORDER BY " + p.x() + " ASC", NotNull(p.x()));
    case FunctionId::kArrayConcatAgg: return Concatenation(p);
    case FunctionId::kStringAgg: return JoinedText(p);
    case FunctionId::kLogicalAnd: return p.Call("bool_and", p.x());
    case FunctionId::kLogicalOr: return p.Call("bool_or", p.x());
    case FunctionId::kBitAndAgg: return p.Plain("bit_and");
    case FunctionId::kBitOrAgg: return p.Plain("bit_or");
    case FunctionId::kBitXorAgg: return p.Plain("bit_xor");
    case FunctionId::kApproxCountDistinct: return p.Call("count", "DISTINCT " + p.x());
    case FunctionId::kPercentileCont:
    case FunctionId::kPercentileDisc: return Percentile(p);
    case FunctionId::kApproxQuantiles: return Quantiles(p);
    case FunctionId::kApproxTopCount:
    case FunctionId::kApproxTopSum: return Top(p, type);
    case FunctionId::kElementwiseSum:
    case FunctionId::kElementwiseAvg: return Elementwise(p, type);
    case FunctionId::kStddevSamp: return Statistic(p, "stddev_samp");
    case FunctionId::kStddevPop: return Statistic(p, "stddev_pop");
    case FunctionId::kVarSamp: return Statistic(p, "var_samp");
    case FunctionId::kVarPop: return Statistic(p, "var_pop");
    case FunctionId::kCorr: return Statistic(p, "corr");
    case FunctionId::kCovarPop: return Statistic(p, "covar_pop");
    case FunctionId::kCovarSamp: return Statistic(p, "covar_samp");
    default: return NotSupported(p.function, p.over.empty() ? "" : "with OVER", p.position);
  }
}

// Aggregates of ours, not of the engine.
bool IsStatistic(FunctionId function, const std::vector<ExprPtr>& arguments) {
  switch (function) {
    case FunctionId::kSum:
    case FunctionId::kAvg: return IsDecimal(arguments.front()->type.kind());
    case FunctionId::kStddevSamp:
    case FunctionId::kStddevPop:
    case FunctionId::kVarSamp:
    case FunctionId::kVarPop:
    case FunctionId::kCorr:
    case FunctionId::kCovarPop:
    case FunctionId::kCovarSamp: return true;
    default: return false;
  }
}

bool IsWholePartition(const analysis::Window& window) {
  if (!window.frame) return window.order_by.empty();
  const bool to_end = window.frame->end.kind == analysis::FrameBoundKind::kUnboundedFollowing ||
                      (window.frame->end.kind == analysis::FrameBoundKind::kCurrentRow && window.order_by.empty() &&
                       window.frame->unit == analysis::FrameUnit::kRange);
  return window.frame->start.kind == analysis::FrameBoundKind::kUnboundedPreceding && to_end;
}

// `clause` with a frame that ends beyond any partition. Where a frame is the partition the engine hands all its rows
// to one state at once, which an aggregate of ours does not see.
std::string FarFrame(std::string clause, const analysis::Window& window) {
  constexpr const char* kFar = "ROWS BETWEEN UNBOUNDED PRECEDING AND 4611686018427387904 FOLLOWING)";
  const size_t frame = window.frame ? clause.rfind(" BETWEEN ") : std::string::npos;
  if (frame == std::string::npos) {
    clause.pop_back();
  } else {
    clause.resize(clause.find_last_of("( ", frame - 1) + 1);
  }
  if (clause.back() != '(' && clause.back() != ' ') clause += ' ';
  return " OVER " + clause + kFar;
}

}  // namespace

SqlResult<std::string> Emitter::EmitAggregate(const analysis::Aggregate& aggregate) {
  Parts parts;
  parts.safe = aggregate.safe;
  parts.function = aggregate.function;
  parts.arguments = &aggregate.arguments;
  parts.position = aggregate.position;
  parts.nulls = aggregate.nulls;
  parts.limit = aggregate.limit.get();
  if (aggregate.distinct) parts.distinct = "DISTINCT ";
  ASSIGN_OR_RETURN(parts.args, EmitAll(aggregate.arguments));
  ASSIGN_OR_RETURN(const auto keys, EmitKeys(aggregate.order_by));
  parts.order = KeysText(keys);
  if (aggregate.filter != nullptr) {
    ASSIGN_OR_RETURN(parts.filter, Emit(*aggregate.filter));
  }
  if (aggregate.having != nullptr) return EmitHaving(aggregate);
  return AggregateText(parts, aggregate.type);
}

// ANY_VALUE(x HAVING MAX y) is a value of the rows with the greatest y; the resolver has made others into a filter.
SqlResult<std::string> Emitter::EmitHaving(const analysis::Aggregate& aggregate) {
  const bool by_float = IsFloat(aggregate.having->type.kind());
  if (aggregate.function != FunctionId::kAnyValue || by_float || aggregate.filter != nullptr) {
    return NotSupported(aggregate.function, "with HAVING MAX or MIN in this form", aggregate.position);
  }
  ASSIGN_OR_RETURN(const std::string value, Emit(*aggregate.arguments.front()));
  ASSIGN_OR_RETURN(const std::string key, Emit(*aggregate.having));
  return std::string(aggregate.having_max ? "arg_max_null(" : "arg_min_null(") + value + ", " + key + ")";
}

SqlResult<std::string> Emitter::EmitWindowAggregate(const analysis::Window& window, const std::string& over) {
  Parts parts;
  parts.safe = window.safe;
  parts.function = window.function;
  parts.arguments = &window.arguments;
  parts.position = window.position;
  parts.nulls = window.nulls;
  parts.over = over;
  if (window.distinct) parts.distinct = "DISTINCT ";
  if (IsStatistic(window.function, window.arguments) && IsWholePartition(window)) {
    ASSIGN_OR_RETURN(const std::string clause, WindowClause(window));
    parts.over = FarFrame(clause, window);
  }
  ASSIGN_OR_RETURN(parts.args, EmitAll(window.arguments));
  ASSIGN_OR_RETURN(const std::string text, AggregateText(parts, window.type));
  // Of a frame that ends before it begins the engine counts less than no rows.
  const bool counts = window.function == FunctionId::kCountStar || window.function == FunctionId::kCount;
  const bool may_turn = window.frame && window.frame->start.offset != nullptr && window.frame->end.offset != nullptr;
  return counts && may_turn ? "greatest(" + text + ", 0)" : text;
}

}  // namespace casebook::engines
