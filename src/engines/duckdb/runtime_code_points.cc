// Code points, normal forms, base 32, and what else STRING and BYTES have that reads or makes arrays.
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <algorithm>
#include <array>
#include <string>

#include "engines/duckdb/list_slots.h"
#include "engines/duckdb/text_ops.h"

namespace casebook::engines {
namespace {

using Text = Answer<std::string>;
using OutBytes = Answer<Bytes>;
using Points = Answer<List<int64_t>>;

Points TextToPoints(std::string_view text) {
  List<int64_t> all;
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i++]);
    int64_t point = lead < 0x80 ? lead : lead < 0xE0 ? lead & 0x1FU : lead < 0xF0 ? lead & 0x0FU : lead & 7U;
    while (i < text.size() && IsContinuation(text[i])) point = point * 64 + (static_cast<unsigned char>(text[i++]) & 0x3FU);
    all.emplace_back(point);
  }
  return all;
}
Points BytesToPoints(BytesView in) {
  List<int64_t> all;
  for (const char c : in.bytes) all.emplace_back(static_cast<unsigned char>(c));
  return all;
}

// Calls `one` with each number of the array; false where it is NULL or holds one.
template <typename One>
bool EachNumber(const Cell& array, const One& one) {
  if (array.IsNull()) return false;
  const auto entry = array.Plain<duckdb_list_entry>();
  duckdb_vector child = duckdb_list_vector_get_child(array.vector);
  for (uint64_t i = 0; i < entry.length; ++i) {
    const Cell element{child, entry.offset + i};
    if (element.IsNull()) return false;
    one(element.Plain<int64_t>());
  }
  return true;
}
Text PointsToText(const Cells& cells) {
  std::string out;
  std::string bad;
  const bool whole = EachNumber(cells[0], [&](int64_t point) {
    if (point < 0 || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
      if (bad.empty()) bad = std::to_string(point);
      return;
    }
    AppendCodePoint(out, static_cast<uint32_t>(point));
  });
  if (!whole) return nullptr;
  if (!bad.empty()) return Text::Fail("Invalid codepoint " + bad);
  return out;
}
OutBytes PointsToBytes(const Cells& cells) {
  Bytes out;
  std::string bad;
  const bool whole = EachNumber(cells[0], [&](int64_t point) {
    if ((point < 0 || point > 255) && bad.empty()) bad = std::to_string(point);
    out.bytes += static_cast<char>(point);
  });
  if (!whole) return nullptr;
  if (!bad.empty()) return OutBytes::Fail("Invalid ASCII value " + bad);
  return out;
}

const icu::Normalizer2* FormOf(std::string_view mode, UErrorCode& error) {
  if (mode == "NFC") return icu::Normalizer2::getNFCInstance(error);
  if (mode == "NFD") return icu::Normalizer2::getNFDInstance(error);
  if (mode == "NFKC") return icu::Normalizer2::getNFKCInstance(error);
  return icu::Normalizer2::getNFKDInstance(error);
}
Text Normalized(std::string_view text, std::string_view mode, bool casefold) {
  UErrorCode error = U_ZERO_ERROR;
  icu::UnicodeString wide = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  const icu::Normalizer2* form = FormOf(mode, error);
  if (U_FAILURE(error)) return Text::Fail("NORMALIZE failed");
  if (casefold) {
    // Folding may bring characters that are not normal, and normal ones that fold further.
    wide = form->normalize(wide, error);
    wide.foldCase();
  }
  const icu::UnicodeString normal = form->normalize(wide, error);
  if (U_FAILURE(error)) return Text::Fail("NORMALIZE failed");
  std::string out;
  normal.toUTF8String(out);
  return out;
}
Text Normalize(std::string_view text, std::string_view mode) { return Normalized(text, mode, false); }
Text NormalizeAndCasefold(std::string_view text, std::string_view mode) { return Normalized(text, mode, true); }

constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
Text ToBase32(BytesView in) {
  std::string out;
  uint64_t bits = 0;
  unsigned count = 0;
  for (const char c : in.bytes) {
    bits = (bits << 8U) | static_cast<unsigned char>(c);
    for (count += 8; count >= 5; count -= 5) out += kBase32[(bits >> (count - 5)) & 31U];
  }
  if (count > 0) out += kBase32[(bits << (5 - count)) & 31U];
  while (out.size() % 8 != 0) out += '=';
  return out;
}
OutBytes FromBase32(std::string_view text) {
  const auto fail = [] { return OutBytes::Fail("Failed to decode invalid base32 string"); };
  const std::string_view digits = text.substr(0, text.find('='));
  const bool padded = text.substr(digits.size()).find_first_not_of('=') == std::string_view::npos;
  // 1, 3 and 6 digits are no whole number of bytes.
  const size_t rest = digits.size() % 8;
  if (!padded || text.size() % 8 != 0 || rest == 1 || rest == 3 || rest == 6 || text.size() - digits.size() > 6) return fail();
  Bytes out;
  uint64_t bits = 0;
  unsigned count = 0;
  for (const char c : digits) {
    const size_t value = kBase32.find(c);
    if (value == std::string_view::npos) return fail();
    bits = (bits << 5U) | value;
    count += 5;
    if (count >= 8) {
      count -= 8;
      out.bytes += static_cast<char>((bits >> count) & 0xFFU);
    }
  }
  return out;
}

OutBytes TranslateBytes(BytesView in, BytesView from, BytesView to) {
  std::array<int, 256> target;  // -1: goes, 256: stays
  target.fill(256);
  for (size_t i = 0; i < from.bytes.size(); ++i) {
    int& place = target[static_cast<unsigned char>(from.bytes[i])];
    if (place != 256) return OutBytes::Fail("Duplicate byte in TRANSLATE source bytes");
    place = i < to.bytes.size() ? static_cast<unsigned char>(to.bytes[i]) : -1;
  }
  Bytes out;
  for (const char c : in.bytes) {
    const int place = target[static_cast<unsigned char>(c)];
    if (place == 256) out.bytes += c;
    else if (place >= 0) out.bytes += static_cast<char>(place);
  }
  return out;
}

// The parts of `text` between `by`; each character, or each byte, where that is empty.
std::vector<std::string_view> Parts(std::string_view text, std::string_view by, bool bytes) {
  std::vector<std::string_view> parts;
  if (by.empty()) {
    for (size_t i = 0; i < text.size();) {
      const size_t size = bytes ? 1 : ByteOfCharacter(text.substr(i), 1);
      parts.push_back(text.substr(i, size));
      i += size;
    }
    if (text.empty()) parts.push_back(text);
    return parts;
  }
  size_t begin = 0;
  for (size_t at = text.find(by); at != std::string_view::npos; at = text.find(by, begin)) {
    parts.push_back(text.substr(begin, at - begin));
    begin = at + by.size();
  }
  parts.push_back(text.substr(begin));
  return parts;
}
Answer<List<std::string>> Split(std::string_view text, std::string_view by) {
  const auto parts = Parts(text, by, false);
  return List<std::string>(parts.begin(), parts.end());
}
Answer<List<Bytes>> SplitBytes(BytesView in, BytesView by) {
  List<Bytes> all;
  for (const std::string_view part : Parts(in.bytes, by.bytes, true)) all.emplace_back(Bytes{std::string(part)});
  return all;
}

// SPLIT_SUBSTR: `count` parts from number `start` on, from 1 or, if negative, from the end.
Text SplitSubstr(std::string_view text, std::string_view by, int64_t start, int64_t count) {
  if (by.empty()) return Text::Fail("The delimiter of SPLIT_SUBSTR cannot be empty");
  if (count < 0) return Text::Fail("The count of SPLIT_SUBSTR cannot be negative");
  const auto parts = Parts(text, by, false);
  const auto size = static_cast<int64_t>(parts.size());
  int64_t begin = start > 0 ? start - 1 : start == 0 ? 0 : std::max<int64_t>(size + start, 0);
  if (begin >= size || count == 0) return std::string();
  const int64_t end = count > size - begin ? size : begin + count;
  const std::string_view first = parts[static_cast<size_t>(begin)];
  const std::string_view last = parts[static_cast<size_t>(end - 1)];
  return std::string(first.data(), static_cast<size_t>(last.data() + last.size() - first.data()));
}

}  // namespace

void AddCodePoints(Registrar& registrar) {
  registrar.Add("gs_text_to_points", TextToPoints);
  registrar.Add("gs_bytes_to_points", BytesToPoints);
  registrar.AddOverCells("gs_points_to_text", PointsToText);
  registrar.AddOverCells("gs_points_to_bytes", PointsToBytes);
  registrar.Add("gs_normalize", Normalize);
  registrar.Add("gs_normalize_and_casefold", NormalizeAndCasefold);
  registrar.Add("gs_to_base32", ToBase32);
  registrar.Add("gs_from_base32", FromBase32);
  registrar.Add("gs_translate_bytes", TranslateBytes);
  registrar.Add("gs_split", Split);
  registrar.Add("gs_split_bytes", SplitBytes);
  registrar.Add("gs_split_substr", SplitSubstr);
}

}  // namespace casebook::engines
