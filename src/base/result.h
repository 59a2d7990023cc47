// Result<T> and Status: how a function says that the input, the disk or a peer erred.
//
// Our own mistakes are asserts; a library's exceptions are translated where it is called.
#pragma once

#include <cassert>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace casebook {

enum class ErrorCode {
  kInvalid,      // what was asked makes no sense; asking again gives the same
  kNotFound,     // the named thing is not there
  kCorrupt,      // stored bytes are not what was written
  kIo,           // the operating system refused; another try may help
  kUnsupported,  // sound, but not done by this program
  kLimit,        // a named limit was passed
  kRuntime,      // a query failed while it ran
};

struct Error {
  ErrorCode code = ErrorCode::kInvalid;
  std::string message;  // lower case, no full stop; see docs/messages.md
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit by design
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

  bool ok() const { return state_.index() == 0; }
  const Error& error() const {
    assert(!ok());
    return std::get<1>(state_);
  }
  T& value() & {
    assert(ok());
    return std::get<0>(state_);
  }
  const T& value() const& {
    assert(ok());
    return std::get<0>(state_);
  }
  T value() && {
    assert(ok());
    return std::move(std::get<0>(state_));
  }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT: implicit by design

  bool ok() const { return !error_.has_value(); }
  const Error& error() const {
    assert(!ok());
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

inline Error Invalid(std::string message) { return {ErrorCode::kInvalid, std::move(message)}; }
inline Error NotFound(std::string message) { return {ErrorCode::kNotFound, std::move(message)}; }
inline Error Corrupt(std::string message) { return {ErrorCode::kCorrupt, std::move(message)}; }
inline Error IoError(std::string message) { return {ErrorCode::kIo, std::move(message)}; }
inline Error Unsupported(std::string message) { return {ErrorCode::kUnsupported, std::move(message)}; }
inline Error LimitPassed(std::string message) { return {ErrorCode::kLimit, std::move(message)}; }
inline Error RuntimeError(std::string message) { return {ErrorCode::kRuntime, std::move(message)}; }

// After a full switch over an enum: a value outside it is our mistake.
[[noreturn]] inline void Unreachable() { std::abort(); }

}  // namespace casebook

#define CASEBOOK_CONCAT_INNER(a, b) a##b
#define CASEBOOK_CONCAT(a, b) CASEBOOK_CONCAT_INNER(a, b)

#define RETURN_IF_ERROR(expression)                                    \
  do {                                                                 \
    if (auto status_of_call = (expression); !status_of_call.ok()) {    \
      return status_of_call.error();                                   \
    }                                                                  \
  } while (false)

#define ASSIGN_OR_RETURN(target, expression) \
  ASSIGN_OR_RETURN_INNER(CASEBOOK_CONCAT(result_of_call_, __LINE__), target, expression)
#define ASSIGN_OR_RETURN_INNER(result, target, expression) \
  auto result = (expression);                              \
  if (!result.ok()) return result.error();                 \
  target = std::move(result).value()
