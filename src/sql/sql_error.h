// SqlError: what is wrong with a query, and where.
//
// Made by sql/ and analysis/; shown to people with FormatError().
#pragma once

#include <cassert>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/result.h"

namespace casebook::sql {

enum class SqlErrorKind {
  kInvalid,      // no GoogleSQL, or GoogleSQL that makes no sense
  kUnsupported,  // sound, but not done by this program
  kLimit,        // a named limit was passed
};

struct SqlError {
  SqlErrorKind kind = SqlErrorKind::kInvalid;
  std::string message;    // without the position
  uint32_t position = 0;  // byte offset in the query
  bool has_position = true;
};

inline SqlError InvalidSql(std::string message, uint32_t position) {
  return {SqlErrorKind::kInvalid, std::move(message), position};
}
inline SqlError UnsupportedSql(std::string message, uint32_t position) {
  return {SqlErrorKind::kUnsupported, std::move(message), position};
}

// Result<T> with an SqlError; works with RETURN_IF_ERROR and ASSIGN_OR_RETURN. Small when T is: deep
// recursion holds many of them.
template <typename T>
class [[nodiscard]] SqlResult {
 public:
  SqlResult(T value) : value_(std::move(value)) {}  // NOLINT: implicit by design
  template <typename U>
    requires(std::is_convertible_v<U &&, T> && !std::is_same_v<std::remove_cvref_t<U>, T> &&
             !std::is_same_v<std::remove_cvref_t<U>, SqlError>)
  SqlResult(U&& value) : value_(std::forward<U>(value)) {}  // NOLINT: a node as a pointer to its family
  SqlResult(SqlError error) : error_(std::make_unique<SqlError>(std::move(error))) {}  // NOLINT

  bool ok() const { return error_ == nullptr; }
  const SqlError& error() const {
    assert(!ok());
    return *error_;
  }
  T& value() & {
    assert(ok());
    return value_;
  }
  const T& value() const& {
    assert(ok());
    return value_;
  }
  T value() && {
    assert(ok());
    return std::move(value_);
  }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }

 private:
  T value_{};
  std::unique_ptr<SqlError> error_;
};

struct Nothing {};
using SqlStatus = SqlResult<Nothing>;

// A place in a query as people count: from 1, columns in characters.
struct LineColumn {
  uint32_t line = 1;
  uint32_t column = 1;
};
LineColumn LineColumnAt(std::string_view query, uint32_t position);

// The line of `position` and a caret below it, cut around the caret if the line is long; no newline at the end.
std::string ExcerptAt(std::string_view query, uint32_t position);

// `message at [line:column]`.
std::string FormatErrorLine(std::string_view query, const SqlError& error);
// The same, then the excerpt on two further lines.
std::string FormatError(std::string_view query, const SqlError& error);

// As an Error with the message of FormatErrorLine().
Error ToError(std::string_view query, const SqlError& error);

}  // namespace casebook::sql
