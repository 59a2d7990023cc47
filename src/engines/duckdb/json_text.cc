#include "engines/duckdb/json_text.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>

#include "engines/duckdb/text_ops.h"

namespace casebook::engines {

Json::Json() = default;
Json::Json(Kind its_kind, std::string its_text, std::vector<Json> its_elements,
           std::vector<std::pair<std::string, Json>> its_members)
    : kind(its_kind), text(std::move(its_text)), elements(std::move(its_elements)), members(std::move(its_members)) {}
Json::Json(const Json& other) = default;
Json::Json(Json&& other) noexcept = default;
Json& Json::operator=(const Json& other) = default;
Json& Json::operator=(Json&& other) noexcept = default;
Json::~Json() = default;

namespace {

// Strict reading is RFC 8259; lenient reading is what JSON in a STRING is given.
enum class Rigour { kStrict, kLenient };

class JsonReader {
 public:
  JsonReader(std::string_view text, Rigour rigour)
      : text_(text), lenient_(rigour == Rigour::kLenient), max_depth_(lenient_ ? kMaxJsonTextDepth : kMaxJsonDepth) {}

  std::optional<Json> Whole() {
    auto json = Prefix();
    Space();
    if (!text_.empty()) return std::nullopt;
    return json;
  }

  std::optional<Json> Prefix() {
    Json json;
    if (!Value(&json, 0)) return std::nullopt;
    return json;
  }

  // Reads on until the value at `steps` begins.
  bool Find(const std::vector<JsonStep>& steps, size_t done, int depth) {
    Space();
    if (done == steps.size()) return !text_.empty();
    if (depth > max_depth_) return TooDeep();
    const JsonStep& step = steps[done];
    if (Take("{")) {
      return EachMember([&](const std::string& key) { return key == step.key; }, steps, done, depth);
    }
    if (step.is_index && Take("[")) return FindElement(steps, done, depth);
    Value(nullptr, depth);
    return false;
  }

  std::string_view rest() const { return text_; }
  bool too_deep() const { return too_deep_; }
  bool broken() const { return broken_; }

 private:
  bool Broken() {
    broken_ = true;
    return false;
  }
  bool TooDeep() {
    too_deep_ = true;
    return Broken();
  }
  void Space() {
    while (!text_.empty() && (text_.front() == ' ' || text_.front() == '\t' || text_.front() == '\n' || text_.front() == '\r')) {
      text_.remove_prefix(1);
    }
  }
  bool Take(std::string_view word) {
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }

  template <typename Wanted>
  bool EachMember(const Wanted& wanted, const std::vector<JsonStep>& steps, size_t done, int depth) {
    Space();
    if (Take("}")) return false;
    while (true) {
      Space();
      if (lenient_ && Take("}")) return false;
      std::string key;
      if (!String(&key)) return Broken();
      Space();
      if (!Take(":")) return Broken();
      if (wanted(key)) {
        if (Find(steps, done + 1, depth + 1)) return true;
      } else {
        Value(nullptr, depth + 1);
      }
      if (broken_) return false;
      Space();
      if (Take("}")) return false;
      if (!Take(",")) return Broken();
    }
  }
  bool FindElement(const std::vector<JsonStep>& steps, size_t done, int depth) {
    Space();
    if (Take("]")) return false;
    for (size_t i = 0;; ++i) {
      Space();
      if (lenient_ && Take("]")) return false;
      if (i == steps[done].index) {
        if (Find(steps, done + 1, depth + 1)) return true;
      } else {
        Value(nullptr, depth + 1);
      }
      if (broken_) return false;
      Space();
      if (Take("]")) return false;
      if (!Take(",")) return Broken();
    }
  }

  // Reads a value into `json`, or past it where that is null.
  bool Value(Json* json, int depth) {
    if (depth > max_depth_) return TooDeep();
    Space();
    if (text_.empty()) return Broken();
    const auto kind = [&](Json::Kind is) {
      if (json != nullptr) json->kind = is;
    };
    switch (text_.front()) {
      case '{': kind(Json::Kind::kObject); return Object(json, depth) || Broken();
      case '[': kind(Json::Kind::kArray); return Array(json, depth) || Broken();
      case '"':
      case '\'': kind(Json::Kind::kString); return String(json == nullptr ? nullptr : &json->text) || Broken();
      case 't':
      case 'f': {
        kind(Json::Kind::kBool);
        const std::string_view word = text_.front() == 't' ? "true" : "false";
        if (json != nullptr) json->text = word;
        return Take(word) || Broken();
      }
      case 'n': return Take("null") || Broken();
      default: kind(Json::Kind::kNumber); return Number(json) || Broken();
    }
  }
  bool Object(Json* json, int depth) {
    Take("{");
    Space();
    if (Take("}")) return true;
    while (true) {
      Space();
      if (lenient_ && Take("}")) return true;
      std::string key;
      if (!String(json == nullptr ? nullptr : &key)) return false;
      Space();
      if (!Take(":")) return false;
      Json* value = json == nullptr ? nullptr : &json->members.emplace_back(std::move(key), Json()).second;
      if (!Value(value, depth + 1)) return false;
      Space();
      if (Take("}")) return true;
      if (!Take(",")) return false;
    }
  }
  bool Array(Json* json, int depth) {
    Take("[");
    Space();
    if (Take("]")) return true;
    while (true) {
      Space();
      if (lenient_ && Take("]")) return true;
      if (!Value(json == nullptr ? nullptr : &json->elements.emplace_back(), depth + 1)) return false;
      Space();
      if (Take("]")) return true;
      if (!Take(",")) return false;
    }
  }
  size_t Digits(size_t at) const {
    while (at < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at])) != 0) ++at;
    return at;
  }
  bool Number(Json* json) {
    size_t at = text_.starts_with("-") ? 1 : 0;
    size_t whole = Digits(at);
    if (whole == at) return false;
    if (text_[at] == '0' && whole > at + 1) {
      if (!lenient_) return false;
      whole = at + 1;
    }
    at = whole;
    if (at < text_.size() && text_[at] == '.') {
      const size_t fraction = Digits(at + 1);
      if (fraction == at + 1) return false;
      at = fraction;
    }
    if (at < text_.size() && (text_[at] == 'e' || text_[at] == 'E')) {
      size_t exponent = at + 1;
      if (exponent < text_.size() && (text_[exponent] == '+' || text_[exponent] == '-')) ++exponent;
      at = Digits(exponent);
      if (at == exponent) return false;
    }
    if (json != nullptr) json->text = text_.substr(0, at);
    text_.remove_prefix(at);
    return true;
  }
  bool Hex(uint32_t& value) {
    if (text_.size() < 4) return false;
    value = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = text_[static_cast<size_t>(i)];
      if (std::isxdigit(static_cast<unsigned char>(c)) == 0) return false;
      value = value * 16 + static_cast<uint32_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    text_.remove_prefix(4);
    return true;
  }
  bool Escape(std::string& out) {
    if (text_.empty()) return false;
    const char c = text_.front();
    text_.remove_prefix(1);
    switch (c) {
      case '"':
      case '\\':
      case '/': out += c; return true;
      case 'b': out += '\b'; return true;
      case 'f': out += '\f'; return true;
      case 'n': out += '\n'; return true;
      case 'r': out += '\r'; return true;
      case 't': out += '\t'; return true;
      case 'u': break;
      case 'x': return false;
      default: out += c; return lenient_;
    }
    uint32_t point = 0;
    if (!Hex(point)) return false;
    if (point >= 0xD800 && point < 0xDC00) {
      uint32_t low = 0;
      if (Take("\\u") && Hex(low) && low >= 0xDC00 && low < 0xE000) {
        point = 0x10000 + ((point - 0xD800) << 10U) + (low - 0xDC00);
      } else {
        if (!lenient_) return false;
        point = 0xFFFD;
      }
    } else if (point >= 0xDC00 && point < 0xE000) {
      if (!lenient_) return false;
      point = 0xFFFD;
    }
    AppendCodePoint(out, point);
    return true;
  }
  bool String(std::string* out) {
    const char quote = lenient_ && text_.starts_with("'") ? '\'' : '"';
    if (text_.empty() || text_.front() != quote) return false;
    text_.remove_prefix(1);
    std::string skipped;
    while (!text_.empty()) {
      // What needs no care goes as a whole.
      size_t plain = 0;
      while (plain < text_.size() && text_[plain] != quote && text_[plain] != '\\' &&
             (lenient_ || static_cast<unsigned char>(text_[plain]) >= 0x20)) {
        ++plain;
      }
      if (out != nullptr) out->append(text_.substr(0, plain));
      text_.remove_prefix(plain);
      if (text_.empty()) return false;
      const char c = text_.front();
      text_.remove_prefix(1);
      if (c == quote) return true;
      if (c != '\\') return false;
      if (!Escape(out == nullptr ? skipped : *out)) return false;
    }
    return false;
  }

  std::string_view text_;
  bool lenient_;
  int max_depth_;
  bool broken_ = false;
  bool too_deep_ = false;
};

bool CanonicalNumber(std::string& text, WideNumbers wide, std::string& why) {
  const char* end = text.data() + text.size();
  if (text.find_first_of(".eE") == std::string::npos) {
    int64_t whole = 0;
    uint64_t large = 0;
    if (std::from_chars(text.data(), end, whole).ec == std::errc()) {
      text = std::to_string(whole);
      return true;
    }
    if (text.front() != '-' && std::from_chars(text.data(), end, large).ec == std::errc()) return true;
  }
  const double value = std::strtod(text.c_str(), nullptr);
  if (std::isinf(value)) {
    why = "number overflow parsing '" + text + "'";
    return false;
  }
  std::string canonical = JsonNumberText(value);
  if (wide == WideNumbers::kExact && DecimalOf(text) != DecimalOf(canonical)) {
    why = "Input number: " + text + " cannot round-trip through string representation";
    return false;
  }
  text = std::move(canonical);
  return true;
}

class JsonWriter {
 public:
  JsonWriter(std::string& out, bool pretty, bool separators) : out_(out), pretty_(pretty), separators_(separators) {}

  void Write(const Json& json) {
    switch (json.kind) {
      case Json::Kind::kNull: out_ += "null"; return;
      case Json::Kind::kBool:
      case Json::Kind::kNumber: out_ += json.text; return;
      case Json::Kind::kString: Quote(json.text); return;
      case Json::Kind::kArray:
        Each('[', json.elements.size(), ']', [&](size_t i) { Write(json.elements[i]); });
        return;
      case Json::Kind::kObject:
        Each('{', json.members.size(), '}', [&](size_t i) {
          Quote(json.members[i].first);
          out_ += pretty_ ? ": " : ":";
          Write(json.members[i].second);
        });
        return;
    }
  }

  void Quote(std::string_view text) {
    out_ += '"';
    for (size_t i = 0; i < text.size(); ++i) {
      const auto c = static_cast<unsigned char>(text[i]);
      switch (c) {
        case '"': out_ += "\\\""; break;
        case '\\': out_ += "\\\\"; break;
        case '\b': out_ += "\\b"; break;
        case '\f': out_ += "\\f"; break;
        case '\n': out_ += "\\n"; break;
        case '\r': out_ += "\\r"; break;
        case '\t': out_ += "\\t"; break;
        default:
          if (c < 0x20) {
            char buffer[8];
            std::snprintf(buffer, sizeof buffer, "\\u%04x", static_cast<unsigned>(c));
            out_ += buffer;
          } else if (separators_ && c == 0xE2 && (text.substr(i, 3) == "\u2028" || text.substr(i, 3) == "\u2029")) {
            out_ += text.substr(i, 3) == "\u2028" ? "\\u2028" : "\\u2029";
            i += 2;
          } else {
            out_ += static_cast<char>(c);
          }
      }
    }
    out_ += '"';
  }

 private:
  template <typename One>
  void Each(char open, size_t count, char close, const One& one) {
    out_ += open;
    ++depth_;
    for (size_t i = 0; i < count; ++i) {
      if (i > 0) out_ += ',';
      NewLine();
      one(i);
    }
    --depth_;
    if (count > 0) NewLine();
    out_ += close;
  }
  void NewLine() {
    if (pretty_) out_.append("\n").append(2 * depth_, ' ');
  }

  std::string& out_;
  bool pretty_;
  bool separators_;
  size_t depth_ = 0;
};

// Takes a path apart from left to right.
class PathReader {
 public:
  PathReader(std::string_view path, bool legacy) : path_(path), legacy_(legacy) {}

  JsonPath Read() {
    JsonPath result;
    if (!path_.starts_with("$")) return {{}, "JSONPath must start with '$'"};
    if (const size_t unsupported = path_.find_first_of("*@"); unsupported != std::string_view::npos && !InQuotes(unsupported)) {
      return {{}, "Unsupported operator in JSONPath: " + std::string(1, path_[unsupported])};
    }
    if (path_.find("..") != std::string_view::npos && !InQuotes(path_.find(".."))) {
      return {{}, "Unsupported operator in JSONPath: .."};
    }
    path_.remove_prefix(1);
    while (!path_.empty()) {
      const std::string_view before = path_;
      JsonStep step;
      if (!(path_.front() == '.' ? Member(step) : path_.front() == '[' && Subscript(step))) {
        return {{}, "Invalid token in JSONPath at: " + std::string(before)};
      }
      result.steps.push_back(std::move(step));
    }
    return result;
  }

 private:
  bool InQuotes(size_t at) const {
    const char quote = legacy_ ? '\'' : '"';
    bool inside = false;
    for (size_t i = 0; i < at; ++i) {
      if (path_[i] == '\\') ++i;
      else if (path_[i] == quote) inside = !inside;
    }
    return inside;
  }
  bool Quoted(char quote, std::string& key) {
    path_.remove_prefix(1);
    while (!path_.empty() && path_.front() != quote) {
      if (path_.front() == '\\' && path_.size() > 1 && (path_[1] == quote || path_[1] == '\\')) path_.remove_prefix(1);
      key += path_.front();
      path_.remove_prefix(1);
    }
    if (path_.empty()) return false;
    path_.remove_prefix(1);
    return true;
  }
  bool Member(JsonStep& step) {
    path_.remove_prefix(1);
    if (!legacy_ && path_.starts_with("\"")) {
      if (!Quoted('"', step.key)) return false;
      ReadIndex(step);
      return true;
    }
    const size_t size = std::min(path_.find_first_of(".[]\"'$"), path_.size());
    step.key = path_.substr(0, size);
    path_.remove_prefix(size);
    if (!path_.empty() && path_.front() != '.' && path_.front() != '[') return false;
    return ReadIndex(step) || !step.key.empty();
  }
  bool Subscript(JsonStep& step) {
    path_.remove_prefix(1);
    step.in_brackets = true;
    Space();
    if (legacy_ && path_.starts_with("'")) {
      if (!Quoted('\'', step.key)) return false;
      ReadIndex(step);
    } else {
      const size_t size = std::min(path_.find_first_of("] \"'$"), path_.size());
      step.key = path_.substr(0, size);
      path_.remove_prefix(size);
      const bool is_number = ReadIndex(step) || (step.key.starts_with("-") && AllDigits(std::string_view(step.key).substr(1)));
      if (step.key.empty() || (!legacy_ && !is_number)) return false;
    }
    Space();
    if (!path_.starts_with("]")) return false;
    path_.remove_prefix(1);
    return true;
  }
  void Space() {
    while (path_.starts_with(" ")) path_.remove_prefix(1);
  }
  static bool AllDigits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  }
  // A number is an index where it meets an array; one beyond all arrays finds nothing.
  static bool ReadIndex(JsonStep& step) {
    if (!AllDigits(step.key)) return false;
    step.is_index = true;
    if (std::from_chars(step.key.data(), step.key.data() + step.key.size(), step.index).ec != std::errc()) step.index = SIZE_MAX;
    return true;
  }

  std::string_view path_;
  bool legacy_;
};

}  // namespace

Decimal DecimalOf(std::string_view text) {
  Decimal decimal;
  decimal.negative = text.starts_with("-");
  int64_t point = 0;
  bool after_point = false;
  size_t i = decimal.negative ? 1 : 0;
  for (; i < text.size() && text[i] != 'e' && text[i] != 'E'; ++i) {
    if (text[i] == '.') {
      after_point = true;
      continue;
    }
    decimal.digits += text[i];
    if (!after_point) ++point;
  }
  int64_t exponent = 0;
  if (i < text.size()) {
    const char* begin = text.data() + i + 1;
    if (*begin == '+') ++begin;
    std::from_chars(begin, text.data() + text.size(), exponent);
  }
  const size_t first = decimal.digits.find_first_not_of('0');
  if (first == std::string::npos) return {};
  decimal.digits.erase(decimal.digits.find_last_not_of('0') + 1);
  decimal.digits.erase(0, first);
  decimal.power = point - static_cast<int64_t>(first) + exponent;
  return decimal;
}

std::optional<Json> ReadJson(std::string_view text) { return JsonReader(text, Rigour::kStrict).Whole(); }

std::optional<Json> ReadJsonLeniently(std::string_view text, bool& too_deep) {
  JsonReader reader(text, Rigour::kLenient);
  auto json = reader.Prefix();
  too_deep = reader.too_deep();
  return json;
}

std::optional<Json> ParseCanonicalJson(std::string_view text, WideNumbers wide, std::string& why) {
  JsonReader reader(text, Rigour::kStrict);
  auto json = reader.Whole();
  if (!json) {
    const auto at = static_cast<size_t>(reader.rest().data() - text.data());
    why = reader.too_deep() ? "Max nesting of " + std::to_string(kMaxJsonDepth) + " has been exceeded while parsing"
                            : "syntax error while parsing value at byte " + std::to_string(at + 1);
    return std::nullopt;
  }
  if (!MakeCanonical(*json, wide, why)) return std::nullopt;
  return json;
}

bool MakeCanonical(Json& json, WideNumbers wide, std::string& why) {
  if (json.kind == Json::Kind::kNumber) return CanonicalNumber(json.text, wide, why);
  for (Json& element : json.elements) {
    if (!MakeCanonical(element, wide, why)) return false;
  }
  for (auto& [key, value] : json.members) {
    if (!MakeCanonical(value, wide, why)) return false;
  }
  const auto by_key = [](const auto& a, const auto& b) { return a.first < b.first; };
  std::stable_sort(json.members.begin(), json.members.end(), by_key);
  const auto same_key = [](const auto& a, const auto& b) { return a.first == b.first; };
  json.members.erase(std::unique(json.members.begin(), json.members.end(), same_key), json.members.end());
  return true;
}

std::string JsonNumberText(double value) {
  if (value == 0) return std::signbit(value) ? "-0.0" : "0.0";
  char buffer[40];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
  std::string_view shortest(buffer, static_cast<size_t>(end - buffer));
  const std::string sign = shortest.starts_with("-") ? "-" : "";
  if (!sign.empty()) shortest.remove_prefix(1);
  const size_t e = shortest.find('e');
  int exponent = 0;
  std::from_chars(shortest.data() + e + (shortest[e + 1] == '+' ? 2 : 1), end, exponent);
  std::string digits(shortest.substr(0, e));
  if (digits.size() > 1) digits.erase(1, 1);
  const auto count = static_cast<int>(digits.size());
  const int point = exponent + 1;  // digits in front of the point
  constexpr int kMaxWhole = 15;
  constexpr int kMinFraction = -4;
  if (count <= point && point <= kMaxWhole) return sign + digits + std::string(static_cast<size_t>(point - count), '0') + ".0";
  if (0 < point && point <= kMaxWhole) return sign + digits.insert(static_cast<size_t>(point), ".");
  if (kMinFraction < point && point <= 0) return sign + "0." + std::string(static_cast<size_t>(-point), '0') + digits;
  if (count > 1) digits.insert(1, ".");
  const std::string power = std::to_string(std::abs(exponent));
  return sign + digits + (exponent < 0 ? "e-" : "e+") + (power.size() < 2 ? "0" : "") + power;
}

std::string WriteJson(const Json& json) {
  std::string out;
  JsonWriter(out, false, false).Write(json);
  return out;
}

std::string WriteJsonString(const Json& json) {
  std::string out;
  JsonWriter(out, false, true).Write(json);
  return out;
}

std::string WritePrettyJson(const Json& json) {
  std::string out;
  JsonWriter(out, true, true).Write(json);
  return out;
}

std::string QuoteJson(std::string_view text) {
  std::string out;
  JsonWriter(out, false, false).Quote(text);
  return out;
}

std::string QuoteJsonString(std::string_view text) {
  std::string out;
  JsonWriter(out, false, true).Quote(text);
  return out;
}

JsonPath ReadJsonPath(std::string_view path, bool legacy) { return PathReader(path, legacy).Read(); }

const Json* FindJson(const Json& json, const std::vector<JsonStep>& steps) {
  const Json* at = &json;
  for (const JsonStep& step : steps) {
    const Json* next = nullptr;
    if (at->kind == Json::Kind::kObject) {
      for (const auto& [key, value] : at->members) {
        if (key == step.key) {
          next = &value;
          break;
        }
      }
    } else if (at->kind == Json::Kind::kArray && step.is_index && step.index < at->elements.size()) {
      next = &at->elements[step.index];
    }
    if (next == nullptr) return nullptr;
    at = next;
  }
  return at;
}

JsonPlace FindJsonText(std::string_view text, const std::vector<JsonStep>& steps) {
  JsonReader reader(text, Rigour::kLenient);
  if (reader.Find(steps, 0, 0)) return {reader.rest(), false};
  return {std::nullopt, reader.too_deep()};
}

}  // namespace casebook::engines
