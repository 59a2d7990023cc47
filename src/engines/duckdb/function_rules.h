// The families of rules; functions_*.cc each hold one.
#pragma once

#include <span>

#include "engines/duckdb/emitter_internal.h"

namespace casebook::engines {

std::span<const FunctionRule> OperatorRules();
std::span<const FunctionRule> MathRules();
std::span<const FunctionRule> NetRules();
std::span<const FunctionRule> StringRules();
std::span<const FunctionRule> DateTimeRules();
std::span<const FunctionRule> CollectionRules();  // arrays
std::span<const FunctionRule> JsonRules();

inline constexpr int kOfInt64 = static_cast<int>(TypeKind::kInt64);
inline constexpr int kOfFloat64 = static_cast<int>(TypeKind::kFloat64);
inline constexpr int kOfNumeric = static_cast<int>(TypeKind::kNumeric);
inline constexpr int kOfBigNumeric = static_cast<int>(TypeKind::kBigNumeric);
inline constexpr int kOfBool = static_cast<int>(TypeKind::kBool);
inline constexpr int kOfString = static_cast<int>(TypeKind::kString);
inline constexpr int kOfBytes = static_cast<int>(TypeKind::kBytes);
inline constexpr int kOfDate = static_cast<int>(TypeKind::kDate);
inline constexpr int kOfDatetime = static_cast<int>(TypeKind::kDatetime);
inline constexpr int kOfTime = static_cast<int>(TypeKind::kTime);
inline constexpr int kOfTimestamp = static_cast<int>(TypeKind::kTimestamp);
inline constexpr int kOfInterval = static_cast<int>(TypeKind::kInterval);
inline constexpr int kOfJson = static_cast<int>(TypeKind::kJson);

}  // namespace casebook::engines
