// Canonical JSON (RFC 8785): one text for all spellings of one value, so that a hash can stand for content.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace casebook {

// The canonical form of `json`, one JSON value of any kind: no white space, keys by UTF-16 code units, numbers
// as ECMAScript prints them. Of a key that occurs twice the last counts. kInvalid where `json` is no sound
// JSON or holds a number beyond an IEEE double, kLimit where it is nested deeper than kMaxJsonDepth.
Result<std::string> CanonicalJson(std::string_view json);

// SHA-256 of the canonical form, 64 hexadecimal digits; of the bytes as they are where they have none.
std::string CanonicalSha256Hex(std::string_view json);

// `value` as ECMAScript's Number::toString prints it; must be finite.
std::string EcmaScriptNumber(double value);

}  // namespace casebook
