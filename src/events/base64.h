// Base64 (RFC 4648, section 4), as Firehose and Kinesis carry records.
#pragma once

#include <string>
#include <string_view>

namespace casebook {

// Appends the bytes that `text` stands for to `out`. False, and `out` as before, where it is no base64: a
// character outside the alphabet, wrong padding, or bits left over.
bool AppendDecodedBase64(std::string_view text, std::string& out);

}  // namespace casebook
