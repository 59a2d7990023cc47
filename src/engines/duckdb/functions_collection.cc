// Functions on arrays and JSON.
#include "engines/duckdb/function_rules.h"

namespace casebook::engines {
namespace {

using F = FunctionId;

constexpr FunctionRule kRules[] = {
    {F::kArrayLength, 1, -1, "len($1)"},
    {F::kArrayReverse, 1, -1, "list_reverse($1)"},
    {F::kArrayToString, 2, -1, "array_to_string($1, $2)"},
    {F::kArrayToString, 3, -1, "array_to_string(list_transform($1, lambda e: coalesce(e, $3)), $2)"},
    {F::kArrayFirst, 1, -1, "list_extract($1, gs_offset(0, len($1)))", true},
    {F::kArrayLast, 1, -1, "list_extract($1, gs_offset(len($1) - 1, len($1)))", true},
    {F::kArrayOffset, 2, -1, "list_extract($1, gs_offset($2, len($1)))", true},
    {F::kArrayOrdinal, 2, -1, "list_extract($1, gs_ordinal($2, len($1)))", true},
    {F::kArraySafeOffset, 2, -1, "list_extract($1, gs_offset_safe($2, len($1)))"},
    {F::kArraySafeOrdinal, 2, -1, "list_extract($1, gs_ordinal_safe($2, len($1)))"},
    {F::kArrayIsDistinct, 1, kOfInt64, "(len(list_distinct($1)) = len($1))"},
    {F::kGenerateArray, 2, kOfInt64, "generate_series($1, $2)"},
    {F::kGenerateArray, 3, kOfInt64,
     "generate_series(gs_series_start($1, $2, $3), $2, gs_step($3))", true},
    {F::kGenerateDateArray, 2, -1, "list_transform(generate_series($1, $2, INTERVAL 1 DAY), lambda e: CAST(e AS DATE))"},
    {F::kJsonValue, 1, -1, "gs_json_value($1, '$')"},
    {F::kJsonValue, 2, -1, "gs_json_value($1, $2)"},
    {F::kJsonQuery, 1, kOfString, "gs_json_query($1, '$')"},
    {F::kJsonQuery, 2, kOfString, "gs_json_query($1, $2)"},
    {F::kJsonQuery, 1, kOfJson, "CAST(gs_json_query($1, '$') AS JSON)", true},
    {F::kJsonQuery, 2, kOfJson, "CAST(gs_json_query($1, $2) AS JSON)", true},
    {F::kJsonExtract, 1, kOfString, "gs_json_extract($1, '$')"},
    {F::kJsonExtract, 2, kOfString, "gs_json_extract($1, $2)"},
    {F::kJsonExtract, 1, kOfJson, "CAST(gs_json_extract($1, '$') AS JSON)", true},
    {F::kJsonExtract, 2, kOfJson, "CAST(gs_json_extract($1, $2) AS JSON)", true},
    {F::kJsonExtractScalar, 1, -1, "gs_json_extract_scalar($1, '$')"},
    {F::kJsonExtractScalar, 2, -1, "gs_json_extract_scalar($1, $2)"},
    {F::kJsonValueArray, 1, -1, "gs_json_value_array($1, '$')"},
    {F::kJsonValueArray, 2, -1, "gs_json_value_array($1, $2)"},
    {F::kJsonQueryArray, 1, kOfString, "gs_json_query_array($1, '$')"},
    {F::kJsonQueryArray, 2, kOfString, "gs_json_query_array($1, $2)"},
    {F::kJsonQueryArray, 1, kOfJson, "CAST(gs_json_query_array($1, '$') AS JSON[])", true},
    {F::kJsonQueryArray, 2, kOfJson, "CAST(gs_json_query_array($1, $2) AS JSON[])", true},
    {F::kJsonField, 2, kOfJson, "CAST(gs_json_field($1, $2) AS JSON)", true},
    {F::kParseJson, 1, -1, "CAST(gs_parse_json($1) AS JSON)", true},
    {F::kJsonType, 1, -1, "gs_json_type($1)"},
    {F::kString, 1, kOfJson, "gs_json_string($1)"},
    {F::kJsonInt64, 1, -1, "gs_json_int64($1)"},
    {F::kJsonFloat64, 1, -1, "gs_json_float64($1)"},
    {F::kJsonBool, 1, -1, "gs_json_bool($1)"},
    {F::kToJsonString, 1, kOfString, "coalesce(gs_quote_json($1), 'null')"},
    {F::kToJsonString, 1, kOfInt64, "coalesce(gs_int_to_json($1), 'null')"},
    {F::kToJsonString, 1, kOfBool, "coalesce(CAST($1 AS VARCHAR), 'null')"},
    {F::kToJsonString, 1, kOfFloat64, "coalesce(gs_float_to_json($1), 'null')"},
    {F::kToJsonString, 1, kOfNumeric, "coalesce(gs_numeric_to_text($1), 'null')"},
    {F::kToJsonString, 1, kOfDate, "coalesce('\"' || gs_date_to_text($1) || '\"', 'null')"},
    {F::kToJsonString, 1, kOfDatetime, "coalesce('\"' || gs_datetime_to_json($1) || '\"', 'null')"},
    {F::kToJsonString, 1, kOfTimestamp, "coalesce('\"' || gs_datetime_to_json($1) || 'Z\"', 'null')"},
    {F::kToJsonString, 1, kOfTime, "coalesce('\"' || gs_time_to_text($1) || '\"', 'null')"},
    {F::kToJsonString, 1, kOfBytes, "coalesce('\"' || to_base64($1) || '\"', 'null')"},
    {F::kToJsonString, 1, kOfJson, "coalesce(CAST($1 AS VARCHAR), 'null')"},
};

}  // namespace

std::span<const FunctionRule> CollectionRules() { return kRules; }

}  // namespace casebook::engines
