// Functions on arrays.
#include "engines/duckdb/function_rules.h"

namespace casebook::engines {
namespace {

using F = FunctionId;

constexpr FunctionRule kRules[] = {
    {F::kArrayLength, 1, -1, "len($1)"},
    {F::kArrayReverse, 1, -1, "list_reverse($1)"},
    {F::kArrayFirst, 1, -1, "list_extract($1, gs_not_empty(len($1), 'ARRAY_FIRST') * 0 + 1)"},
    {F::kArrayLast, 1, -1, "list_extract($1, gs_not_empty(len($1), 'ARRAY_LAST'))"},
    {F::kArraySlice, 3, -1, "list_slice($1, gs_slice_begin($2, len($1)), gs_slice_end($3, len($1)))"},
    {F::kArrayOffset, 2, -1, "list_extract($1, gs_offset($2, len($1)))", true},
    {F::kArrayOrdinal, 2, -1, "list_extract($1, gs_ordinal($2, len($1)))", true},
    {F::kArraySafeOffset, 2, -1, "list_extract($1, gs_offset_safe($2, len($1)))"},
    {F::kArraySafeOrdinal, 2, -1, "list_extract($1, gs_ordinal_safe($2, len($1)))"},
    {F::kOnlyElement, 1, -1, "list_extract($1, gs_at_most_one(len($1)))"},
    {F::kGenerateArray, 2, kOfInt64, "gs_series_int($1, $2, 1)"},
    {F::kGenerateArray, 3, kOfInt64, "gs_series_int($1, $2, $3)"},
    {F::kGenerateArray, 2, kOfNumeric, "gs_series_numeric($1, $2, 1::DECIMAL(38,9))"},
    {F::kGenerateArray, 3, kOfNumeric, "gs_series_numeric($1, $2, $3)"},
    {F::kGenerateArray, 2, kOfBigNumeric, "gs_series_bignumeric($1, $2, gs_text_to_bignumeric('1'))"},
    {F::kGenerateArray, 3, kOfBigNumeric, "gs_series_bignumeric($1, $2, $3)"},
    {F::kGenerateArray, 2, kOfFloat64, "gs_series_float($1, $2, 1::DOUBLE)"},
    {F::kGenerateArray, 3, kOfFloat64, "gs_series_float($1, $2, $3)"},
    {F::kGenerateDateArray, 2, -1, "gs_series_days($1, $2)"},
    {F::kGenerateDateArray, 3, -1, "gs_series_date($1, $2, $3, $p)"},
    {F::kGenerateTimestampArray, 3, -1, "gs_series_timestamp($1, $2, $3, $p)"},
};

}  // namespace

std::span<const FunctionRule> CollectionRules() { return kRules; }

}  // namespace casebook::engines
