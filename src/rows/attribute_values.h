// Attribute values: the shapes in which contact flows write account numbers and survey ratings.
//
// Plain text in, plain values out; nothing here knows JSON, rows or settings. Used by ctr_rows.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casebook {

// Account numbers kept of one attribute; more are a value issue.
inline constexpr size_t kMaxAccountNumbers = 64;

// What AccountNumbersIn() met beside account numbers.
enum class AccountListFlaw {
  kNone,
  kNotANumber,  // a part holds letters; the other parts are read
  kTooMany,     // more than kMaxAccountNumbers; the first are kept
};

// Appends the account numbers of `text` to `numbers`: runs of digits between commas, semicolons, spaces or the
// brackets and quotes of a JSON array; leading zeros and order kept, each once. Views point into `text`.
AccountListFlaw AccountNumbersIn(std::string_view text, std::vector<std::string_view>& numbers);

// A rating as shown: one that is a whole number without its fraction (`5.0` is `5`), any other as sent.
struct Rating {
  std::string_view text;         // points to the argument or to `buffer`
  std::optional<double> number;  // where it is one
};
// `text` is trimmed and not empty.
Rating ReadRating(std::string_view text, std::string& buffer);

}  // namespace casebook
