#include "engines/duckdb/value_text.h"

#include <charconv>
#include <cmath>
#include <cstdio>

#include "analysis/interval.h"
#include "base/result.h"
#include "engines/duckdb/bignumeric.h"
#include "engines/duckdb/numeric.h"
#include "engines/duckdb/time_text.h"

namespace casebook::engines {
namespace {

using analysis::IntervalValue;

std::string Base64(std::string_view bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t three = 0;
    for (size_t j = 0; j < 3; ++j) three = (three << 8U) | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    for (size_t j = 0; j < 4; ++j) out += i + j > bytes.size() ? '=' : kDigits[(three >> (18U - 6U * j)) & 63U];
  }
  return out;
}

// `P1Y2M3DT4H5M6.5S`.
std::string IsoInterval(IntervalValue value) {
  std::string text = "P";
  const auto part = [&](int64_t number, const char* unit) {
    if (number != 0) text += std::to_string(number) + unit;
  };
  part(value.months / 12, "Y");
  part(value.months % 12, "M");
  part(value.days, "D");
  if (value.micros != 0) {
    text += 'T';
    constexpr int64_t kSecond = 1'000'000;
    part(value.micros / (3600 * kSecond), "H");
    part(value.micros / (60 * kSecond) % 60, "M");
    const int64_t rest = value.micros % (60 * kSecond);
    if (rest != 0) {
      const std::string fraction = TimeText(std::abs(rest) % kSecond).substr(8);
      text += (rest < 0 ? "-" : "") + std::to_string(std::abs(rest) / kSecond) + fraction.substr(0, fraction.find_last_not_of('0') + 1) + "S";
    }
  }
  return text == "P" ? "P0Y" : text;
}

template <typename T>
T At(const Cell& cell) {
  return static_cast<const T*>(duckdb_vector_get_data(cell.vector))[cell.row];
}
Numeric NumericAt(const Cell& cell) { return Slot<Numeric>::Read(duckdb_vector_get_data(cell.vector), cell.row); }
BigNumeric BigNumericAt(const Cell& cell) { return DecodeBigNumeric(cell.Text()); }
IntervalValue IntervalAt(const Cell& cell) { return Slot<IntervalValue>::Read(duckdb_vector_get_data(cell.vector), cell.row); }

template <typename One>
void EachElement(const Cell& cell, const One& one) {
  const auto entry = At<duckdb_list_entry>(cell);
  duckdb_vector child = duckdb_list_vector_get_child(cell.vector);
  for (uint64_t i = 0; i < entry.length; ++i) one(Cell{child, entry.offset + i});
}
Cell FieldOf(const Cell& cell, size_t i) { return {duckdb_struct_vector_get_child(cell.vector, i), cell.row}; }

Json Text(std::string text) { return {Json::Kind::kString, std::move(text), {}, {}}; }
Json Number(std::string text) { return {Json::Kind::kNumber, std::move(text), {}, {}}; }

// All whole numbers up to here are FLOAT64s too.
constexpr int64_t kExactInFloat = int64_t{1} << 53U;

Json IntJson(int64_t value, JsonNumbers numbers) {
  const bool wide = value > kExactInFloat || value < -kExactInFloat;
  std::string text = std::to_string(value);
  return wide && numbers != JsonNumbers::kForJson ? Text(std::move(text)) : Number(std::move(text));
}
Json FloatJson(double value, JsonNumbers numbers) {
  if (std::isnan(value)) return Text("NaN");
  if (std::isinf(value)) return Text(value > 0 ? "Infinity" : "-Infinity");
  return Number(numbers == JsonNumbers::kForString ? FloatText(value) : JsonNumberText(value == 0 ? 0 : value));
}
// Of NUMERIC and BIGNUMERIC; `text` is the number as CAST writes it.
Json DecimalJson(std::string text, JsonNumbers numbers) {
  const bool whole = text.find('.') == std::string::npos;
  int64_t integer = 0;
  const bool narrow = whole && std::from_chars(text.data(), text.data() + text.size(), integer).ec == std::errc() &&
                      integer <= kExactInFloat && integer >= -kExactInFloat;
  if (numbers == JsonNumbers::kForString) return narrow ? Number(std::move(text)) : Text(std::move(text));
  Json json = Number(text);
  std::string why;
  if (!MakeCanonical(json, numbers == JsonNumbers::kForJson ? WideNumbers::kRound : WideNumbers::kExact, why)) {
    return Text(std::move(text));
  }
  const bool wide_whole = whole && !narrow && json.text == text && numbers == JsonNumbers::kForJsonWideAsText;
  return wide_whole ? Text(std::move(text)) : json;
}

std::string PlainFloat(double value) {
  const std::string text = FormatFloatText(value);
  return text.find_first_of(".enaif") == std::string::npos ? text + ".0" : text;
}

std::string Escaped(std::string_view text, char quote, bool bytes) {
  std::string out;
  char buffer[8];
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '\\' || c == quote) {
      out += std::string("\\") + c;
    } else if (!bytes && c == '\n') {
      out += "\\n";
    } else if (!bytes && c == '\t') {
      out += "\\t";
    } else if (!bytes && c == '\r') {
      out += "\\r";
    } else if (code < 0x20 || code == 0x7F || (bytes && code > 0x7F)) {
      std::snprintf(buffer, sizeof buffer, "\\x%02x", static_cast<unsigned>(code));
      out += buffer;
    } else {
      out += c;
    }
  }
  return out;
}
char QuoteFor(std::string_view text) {
  return text.find('"') != std::string_view::npos && text.find('\'') == std::string_view::npos ? '\'' : '"';
}

// %t of BYTES escapes both quotes.
std::string PlainBytes(std::string_view bytes) {
  std::string out;
  for (const char c : Escaped(bytes, '"', true)) out += c == '\'' ? std::string("\\'") : std::string(1, c);
  return out;
}

std::string PrintScalar(const Cell& cell, TypeKind kind, bool literal) {
  const auto typed = [&](const char* type, const std::string& text) {
    return literal ? std::string(type) + " " + TextLiteral(text) : text;
  };
  switch (kind) {
    case TypeKind::kInt64: return std::to_string(At<int64_t>(cell));
    case TypeKind::kFloat64: {
      const auto value = At<double>(cell);
      if (literal && !std::isfinite(value)) return "CAST(\"" + FloatText(value) + "\" AS FLOAT64)";
      return PlainFloat(value);
    }
    case TypeKind::kNumeric: return typed("NUMERIC", NumericText(NumericAt(cell)));
    case TypeKind::kBigNumeric: return typed("BIGNUMERIC", BigNumericText(BigNumericAt(cell)));
    case TypeKind::kBool: return At<bool>(cell) ? "true" : "false";
    case TypeKind::kString: return literal ? TextLiteral(cell.Text()) : std::string(cell.Text());
    case TypeKind::kBytes: return literal ? BytesLiteral(cell.Text()) : PlainBytes(cell.Text());
    case TypeKind::kDate: return typed("DATE", DateText(At<int32_t>(cell)));
    case TypeKind::kDatetime: return typed("DATETIME", DatetimeText(At<int64_t>(cell), ' '));
    case TypeKind::kTime: return typed("TIME", TimeText(At<int64_t>(cell)));
    case TypeKind::kTimestamp: return typed("TIMESTAMP", DatetimeText(At<int64_t>(cell), ' ') + "+00");
    case TypeKind::kInterval: {
      const std::string text = analysis::IntervalText(IntervalAt(cell));
      return literal ? "INTERVAL \"" + text + "\" YEAR TO SECOND" : text;
    }
    case TypeKind::kJson: return literal ? JsonLiteral(cell.Text()) : std::string(cell.Text());
    case TypeKind::kArray:
    case TypeKind::kStruct:
    case TypeKind::kRange: break;
  }
  Unreachable();
}

}  // namespace

Json JsonOfCell(const Cell& cell, const Type& type, JsonNumbers numbers) {
  if (cell.IsNull()) return {};
  switch (type.kind()) {
    case TypeKind::kInt64: return IntJson(At<int64_t>(cell), numbers);
    case TypeKind::kFloat64: return FloatJson(At<double>(cell), numbers);
    case TypeKind::kNumeric: return DecimalJson(NumericText(NumericAt(cell)), numbers);
    case TypeKind::kBigNumeric: return DecimalJson(BigNumericText(BigNumericAt(cell)), numbers);
    case TypeKind::kBool: return {Json::Kind::kBool, At<bool>(cell) ? "true" : "false", {}, {}};
    case TypeKind::kString: return Text(std::string(cell.Text()));
    case TypeKind::kBytes: return Text(Base64(cell.Text()));
    case TypeKind::kDate: return Text(DateText(At<int32_t>(cell)));
    case TypeKind::kDatetime: return Text(DatetimeText(At<int64_t>(cell), 'T'));
    case TypeKind::kTime: return Text(TimeText(At<int64_t>(cell)));
    case TypeKind::kTimestamp: return Text(DatetimeText(At<int64_t>(cell), 'T') + "Z");
    case TypeKind::kInterval: return Text(IsoInterval(IntervalAt(cell)));
    case TypeKind::kJson: return ReadJson(cell.Text()).value_or(Json());
    case TypeKind::kArray: {
      Json json{Json::Kind::kArray, {}, {}, {}};
      EachElement(cell, [&](const Cell& element) { json.elements.push_back(JsonOfCell(element, type.element(), numbers)); });
      return json;
    }
    case TypeKind::kStruct: {
      Json json{Json::Kind::kObject, {}, {}, {}};
      for (size_t i = 0; i < type.fields().size(); ++i) {
        json.members.emplace_back(type.fields()[i].name, JsonOfCell(FieldOf(cell, i), type.fields()[i].type, numbers));
      }
      return json;
    }
    case TypeKind::kRange: break;
  }
  Unreachable();
}

std::string PrintCell(const Cell& cell, const Type& type, PrintForm form) {
  if (cell.IsNull()) return "NULL";
  if (type.IsArray()) {
    std::string text = "[";
    EachElement(cell, [&](const Cell& element) {
      text += (text.size() > 1 ? ", " : "") + PrintCell(element, type.element(), form);
    });
    return text + "]";
  }
  if (type.IsStruct()) {
    std::string text = form == PrintForm::kLiteral && type.fields().size() == 1 ? "STRUCT(" : "(";
    for (size_t i = 0; i < type.fields().size(); ++i) {
      text += (i > 0 ? ", " : "") + PrintCell(FieldOf(cell, i), type.fields()[i].type, form);
    }
    return text + ")";
  }
  return PrintScalar(cell, type.kind(), form == PrintForm::kLiteral);
}

std::string FormatFloatText(double value) { return value == 0 && std::signbit(value) ? "-0" : FloatText(value); }

std::string TextLiteral(std::string_view text) {
  const char quote = QuoteFor(text);
  return quote + Escaped(text, quote, false) + quote;
}
std::string BytesLiteral(std::string_view bytes) {
  const char quote = QuoteFor(bytes);
  return std::string("b") + quote + Escaped(bytes, quote, true) + quote;
}

std::string JsonLiteral(std::string_view json) { return "JSON " + TextLiteral(json); }

}  // namespace casebook::engines
