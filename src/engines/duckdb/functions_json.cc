// Functions on JSON. Those that take values of every type are in emit_json.cc.
#include "engines/duckdb/function_rules.h"

namespace casebook::engines {
namespace {

using F = FunctionId;

constexpr FunctionRule kRules[] = {
    {F::kJsonValue, 1, -1, "gs_json_value($1, '$')"},
    {F::kJsonValue, 2, -1, "gs_json_value($1, $2)"},
    {F::kJsonExtractScalar, 1, -1, "gs_json_extract_scalar($1, '$')"},
    {F::kJsonExtractScalar, 2, -1, "gs_json_extract_scalar($1, $2)"},
    {F::kJsonQuery, 1, kOfString, "gs_json_query($1, '$')"},
    {F::kJsonQuery, 2, kOfString, "gs_json_query($1, $2)"},
    {F::kJsonQuery, 1, kOfJson, "gs_query_json($1, '$')"},
    {F::kJsonQuery, 2, kOfJson, "gs_query_json($1, $2)"},
    {F::kJsonExtract, 1, kOfString, "gs_json_extract($1, '$')"},
    {F::kJsonExtract, 2, kOfString, "gs_json_extract($1, $2)"},
    {F::kJsonExtract, 1, kOfJson, "gs_extract_json($1, '$')"},
    {F::kJsonExtract, 2, kOfJson, "gs_extract_json($1, $2)"},
    {F::kJsonValueArray, 1, -1, "gs_json_value_array($1, '$')"},
    {F::kJsonValueArray, 2, -1, "gs_json_value_array($1, $2)"},
    {F::kJsonExtractStringArray, 1, -1, "gs_json_extract_string_array($1, '$')"},
    {F::kJsonExtractStringArray, 2, -1, "gs_json_extract_string_array($1, $2)"},
    {F::kJsonQueryArray, 1, kOfString, "gs_json_query_array($1, '$')"},
    {F::kJsonQueryArray, 2, kOfString, "gs_json_query_array($1, $2)"},
    {F::kJsonQueryArray, 1, kOfJson, "gs_query_array_of_json($1, '$')"},
    {F::kJsonQueryArray, 2, kOfJson, "gs_query_array_of_json($1, $2)"},
    {F::kJsonExtractArray, 1, kOfString, "gs_json_extract_array($1, '$')"},
    {F::kJsonExtractArray, 2, kOfString, "gs_json_extract_array($1, $2)"},
    {F::kJsonExtractArray, 1, kOfJson, "gs_extract_array_of_json($1, '$')"},
    {F::kJsonExtractArray, 2, kOfJson, "gs_extract_array_of_json($1, $2)"},
    {F::kJsonField, 2, kOfJson, "gs_json_field($1, $2)"},
    {F::kParseJson, 2, -1, "gs_parse_json($1, $2)"},
    {F::kJsonType, 1, -1, "gs_json_type($1)"},
    {F::kString, 1, kOfJson, "gs_json_string($1)"},
    {F::kJsonInt64, 1, -1, "gs_json_int64($1)"},
    {F::kJsonFloat64, 2, -1, "gs_json_float64($1, $2)"},
    {F::kJsonBool, 1, -1, "gs_json_bool($1)"},
    {F::kJsonInt64Array, 1, -1, "gs_json_int64_array($1)"},
    {F::kJsonFloat64Array, 2, -1, "gs_json_float64_array($1, $2)"},
    {F::kJsonBoolArray, 1, -1, "gs_json_bool_array($1)"},
    {F::kJsonStringArray, 1, -1, "gs_json_string_array($1)"},
    {F::kLaxInt64, 1, -1, "gs_lax_int64($1)"},
    {F::kLaxFloat64, 1, -1, "gs_lax_float64($1)"},
    {F::kLaxBool, 1, -1, "gs_lax_bool($1)"},
    {F::kLaxString, 1, -1, "gs_lax_string($1)"},
    {F::kLaxInt64Array, 1, -1, "gs_lax_int64_array($1)"},
    {F::kLaxFloat64Array, 1, -1, "gs_lax_float64_array($1)"},
    {F::kLaxBoolArray, 1, -1, "gs_lax_bool_array($1)"},
    {F::kLaxStringArray, 1, -1, "gs_lax_string_array($1)"},
    {F::kJsonContains, 2, -1, "gs_json_contains($1, $2)"},
    {F::kJsonFlatten, 1, -1, "gs_json_flatten($1)"},
    {F::kJsonRemove, -1, -1, "gs_json_remove($*)"},
    {F::kJsonStripNulls, 3, -1, "gs_json_strip_nulls($1, '$', $2, $3)"},
    {F::kJsonStripNulls, 4, -1, "gs_json_strip_nulls($1, $2, $3, $4)"},
    {F::kJsonKeys, 2, -1, "gs_json_keys($1, 9223372036854775807, $2)"},
    {F::kJsonKeys, 3, -1, "gs_json_keys($1, $2, $3)"},
};

}  // namespace

std::span<const FunctionRule> JsonRules() { return kRules; }

}  // namespace casebook::engines
