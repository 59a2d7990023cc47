// UTF-8: finding and mending invalid sequences.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace casebook {

bool IsValidUtf8(std::string_view bytes);

// `bytes` with each maximal invalid part replaced by U+FFFD (Unicode's recommended practice).
std::string ReplaceInvalidUtf8(std::string_view bytes);

}  // namespace casebook
