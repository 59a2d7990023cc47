#include "sql/literal.h"

#include <array>
#include <cstdint>
#include <optional>

namespace casebook::sql {
namespace {

constexpr uint32_t kLastCodePoint = 0x10FFFF;

std::optional<uint32_t> DigitValue(char c, uint32_t base) {
  uint32_t value = base;
  if (c >= '0' && c <= '9') value = static_cast<uint32_t>(c - '0');
  if (c >= 'a' && c <= 'f') value = static_cast<uint32_t>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') value = static_cast<uint32_t>(c - 'A') + 10;
  return value < base ? std::optional(value) : std::nullopt;
}

void AppendUtf8(std::string& out, uint32_t code) {
  const auto byte = [&](uint32_t value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
  if (code < 0x80) return byte(code);
  if (code < 0x800) {
    byte(0xC0U | code >> 6U);
  } else if (code < 0x10000) {
    byte(0xE0U | code >> 12U);
    byte(0x80U | (code >> 6U & 0x3FU));
  } else {
    byte(0xF0U | code >> 18U);
    byte(0x80U | (code >> 12U & 0x3FU));
    byte(0x80U | (code >> 6U & 0x3FU));
  }
  byte(0x80U | (code & 0x3FU));
}

class Decoder {
 public:
  explicit Decoder(std::string_view literal) : literal_(literal) {}

  SqlResult<std::string> Run() && {
    const std::string_view body = Body();
    end_ = at_ + body.size();
    while (at_ < end_) {
      if (literal_[at_] == '\\' && !raw_) {
        RETURN_IF_ERROR(Escape());
      } else {
        Copy();
      }
    }
    return std::move(out_);
  }

 private:
  // Reads the prefix and the opening quote; what is between the quotes.
  std::string_view Body() {
    for (; literal_[at_] != '\'' && literal_[at_] != '"' && literal_[at_] != '`'; ++at_) {
      (literal_[at_] == 'r' || literal_[at_] == 'R' ? raw_ : bytes_) = true;
    }
    const char quote = literal_[at_];
    const size_t left = literal_.size() - at_;
    const bool triple = quote != '`' && left >= 6 && literal_[at_ + 1] == quote && literal_[at_ + 2] == quote;
    const size_t width = triple ? 3 : 1;
    at_ += width;
    return literal_.substr(at_, left - 2 * width);
  }

  // One byte; line ends of all kinds become \n.
  void Copy() {
    const char c = literal_[at_++];
    if (c == '\r') {
      if (at_ < end_ && literal_[at_] == '\n') ++at_;
      out_ += '\n';
      return;
    }
    out_ += c;
  }

  SqlError Illegal(std::string what) const {
    return InvalidSql("Syntax error: " + std::move(what), static_cast<uint32_t>(at_));
  }

  // The number of exactly `count` digits from `from`.
  std::optional<uint32_t> Number(size_t from, size_t count, uint32_t base) const {
    if (from + count > end_) return std::nullopt;
    uint32_t number = 0;
    for (const char c : literal_.substr(from, count)) {
      const auto digit = DigitValue(c, base);
      if (!digit) return std::nullopt;
      number = number * base + *digit;
    }
    return number;
  }

  SqlStatus Escape() {
    constexpr std::string_view kNames = "abfnrtv\\?\"'`";
    constexpr std::string_view kValues = "\a\b\f\n\r\t\v\\?\"'`";
    const char name = literal_[at_ + 1];  // the lexer lets no backslash stand before the closing quote
    if (const size_t place = kNames.find(name); place != std::string_view::npos) {
      out_ += kValues[place];
      at_ += 2;
      return Nothing();
    }
    if (name == 'x' || name == 'X') return ByteEscape(2, 2, 16);
    if (name >= '0' && name <= '3') return ByteEscape(1, 3, 8);
    if (name == 'u') return CodePointEscape(4);
    if (name == 'U') return CodePointEscape(8);
    size_t length = 2;
    while (at_ + length < end_ && (static_cast<unsigned char>(literal_[at_ + length]) & 0xC0U) == 0x80U) ++length;
    return Illegal("Illegal escape sequence: " + std::string(literal_.substr(at_, length)));
  }

  // \xhh and \ooo: in strings a code point, in bytes a byte.
  SqlStatus ByteEscape(size_t skip, size_t digits, uint32_t base) {
    const auto number = Number(at_ + skip, digits, base);
    if (!number) {
      const std::string kind = base == 16 ? "Hex escape must be followed by 2 hex digits"
                                          : "Octal escape must be followed by 3 octal digits";
      return Illegal("Illegal escape sequence: " + kind + " but saw: " + std::string(literal_.substr(at_, end_ - at_)));
    }
    if (bytes_) {
      out_ += static_cast<char>(static_cast<unsigned char>(*number));
    } else {
      AppendUtf8(out_, *number);
    }
    at_ += skip + digits;
    return Nothing();
  }

  SqlStatus CodePointEscape(size_t digits) {
    const std::string sequence(literal_.substr(at_, std::min(digits + 2, end_ - at_)));
    if (bytes_) return Illegal("Illegal escape sequence: Unicode escape " + sequence + " cannot be used in bytes literals");
    const auto number = Number(at_ + 2, digits, 16);
    if (!number) {
      return Illegal("Illegal escape sequence: " + sequence.substr(0, 2) + " must be followed by " +
                     std::to_string(digits) + " hex digits but saw: " + sequence);
    }
    const bool surrogate = *number >= 0xD800 && *number <= 0xDFFF;
    if (surrogate || *number > kLastCodePoint) {
      return Illegal("Illegal escape sequence: Unicode value " + sequence + " is invalid");
    }
    AppendUtf8(out_, *number);
    at_ += digits + 2;
    return Nothing();
  }

  std::string_view literal_;
  bool raw_ = false;
  bool bytes_ = false;
  size_t at_ = 0;
  size_t end_ = 0;
  std::string out_;
};

void AppendHex(std::string& out, unsigned char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += "\\x";
  out += kHex[c >> 4U];
  out += kHex[c & 0xFU];
}

// `value` between two `quote`s. Bytes from 0x80 are kept as they are (UTF-8) or written as \x.
std::string Quote(std::string_view value, char quote, bool bytes) {
  std::string out(1, quote);
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == quote || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7F || (bytes && byte >= 0x80)) {
      AppendHex(out, byte);
    } else {
      out += c;
    }
  }
  return out + quote;
}

}  // namespace

SqlResult<std::string> DecodeLiteral(std::string_view literal) { return Decoder(literal).Run(); }

std::string QuoteString(std::string_view value) { return Quote(value, '"', false); }
std::string QuoteBytes(std::string_view value) { return "b" + Quote(value, '"', true); }
std::string QuoteName(std::string_view name) { return Quote(name, '`', false); }

}  // namespace casebook::sql
