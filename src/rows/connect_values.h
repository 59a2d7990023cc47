// Connect values: readings that contact events, contact records, agents and queues share, beside value_reader.h.
//
// Each Write… appends one value or NULL to its column, as those of value_reader.h do.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rows/value_reader.h"

namespace casebook {

namespace rule {
inline constexpr std::string_view kNegative = "negative";
inline constexpr std::string_view kNoVersion = "no_last_update_timestamp";
inline constexpr std::string_view kNotAnObject = "not_an_object";
inline constexpr std::string_view kTooMany = "too_many";
inline constexpr std::string_view kNoId = "no_id";
}  // namespace rule

// Moments before it are Connect's way to say "not yet".
inline constexpr Timestamp kFirstMoment = {365 * kMicrosPerDay};  // 1971-01-01T00:00:00Z

// Strings taken of one array of a record; more are a value issue.
inline constexpr size_t kMaxListItems = 1000;

// Whether `text` has the form of a UUID, in whatever case.
bool IsUuid(std::string_view text);

// Trimmed; a UUID in lower case, any other id as sent.
void WriteId(const ColumnTarget& target, const JsonValue& value);
void WriteId(const ColumnTarget& target, std::string_view text);  // NULL where blank
// Trimmed and in upper case: `Voice` is VOICE.
void WriteUpperCaseText(const ColumnTarget& target, const JsonValue& value);
// As sent, but blank is NULL.
void WriteUntrimmedText(const ColumnTarget& target, const JsonValue& value);
// A moment; one before 1971 is NULL without an issue.
void WriteMoment(const ColumnTarget& target, const JsonValue& value);
// What WriteMoment would write.
std::optional<Timestamp> ReadMoment(std::string_view column, const JsonValue& value, ValueIssues& issues);
// A count or a duration: a whole number that is not negative.
void WriteCount(const ColumnTarget& target, const JsonValue& value);
// Text that is there or not, without a value behind it.
void WriteOptionalText(ColumnVector& column, std::string_view text);  // NULL where empty

// The strings of `array`, trimmed and without blanks, as one list; NULL where there is none.
void WriteTexts(const ColumnTarget& target, JsonReader& reader, const JsonValue& array);

// `a`, or `b` where `a` is absent.
const JsonValue& FirstPresent(const JsonValue& a, const JsonValue& b);

// SHA-256 of the first `column_count` columns of the row that is being written to `batch`: of a JSON object of
// those that are not NULL, in their order.
std::string Sha256OfOpenRow(const RowBatch& batch, size_t column_count);

// An object in canonical form, so that equal tags are equal text.
void WriteTags(const ColumnTarget& target, const JsonValue& value);

// The id at the end of an ARN, trimmed and in lower case; empty where there is none. ARNs of one user differ in
// what stands before it, so it is the key.
std::string IdOfArn(std::string_view arn);

}  // namespace casebook
