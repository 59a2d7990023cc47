// Operators and conditional functions.
#include "engines/duckdb/function_rules.h"

namespace casebook::engines {
namespace {

using F = FunctionId;

constexpr FunctionRule kRules[] = {
    {F::kAdd, 2, kOfInt64, "gs_add($1, $2)"},
    {F::kAdd, 2, kOfFloat64, "gs_float_add($1, $2)"},
    {F::kAdd, 2, kOfNumeric, "gs_numeric_add($1, $2)"},
    {F::kAdd, 2, kOfBigNumeric, "gs_bignumeric_add($1, $2)"},
    {F::kSubtract, 2, kOfInt64, "gs_subtract($1, $2)"},
    {F::kSubtract, 2, kOfFloat64, "gs_float_subtract($1, $2)"},
    {F::kSubtract, 2, kOfNumeric, "gs_numeric_subtract($1, $2)"},
    {F::kSubtract, 2, kOfBigNumeric, "gs_bignumeric_subtract($1, $2)"},
    {F::kMultiply, 2, kOfInt64, "gs_multiply($1, $2)"},
    {F::kMultiply, 2, kOfFloat64, "gs_float_multiply($1, $2)"},
    {F::kMultiply, 2, kOfNumeric, "gs_numeric_multiply($1, $2)"},
    {F::kMultiply, 2, kOfBigNumeric, "gs_bignumeric_multiply($1, $2)"},
    {F::kMultiply, 2, kOfInterval, "gs_interval_multiply($1, $2)"},
    {F::kDivide, 2, kOfFloat64, "gs_divide($1, $2)"},
    {F::kDivide, 2, kOfNumeric, "gs_numeric_divide($1, $2)"},
    {F::kDivide, 2, kOfBigNumeric, "gs_bignumeric_divide($1, $2)"},
    {F::kNegate, 1, kOfInt64, "gs_negate($1)"},
    {F::kNegate, 1, kOfFloat64, "(-$1)"},
    {F::kNegate, 1, kOfNumeric, "(-$1)"},
    {F::kNegate, 1, kOfBigNumeric, "gs_bignumeric_negate($1)"},
    {F::kNegate, 1, kOfInterval, "gs_interval_multiply($1, -1)"},
    {F::kPercentilePlaceBelow, 2, kOfNumeric, "gs_numeric_place_low($1, $2)"},
    {F::kPercentilePlaceAbove, 2, kOfNumeric, "gs_numeric_place_high($1, $2)"},
    {F::kPercentilePlace, 2, kOfNumeric, "gs_numeric_place($1, $2)"},
    {F::kPercentileBetween, 4, kOfNumeric, "gs_numeric_between($1, $2, $3, $4)"},
    {F::kFitDecimal, 3, kOfNumeric, "gs_numeric_fit($1, $2, $3)"},
    {F::kPercentilePlaceBelow, 2, kOfBigNumeric, "gs_bignumeric_place_low($1, $2)"},
    {F::kPercentilePlaceAbove, 2, kOfBigNumeric, "gs_bignumeric_place_high($1, $2)"},
    {F::kPercentilePlace, 2, kOfBigNumeric, "gs_bignumeric_place($1, $2)"},
    {F::kPercentileBetween, 4, kOfBigNumeric, "gs_bignumeric_between($1, $2, $3, $4)"},
    {F::kFitDecimal, 3, kOfBigNumeric, "gs_bignumeric_fit($1, $2, $3)"},
    {F::kFrameStep, 5, -1, "gs_bignumeric_frame_step($1, $2, $3, $4, $5)"},
    {F::kFitText, 2, kOfString, "gs_text_fit($1, $2)"},
    {F::kFitText, 2, kOfBytes, "gs_bytes_fit($1, $2)"},
    {F::kPlus, 1, -1, "$1"},
    {F::kConcatOperator, 2, kOfString, "CAST($1 || $2 AS VARCHAR)"},
    {F::kConcatOperator, 2, kOfBytes, "CAST($1 || $2 AS BLOB)"},
    {F::kBitNot, 1, kOfInt64, "(~$1)"},
    {F::kBitAnd, 2, kOfInt64, "($1 & $2)"},
    {F::kBitOr, 2, kOfInt64, "($1 | $2)"},
    {F::kBitXor, 2, kOfInt64, "xor($1, $2)"},
    {F::kShiftLeft, 2, kOfInt64, "gs_shift_left($1, $2)"},
    {F::kShiftRight, 2, kOfInt64, "gs_shift_right($1, $2)"},
    {F::kBitNot, 1, kOfBytes, "gs_bytes_not($1)"},
    {F::kBitAnd, 2, kOfBytes, "gs_bytes_and($1, $2)"},
    {F::kBitOr, 2, kOfBytes, "gs_bytes_or($1, $2)"},
    {F::kBitXor, 2, kOfBytes, "gs_bytes_xor($1, $2)"},
    {F::kShiftLeft, 2, kOfBytes, "gs_bytes_shift_left($1, $2)"},
    {F::kShiftRight, 2, kOfBytes, "gs_bytes_shift_right($1, $2)"},
    {F::kLike, 2, kOfString, "gs_like($1, $2)"},
    {F::kLike, 2, kOfBytes, "gs_like_bytes($1, $2)"},
    {F::kNot, 1, -1, "(NOT $1)"},
    {F::kIsNull, 1, -1, "($1 IS NULL)"},
    {F::kIsTrue, 1, -1, "($1 IS NOT DISTINCT FROM true)"},
    {F::kIsFalse, 1, -1, "($1 IS NOT DISTINCT FROM false)"},
    {F::kIfNull, 2, -1, "coalesce($1, $2)"},
    {F::kCoalesce, -1, -1, "coalesce($*)"},
    {F::kNullIfZero, 1, kOfBigNumeric, "nullif($1, gs_text_to_bignumeric('0'))"},
    {F::kZeroIfNull, 1, kOfBigNumeric, "coalesce($1, gs_text_to_bignumeric('0'))"},
    {F::kNullIfZero, 1, -1, "nullif($1, 0)"},
    {F::kZeroIfNull, 1, -1, "coalesce($1, 0)"},
    {F::kGenerateUuid, 0, -1, "CAST(uuid() AS VARCHAR)"},
};

}  // namespace

std::span<const FunctionRule> OperatorRules() { return kRules; }

}  // namespace casebook::engines
