// Functions on STRING.
#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "engines/duckdb/scalar_function.h"
#include "engines/duckdb/text_ops.h"

namespace casebook::engines {
namespace {

constexpr int64_t kMaxTextBytes = 64 << 20;
constexpr size_t kMaxEditCells = size_t{1} << 28U;  // length by length; two texts of 16,000 characters
using Text = Answer<std::string>;

// Of valid UTF-8, as all STRINGs are.
std::vector<UChar32> CodePoints(std::string_view text) {
  std::vector<UChar32> points;
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i++]);
    auto point = static_cast<uint32_t>(lead < 0x80 ? lead : lead < 0xE0 ? lead & 0x1FU : lead < 0xF0 ? lead & 0x0FU : lead & 7U);
    while (i < text.size() && IsContinuation(text[i])) {
      point = (point << 6U) | (static_cast<unsigned char>(text[i++]) & 0x3FU);
    }
    points.push_back(static_cast<UChar32>(point));
  }
  return points;
}

void AppendPoint(std::string& text, UChar32 point) { AppendCodePoint(text, static_cast<uint32_t>(point)); }

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

template <typename Map>
std::string Mapped(std::string_view text, const Map& map) {
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode error = U_ZERO_ERROR;
  map(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink, error);
  return out;
}

Text Lower(std::string_view text) {
  if (IsAscii(text)) {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
  }
  return Mapped(text, [](icu::StringPiece piece, icu::ByteSink& sink, UErrorCode& error) {
    icu::CaseMap::utf8ToLower("", 0, piece, sink, nullptr, error);
  });
}
Text Upper(std::string_view text) {
  if (IsAscii(text)) {
    std::string out(text);
    for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return out;
  }
  return Mapped(text, [](icu::StringPiece piece, icu::ByteSink& sink, UErrorCode& error) {
    icu::CaseMap::utf8ToUpper("", 0, piece, sink, nullptr, error);
  });
}

constexpr std::string_view kInitcapDelimiters = " \t\n\v\f\r[](){}/|\\<>!?@\"^#$&~_,.:;*%+-";
// `delimiters` "\1": those that are taken when none are given.
Text Initcap(std::string_view text, std::string_view delimiters) {
  const auto points = CodePoints(text);
  const auto breaks = CodePoints(delimiters == "\1" ? kInitcapDelimiters : delimiters);
  std::string out;
  bool at_start = true;
  for (const UChar32 point : points) {
    if (std::find(breaks.begin(), breaks.end(), point) != breaks.end()) {
      at_start = true;
      AppendPoint(out, point);
      continue;
    }
    AppendPoint(out, at_start ? u_toupper(point) : u_tolower(point));
    at_start = false;
  }
  return out;
}

Text Substr(std::string_view text, int64_t position, int64_t length) {
  if (length < 0) return Text::Fail("Third argument in SUBSTR() cannot be negative");
  const Places places = SubstrPlaces(CountCharacters(text), position, length);
  const size_t begin = ByteOfCharacter(text, places.begin);
  return std::string(text.substr(begin, ByteOfCharacter(text.substr(begin), places.end - places.begin)));
}
Text Left(std::string_view text, int64_t length) {
  if (length < 0) return Text::Fail("Second argument in LEFT() cannot be negative");
  return std::string(text.substr(0, ByteOfCharacter(text, length)));
}
Text Right(std::string_view text, int64_t length) {
  if (length < 0) return Text::Fail("Second argument in RIGHT() cannot be negative");
  const int64_t count = CountCharacters(text);
  return std::string(text.substr(ByteOfCharacter(text, length > count ? 0 : count - length)));
}

enum class Side { kBoth, kLeft, kRight };
template <typename Drop>
Text Trimmed(std::string_view text, Side side, const Drop& drop) {
  const auto points = CodePoints(text);
  size_t begin = 0;
  size_t end = points.size();
  if (side != Side::kRight) {
    while (begin < end && drop(points[begin])) ++begin;
  }
  if (side != Side::kLeft) {
    while (end > begin && drop(points[end - 1])) --end;
  }
  const size_t first = ByteOfCharacter(text, static_cast<int64_t>(begin));
  return std::string(text.substr(first, ByteOfCharacter(text.substr(first), static_cast<int64_t>(end - begin))));
}
Text TrimSpace(std::string_view text, Side side) {
  return Trimmed(text, side, [](UChar32 c) { return u_isUWhiteSpace(c) != 0; });
}
Text Trim(std::string_view text) { return TrimSpace(text, Side::kBoth); }
Text Ltrim(std::string_view text) { return TrimSpace(text, Side::kLeft); }
Text Rtrim(std::string_view text) { return TrimSpace(text, Side::kRight); }

Text Replace(std::string_view text, std::string_view from, std::string_view to) {
  if (from.empty()) return std::string(text);
  std::string out;
  size_t at = 0;
  for (size_t found = text.find(from); found != std::string_view::npos; found = text.find(from, at)) {
    out.append(text, at, found - at).append(to);
    at = found + from.size();
    if (static_cast<int64_t>(out.size()) > kMaxTextBytes) return Text::Fail("REPLACE makes a text that is too long");
  }
  return out.append(text.substr(at));
}
Text Reverse(std::string_view text) {
  auto points = CodePoints(text);
  std::string out;
  for (auto point = points.rbegin(); point != points.rend(); ++point) AppendPoint(out, *point);
  return out;
}
Text Repeat(std::string_view text, int64_t times) {
  if (times < 0) return Text::Fail("Second argument in REPEAT() cannot be negative");
  if (!text.empty() && times > kMaxTextBytes / static_cast<int64_t>(text.size())) {
    return Text::Fail("REPEAT makes a text that is too long");
  }
  std::string out;
  for (int64_t i = 0; i < times && !text.empty(); ++i) out += text;
  return out;
}

Text Pad(std::string_view text, int64_t length, std::string_view with, bool left) {
  if (length < 0) return Text::Fail("Second argument (output size) for LPAD/RPAD cannot be negative");
  if (with.empty()) return Text::Fail("Third argument (pad pattern) for LPAD/RPAD cannot be empty");
  if (length > kMaxTextBytes) return Text::Fail("LPAD/RPAD makes a text that is too long");
  const int64_t count = CountCharacters(text);
  if (count >= length) return std::string(text.substr(0, ByteOfCharacter(text, length)));
  const int64_t width = CountCharacters(with);
  std::string padding;
  for (int64_t missing = length - count; missing > 0; missing -= width) {
    padding += missing >= width ? with : with.substr(0, ByteOfCharacter(with, missing));
  }
  return left ? padding + std::string(text) : std::string(text) + padding;
}
Text Lpad(std::string_view text, int64_t length, std::string_view with) { return Pad(text, length, with, true); }
Text Rpad(std::string_view text, int64_t length, std::string_view with) { return Pad(text, length, with, false); }

// The place, from 1, of the `occurrence`th `part` from `position` on; backwards from a negative one.
Answer<int64_t> Instr(std::string_view text, std::string_view part, int64_t position, int64_t occurrence) {
  if (position == 0) return Answer<int64_t>::Fail("Third argument in INSTR() cannot be 0");
  if (occurrence < 1) return Answer<int64_t>::Fail("Fourth argument in INSTR() must be positive");
  const int64_t count = CountCharacters(text);
  if (part.empty() && position == 1 && occurrence == 1) return int64_t{1};
  if (part.empty()) {
    const int64_t start = position > 0 ? position : count + position + 1;
    const int64_t place = position > 0 ? start + occurrence - 1 : start - occurrence + 1;
    return place >= 1 && place <= count + 1 ? place : int64_t{0};
  }
  if (position > count || position < -count) return int64_t{0};
  size_t at = ByteOfCharacter(text, position > 0 ? position - 1 : count + position);
  for (int64_t i = 0; i < occurrence; ++i) {
    if (i > 0 && position < 0 && at == 0) return int64_t{0};
    if (i > 0) at = position > 0 ? at + 1 : at - 1;
    at = position > 0 ? text.find(part, at) : text.rfind(part, at);
    if (at == std::string_view::npos) return int64_t{0};
  }
  return CountCharacters(text.substr(0, at)) + 1;
}

Answer<int64_t> Ascii(std::string_view text) {
  if (text.empty()) return int64_t{0};
  if (static_cast<unsigned char>(text.front()) >= 0x80) return Answer<int64_t>::Fail("First char of input is not ASCII character");
  return int64_t{static_cast<unsigned char>(text.front())};
}
Text Chr(int64_t point) {
  if (point < 0 || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
    return Text::Fail("Invalid codepoint " + std::to_string(point));
  }
  std::string out;
  AppendPoint(out, static_cast<UChar32>(point));
  return out;
}
Answer<int64_t> Unicode(std::string_view text) {
  const auto points = CodePoints(text);
  return points.empty() ? int64_t{0} : int64_t{points.front()};
}
Text Translate(std::string_view text, std::string_view from, std::string_view to) {
  const auto sources = CodePoints(from);
  const auto targets = CodePoints(to);
  for (size_t i = 0; i < sources.size(); ++i) {
    if (std::find(sources.begin(), sources.begin() + static_cast<long>(i), sources[i]) != sources.begin() + static_cast<long>(i)) {
      return Text::Fail("Duplicate character in TRANSLATE source characters");
    }
  }
  std::string out;
  for (const UChar32 point : CodePoints(text)) {
    const auto found = std::find(sources.begin(), sources.end(), point);
    const auto i = static_cast<size_t>(found - sources.begin());
    if (found == sources.end()) {
      AppendPoint(out, point);
    } else if (i < targets.size()) {
      AppendPoint(out, targets[i]);
    }
  }
  return out;
}
// A code is left out where it is that of the letter with a code before it, whatever stands between.
Text Soundex(std::string_view text) {
  constexpr std::string_view kCodes = "01230120022455012623010202";
  std::string out;
  char last = '0';
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter) continue;
    const char code = kCodes[static_cast<size_t>((c | 0x20) - 'a')];
    if (out.empty()) {
      out += c;
      last = code;
      continue;
    }
    if (code == '0' || code == last) continue;
    out += code;
    last = code;
    if (out.size() == 4) break;
  }
  if (out.empty()) return out;
  out.resize(4, '0');
  return out;
}
Text MendUtf8(BytesView bytes) { return ReplaceInvalidUtf8(bytes.bytes); }
template <typename T>
Answer<int64_t> Distance(const T& a, const T& b, int64_t max_distance) {
  if (max_distance < 0) return Answer<int64_t>::Fail("max_distance of EDIT_DISTANCE cannot be negative");
  if (a.size() > kMaxEditCells / std::max<size_t>(b.size(), 1)) {
    return Answer<int64_t>::Fail("EDIT_DISTANCE of values that are too long");
  }
  std::vector<int64_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int64_t>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    int64_t diagonal = row[0];
    row[0] = static_cast<int64_t>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const int64_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({change, row[j] + 1, row[j - 1] + 1});
    }
  }
  return std::min(row[b.size()], max_distance);
}
Answer<int64_t> EditDistance(std::string_view a, std::string_view b, int64_t max_distance) {
  return Distance(CodePoints(a), CodePoints(b), max_distance);
}
Answer<int64_t> EditDistanceBytes(BytesView a, BytesView b, int64_t max_distance) {
  return Distance(a.bytes, b.bytes, max_distance);
}
Answer<int64_t> AsciiBytes(BytesView in) {
  return in.bytes.empty() ? int64_t{0} : int64_t{static_cast<unsigned char>(in.bytes.front())};
}

// STRING(L) and BYTES(L).
template <typename T>
Answer<T> TooLong(const char* type, int64_t most, int64_t length) {
  return Answer<T>::Fail(std::string(type) + "(" + std::to_string(most) + ") has maximum length " + std::to_string(most) +
                         " but got a value with length " + std::to_string(length));
}
Answer<std::string> FitText(std::string_view text, int64_t most) {
  const int64_t length = CountCharacters(text);
  if (length > most) return TooLong<std::string>("STRING", most, length);
  return std::string(text);
}
Answer<Bytes> FitBytes(BytesView bytes, int64_t most) {
  const auto length = static_cast<int64_t>(bytes.bytes.size());
  if (length > most) return TooLong<Bytes>("BYTES", most, length);
  return Bytes{std::string(bytes.bytes)};
}

}  // namespace

void AddStrings(Registrar& registrar) {
  registrar.Add("gs_text_fit", FitText);
  registrar.Add("gs_bytes_fit", FitBytes);
  registrar.Add("gs_lower", Lower);
  registrar.Add("gs_upper", Upper);
  registrar.Add("gs_initcap", Initcap);
  registrar.Add("gs_substr", Substr);
  registrar.Add("gs_left", Left);
  registrar.Add("gs_right", Right);
  registrar.Add("gs_trim", Trim);
  registrar.Add("gs_ltrim", Ltrim);
  registrar.Add("gs_rtrim", Rtrim);
  registrar.Add("gs_replace", Replace);
  registrar.Add("gs_reverse", Reverse);
  registrar.Add("gs_repeat", Repeat);
  registrar.Add("gs_lpad", Lpad);
  registrar.Add("gs_rpad", Rpad);
  registrar.Add("gs_instr", Instr);
  registrar.Add("gs_ascii", Ascii);
  registrar.Add("gs_chr", Chr);
  registrar.Add("gs_unicode", Unicode);
  registrar.Add("gs_translate", Translate);
  registrar.Add("gs_soundex", Soundex);
  registrar.Add("gs_mend_utf8", MendUtf8);
  registrar.Add("gs_edit_distance", EditDistance);
  registrar.Add("gs_edit_distance_bytes", EditDistanceBytes);
  registrar.Add("gs_ascii_bytes", AsciiBytes);
}

}  // namespace casebook::engines
