#include "queries/parameter.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "analysis/civil.h"
#include "analysis/numeric_text.h"
#include "base/utf8.h"
#include "schema/table.h"
#include "sql/parser.h"

namespace casebook {
namespace {

constexpr auto kTypeNames = std::to_array<std::pair<std::string_view, TypeKind>>({
    {"INT64", TypeKind::kInt64},
    {"INTEGER", TypeKind::kInt64},
    {"INT", TypeKind::kInt64},
    {"SMALLINT", TypeKind::kInt64},
    {"BIGINT", TypeKind::kInt64},
    {"TINYINT", TypeKind::kInt64},
    {"BYTEINT", TypeKind::kInt64},
    {"FLOAT64", TypeKind::kFloat64},
    {"FLOAT", TypeKind::kFloat64},
    {"DOUBLE", TypeKind::kFloat64},
    {"NUMERIC", TypeKind::kNumeric},
    {"DECIMAL", TypeKind::kNumeric},
    {"BIGNUMERIC", TypeKind::kBigNumeric},
    {"BIGDECIMAL", TypeKind::kBigNumeric},
    {"BOOL", TypeKind::kBool},
    {"BOOLEAN", TypeKind::kBool},
    {"STRING", TypeKind::kString},
    {"BYTES", TypeKind::kBytes},
    {"DATE", TypeKind::kDate},
    {"DATETIME", TypeKind::kDatetime},
    {"TIME", TypeKind::kTime},
    {"TIMESTAMP", TypeKind::kTimestamp},
    {"INTERVAL", TypeKind::kInterval},
    {"JSON", TypeKind::kJson},
});

Result<Type> ToType(const sql::TypeName& name) {
  if (name.kind == sql::TypeNameKind::kStruct) {
    std::vector<Type::Field> fields;
    for (const auto& field : name.fields) {
      ASSIGN_OR_RETURN(Type type, ToType(field.type));
      fields.push_back({field.name ? field.name->text : "", std::move(type)});
    }
    return Type::Struct(std::move(fields));
  }
  if (name.kind == sql::TypeNameKind::kArray || name.kind == sql::TypeNameKind::kRange) {
    ASSIGN_OR_RETURN(Type element, ToType(name.fields.at(0).type));
    if (name.kind == sql::TypeNameKind::kRange) return Type::Range(std::move(element));
    if (element.IsArray()) return Invalid("an ARRAY of ARRAY is no type");
    return Type::Array(std::move(element));
  }
  for (const auto& [text, kind] : kTypeNames) {
    if (name.name.names.size() == 1 && EqualIgnoringCase(name.name.names[0].text, text)) return Type(kind);
  }
  std::string path;
  for (const auto& part : name.name.names) path += (path.empty() ? "" : ".") + part.text;
  return Invalid("unknown type " + path);
}

Error BadValue(const Type& type, std::string_view text) {
  return Invalid("cannot read \"" + std::string(text) + "\" as " + type.ToString());
}

std::string_view Trimmed(std::string_view text) {
  const auto is_space = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// `<charconv>` takes no plus sign.
std::string_view WithoutPlus(std::string_view text) {
  return text.size() > 1 && text[0] == '+' && text[1] != '-' ? text.substr(1) : text;
}

std::optional<int64_t> ReadInt64(std::string_view text) {
  text = WithoutPlus(text);
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> ReadFloat64(std::string_view text) {
  text = WithoutPlus(text);  // from_chars knows inf, infinity and nan, in any case
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<bool> ReadBool(std::string_view text) {
  if (EqualIgnoringCase(text, "true")) return true;
  if (EqualIgnoringCase(text, "false")) return false;
  return std::nullopt;
}

// Digits with at most one point and an exponent → plain digits without needless zeros; nullopt where it is none, or
// where it has more digits than the type.
std::optional<std::string> ReadDecimal(std::string_view text, size_t max_whole, size_t max_fraction) {
  constexpr int64_t kMaxExponent = 1000;
  std::string digits;
  int64_t point = -1;
  const bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  int64_t exponent = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c >= '0' && c <= '9') {
      digits.push_back(c);
    } else if (c == '.' && point < 0) {
      point = static_cast<int64_t>(digits.size());
    } else if (c == 'e' || c == 'E') {
      const auto read = ReadInt64(text.substr(i + 1));
      if (!read || *read > kMaxExponent || *read < -kMaxExponent) return std::nullopt;
      exponent = *read;
      break;
    } else {
      return std::nullopt;
    }
  }
  if (digits.empty()) return std::nullopt;
  int64_t whole = (point < 0 ? static_cast<int64_t>(digits.size()) : point) + exponent;
  if (whole < 0) {
    digits.insert(0, static_cast<size_t>(-whole), '0');
    whole = 0;
  }
  if (whole > static_cast<int64_t>(digits.size())) digits.append(static_cast<size_t>(whole) - digits.size(), '0');
  std::string integral = digits.substr(0, static_cast<size_t>(whole));
  std::string fraction = digits.substr(static_cast<size_t>(whole));
  integral.erase(0, std::min(integral.find_first_not_of('0'), integral.size()));
  fraction.erase(fraction.find_last_not_of('0') + 1);
  if (integral.size() > max_whole || fraction.size() > max_fraction) return std::nullopt;
  const bool is_zero = integral.empty() && fraction.empty();
  return (negative && !is_zero ? "-" : "") + (integral.empty() ? "0" : integral) +
         (fraction.empty() ? "" : "." + fraction);
}

std::optional<std::string> ReadBase64(std::string_view text) {
  std::string bytes;
  uint32_t group = 0;
  int bits = 0;
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  for (const char c : text) {
    uint32_t digit = 0;
    if (c >= 'A' && c <= 'Z') {
      digit = static_cast<uint32_t>(c - 'A');
    } else if (c >= 'a' && c <= 'z') {
      digit = static_cast<uint32_t>(c - 'a') + 26U;
    } else if (c >= '0' && c <= '9') {
      digit = static_cast<uint32_t>(c - '0') + 52U;
    } else if (c == '+' || c == '-') {
      digit = 62U;
    } else if (c == '/' || c == '_') {
      digit = 63U;
    } else {
      return std::nullopt;
    }
    group = group << 6U | digit;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push_back(static_cast<char>(group >> static_cast<unsigned>(bits) & 0xFFU));
    }
  }
  return text.size() % 4 == 1 ? std::nullopt : std::optional(bytes);
}

// `Y-M D H:M:S[.F]`, each part with its own sign.
std::optional<IntervalParts> ReadInterval(std::string_view text) {
  const auto take_sign = [&] {
    const bool negative = !text.empty() && text[0] == '-';
    if (negative) text.remove_prefix(1);
    return negative ? int64_t{-1} : int64_t{1};
  };
  bool sound = true;
  const auto take_number = [&](char end) {
    const size_t length = end == '\0' ? text.size() : std::min(text.find(end), text.size());
    const auto number = ReadInt64(text.substr(0, length));
    sound = sound && number && *number >= 0 && (end == '\0' || length < text.size());
    text.remove_prefix(std::min(length + 1, text.size()));
    return number.value_or(0);
  };
  IntervalParts parts;
  const int64_t months_sign = take_sign();
  const int64_t years = take_number('-');
  parts.months = months_sign * (years * 12 + take_number(' '));
  const int64_t days_sign = take_sign();
  parts.days = days_sign * take_number(' ');
  const int64_t time_sign = take_sign();
  const int64_t hours = take_number(':');
  const int64_t minutes = take_number(':');
  const auto seconds = ReadDecimal(text, 10, 6);
  if (!sound || !seconds || seconds->front() == '-') return std::nullopt;
  const double micros = std::round(std::stod(*seconds) * 1e6);
  parts.micros = time_sign * ((hours * 3600 + minutes * 60) * 1'000'000 + static_cast<int64_t>(micros));
  return parts;
}

Result<AnswerValue> ReadRange(const Type& type, std::string_view text) {
  if (text.size() < 2 || text.front() != '[' || text.back() != ')') return BadValue(type, text);
  const std::string_view inside = text.substr(1, text.size() - 2);
  const size_t comma = inside.find(',');
  if (comma == std::string_view::npos) return BadValue(type, text);
  AnswerValue::List bounds;
  for (const std::string_view bound : {Trimmed(inside.substr(0, comma)), Trimmed(inside.substr(comma + 1))}) {
    AnswerValue value;
    if (!EqualIgnoringCase(bound, "UNBOUNDED") && !EqualIgnoringCase(bound, "NULL")) {
      ASSIGN_OR_RETURN(value, ParseScalar(type.element(), bound));
    }
    bounds.push_back(std::move(value));
  }
  return AnswerValue(std::move(bounds));
}

template <typename T>
Result<AnswerValue> ValueOr(std::optional<T> value, const Type& type, std::string_view text) {
  if (!value) return BadValue(type, text);
  return AnswerValue(*std::move(value));
}

Result<AnswerValue> FieldsFromJson(const Type& type, const JsonTree& json) {
  AnswerValue::List values(type.fields().size());
  for (const auto& [name, member] : json.members) {
    bool is_known = false;
    for (size_t i = 0; i < values.size(); ++i) {
      if (!EqualIgnoringCase(type.fields()[i].name, name)) continue;
      ASSIGN_OR_RETURN(values[i], ValueFromJson(type.fields()[i].type, member));
      is_known = true;
    }
    if (!is_known) return Invalid("field \"" + name + "\" is not in " + type.ToString());
  }
  return AnswerValue(std::move(values));
}

}  // namespace

Result<Type> ParseTypeText(std::string_view text) {
  auto name = sql::ParseType(text);
  if (!name.ok()) return sql::ToError(text, name.error());
  return ToType(name.value());
}

Result<AnswerValue> ParseScalar(const Type& type, std::string_view text) {
  const std::string_view bare = Trimmed(text);
  switch (type.kind()) {
    case TypeKind::kInt64: return ValueOr(ReadInt64(bare), type, text);
    case TypeKind::kFloat64: return ValueOr(ReadFloat64(bare), type, text);
    case TypeKind::kNumeric: return ValueOr(ReadDecimal(bare, 29, 9), type, text);
    case TypeKind::kBigNumeric: {
      const auto number = ReadDecimal(bare, 39, 38);
      return ValueOr(number ? analysis::CanonicalBigNumeric(*number) : std::nullopt, type, text);
    }
    case TypeKind::kBool: return ValueOr(ReadBool(bare), type, text);
    case TypeKind::kString: return AnswerValue(std::string(text));
    case TypeKind::kBytes: return ValueOr(ReadBase64(bare), type, text);
    case TypeKind::kDate: return ValueOr(analysis::ParseDateText(bare), type, text);
    case TypeKind::kDatetime: return ValueOr(analysis::ParseDatetimeText(bare), type, text);
    case TypeKind::kTime: return ValueOr(analysis::ParseTimeText(bare), type, text);
    case TypeKind::kTimestamp:
      return ValueOr(analysis::ParseTimestampText(bare, *analysis::Zone::Find("UTC")), type, text);
    case TypeKind::kInterval: return ValueOr(ReadInterval(bare), type, text);
    case TypeKind::kRange: return ReadRange(type, bare);
    case TypeKind::kJson: {
      auto tree = ParseJsonTree(text);
      if (!tree.ok()) return tree.error();
      return AnswerValue(std::string(bare));
    }
    case TypeKind::kArray:
    case TypeKind::kStruct: {
      ASSIGN_OR_RETURN(const JsonTree tree, ParseJsonTree(text));
      return ValueFromJson(type, tree);
    }
  }
  Unreachable();
}

Result<AnswerValue> ValueFromJson(const Type& type, const JsonTree& json) {
  if (json.kind == JsonTree::Kind::kNull) return AnswerValue();
  if (type.IsArray()) {
    if (json.kind != JsonTree::Kind::kArray) return Invalid(type.ToString() + " takes a JSON list");
    AnswerValue::List values;
    for (const JsonTree& item : json.items) {
      ASSIGN_OR_RETURN(AnswerValue value, ValueFromJson(type.element(), item));
      values.push_back(std::move(value));
    }
    return AnswerValue(std::move(values));
  }
  if (type.IsStruct()) {
    if (json.kind != JsonTree::Kind::kObject) return Invalid(type.ToString() + " takes a JSON object");
    return FieldsFromJson(type, json);
  }
  switch (json.kind) {
    case JsonTree::Kind::kBool: return ParseScalar(type, json.boolean ? "true" : "false");
    case JsonTree::Kind::kNumber:
    case JsonTree::Kind::kString: return ParseScalar(type, json.text);
    default: return Invalid(type.ToString() + " takes a JSON string, number or boolean");
  }
}

Result<QueryParameter> ParseParameter(std::string_view text) {
  if (!IsValidUtf8(text)) return Invalid("the parameter is not valid UTF-8");
  const size_t first = text.find(':');
  const size_t second = first == std::string_view::npos ? first : text.find(':', first + 1);
  if (second == std::string_view::npos) {
    return Invalid("parameter \"" + std::string(text) + "\" is not spelt name:TYPE:value");
  }
  QueryParameter parameter;
  parameter.name = std::string(text.substr(0, first));
  const std::string_view type = text.substr(first + 1, second - first - 1);
  const std::string_view value = text.substr(second + 1);
  parameter.type = TypeKind::kString;
  const auto in_parameter = [&](const Error& error) {
    const std::string who = parameter.name.empty() ? "positional parameter" : "parameter \"" + parameter.name + "\"";
    return Error{error.code, who + ": " + error.message};
  };
  if (!Trimmed(type).empty()) {
    auto read = ParseTypeText(type);
    if (!read.ok()) return in_parameter(read.error());
    parameter.type = read.value();
  }
  if (value == "NULL") return parameter;
  auto read = ParseScalar(parameter.type, value);
  if (!read.ok()) return in_parameter(read.error());
  parameter.value = std::move(read).value();
  return parameter;
}

}  // namespace casebook
