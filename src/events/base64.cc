#include "events/base64.h"

#include <array>
#include <cstdint>

namespace casebook {
namespace {

constexpr uint8_t kNone = 0xFF;

constexpr std::array<uint8_t, 256> MakeValues() {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::array<uint8_t, 256> values{};
  values.fill(kNone);
  for (size_t i = 0; i < kAlphabet.size(); ++i) {
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<uint8_t>(i);
  }
  return values;
}
constexpr std::array<uint8_t, 256> kValues = MakeValues();

uint32_t Value(char c) { return kValues[static_cast<unsigned char>(c)]; }

}  // namespace

bool AppendDecodedBase64(std::string_view text, std::string& out) {
  if (text.size() % 4 != 0) return false;
  size_t padding = 0;
  while (padding < 2 && text.ends_with('=')) {
    text.remove_suffix(1);
    ++padding;
  }
  const size_t before = out.size();
  uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const uint32_t value = Value(c);
    if (value == kNone) {
      out.resize(before);
      return false;
    }
    bits = bits << 6U | value;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out.push_back(static_cast<char>(bits >> static_cast<unsigned>(count)));
    bits &= (1U << static_cast<unsigned>(count)) - 1U;
  }
  if (bits == 0) return true;
  out.resize(before);
  return false;
}

}  // namespace casebook
