#include "events/json_text.h"

#include <algorithm>
#include <utility>

#include "events/json.h"

namespace casebook {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

int HexDigit(char c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool IsHigh(uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool IsLow(uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

// The syntax of one value checked and its white space left out, without recursion.
class Compactor {
 public:
  Compactor(std::string_view json, std::string& out) : json_(json), out_(out) {}

  MaybeFault Run() {
    if (!Values()) return std::move(fault_);
    SkipSpace();
    if (at_ != json_.size()) return Invalid("text after the value");
    return std::nullopt;
  }

 private:
  MaybeFault Invalid(std::string_view what) const {
    return RecordFault{"invalid_json", std::string(what) + " at byte " + std::to_string(at_)};
  }
  bool Fail(std::string_view what) {
    fault_ = Invalid(what);
    return false;
  }
  bool FailDepth() {
    fault_ = RecordFault{"too_deep",
                         "nested deeper than " + std::to_string(kMaxJsonDepth) + " at byte " + std::to_string(at_)};
    return false;
  }

  char Peek() const { return at_ < json_.size() ? json_[at_] : '\0'; }
  void SkipSpace() {
    while (at_ < json_.size() && IsSpace(json_[at_])) ++at_;
  }
  void CopyChar() { out_.push_back(json_[at_++]); }

  // One value with everything in it; `closers_` holds what ends each open bracket.
  bool Values() {
    do {
      SkipSpace();
      const char c = Peek();
      if (c == '{' || c == '[') {
        if (!OpenBracket(c)) return false;
        continue;
      }
      if (!Scalar(c) || !AfterValue()) return false;
    } while (!closers_.empty());
    return true;
  }

  bool OpenBracket(char c) {
    if (closers_.size() == kMaxJsonDepth) return FailDepth();
    CopyChar();
    closers_.push_back(c == '{' ? '}' : ']');
    SkipSpace();
    if (Peek() == closers_.back()) {
      CopyChar();
      closers_.pop_back();
      return AfterValue();
    }
    return c == '[' || KeyAndColon();
  }

  bool KeyAndColon() {
    SkipSpace();
    if (Peek() != '"') return Fail("no key");
    if (!String()) return false;
    SkipSpace();
    if (Peek() != ':') return Fail("no colon after a key");
    CopyChar();
    return true;
  }

  // Closes brackets as far as they end here; then the next value follows, or nothing is open.
  bool AfterValue() {
    while (!closers_.empty()) {
      SkipSpace();
      const char c = Peek();
      if (c == ',') {
        CopyChar();
        return closers_.back() == ']' || KeyAndColon();
      }
      if (c != closers_.back()) return Fail("neither a comma nor the end of an object or array");
      CopyChar();
      closers_.pop_back();
    }
    return true;
  }

  bool Scalar(char c) {
    if (c == '"') return String();
    if (c == 't') return Literal("true");
    if (c == 'f') return Literal("false");
    if (c == 'n') return Literal("null");
    const size_t length = JsonNumberLength(json_.substr(at_));
    if (length == 0) return Fail("no value");
    out_.append(json_.substr(at_, length));
    at_ += length;
    return true;
  }

  bool Literal(std::string_view word) {
    if (json_.substr(at_, word.size()) != word) return Fail("no value");
    out_.append(word);
    at_ += word.size();
    return true;
  }

  bool String() {
    CopyChar();
    while (true) {
      const size_t begin = at_;
      while (at_ < json_.size() && json_[at_] != '"' && json_[at_] != '\\' &&
             static_cast<unsigned char>(json_[at_]) >= 0x20) {
        ++at_;
      }
      out_.append(json_.substr(begin, at_ - begin));
      if (at_ == json_.size()) return Fail("a string without end");
      if (json_[at_] == '"') {
        CopyChar();
        return true;
      }
      if (json_[at_] != '\\') return Fail("a control character in a string");
      if (!Escape()) return false;
    }
  }

  bool Escape() {
    static constexpr std::string_view kLetters = "\"\\/bfnrt";
    if (at_ + 1 < json_.size() && kLetters.find(json_[at_ + 1]) != std::string_view::npos) {
      CopyChar();
      CopyChar();
      return true;
    }
    const JsonUnicodeEscape escape = ReadUnicodeEscape(json_.substr(at_));
    if (escape.length == 0) return Fail("an unknown escape in a string");
    out_.append(escape.lone_surrogate ? std::string_view("\\ufffd") : json_.substr(at_, escape.length));
    at_ += escape.length;
    return true;
  }

  std::string_view json_;
  std::string& out_;
  size_t at_ = 0;
  std::string closers_;
  MaybeFault fault_;
};

}  // namespace

size_t JsonNumberLength(std::string_view text) {
  size_t at = 0;
  const auto digits = [&] {
    const size_t begin = at;
    while (at < text.size() && IsDigit(text[at])) ++at;
    return at - begin;
  };
  if (at < text.size() && text[at] == '-') ++at;
  const bool leading_zero = at < text.size() && text[at] == '0';
  const size_t whole = digits();
  if (whole == 0 || (leading_zero && whole > 1)) return 0;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0) return 0;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (digits() == 0) return 0;
  }
  return at;
}

namespace {

// The code unit of `\uXXXX` at the start of `text`, or -1.
int CodeUnit(std::string_view text) {
  if (text.size() < 6 || text[0] != '\\' || text[1] != 'u') return -1;
  int unit = 0;
  for (size_t i = 2; i < 6; ++i) {
    const int digit = HexDigit(text[i]);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

}  // namespace

JsonUnicodeEscape ReadUnicodeEscape(std::string_view text) {
  const int first = CodeUnit(text);
  if (first < 0) return {};
  const auto unit = static_cast<uint32_t>(first);
  if (IsHigh(unit)) {
    const int second = CodeUnit(text.substr(6));
    if (second >= 0 && IsLow(static_cast<uint32_t>(second))) {
      const uint32_t low = static_cast<uint32_t>(second) - 0xDC00;
      return {.length = 12, .code_point = 0x10000 + ((unit - 0xD800) << 10U) + low};
    }
  }
  if (IsHigh(unit) || IsLow(unit)) return {.length = 6, .code_point = 0xFFFD, .lone_surrogate = true};
  return {.length = 6, .code_point = unit};
}

void AppendUtf8(uint32_t code_point, std::string& out) {
  const auto put = [&](uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0U | (code_point >> 6U));
    put(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    put(0xE0U | (code_point >> 12U));
    put(0x80U | ((code_point >> 6U) & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  } else {
    put(0xF0U | (code_point >> 18U));
    put(0x80U | ((code_point >> 12U) & 0x3FU));
    put(0x80U | ((code_point >> 6U) & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  }
}

bool UnescapeJsonString(std::string_view text, std::string& out, bool& mended) {
  while (true) {
    const size_t stop = text.find_first_of("\"\\");
    if (stop == std::string_view::npos) return false;
    out.append(text.substr(0, stop));
    text.remove_prefix(stop);
    if (text.front() == '"') return true;
    if (text.size() < 2) return false;
    static constexpr std::string_view kLetters = "\"\\/bfnrt";
    static constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    const size_t letter = kLetters.find(text[1]);
    if (letter != std::string_view::npos) {
      out.push_back(kMeanings[letter]);
      text.remove_prefix(2);
      continue;
    }
    const JsonUnicodeEscape escape = ReadUnicodeEscape(text);
    if (escape.length == 0) return false;
    AppendUtf8(escape.code_point, out);
    mended = mended || escape.lone_surrogate;
    text.remove_prefix(escape.length);
  }
}

MaybeFault AppendCompactJson(std::string_view json, std::string& out) { return Compactor(json, out).Run(); }

namespace {

void AppendEscape(char c, std::string& out) {
  static constexpr std::string_view kEscaped = "\"\\\b\t\n\f\r";
  static constexpr std::string_view kLetters = "\"\\btnfr";
  static constexpr char kHex[] = "0123456789abcdef";
  out.push_back('\\');
  if (const size_t at = kEscaped.find(c); at != std::string_view::npos) {
    out.push_back(kLetters[at]);
    return;
  }
  const auto byte = static_cast<unsigned char>(c);
  out.append("u00");
  out.push_back(kHex[byte >> 4U]);
  out.push_back(kHex[byte & 0xFU]);
}

}  // namespace

void AppendJsonString(std::string_view text, std::string& out) {
  const auto is_escaped = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; };
  out.push_back('"');
  while (!text.empty()) {
    const auto plain = static_cast<size_t>(std::find_if(text.begin(), text.end(), is_escaped) - text.begin());
    out.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    AppendEscape(text.front(), out);
    text.remove_prefix(1);
  }
  out.push_back('"');
}

}  // namespace casebook
