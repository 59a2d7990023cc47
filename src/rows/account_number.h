// Account numbers: what the text of a case's account field means as a number.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace casebook {

struct AccountReading {
  std::optional<int64_t> number;
  std::string_view rule;  // the rule that was broken where there is no number: a literal of value_reader.h
};

// Splits `text`, which is not blank, at anything but digits. One group is the number. Several groups, each
// shorter than `width` digits and together exactly that many, are one number written in groups. Anything else,
// and any letter in the text, is none.
AccountReading AccountFromText(std::string_view text, int width);

}  // namespace casebook
