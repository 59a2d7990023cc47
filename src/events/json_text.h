// The letters of JSON: numbers and escapes, as the readers in `events/` need them. Not for other folders.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace casebook {

// Bytes of the JSON number at the start of `text`, 0 where there is none.
size_t JsonNumberLength(std::string_view text);

struct JsonUnicodeEscape {
  size_t length = 0;  // of `\uXXXX` or a pair of them; 0: none
  uint32_t code_point = 0;
  bool lone_surrogate = false;  // then code_point is U+FFFD
};
// Reads the escape at the start of `text`.
JsonUnicodeEscape ReadUnicodeEscape(std::string_view text);

void AppendUtf8(uint32_t code_point, std::string& out);

// Appends the text of a JSON string, from behind its opening quote to its closing one, which `text` must hold.
// False where there is no end or an unknown escape. Sets `mended` where a lone surrogate became U+FFFD.
bool UnescapeJsonString(std::string_view text, std::string& out, bool& mended);

}  // namespace casebook
