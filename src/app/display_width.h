// How many columns of a terminal a text takes, and texts made safe and short for it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace casebook {

// Of valid UTF-8: letters of East Asia and emoji take two columns, combining marks none.
size_t DisplayWidth(std::string_view text);

// The longest start of `text` that takes at most `width` columns, never cutting through a letter and its marks.
std::string_view CutToWidth(std::string_view text, size_t width);

// `text` on one line and without characters that steer a terminal: a newline becomes ↵, others `\x1b`.
std::string OneLineText(std::string_view text);

}  // namespace casebook
