// What a page of documentation shows for a value, compared by meaning: `[{pear, 3}, {apple, 2}]`, `b"\x00"`,
// `DATE '2020-01-01'`, `-1.97485753142`.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/civil.h"
#include "bench/conformance_judge.h"
#include "queries/parameter.h"
#include "schema/table.h"

namespace casebook::conformance {
namespace {

bool IsSpace(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }
bool IsQuote(char c) { return c == '"' || c == '\''; }

std::string Trimmed(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return std::string(text);
}

// Without one pair of quotes around it.
std::string Unquoted(const std::string& text) {
  if (text.size() < 2 || !IsQuote(text.front()) || text.front() != text.back()) return text;
  return text.substr(1, text.size() - 2);
}

// `\x00`, `\010`, `\n` as the bytes they stand for.
std::string Unescaped(std::string_view text) {
  std::string bytes;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      bytes.push_back(text[i]);
      continue;
    }
    const char c = text[++i];
    constexpr std::string_view kLetters = "abfnrtv";
    constexpr std::string_view kMeanings = "\a\b\f\n\r\t\v";
    if (c == 'x' && i + 2 < text.size()) {
      bytes.push_back(static_cast<char>(std::strtol(std::string(text.substr(i + 1, 2)).c_str(), nullptr, 16)));
      i += 2;
    } else if (c >= '0' && c <= '3' && i + 2 < text.size()) {
      bytes.push_back(static_cast<char>(std::strtol(std::string(text.substr(i, 3)).c_str(), nullptr, 8)));
      i += 2;
    } else {
      const size_t letter = kLetters.find(c);
      bytes.push_back(letter == std::string_view::npos ? c : kMeanings[letter]);
    }
  }
  return bytes;
}

// Each run of white space as one blank; without NUL, which no page shows.
std::string Squeezed(std::string_view text) {
  std::string squeezed;
  for (const char c : text) {
    if (c == '\0') continue;
    if (!IsSpace(c)) {
      squeezed.push_back(c);
    } else if (!squeezed.empty() && squeezed.back() != ' ') {
      squeezed.push_back(' ');
    }
  }
  return Trimmed(squeezed);
}

std::optional<double> ToNumber(const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || end != text.c_str() + text.size()) return std::nullopt;
  return value;
}

// Pages cut numbers: what they show must be the value within its last digit.
bool IsSameNumber(const std::string& text, const std::string& got) {
  constexpr int kMaxDigits = 15;
  const auto shown = ToNumber(text);
  const auto value = ToNumber(got);
  if (!shown || !value) return false;
  if (std::isnan(*shown) || std::isnan(*value)) return std::isnan(*shown) && std::isnan(*value);
  if (*shown == *value) return true;
  const std::string mantissa = text.substr(0, text.find_first_of("eE"));
  const auto digits = std::count_if(mantissa.begin(), mantissa.end(), [](char c) { return c >= '0' && c <= '9'; });
  const bool leading_zero = std::abs(*shown) < 1 && mantissa.find('.') != std::string::npos;
  const auto significant = std::clamp<long>(digits - (leading_zero ? 1 : 0), 1, kMaxDigits);
  if (significant < 3) return false;  // an integer or 0.5 is not cut
  return std::abs(*shown - *value) <= std::abs(*value) * 1.01 * std::pow(10.0, 1.0 - static_cast<double>(significant));
}

bool IsSameJson(const std::string& text, const std::string& got) {
  const Json a = Json::parse(text, nullptr, false);
  const Json b = Json::parse(got, nullptr, false);
  if (!a.is_discarded() && a == b) return true;
  if (a.is_number() && b.is_number()) return IsSameNumber(text, got);
  return b.is_string() && b.get<std::string>() == Unquoted(text);
}

bool IsSameText(const std::string& text, const std::string& got) {
  if (text == got || Unquoted(text) == got || Squeezed(Unquoted(text)) == Squeezed(got)) return true;
  if (Unescaped(text) == got) return true;
  const bool compound = text.starts_with("{") || text.starts_with("[");
  return compound && IsSameJson(text, got);
}

bool AreSameBytes(const std::string& text, const Json& got) {
  const std::string base64 = got.at("b64");
  auto value = ParseScalar(TypeKind::kBytes, base64);
  if (!value.ok()) return false;
  const std::string& bytes = value->text();
  const bool literal = text.size() > 2 && (text[0] == 'b' || text[0] == 'B') && IsQuote(text[1]);
  const std::string inner = Unquoted(literal ? text.substr(1) : text);
  return inner == bytes || inner == base64 || Unescaped(inner) == bytes;
}

bool IsSameInstant(const std::string& text, const std::string& got, const std::string& zone_name) {
  const analysis::Zone* zone = analysis::Zone::Find(zone_name);
  const analysis::Zone* utc = analysis::Zone::Find("UTC");
  if (zone == nullptr || utc == nullptr) return false;
  const auto instant = analysis::ParseTimestampText(got, *utc);
  if (const auto time = analysis::ParseTimeText(text)) {  // the time of day alone
    return instant && (zone->ToLocal(*instant) - *time) % analysis::kDayMicros == 0;
  }
  return instant && instant == analysis::ParseTimestampText(text, *zone);
}

// `DATE '2020-01-01'` as `2020-01-01`.
std::string WithoutTypeWord(const std::string& text) {
  const size_t blank = text.find(' ');
  if (blank == std::string::npos || blank + 1 >= text.size() || !IsQuote(text[blank + 1])) return text;
  return Unquoted(text.substr(blank + 1));
}

// The items between the outermost brackets, separated by commas, or by lines where there is no comma.
std::vector<std::string> Items(const std::string& text) {
  std::string_view inner = text;
  const bool bracketed = !inner.empty() && std::string_view("[{(").find(inner.front()) != std::string_view::npos &&
                         std::string_view("]})").find(inner.back()) != std::string_view::npos;
  if (bracketed) inner = inner.substr(1, inner.size() - 2);
  const auto split_at = [&](char separator) {
    std::vector<std::string> items(1);
    int depth = 0;
    char quote = 0;
    for (const char c : inner) {
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (IsQuote(c) && (items.back().empty() || IsSpace(items.back().back()))) {
        quote = c;
      } else if (c == '[' || c == '{' || c == '(') {
        ++depth;
      } else if (c == ']' || c == '}' || c == ')') {
        --depth;
      } else if (c == separator && depth == 0) {
        items.emplace_back();
        continue;
      }
      items.back().push_back(c);
    }
    return items;
  };
  std::vector<std::string> items = split_at(',');
  if (items.size() == 1) items = split_at('\n');
  for (std::string& item : items) item = Trimmed(item);
  std::erase(items, "");
  return items;
}

bool AreSameItems(const std::vector<std::string>& items, const Json& element, const Json& got,
                  const std::string& time_zone) {
  if (items.empty() && got.size() == 1 && got[0] == "") return true;  // an empty text shows nothing
  if (items.size() != got.size()) return false;
  for (size_t i = 0; i < items.size(); ++i) {
    if (!MeansTheSame(element, items[i], got[i], time_zone)) return false;
  }
  return true;
}

// A field is shown as `3`, `x: 3` or `3 x`.
bool IsSameField(const Json& field, const std::string& item, const Json& got, const std::string& time_zone) {
  if (MeansTheSame(field[1], item, got, time_zone)) return true;
  const size_t colon = item.find(':');
  if (colon != std::string::npos && MeansTheSame(field[1], item.substr(colon + 1), got, time_zone)) return true;
  if (item == field[0]) return got == "";  // an empty text in front of its name
  const size_t blank = item.rfind(' ');
  return blank != std::string::npos && MeansTheSame(field[1], item.substr(0, blank), got, time_zone);
}

bool IsSameStruct(const Json& fields, const std::string& text, const Json& got, const std::string& time_zone) {
  const std::vector<std::string> items = Items(text);
  if (items.size() != got.size()) return false;
  for (size_t i = 0; i < items.size(); ++i) {
    if (!IsSameField(fields[i], items[i], got[i], time_zone)) return false;
  }
  return true;
}

bool IsNullWord(const std::string& text) {
  return text.empty() || EqualIgnoringCase(text, "null") || EqualIgnoringCase(text, "(null)") ||
         EqualIgnoringCase(text, "unbounded");
}

}  // namespace

bool MeansTheSame(const Json& type, const std::string& shown, const Json& got, const std::string& time_zone) {
  const std::string text = Trimmed(shown);
  if (got.is_null()) return IsNullWord(text);
  if (type.is_object()) {
    if (type.contains("array") && IsNullWord(text)) return got.at("a").empty();
    if (type.contains("array")) return AreSameItems(Items(text), type["array"], got.at("a"), time_zone);
    if (type.contains("range")) return AreSameItems(Items(text), type["range"], got.at("range"), time_zone);
    return IsSameStruct(type["struct"], text, got, time_zone);
  }
  if (type == "BYTES") return AreSameBytes(text, got);
  const std::string value = got.is_string() ? got.get<std::string>() : got.dump();
  if (type == "STRING") return shown == value || IsSameText(text, value);
  if (type == "JSON") return text == value || IsSameJson(text, value) || IsSameJson(Unquoted(text), value);
  const std::string plain = Unquoted(WithoutTypeWord(text));
  if (type == "INT64") return plain == value;
  if (type == "BOOL") return EqualIgnoringCase(plain, value);
  if (type == "FLOAT64" || type == "NUMERIC" || type == "BIGNUMERIC") return IsSameNumber(plain, value);
  if (type == "TIMESTAMP") return IsSameInstant(plain, value, time_zone);
  if (type == "DATETIME") {
    const auto instant = analysis::ParseDatetimeText(plain);
    return instant && instant == analysis::ParseDatetimeText(value);
  }
  if (type == "TIME") {
    const auto instant = analysis::ParseTimeText(plain);
    return instant && instant == analysis::ParseTimeText(value);
  }
  return WithoutFractionZeros(plain) == WithoutFractionZeros(value);
}

}  // namespace casebook::conformance
