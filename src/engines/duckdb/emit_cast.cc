// CAST, SAFE_CAST and the resolver's own coercions.
#include "base/result.h"
#include "duckdb/connection.h"
#include "engines/duckdb/emitter_internal.h"

namespace casebook::engines {
namespace {

// One cast between scalars: `$1` is the operand, `$z` the zone. What fails is a function of ours, or not at all.
struct CastRule {
  TypeKind from;
  TypeKind to;
  const char* pattern;
};

using K = TypeKind;
constexpr CastRule kCasts[] = {
    {K::kInt64, K::kFloat64, "CAST($1 AS DOUBLE)"},
    {K::kInt64, K::kNumeric, "CAST($1 AS DECIMAL(38,9))"},
    {K::kInt64, K::kBigNumeric, "gs_int_to_bignumeric($1)"},
    {K::kInt64, K::kBool, "($1 <> 0)"},
    {K::kInt64, K::kString, "CAST($1 AS VARCHAR)"},
    {K::kFloat64, K::kInt64, "gs_float_to_int($1)"},
    {K::kFloat64, K::kNumeric, "gs_float_to_numeric($1)"},
    {K::kFloat64, K::kBigNumeric, "gs_float_to_bignumeric($1)"},
    {K::kFloat64, K::kString, "gs_float_to_text($1)"},
    {K::kNumeric, K::kInt64, "gs_numeric_to_int($1)"},
    {K::kNumeric, K::kFloat64, "gs_numeric_to_float($1)"},
    {K::kNumeric, K::kBigNumeric, "gs_numeric_to_bignumeric($1)"},
    {K::kNumeric, K::kString, "gs_numeric_to_text($1)"},
    {K::kBigNumeric, K::kInt64, "gs_bignumeric_to_int($1)"},
    {K::kBigNumeric, K::kFloat64, "gs_bignumeric_to_float($1)"},
    {K::kBigNumeric, K::kNumeric, "gs_bignumeric_to_numeric($1)"},
    {K::kBigNumeric, K::kString, "gs_bignumeric_to_text($1)"},
    {K::kBool, K::kInt64, "CAST($1 AS BIGINT)"},
    {K::kBool, K::kString, "CAST($1 AS VARCHAR)"},
    {K::kString, K::kInt64, "gs_text_to_int($1)"},
    {K::kString, K::kFloat64, "gs_text_to_float($1)"},
    {K::kString, K::kNumeric, "gs_text_to_numeric($1)"},
    {K::kString, K::kBigNumeric, "gs_text_to_bignumeric($1)"},
    {K::kString, K::kBool, "gs_text_to_bool($1)"},
    {K::kString, K::kBytes, "encode($1)"},
    {K::kString, K::kDate, "gs_text_to_date($1)"},
    {K::kString, K::kDatetime, "gs_text_to_datetime($1)"},
    {K::kString, K::kTime, "gs_text_to_time($1)"},
    {K::kString, K::kTimestamp, "gs_text_to_timestamp($1, $z)"},
    {K::kBytes, K::kString, "gs_bytes_to_text($1)"},
    {K::kDate, K::kString, "gs_date_to_text($1)"},
    {K::kDate, K::kDatetime, "CAST($1 AS TIMESTAMP)"},
    {K::kDate, K::kTimestamp, "gs_local_to_utc(CAST($1 AS TIMESTAMP), $z)"},
    {K::kDatetime, K::kString, "gs_datetime_to_text($1)"},
    {K::kDatetime, K::kDate, "CAST($1 AS DATE)"},
    {K::kDatetime, K::kTime, "CAST($1 AS TIME)"},
    {K::kDatetime, K::kTimestamp, "gs_local_to_utc($1, $z)"},
    {K::kTimestamp, K::kString, "gs_timestamp_to_text($1, $z)"},
    {K::kTimestamp, K::kDate, "gs_utc_to_date($1, $z)"},
    {K::kTimestamp, K::kTime, "gs_utc_to_time($1, $z)"},
    {K::kTimestamp, K::kDatetime, "gs_utc_to_local($1, $z)"},
    {K::kTime, K::kString, "gs_time_to_text($1)"},
    {K::kInterval, K::kString, "gs_interval_to_text($1)"},
    {K::kString, K::kInterval, "gs_text_to_interval($1)"},
};

const CastRule* FindCast(TypeKind from, TypeKind to) {
  for (const CastRule& rule : kCasts) {
    if (rule.from == from && rule.to == to) return &rule;
  }
  return nullptr;
}

constexpr int kMaxCastDepth = 50;

// In UTC a timestamp is what it is stored as.
std::string InUtc(const std::string& pattern) {
  if (pattern == "gs_utc_to_date($1, $z)") return "CAST($1 AS DATE)";
  if (pattern == "gs_utc_to_time($1, $z)") return "CAST($1 AS TIME)";
  if (pattern == "gs_utc_to_local($1, $z)" || pattern == "gs_local_to_utc($1, $z)") return "$1";
  if (pattern == "gs_local_to_utc(CAST($1 AS TIMESTAMP), $z)") return "CAST($1 AS TIMESTAMP)";
  return pattern;
}

}  // namespace

SqlResult<std::string> Emitter::EmitCast(const analysis::Cast& cast) {
  if (cast.format != nullptr) return EmitFormatCast(cast);
  ASSIGN_OR_RETURN(const std::string operand, Emit(*cast.operand));
  std::string zone;
  if (cast.time_zone != nullptr) {
    ASSIGN_OR_RETURN(zone, Emit(*cast.time_zone));
  }
  return CastText(operand, cast.operand->type, cast.type, cast.safe, zone, cast.position, 0);
}

// `zone` empty: UTC.
SqlResult<std::string> Emitter::CastText(const std::string& operand, const Type& from, const Type& to, bool safe,
                                         const std::string& zone, uint32_t position, int depth) {
  if (depth > kMaxCastDepth) return UnsupportedSql("CAST of so deep a type is not supported", position);
  ASSIGN_OR_RETURN(const std::string type, DuckDbType(to, position));
  if (from == to) return operand;
  if (from.kind() == TypeKind::kRange || to.kind() == TypeKind::kRange) {
    return RangeCast(operand, from, to, safe, zone.empty() ? "'UTC'" : zone);
  }
  if (from.IsStruct() && to.IsStruct()) {
    const auto names = DuckDbFieldNames(from);
    const auto new_names = DuckDbFieldNames(to);
    std::string fields;
    for (size_t i = 0; i < names.size(); ++i) {
      const std::string field = "struct_extract(" + operand + ", " + DuckDbText(names[i]) + ")";
      ASSIGN_OR_RETURN(const std::string text, CastText(field, from.fields()[i].type, to.fields()[i].type, safe, zone,
                                                        position, depth + 1));
      fields += (i > 0 ? ", " : "") + DuckDbText(new_names[i]) + ": " + text;
    }
    return "CASE WHEN " + operand + " IS NULL THEN NULL ELSE {" + fields + "} END";
  }
  if (from.IsArray() && to.IsArray()) {
    const std::string element = "e" + std::to_string(depth);
    ASSIGN_OR_RETURN(const std::string text, CastText(element, from.element(), to.element(), safe, zone, position,
                                                      depth + 1));
    return "list_transform(" + operand + ", lambda " + element + ": " + text + ")";
  }
  const CastRule* rule = FindCast(from.kind(), to.kind());
  if (rule == nullptr) {
    return UnsupportedSql("CAST from " + from.ToString() + " to " + to.ToString() + " is not supported", position);
  }
  std::string pattern = rule->pattern;
  if (zone.empty()) pattern = InUtc(pattern);
  if (safe && pattern.starts_with("gs_")) pattern.insert(pattern.find('('), "_safe");
  std::string text;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '$') {
      text += pattern[i];
    } else if (pattern[++i] == '1') {
      text += operand;
    } else {
      text += zone.empty() ? "'UTC'" : zone;
    }
  }
  return text;
}

}  // namespace casebook::engines
