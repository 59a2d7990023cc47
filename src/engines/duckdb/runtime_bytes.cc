// Functions on BYTES.
#include <openssl/evp.h>

#include <algorithm>
#include <string>

#include "engines/duckdb/scalar_function.h"
#include "engines/duckdb/text_ops.h"

namespace casebook::engines {
namespace {

constexpr int64_t kMaxBytes = 64 << 20;
using Out = Answer<Bytes>;

Bytes Copy(std::string_view bytes) { return Bytes{std::string(bytes)}; }

Out Lower(BytesView in) {
  Bytes out = Copy(in.bytes);
  for (char& c : out.bytes) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}
Out Upper(BytesView in) {
  Bytes out = Copy(in.bytes);
  for (char& c : out.bytes) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return out;
}
Out Substr(BytesView in, int64_t position, int64_t length) {
  if (length < 0) return Out::Fail("Third argument in SUBSTR() cannot be negative");
  const Places places = SubstrPlaces(static_cast<int64_t>(in.bytes.size()), position, length);
  return Copy(in.bytes.substr(static_cast<size_t>(places.begin), static_cast<size_t>(places.end - places.begin)));
}
Out Left(BytesView in, int64_t length) {
  if (length < 0) return Out::Fail("Second argument in LEFT() cannot be negative");
  return Copy(in.bytes.substr(0, static_cast<size_t>(length)));
}
Out Right(BytesView in, int64_t length) {
  if (length < 0) return Out::Fail("Second argument in RIGHT() cannot be negative");
  const auto size = static_cast<int64_t>(in.bytes.size());
  return Copy(in.bytes.substr(static_cast<size_t>(length > size ? 0 : size - length)));
}
Out Trimmed(BytesView in, BytesView set, bool left, bool right) {
  std::string_view rest = in.bytes;
  while (left && !rest.empty() && set.bytes.find(rest.front()) != std::string_view::npos) rest.remove_prefix(1);
  while (right && !rest.empty() && set.bytes.find(rest.back()) != std::string_view::npos) rest.remove_suffix(1);
  return Copy(rest);
}
Out Trim(BytesView in, BytesView set) { return Trimmed(in, set, true, true); }
Out Ltrim(BytesView in, BytesView set) { return Trimmed(in, set, true, false); }
Out Rtrim(BytesView in, BytesView set) { return Trimmed(in, set, false, true); }
Out Replace(BytesView in, BytesView from, BytesView to) {
  if (from.bytes.empty()) return Copy(in.bytes);
  Bytes out;
  size_t at = 0;
  for (size_t found = in.bytes.find(from.bytes); found != std::string_view::npos; found = in.bytes.find(from.bytes, at)) {
    out.bytes.append(in.bytes, at, found - at).append(to.bytes);
    at = found + from.bytes.size();
    if (static_cast<int64_t>(out.bytes.size()) > kMaxBytes) return Out::Fail("REPLACE makes bytes that are too long");
  }
  out.bytes.append(in.bytes.substr(at));
  return out;
}
Out Reverse(BytesView in) { return Bytes{std::string(in.bytes.rbegin(), in.bytes.rend())}; }
Out Repeat(BytesView in, int64_t times) {
  if (times < 0) return Out::Fail("Second argument in REPEAT() cannot be negative");
  if (in.bytes.empty()) return Bytes{};
  if (times > kMaxBytes / static_cast<int64_t>(in.bytes.size())) return Out::Fail("REPEAT makes bytes that are too long");
  Bytes out;
  for (int64_t i = 0; i < times; ++i) out.bytes += in.bytes;
  return out;
}
Out Pad(BytesView in, int64_t length, BytesView with, bool left) {
  if (length < 0) return Out::Fail("Second argument (output size) for LPAD/RPAD cannot be negative");
  if (with.bytes.empty()) return Out::Fail("Third argument (pad pattern) for LPAD/RPAD cannot be empty");
  if (length > kMaxBytes) return Out::Fail("LPAD/RPAD makes bytes that are too long");
  const auto size = static_cast<int64_t>(in.bytes.size());
  if (size >= length) return Copy(in.bytes.substr(0, static_cast<size_t>(length)));
  std::string padding;
  while (static_cast<int64_t>(padding.size()) < length - size) padding += with.bytes;
  padding.resize(static_cast<size_t>(length - size));
  return Bytes{left ? padding + std::string(in.bytes) : std::string(in.bytes) + padding};
}
Out Lpad(BytesView in, int64_t length, BytesView with) { return Pad(in, length, with, true); }
Out Rpad(BytesView in, int64_t length, BytesView with) { return Pad(in, length, with, false); }
Answer<bool> StartsWith(BytesView in, BytesView prefix) { return in.bytes.starts_with(prefix.bytes); }
Answer<bool> EndsWith(BytesView in, BytesView suffix) { return in.bytes.ends_with(suffix.bytes); }
Answer<int64_t> Instr(BytesView in, BytesView part, int64_t position, int64_t occurrence) {
  if (position == 0) return Answer<int64_t>::Fail("Third argument in INSTR() cannot be 0");
  if (occurrence < 1) return Answer<int64_t>::Fail("Fourth argument in INSTR() must be positive");
  const auto size = static_cast<int64_t>(in.bytes.size());
  if (position > size + 1 || position < -size) return int64_t{0};
  auto at = static_cast<size_t>(position > 0 ? position - 1 : size + position);
  for (int64_t i = 0; i < occurrence; ++i) {
    if (i > 0 && position < 0 && at == 0) return int64_t{0};
    if (i > 0) at = position > 0 ? at + 1 : at - 1;
    at = position > 0 ? in.bytes.find(part.bytes, at) : in.bytes.rfind(part.bytes, at);
    if (at == std::string_view::npos) return int64_t{0};
  }
  return static_cast<int64_t>(at) + 1;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}
Out FromHex(std::string_view text) {
  Bytes out;
  // An odd number of digits has a 0 in front.
  int high = text.size() % 2 == 1 ? 0 : -1;
  for (const char c : text) {
    const int digit = HexDigit(c);
    if (digit < 0) return Out::Fail("Failed to decode invalid hexadecimal string: " + std::string(text));
    if (high < 0) {
      high = digit;
      continue;
    }
    out.bytes += static_cast<char>(high * 16 + digit);
    high = -1;
  }
  return out;
}
Out FromBase64(std::string_view text) {
  Bytes out;
  uint32_t bits = 0;
  int count = 0;
  size_t padding = 0;
  size_t digits = 0;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
    if (c == '=') {
      ++padding;
      continue;
    }
    int value = -1;
    if (c >= 'A' && c <= 'Z') value = c - 'A';
    if (c >= 'a' && c <= 'z') value = c - 'a' + 26;
    if (c >= '0' && c <= '9') value = c - '0' + 52;
    if (c == '+') value = 62;
    if (c == '/') value = 63;
    if (value < 0 || padding > 0) return Out::Fail("Failed to decode invalid base64 string");
    ++digits;
    bits = (bits << 6U) | static_cast<uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out.bytes += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU);
    }
  }
  if (digits % 4 == 1 || (padding > 0 && (digits + padding) % 4 != 0) || padding > 2) {
    return Out::Fail("Failed to decode invalid base64 string");
  }
  return out;
}
Out Sha512(BytesView in) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (EVP_Digest(in.bytes.data(), in.bytes.size(), digest, &size, EVP_sha512(), nullptr) != 1) {
    return Out::Fail("SHA512 failed");
  }
  return Bytes{std::string(reinterpret_cast<char*>(digest), size)};
}

}  // namespace

void AddBytes(Registrar& registrar) {
  registrar.Add("gs_lower_bytes", Lower);
  registrar.Add("gs_upper_bytes", Upper);
  registrar.Add("gs_substr_bytes", Substr);
  registrar.Add("gs_left_bytes", Left);
  registrar.Add("gs_right_bytes", Right);
  registrar.Add("gs_trim_bytes", Trim);
  registrar.Add("gs_ltrim_bytes", Ltrim);
  registrar.Add("gs_rtrim_bytes", Rtrim);
  registrar.Add("gs_replace_bytes", Replace);
  registrar.Add("gs_reverse_bytes", Reverse);
  registrar.Add("gs_repeat_bytes", Repeat);
  registrar.Add("gs_lpad_bytes", Lpad);
  registrar.Add("gs_rpad_bytes", Rpad);
  registrar.Add("gs_starts_with_bytes", StartsWith);
  registrar.Add("gs_ends_with_bytes", EndsWith);
  registrar.Add("gs_instr_bytes", Instr);
  registrar.Add("gs_from_hex", FromHex);
  registrar.Add("gs_from_base64", FromBase64);
  registrar.Add("gs_sha512", Sha512);
}

}  // namespace casebook::engines
