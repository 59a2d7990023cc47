// Aggregates and window functions.
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

// DuckDB lets a sum have one digit more than NUMERIC has.
std::string CheckedNumeric(const std::string& sum) {
  return "gs_numeric_add(CAST(" + sum + " AS DECIMAL(38,9)), 0::DECIMAL(38,9))";
}

// Deviation and variance: NaN where a value is not finite, at which DuckDB fails or answers 0.
std::string Spread(const std::string& function, const std::string& distinct, const std::string& x,
                   const std::string& over) {
  const std::string few = function.ends_with("_samp") ? "2" : "1";
  return "CASE WHEN count(" + distinct + x + ")" + over + " < " + few + " THEN NULL WHEN bool_or(NOT isfinite(" + x +
         "))" + over + " THEN 'nan'::DOUBLE ELSE " + function + "(" + distinct + "CASE WHEN isfinite(" + x + ") THEN " + x +
         " END)" + over + " END";
}

bool TakesFloat(TypeKind kind) { return kind == TypeKind::kFloat64; }

}  // namespace

SqlResult<std::string> Emitter::EmitAggregate(const analysis::Aggregate& aggregate) {
  const uint32_t position = aggregate.position;
  ASSIGN_OR_RETURN(const auto args, EmitAll(aggregate.arguments));
  ASSIGN_OR_RETURN(const auto keys, EmitKeys(aggregate.order_by));
  const Type first = aggregate.arguments.empty() ? Type() : aggregate.arguments.front()->type;
  const std::string distinct = aggregate.distinct ? "DISTINCT " : "";
  const std::string x = args.empty() ? "" : args.front();
  if (aggregate.safe) return NotSupported(aggregate.function, "with SAFE.", position);
  if (aggregate.having != nullptr) return NotSupported(aggregate.function, "with HAVING MAX or MIN", position);
  switch (aggregate.function) {
    case FunctionId::kCountStar: return std::string("count(*)");
    case FunctionId::kCount:
      if (aggregate.distinct && first.IsStruct()) return NotSupported(aggregate.function, "DISTINCT of STRUCT", position);
      return "count(" + distinct + x + ")";
    case FunctionId::kCountIf:
      if (aggregate.distinct) return NotSupported(aggregate.function, "DISTINCT", position);
      return "count(*) FILTER (WHERE " + x + ")";
    case FunctionId::kSum:
      if (first.kind() == TypeKind::kInt64) return "CAST(sum(" + distinct + x + ") AS BIGINT)";
      if (first.kind() == TypeKind::kFloat64) return "gs_check_sum(sum(" + distinct + x + "), max(isinf(" + x + ")))";
      if (first.kind() == TypeKind::kNumeric) return CheckedNumeric("sum(" + distinct + x + ")");
      return NotSupported(aggregate.function, "of INTERVAL", position);
    case FunctionId::kAvg:
      if (first.kind() == TypeKind::kFloat64) return "avg(" + distinct + x + ")";
      if (first.kind() == TypeKind::kNumeric) {
        return "gs_numeric_divide(CAST(sum(" + distinct + x + ") AS DECIMAL(38,9)), nullif(count(" + distinct + x +
               "), 0)::DECIMAL(38,9))";
      }
      return NotSupported(aggregate.function, "of INTERVAL", position);
    case FunctionId::kMin:
      if (TakesFloat(first.kind())) {
        return "CASE WHEN bool_or(isnan(" + x + ")) THEN 'nan'::DOUBLE ELSE min(" + x + ") END";
      }
      return "min(" + x + ")";
    case FunctionId::kMax: return "max(" + x + ")";  // NaN is DuckDB's greatest, as MAX wants it
    case FunctionId::kMinBy:
    case FunctionId::kMaxBy:
      if (TakesFloat(aggregate.arguments[1]->type.kind())) return NotSupported(aggregate.function, "by FLOAT64", position);
      return (aggregate.function == FunctionId::kMinBy ? "arg_min_null(" : "arg_max_null(") + x + ", " + args[1] + ")";
    case FunctionId::kAnyValue: return "any_value(" + x + ")";
    case FunctionId::kArrayAgg: {
      // BigQuery fails where a NULL would go into the answer; IGNORE NULLS leaves them out.
      const std::string filter = aggregate.nulls == NullTreatment::kIgnore ? " FILTER (WHERE " + x + " IS NOT NULL)" : "";
      std::string text = "list(" + distinct + x + KeysText(keys) + ")" + filter;
      if (aggregate.limit != nullptr) {
        text = "list_slice(" + text + ", 1, " +
               std::to_string(As<analysis::Literal>(*aggregate.limit).value.integer()) + ")";
      }
      return text;
    }
    case FunctionId::kArrayConcatAgg: {
      std::string text = "flatten(list(" + x + KeysText(keys) + ") FILTER (WHERE " + x + " IS NOT NULL))";
      if (aggregate.limit != nullptr) return NotSupported(aggregate.function, "with LIMIT", position);
      return text;
    }
    case FunctionId::kStringAgg: {
      if (first.kind() == TypeKind::kBytes) return NotSupported(aggregate.function, "of BYTES", position);
      const std::string separator = args.size() > 1 ? args[1] : "','";
      if (args.size() > 1 && aggregate.arguments[1]->kind != analysis::ExprKind::kLiteral) {
        return NotSupported(aggregate.function, "with a separator that is no literal", position);
      }
      if (aggregate.limit != nullptr) {
        return "array_to_string(list_slice(list(" + distinct + x + KeysText(keys) + ") FILTER (WHERE " + x +
               " IS NOT NULL), 1, " + std::to_string(As<analysis::Literal>(*aggregate.limit).value.integer()) + "), " +
               separator + ")";
      }
      return "string_agg(" + distinct + x + ", " + separator + KeysText(keys) + ")";
    }
    case FunctionId::kLogicalAnd: return "bool_and(" + x + ")";
    case FunctionId::kLogicalOr: return "bool_or(" + x + ")";
    case FunctionId::kBitAndAgg: return "bit_and(" + distinct + x + ")";
    case FunctionId::kBitOrAgg: return "bit_or(" + distinct + x + ")";
    case FunctionId::kBitXorAgg: return "bit_xor(" + distinct + x + ")";
    // Exact where BigQuery estimates, which is one of the answers that it may give.
    case FunctionId::kApproxCountDistinct: return "count(DISTINCT " + x + ")";
    case FunctionId::kApproxQuantiles: {
      const auto* count = analysis::TryAs<analysis::Literal>(*aggregate.arguments[1]);
      if (count == nullptr || count->value.is_null() || count->value.integer() < 1 || count->value.integer() > 100'000) {
        return NotSupported(aggregate.function, "with a number that is no literal", position);
      }
      if (TakesFloat(first.kind()) || aggregate.nulls == NullTreatment::kRespect) {
        return NotSupported(aggregate.function, "of FLOAT64 or with RESPECT NULLS", position);
      }
      const std::string sorted = "list(" + distinct + x + " ORDER BY " + x + ") FILTER (WHERE " + x + " IS NOT NULL)";
      const std::string n = std::to_string(count->value.integer());
      return "list_transform(generate_series(0, CASE WHEN count(" + x + ") > 0 THEN " + n +
             " ELSE NULL END), lambda q: list_extract(" + sorted + ", 1 + CAST(round(q * (count(" + distinct + x +
             ") - 1) / " + n + "::DOUBLE) AS BIGINT)))";
    }
    case FunctionId::kStddevSamp: return Spread("stddev_samp", distinct, x, "");
    case FunctionId::kStddevPop: return Spread("stddev_pop", distinct, x, "");
    case FunctionId::kVarSamp: return Spread("var_samp", distinct, x, "");
    case FunctionId::kVarPop: return Spread("var_pop", distinct, x, "");
    case FunctionId::kCorr: return "corr(" + x + ", " + args[1] + ")";
    case FunctionId::kCovarPop: return "covar_pop(" + x + ", " + args[1] + ")";
    case FunctionId::kCovarSamp: return "covar_samp(" + x + ", " + args[1] + ")";
    default: return NotSupported(aggregate.function, "", position);
  }
}

namespace {

const char* BoundText(analysis::FrameBoundKind kind) {
  switch (kind) {
    case analysis::FrameBoundKind::kUnboundedPreceding: return "UNBOUNDED PRECEDING";
    case analysis::FrameBoundKind::kPreceding: return " PRECEDING";
    case analysis::FrameBoundKind::kCurrentRow: return "CURRENT ROW";
    case analysis::FrameBoundKind::kFollowing: return " FOLLOWING";
    case analysis::FrameBoundKind::kUnboundedFollowing: return "UNBOUNDED FOLLOWING";
  }
  Unreachable();
}

}  // namespace

SqlResult<std::string> Emitter::WindowClause(const analysis::Window& window) {
  std::string text;
  ASSIGN_OR_RETURN(const auto partitions, EmitAll(window.partition_by));
  for (size_t i = 0; i < partitions.size(); ++i) text += (i > 0 ? ", " : "PARTITION BY ") + partitions[i];
  ASSIGN_OR_RETURN(auto keys, EmitKeys(window.order_by));
  const bool range_offset = window.frame && window.frame->unit == analysis::FrameUnit::kRange &&
                            (window.frame->start.offset != nullptr || window.frame->end.offset != nullptr);
  if (range_offset) {
    // DuckDB wants one key for such a frame.
    if (keys.front().is_float) {
      return UnsupportedSql("RANGE frame with offsets over FLOAT64 is not supported", window.position);
    }
  }
  const std::string order = KeysText(keys);
  text += text.empty() && !order.empty() ? order.substr(1) : order;
  if (!window.frame) return "(" + text + ")";
  const auto bound = [&](const analysis::FrameBound& one) -> SqlResult<std::string> {
    if (one.offset == nullptr) return std::string(BoundText(one.kind));
    ASSIGN_OR_RETURN(const std::string offset, Emit(*one.offset));
    return offset + BoundText(one.kind);
  };
  ASSIGN_OR_RETURN(const std::string start, bound(window.frame->start));
  ASSIGN_OR_RETURN(const std::string end, bound(window.frame->end));
  text += std::string(text.empty() ? "" : " ") + (window.frame->unit == analysis::FrameUnit::kRows ? "ROWS" : "RANGE") +
          " BETWEEN " + start + " AND " + end;
  return "(" + text + ")";
}

SqlResult<std::string> Emitter::EmitWindow(const analysis::Window& window) {
  const uint32_t position = window.position;
  if (window.safe) return NotSupported(window.function, "with SAFE.", position);
  ASSIGN_OR_RETURN(const auto args, EmitAll(window.arguments));
  ASSIGN_OR_RETURN(const std::string over_text, WindowClause(window));
  const std::string over = " OVER " + over_text;
  const std::string x = args.empty() ? "" : args.front();
  const std::string distinct = window.distinct ? "DISTINCT " : "";
  const Type first = window.arguments.empty() ? Type() : window.arguments.front()->type;
  const std::string nulls = window.nulls == NullTreatment::kIgnore ? " IGNORE NULLS" : "";
  switch (window.function) {
    case FunctionId::kRowNumber: return "row_number()" + over;
    case FunctionId::kRank: return "rank()" + over;
    case FunctionId::kDenseRank: return "dense_rank()" + over;
    case FunctionId::kPercentRank: return "percent_rank()" + over;
    case FunctionId::kCumeDist: return "cume_dist()" + over;
    case FunctionId::kNtile: return "ntile(gs_positive(" + x + ", 'NTILE'))" + over;
    case FunctionId::kLag:
    case FunctionId::kLead: {
      const std::string name = window.function == FunctionId::kLag ? "lag(" : "lead(";
      std::string text = name + x;
      if (args.size() > 1) text += ", gs_not_negative(" + args[1] + ", 'LAG or LEAD')";
      if (args.size() > 2) text += ", " + args[2];
      return text + nulls + ")" + over;
    }
    case FunctionId::kFirstValue: return "first_value(" + x + nulls + ")" + over;
    case FunctionId::kLastValue: return "last_value(" + x + nulls + ")" + over;
    case FunctionId::kNthValue: return "nth_value(" + x + ", gs_positive(" + args[1] + ", 'NTH_VALUE')" + nulls + ")" + over;
    case FunctionId::kPercentileCont:
      if (first.kind() != TypeKind::kFloat64 || window.nulls == NullTreatment::kRespect ||
          window.arguments[1]->kind != analysis::ExprKind::kLiteral) {
        return NotSupported(window.function, "in this form", position);
      }
      return "gs_finite_percentile(quantile_cont(" + x + ", " + args[1] + ")" + over + ", bool_or(NOT isfinite(" + x +
             "))" + over + ")";
    case FunctionId::kPercentileDisc:
      if (window.nulls == NullTreatment::kRespect || window.arguments[1]->kind != analysis::ExprKind::kLiteral) {
        return NotSupported(window.function, "in this form", position);
      }
      if (TakesFloat(first.kind())) {
        return "gs_finite_percentile(quantile_disc(" + x + ", " + args[1] + ")" + over + ", bool_or(NOT isfinite(" + x +
               "))" + over + ")";
      }
      return "quantile_disc(" + x + ", " + args[1] + ")" + over;
    case FunctionId::kCountStar: return "count(*)" + over;
    case FunctionId::kCount: return "count(" + distinct + x + ")" + over;
    case FunctionId::kCountIf: return "count(*) FILTER (WHERE " + x + ")" + over;
    case FunctionId::kSum:
      if (first.kind() == TypeKind::kInt64) return "CAST(sum(" + distinct + x + ")" + over + " AS BIGINT)";
      if (first.kind() == TypeKind::kFloat64) {
        return "gs_check_sum(sum(" + distinct + x + ")" + over + ", max(isinf(" + x + "))" + over + ")";
      }
      if (first.kind() == TypeKind::kNumeric) return CheckedNumeric("sum(" + distinct + x + ")" + over);
      return NotSupported(window.function, "of INTERVAL", position);
    case FunctionId::kAvg:
      if (first.kind() == TypeKind::kFloat64) return "avg(" + distinct + x + ")" + over;
      if (first.kind() == TypeKind::kNumeric) {
        return "gs_numeric_divide(CAST(sum(" + distinct + x + ")" + over + " AS DECIMAL(38,9)), nullif(count(" +
               distinct + x + ")" + over + ", 0)::DECIMAL(38,9))";
      }
      return NotSupported(window.function, "of INTERVAL", position);
    case FunctionId::kMin:
      if (TakesFloat(first.kind())) {
        return "CASE WHEN bool_or(isnan(" + x + "))" + over + " THEN 'nan'::DOUBLE ELSE min(" + x + ")" + over + " END";
      }
      return "min(" + x + ")" + over;
    case FunctionId::kMax: return "max(" + x + ")" + over;
    case FunctionId::kAnyValue: return "any_value(" + x + ")" + over;
    case FunctionId::kArrayAgg: {
      const std::string filter = window.nulls == NullTreatment::kIgnore ? " FILTER (WHERE " + x + " IS NOT NULL)" : "";
      return "list(" + distinct + x + ")" + filter + over;
    }
    case FunctionId::kStringAgg:
      if (first.kind() == TypeKind::kBytes) return NotSupported(window.function, "of BYTES", position);
      return "string_agg(" + distinct + x + ", " + (args.size() > 1 ? args[1] : "','") + ")" + over;
    case FunctionId::kLogicalAnd: return "bool_and(" + x + ")" + over;
    case FunctionId::kLogicalOr: return "bool_or(" + x + ")" + over;
    case FunctionId::kBitAndAgg: return "bit_and(" + x + ")" + over;
    case FunctionId::kBitOrAgg: return "bit_or(" + x + ")" + over;
    case FunctionId::kBitXorAgg: return "bit_xor(" + x + ")" + over;
    case FunctionId::kStddevSamp: return Spread("stddev_samp", distinct, x, over);
    case FunctionId::kStddevPop: return Spread("stddev_pop", distinct, x, over);
    case FunctionId::kVarSamp: return Spread("var_samp", distinct, x, over);
    case FunctionId::kVarPop: return Spread("var_pop", distinct, x, over);
    case FunctionId::kCorr: return "corr(" + x + ", " + args[1] + ")" + over;
    case FunctionId::kCovarPop: return "covar_pop(" + x + ", " + args[1] + ")" + over;
    case FunctionId::kCovarSamp: return "covar_samp(" + x + ", " + args[1] + ")" + over;
    default: return NotSupported(window.function, "with OVER", position);
  }
}

}  // namespace casebook::engines
