// SameTree: whether two trees are equal but for their source ranges.
//
// Names compare as written, with case and quotes: this is for tests of the printer and for grouping equal
// clauses, not for resolving.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "sql/ast.h"

namespace casebook::sql {

bool SameTree(const Expr& a, const Expr& b);
bool SameTree(const TableExpr& a, const TableExpr& b);
bool SameTree(const QueryBody& a, const QueryBody& b);
bool SameTree(const PipeOperator& a, const PipeOperator& b);
bool SameTree(const Statement& a, const Statement& b);

inline bool SameTree(const Identifier& a, const Identifier& b) { return a.text == b.text && a.quoted == b.quoted; }
inline bool SameTree(const std::string& a, const std::string& b) { return a == b; }

template <typename T>
  requires(std::is_enum_v<T> || std::is_arithmetic_v<T>)
bool SameTree(T a, T b) {
  return a == b;
}

// A part of the tree with Fields(), such as Query or Script.
template <typename T>
  requires requires(const T& part) { part.Fields(); }
bool SameTree(const T& a, const T& b);

template <typename T>
bool SameTree(const std::unique_ptr<T>& a, const std::unique_ptr<T>& b) {
  return (a == nullptr) == (b == nullptr) && (a == nullptr || SameTree(*a, *b));
}

template <typename T>
bool SameTree(const std::optional<T>& a, const std::optional<T>& b) {
  return a.has_value() == b.has_value() && (!a.has_value() || SameTree(*a, *b));
}

template <typename T>
bool SameTree(const std::vector<T>& a, const std::vector<T>& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (!SameTree(a[i], b[i])) return false;
  }
  return true;
}

inline bool SameTree(const Path& a, const Path& b) { return SameTree(a.names, b.names); }

// The fields of two nodes of one and the same type.
template <typename T>
bool SameFields(const T& a, const T& b) {
  return std::apply(
      [&](const auto&... left) {
        return std::apply([&](const auto&... right) { return (SameTree(left, right) && ...); }, b.Fields());
      },
      a.Fields());
}

template <typename T>
  requires requires(const T& part) { part.Fields(); }
bool SameTree(const T& a, const T& b) {
  return SameFields(a, b);
}

}  // namespace casebook::sql
