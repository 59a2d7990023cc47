#include "engines/duckdb/types.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "analysis/civil.h"
#include "base/result.h"
#include "duckdb/connection.h"
#include "schema/table.h"

namespace casebook::engines {
namespace {

using analysis::Value;

std::string TimeText(int64_t micros) {
  char buffer[40];
  const int64_t seconds = micros / 1'000'000;
  std::snprintf(buffer, sizeof buffer, "%02d:%02d:%02d.%06d", static_cast<int>(seconds / 3600),
                static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60),
                static_cast<int>(micros % 1'000'000));
  return buffer;
}

std::string DateText(int64_t days) {
  const analysis::Civil civil = analysis::CivilFromDays(days);
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", static_cast<int>(civil.year), civil.month, civil.day);
  return buffer;
}

std::string TimestampText(int64_t micros) {
  int64_t days = micros / analysis::kDayMicros;
  if (micros % analysis::kDayMicros < 0) --days;
  return DateText(days) + " " + TimeText(micros - days * analysis::kDayMicros);
}

std::string FloatText(double value) {
  if (std::isnan(value)) return "'nan'::DOUBLE";
  if (std::isinf(value)) return value > 0 ? "'inf'::DOUBLE" : "'-inf'::DOUBLE";
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.17g", value);
  return "'" + std::string(buffer) + "'::DOUBLE";
}

std::string BytesText(std::string_view bytes) {
  std::string text = "'";
  char buffer[8];
  for (const char c : bytes) {
    std::snprintf(buffer, sizeof buffer, "\\x%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
    text += buffer;
  }
  return text + "'::BLOB";
}

sql::SqlError NotDone(const Type& type, uint32_t position) {
  return sql::UnsupportedSql("Type " + type.ToString() + " is not supported", position);
}

}  // namespace

std::vector<std::string> DuckDbFieldNames(const Type& type) {
  std::vector<std::string> names;
  const auto& fields = type.fields();
  const auto taken = [&](std::string_view name) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& other) { return EqualIgnoringCase(other, name); });
  };
  for (size_t i = 0; i < fields.size(); ++i) {
    std::string name = fields[i].name;
    if (name.empty() || taken(name)) name = "_" + std::to_string(i + 1);
    while (taken(name)) name += "_";
    names.push_back(std::move(name));
  }
  return names;
}

sql::SqlResult<std::string> DuckDbType(const Type& type, uint32_t position) {
  switch (type.kind()) {
    case TypeKind::kInt64: return std::string("BIGINT");
    case TypeKind::kFloat64: return std::string("DOUBLE");
    case TypeKind::kNumeric: return std::string("DECIMAL(38,9)");
    case TypeKind::kBool: return std::string("BOOLEAN");
    case TypeKind::kString: return std::string("VARCHAR");
    case TypeKind::kBytes: return std::string("BLOB");
    case TypeKind::kDate: return std::string("DATE");
    case TypeKind::kDatetime:
    case TypeKind::kTimestamp: return std::string("TIMESTAMP");
    case TypeKind::kTime: return std::string("TIME");
    case TypeKind::kInterval: return std::string("INTERVAL");
    case TypeKind::kJson: return std::string("JSON");
    case TypeKind::kArray: {
      ASSIGN_OR_RETURN(std::string element, DuckDbType(type.element(), position));
      return element + "[]";
    }
    case TypeKind::kStruct: {
      if (type.fields().empty()) return sql::UnsupportedSql("STRUCT without fields is not supported", position);
      const auto names = DuckDbFieldNames(type);
      std::string text = "STRUCT(";
      for (size_t i = 0; i < names.size(); ++i) {
        ASSIGN_OR_RETURN(std::string field, DuckDbType(type.fields()[i].type, position));
        text += (i > 0 ? ", " : "") + QuoteIdentifier(names[i]) + " " + field;
      }
      return text + ")";
    }
    case TypeKind::kRange: {
      ASSIGN_OR_RETURN(const std::string bound, DuckDbType(type.element(), position));
      return "STRUCT(range_start " + bound + ", range_end " + bound + ")";
    }
    case TypeKind::kBigNumeric: return std::string("BLOB");
  }
  Unreachable();
}

std::string DuckDbText(std::string_view text) {
  const size_t nul = text.find('\0');
  if (nul == std::string_view::npos) return QuoteText(text);
  return "(" + QuoteText(text.substr(0, nul)) + " || chr(0) || " + DuckDbText(text.substr(nul + 1)) + ")";
}

sql::SqlResult<std::string> DuckDbLiteral(const Value& value, uint32_t position) {
  if (value.is_null()) {
    ASSIGN_OR_RETURN(std::string type, DuckDbType(value.type, position));
    return "NULL::" + type;
  }
  switch (value.type.kind()) {
    case TypeKind::kBool: return std::string(std::get<bool>(value.data) ? "true" : "false");
    case TypeKind::kInt64: {
      const std::string number = std::to_string(value.integer());
      return (value.integer() < 0 ? "(" + number + ")" : number) + "::BIGINT";
    }
    case TypeKind::kFloat64: return FloatText(std::get<double>(value.data));
    case TypeKind::kNumeric: return "'" + value.text() + "'::DECIMAL(38,9)";
    case TypeKind::kBigNumeric: return "gs_text_to_bignumeric('" + value.text() + "')";
    case TypeKind::kString: return DuckDbText(value.text());
    case TypeKind::kBytes: return BytesText(value.text());
    case TypeKind::kJson: return "gs_parse_json(" + DuckDbText(value.text()) + ", 'round')";
    case TypeKind::kDate: return "DATE '" + DateText(value.integer()) + "'";
    case TypeKind::kTime: return "TIME '" + TimeText(value.integer()) + "'";
    case TypeKind::kDatetime:
    case TypeKind::kTimestamp: return "TIMESTAMP '" + TimestampText(value.integer()) + "'";
    case TypeKind::kInterval: {
      const auto& parts = std::get<analysis::IntervalValue>(value.data);
      return "INTERVAL '" + std::to_string(parts.months) + " months " + std::to_string(parts.days) + " days " +
             std::to_string(parts.micros) + " microseconds'";
    }
    case TypeKind::kArray:
    case TypeKind::kStruct:
    case TypeKind::kRange: return NotDone(value.type, position);
  }
  Unreachable();
}

}  // namespace casebook::engines
