// Reading values: what a text or number of a record means as a column's value, and where it goes that means
// nothing.
//
// A value that cannot be read becomes NULL and one row of `value_issues`; it never costs the row. Blank text
// is absent (NULL, no issue) for everything but text columns that keep it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "base/timestamp.h"
#include "events/feed.h"
#include "events/json.h"
#include "schema/columns.h"
#include "schema/row_batch.h"

namespace casebook {

// --- Plain readings: nullopt where the text is none -------------------------------------------------------

// For Trimmed() alone.
std::string_view TrimmedAtEnds(std::string_view text);
// Without white space at both ends (ASCII blanks and U+00A0).
inline std::string_view Trimmed(std::string_view text) {
  // Neither a blank nor a byte of U+00A0, as nearly always.
  const auto is_plain = [](char c) { return c > ' ' || (c < 0 && c != '\xC2' && c != '\xA0'); };
  if (!text.empty() && is_plain(text.front()) && is_plain(text.back())) return text;
  return TrimmedAtEnds(text);
}
// Yes, true, y, 1 and their opposites, ignoring case.
std::optional<bool> BoolFromText(std::string_view text);
// A whole number, also as `812345.0` or `1.0023456E7`, of at most 2^53 where it has a point or exponent.
std::optional<int64_t> Int64FromText(std::string_view text);
// A number of at most 18 digits and nothing else; kNoCount for anything else. Cheaper than an optional.
inline constexpr int64_t kNoCount = -1;
int64_t CountFromText(std::string_view text);
std::optional<double> Float64FromText(std::string_view text);
// Pounds: an optional sign and `£`, digits with commas between thousands, a fraction; also an exponent.
// In billionths; more than nine decimals are rounded half to even; nullopt beyond BigQuery's NUMERIC in INT64.
std::optional<int64_t> NumericFromText(std::string_view text);
// A JSON number of seconds since 1970, of milliseconds from 10^11 on.
std::optional<Timestamp> TimestampFromEpoch(std::string_view number);
// Text of digits in the spelling for people: `1.0023456E7` is `10023456`; other numbers as sent.
std::string NumberText(std::string_view number);
// `text` in lower case, ASCII letters only.
std::string LowerCase(std::string_view text);
// What stands behind the last '/', the whole text where there is none.
std::string_view LastSegment(std::string_view arn);

// --- Issues ------------------------------------------------------------------------------------------------

// The rules that a value can break, as stored in value_issues.rule.
namespace rule {
inline constexpr std::string_view kNotABoolean = "not_a_boolean";
inline constexpr std::string_view kNotANumber = "not_a_number";
inline constexpr std::string_view kNotWhole = "not_a_whole_number";
inline constexpr std::string_view kNotATime = "not_a_time";
inline constexpr std::string_view kEpochText = "epoch_as_text";
inline constexpr std::string_view kBefore1971 = "before_1971";
inline constexpr std::string_view kNotText = "not_text";
inline constexpr std::string_view kInvalidUtf8 = "invalid_utf8";
inline constexpr std::string_view kInvalidJson = "invalid_json";
inline constexpr std::string_view kSeveralAccounts = "several_account_numbers";
inline constexpr std::string_view kNotAnAccount = "not_an_account_number";
inline constexpr std::string_view kNoChangeTime = "no_change_time";
inline constexpr std::string_view kOutsideCalendar = "outside_working_day_calendar";
}  // namespace rule

// Where the issues of one row go. `table` is the shown name of the table: `case_events`.
class ValueIssues {
 public:
  ValueIssues(RowBatch& issues, std::string_view table, const RecordOrigin& origin)
      : issues_(issues), table_(table), origin_(origin) {}

  // Event id, contact id, agent id or queue id of the row; must outlive this.
  void SetRowId(std::string_view row_id) { row_id_ = row_id; }
  // `column` is empty where the whole record is meant.
  void Add(std::string_view column, std::string_view rule, std::string_view text);

 private:
  RowBatch& issues_;
  std::string_view table_;
  const RecordOrigin& origin_;
  std::string_view row_id_;
};

// --- Writing ------------------------------------------------------------------------------------------------

// One column of the row that is being written, and where its issues go.
struct ColumnTarget {
  ColumnVector& column;
  std::string_view name;
  ValueIssues& issues;
};

// Each appends one value or NULL. A value of a kind that cannot be meant is NULL with an issue.
void WriteText(const ColumnTarget& target, const JsonValue& value);           // trimmed; blank is NULL; numbers as NumberText
void WriteKeptText(const ColumnTarget& target, const JsonValue& value);       // as sent, also '' and blanks
void WriteLowerCaseText(const ColumnTarget& target, const JsonValue& value);  // for keys: trimmed, in lower case
void WriteBool(const ColumnTarget& target, const JsonValue& value);
void WriteInt64(const ColumnTarget& target, const JsonValue& value);
void WriteFloat64(const ColumnTarget& target, const JsonValue& value);
void WriteNumeric(const ColumnTarget& target, const JsonValue& value);
void WriteTimestamp(const ColumnTarget& target, const JsonValue& value);
void WriteJson(const ColumnTarget& target, const JsonValue& value);  // any kind; a string as a JSON string

// What WriteTimestamp would write; kNoMicros or nullopt for NULL; issues as there.
int64_t ReadMicros(std::string_view column, const JsonValue& value, ValueIssues& issues);
std::optional<Timestamp> ReadTimestamp(std::string_view column, const JsonValue& value, ValueIssues& issues);

// Writes the columns of one row of `batch` by enumerator. EndRow() is the caller's.
template <typename ColumnEnum>
class RowWriter {
 public:
  RowWriter(RowBatch& batch, ValueIssues& issues) : batch_(batch), issues_(issues) {}

  void Text(ColumnEnum column, const JsonValue& value) { WriteText(Target(column), value); }
  void KeptText(ColumnEnum column, const JsonValue& value) { WriteKeptText(Target(column), value); }
  void LowerCaseText(ColumnEnum column, const JsonValue& value) { WriteLowerCaseText(Target(column), value); }
  void Bool(ColumnEnum column, const JsonValue& value) { WriteBool(Target(column), value); }
  void Int64(ColumnEnum column, const JsonValue& value) { WriteInt64(Target(column), value); }
  void Float64(ColumnEnum column, const JsonValue& value) { WriteFloat64(Target(column), value); }
  void Numeric(ColumnEnum column, const JsonValue& value) { WriteNumeric(Target(column), value); }
  void Time(ColumnEnum column, const JsonValue& value) { WriteTimestamp(Target(column), value); }
  void Json(ColumnEnum column, const JsonValue& value) { WriteJson(Target(column), value); }

  // For what is no JsonValue: writer[ContactColumn::kSequence].AppendInt64(…).
  ColumnVector& operator[](ColumnEnum column) { return batch_[column]; }
  std::string_view Name(ColumnEnum column) const { return batch_.layout()[static_cast<size_t>(column)].name; }
  ColumnTarget Target(ColumnEnum column) { return {batch_[column], Name(column), issues_}; }

 private:
  RowBatch& batch_;
  ValueIssues& issues_;
};

// XXH3 of a record's bytes, as stored in content_hash.
int64_t ContentHash(std::string_view record);

}  // namespace casebook
