#include "analysis/coercion.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace casebook::analysis {
namespace {

using K = TypeKind;

bool IsArithmetic(K kind) {
  return kind == K::kInt64 || kind == K::kFloat64 || kind == K::kNumeric || kind == K::kBigNumeric;
}

bool IsDateOrTime(K kind) {
  return kind == K::kDate || kind == K::kDatetime || kind == K::kTime || kind == K::kTimestamp;
}

// From narrow to wide; an expression coerces to what stands further on.
int ArithmeticRank(K kind) {
  switch (kind) {
    case K::kInt64: return 0;
    case K::kNumeric: return 1;
    case K::kBigNumeric: return 2;
    default: return 3;
  }
}

// A tie between signatures goes to the one whose types are nearer in this order.
int KindOrder(K kind) {
  switch (kind) {
    case K::kBool: return 0;
    case K::kInt64: return 1;
    case K::kFloat64: return 2;
    case K::kNumeric: return 3;
    case K::kBigNumeric: return 4;
    case K::kString: return 5;
    case K::kDate: return 6;
    case K::kTimestamp: return 7;
    case K::kTime: return 8;
    case K::kDatetime: return 9;
    case K::kInterval: return 10;
    case K::kBytes: return 11;
    case K::kJson: return 12;
    case K::kArray: return 13;
    case K::kStruct: return 14;
    case K::kRange: return 15;
  }
  return 16;
}

constexpr int kLiteralPrice = 1;
constexpr int kExpressionPrice = 1000;

bool KindCoerces(K from, K to) {
  if (IsArithmetic(from) && IsArithmetic(to)) return ArithmeticRank(from) < ArithmeticRank(to);
  return from == K::kDate && to == K::kDatetime;
}

bool LiteralKindCoerces(K from, K to) {
  if (KindCoerces(from, to)) return true;
  if (from == K::kString) return IsDateOrTime(to) || to == K::kInterval;
  return from == K::kFloat64 && (to == K::kNumeric || to == K::kBigNumeric);
}

CoercibleType PartOf(const CoercibleType& from, size_t i, const Type& type) {
  if (i < from.parts.size()) return from.parts[i];
  CoercibleType part;
  part.type = type;
  return part;
}

std::optional<int> StructCost(const CoercibleType& from, const Type& to) {
  const auto& fields = from.type.fields();
  if (fields.size() != to.fields().size()) return std::nullopt;
  int cost = 0;
  for (size_t i = 0; i < fields.size(); ++i) {
    const auto field = CoercionCost(PartOf(from, i, fields[i].type), to.fields()[i].type);
    if (!field) return std::nullopt;
    cost += *field;
  }
  return cost;
}

std::optional<int> ArrayCost(const CoercibleType& from, const Type& to) {
  if (from.parts.empty()) {
    CoercibleType element;
    element.type = from.type.element();
    // An array that is no constructor keeps its element type, but for the names of struct fields.
    const auto cost = CoercionCost(element, to.element());
    if (cost && *cost == 0) return 0;
    return std::nullopt;
  }
  int cost = 0;
  for (const CoercibleType& part : from.parts) {
    const auto element = CoercionCost(part, to.element());
    if (!element) return std::nullopt;
    cost = std::max(cost, *element);
  }
  return cost;
}

std::optional<Type> StructSupertype(std::span<const CoercibleType> types) {
  std::vector<Type::Field> fields = types.front().type.fields();
  for (size_t i = 0; i < fields.size(); ++i) {
    std::vector<CoercibleType> column;
    for (const CoercibleType& type : types) {
      if (type.type.fields().size() != fields.size()) return std::nullopt;
      column.push_back(PartOf(type, i, type.type.fields()[i].type));
      if (fields[i].name.empty()) fields[i].name = type.type.fields()[i].name;
    }
    auto field = CommonSupertype(column);
    if (!field) return std::nullopt;
    fields[i].type = *field;
  }
  return Type::Struct(std::move(fields));
}

std::optional<Type> ArraySupertype(std::span<const CoercibleType> types) {
  std::vector<CoercibleType> elements;
  for (const CoercibleType& type : types) {
    if (type.parts.empty()) elements.push_back({.type = type.type.element()});
    elements.insert(elements.end(), type.parts.begin(), type.parts.end());
  }
  auto element = CommonSupertype(elements);
  if (!element || element->IsArray()) return std::nullopt;
  Type array = Type::Array(*element);
  for (const CoercibleType& type : types) {
    if (!Coerces(type, array)) return std::nullopt;
  }
  return array;
}

// Of types that are no literals, or all literals.
std::optional<Type> SupertypeOf(std::span<const CoercibleType> types) {
  const Type& first = types.front().type;
  const bool same_kind = std::all_of(types.begin(), types.end(),
                                     [&](const CoercibleType& t) { return t.type.kind() == first.kind(); });
  if (same_kind && first.IsStruct()) return StructSupertype(types);
  if (same_kind && first.IsArray()) return ArraySupertype(types);
  for (const CoercibleType& candidate : types) {
    const bool fits = std::all_of(types.begin(), types.end(), [&](const CoercibleType& t) {
      return t.type == candidate.type || Coerces(t, candidate.type);
    });
    if (fits) return candidate.type;
  }
  return std::nullopt;
}

}  // namespace

std::optional<int> CoercionCost(const CoercibleType& from, const Type& to) {
  if (from.untyped_null) return 0;
  if (from.untyped_empty_array) return to.IsArray() ? std::optional(0) : std::nullopt;
  if (from.type.IsStruct() && to.IsStruct()) return StructCost(from, to);
  if (from.type.IsArray() && to.IsArray()) return ArrayCost(from, to);
  if (from.type == to) return 0;
  const K kind = from.type.kind();
  if (!(from.literal ? LiteralKindCoerces(kind, to.kind()) : KindCoerces(kind, to.kind()))) return std::nullopt;
  // A text may be read as any date or time: the signature that stands first decides.
  const int distance = kind == K::kString ? 0 : std::abs(KindOrder(kind) - KindOrder(to.kind()));
  return distance + (from.literal ? kLiteralPrice : kExpressionPrice);
}

std::optional<Type> CommonSupertype(std::span<const CoercibleType> types) {
  std::vector<CoercibleType> firm;
  std::vector<CoercibleType> literals;
  std::vector<CoercibleType> empty_arrays;
  for (const CoercibleType& type : types) {
    if (type.untyped_null) continue;
    if (type.untyped_empty_array) {
      empty_arrays.push_back(type);
    } else {
      (type.literal ? literals : firm).push_back(type);
    }
  }
  if (firm.empty() && literals.empty()) {
    if (!empty_arrays.empty()) return empty_arrays.front().type;
    return Type();  // NULLs only: INT64
  }
  std::optional<Type> super = SupertypeOf(firm.empty() ? literals : firm);
  if (super && !firm.empty() && !literals.empty()) {
    const bool literals_fit = std::all_of(literals.begin(), literals.end(),
                                          [&](const CoercibleType& t) { return Coerces(t, *super); });
    if (!literals_fit) {
      firm.insert(firm.end(), literals.begin(), literals.end());
      super = SupertypeOf(firm);
    }
  }
  if (super && !empty_arrays.empty() && !super->IsArray()) return std::nullopt;
  return super;
}

bool CanCast(const Type& from, const Type& to) {
  if (from == to) return true;
  if (from.IsStruct() && to.IsStruct()) {
    if (from.fields().size() != to.fields().size()) return false;
    for (size_t i = 0; i < from.fields().size(); ++i) {
      if (!CanCast(from.fields()[i].type, to.fields()[i].type)) return false;
    }
    return true;
  }
  if (from.IsArray() && to.IsArray()) return CanCast(from.element(), to.element());
  const K a = from.kind();
  const K b = to.kind();
  if (a == K::kString) {
    return IsArithmetic(b) || IsDateOrTime(b) || b == K::kBool || b == K::kBytes || b == K::kInterval || b == K::kRange;
  }
  if (b == K::kString) {
    return IsArithmetic(a) || IsDateOrTime(a) || a == K::kBool || a == K::kBytes || a == K::kInterval || a == K::kRange;
  }
  if (IsArithmetic(a)) return IsArithmetic(b) || (a == K::kInt64 && b == K::kBool);
  if (a == K::kBool) return b == K::kInt64;
  if (a == K::kDate) return b == K::kDatetime || b == K::kTimestamp;
  if (a == K::kDatetime || a == K::kTimestamp) return IsDateOrTime(b);
  return false;
}

bool SupportsEquality(const Type& type) {
  if (type.IsStruct()) {
    return std::all_of(type.fields().begin(), type.fields().end(),
                       [](const Type::Field& field) { return SupportsEquality(field.type); });
  }
  if (type.IsArray()) return SupportsEquality(type.element());
  return type.kind() != K::kJson;
}

bool SupportsOrdering(const Type& type) {
  return !type.IsStruct() && type.kind() != K::kJson && (!type.IsArray() || SupportsOrdering(type.element()));
}

bool SupportsGrouping(const Type& type) {
  if (type.IsStruct()) {
    return std::all_of(type.fields().begin(), type.fields().end(),
                       [](const Type::Field& field) { return SupportsGrouping(field.type); });
  }
  if (type.IsArray()) return SupportsGrouping(type.element());
  return type.kind() != K::kJson;
}

}  // namespace casebook::analysis
