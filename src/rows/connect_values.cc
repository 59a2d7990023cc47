#include "rows/connect_values.h"

#include <array>

#include "base/checksum.h"
#include "base/text_words.h"
#include "events/canonical_json.h"

namespace casebook {
namespace {

constexpr size_t kUuidSize = 36;
// Texts up to here are turned to upper case without a detour; channels have at most a dozen letters.
constexpr size_t kMaxUpperCase = 128;

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
char Upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c; }
bool IsHexDigit(char c) { return (c >= '0' && c <= '9') || (Lower(c) >= 'a' && Lower(c) <= 'f'); }

// What WriteMoment() would write, kNoMicros for NULL.
int64_t ReadMomentMicros(std::string_view column, const JsonValue& value, ValueIssues& issues) {
  if (value.IsString()) {
    const int64_t micros = ParseMicros(Trimmed(value.text));
    if (micros != kNoMicros) return micros < kFirstMoment.micros ? kNoMicros : micros;
  } else if (value.kind == JsonKind::kNumber) {
    const std::optional<Timestamp> moment = TimestampFromEpoch(value.text);
    if (moment) return *moment < kFirstMoment ? kNoMicros : moment->micros;
  }
  return ReadMicros(column, value, issues);
}

// Adds `"name":` and the value of the row at `row`, which is not NULL.
void AppendMember(const ColumnVector& column, std::string_view name, size_t row, std::string& out) {
  out += out.size() == 1 ? "\"" : ",\"";
  out += name;
  out += "\":";
  switch (column.kind()) {
    case ColumnKind::kString: AppendJsonString(column.Text(row), out); return;
    case ColumnKind::kJson: out += column.Text(row); return;
    case ColumnKind::kInt64:
    case ColumnKind::kBool:
    case ColumnKind::kTimestamp:
    case ColumnKind::kDate:
    case ColumnKind::kNumeric:
    case ColumnKind::kFloat64: out += std::to_string(column.Int64(row)); return;
    case ColumnKind::kBytes: out += ToHex(Sha256(column.Text(row))); return;
    case ColumnKind::kStringArray:
      out += '[';
      for (size_t i = 0; i < column.ListSize(row); ++i) {
        if (i > 0) out += ',';
        AppendJsonString(column.ListText(row, i), out);
      }
      out += ']';
      return;
  }
  Unreachable();
}

}  // namespace

bool IsUuid(std::string_view text) {
  if (text.size() != kUuidSize) return false;
  for (size_t i = 0; i < kUuidSize; ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !IsHexDigit(text[i])) return false;
  }
  return true;
}

void WriteId(const ColumnTarget& target, std::string_view text) {
  text = Trimmed(text);
  if (!HasUpperCase(text) || !IsUuid(text)) return WriteOptionalText(target.column, text);
  std::array<char, kUuidSize> lower;
  for (size_t i = 0; i < kUuidSize; ++i) lower[i] = Lower(text[i]);
  target.column.AppendText({lower.data(), lower.size()});
}

void WriteId(const ColumnTarget& target, const JsonValue& value) {
  if (value.IsString()) return WriteId(target, value.text);
  WriteText(target, value);
}

void WriteUpperCaseText(const ColumnTarget& target, const JsonValue& value) {
  const std::string_view text = Trimmed(value.StringText());
  if (text.empty() || text.size() > kMaxUpperCase) return WriteText(target, value);
  std::array<char, kMaxUpperCase> upper;
  for (size_t i = 0; i < text.size(); ++i) upper[i] = Upper(text[i]);
  target.column.AppendText({upper.data(), text.size()});
}

void WriteUntrimmedText(const ColumnTarget& target, const JsonValue& value) {
  if (value.IsString() && Trimmed(value.text).empty()) return target.column.AppendNull();
  WriteKeptText(target, value);
}

std::optional<Timestamp> ReadMoment(std::string_view column, const JsonValue& value, ValueIssues& issues) {
  const int64_t micros = ReadMomentMicros(column, value, issues);
  if (micros == kNoMicros) return std::nullopt;
  return Timestamp{micros};
}

void WriteMoment(const ColumnTarget& target, const JsonValue& value) {
  const int64_t micros = ReadMomentMicros(target.name, value, target.issues);
  micros == kNoMicros ? target.column.AppendNull() : target.column.AppendTimestamp({micros});
}

void WriteCount(const ColumnTarget& target, const JsonValue& value) {
  if (value.IsAbsent()) return target.column.AppendNull();
  const bool has_text = value.kind == JsonKind::kNumber || value.IsString();
  if (const int64_t count = has_text ? CountFromText(value.text) : kNoCount; count != kNoCount) {
    return target.column.AppendInt64(count);
  }
  const std::optional<int64_t> number = has_text ? Int64FromText(Trimmed(value.text)) : std::nullopt;
  if (!number) return WriteInt64(target, value);
  if (*number >= 0) return target.column.AppendInt64(*number);
  target.issues.Add(target.name, rule::kNegative, value.text);
  target.column.AppendNull();
}

void WriteOptionalText(ColumnVector& column, std::string_view text) {
  if (text.empty()) return column.AppendNull();
  column.AppendText(text);
}

void WriteTexts(const ColumnTarget& target, JsonReader& reader, const JsonValue& array) {
  if (array.kind != JsonKind::kArray) {
    if (!array.IsAbsent()) target.issues.Add(target.name, rule::kNotText, array.text);
    return target.column.AppendNull();
  }
  std::string heap;  // the visitor's texts do not outlive it
  std::vector<size_t> ends;
  const MaybeFault fault = reader.ForEachValue(array, [&](const JsonValue& value) {
    const std::string_view text = Trimmed(value.StringText());
    if (text.empty()) {
      if (!value.IsString()) target.issues.Add(target.name, rule::kNotText, value.text);
    } else if (ends.size() == kMaxListItems) {
      target.issues.Add(target.name, rule::kTooMany, text);
    } else {
      heap += text;
      ends.push_back(heap.size());
    }
  });
  if (fault) target.issues.Add(target.name, fault->reason, array.text);
  if (ends.empty()) return target.column.AppendNull();
  std::vector<std::string_view> texts;
  texts.reserve(ends.size());
  for (size_t begin = 0; const size_t end : ends) {
    texts.push_back(std::string_view(heap).substr(begin, end - begin));
    begin = end;
  }
  target.column.AppendTexts(texts);
}

const JsonValue& FirstPresent(const JsonValue& a, const JsonValue& b) { return a.IsAbsent() ? b : a; }

std::string Sha256OfOpenRow(const RowBatch& batch, size_t column_count) {
  const size_t row = batch.size();
  std::string json = "{";
  for (size_t i = 0; i < column_count; ++i) {
    const ColumnVector& column = batch[i];
    if (column.size() <= row || column.IsNull(row)) continue;
    AppendMember(column, batch.layout()[i].name, row, json);
  }
  json += '}';
  return Sha256Hex(json);
}

void WriteTags(const ColumnTarget& target, const JsonValue& value) {
  if (value.kind != JsonKind::kObject) {
    if (!value.IsAbsent()) target.issues.Add(target.name, rule::kNotAnObject, value.text);
    return target.column.AppendNull();
  }
  const Result<std::string> canonical = CanonicalJson(value.text);
  target.column.AppendText(canonical.ok() ? *canonical : value.text);
}

std::string IdOfArn(std::string_view arn) { return LowerCase(Trimmed(LastSegment(Trimmed(arn)))); }

}  // namespace casebook
