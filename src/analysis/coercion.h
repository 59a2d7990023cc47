// Which type may stand in for which without a CAST, and the type that several have in common.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "schema/type.h"

namespace casebook::analysis {

// A type, and how freely the expression of it coerces.
struct CoercibleType {
  Type type;
  bool literal = false;  // a literal or a parameter: STRING becomes DATE, FLOAT64 becomes NUMERIC, …
  bool untyped_null = false;
  bool untyped_empty_array = false;
  std::vector<CoercibleType> parts{};  // of an array or struct constructor; empty: no freer than the type says
};

// The price of coercing; none where it is not allowed. 0: the same type.
std::optional<int> CoercionCost(const CoercibleType& from, const Type& to);
inline bool Coerces(const CoercibleType& from, const Type& to) { return CoercionCost(from, to).has_value(); }

// The type to which all of `types` coerce; types of literals only decide where nothing else does.
std::optional<Type> CommonSupertype(std::span<const CoercibleType> types);

// True where CAST(from AS to) is allowed.
bool CanCast(const Type& from, const Type& to);

bool SupportsEquality(const Type& type);
bool SupportsOrdering(const Type& type);
bool SupportsGrouping(const Type& type);

}  // namespace casebook::analysis
