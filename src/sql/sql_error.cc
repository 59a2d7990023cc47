#include "sql/sql_error.h"

#include <algorithm>

namespace casebook::sql {
namespace {

constexpr uint32_t kTabWidth = 8;
constexpr size_t kExcerptBytes = 160;  // of a longer line only what is around the caret

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// The start of the line that holds `position`.
size_t LineStart(std::string_view query, size_t position) {
  while (position > 0 && query[position - 1] != '\n' && query[position - 1] != '\r') --position;
  return position;
}

// The column after `text`, which starts a line at column 1.
uint32_t ColumnAfter(std::string_view text) {
  uint32_t column = 0;
  for (const char c : text) {
    if (c == '\t') {
      column = (column / kTabWidth + 1) * kTabWidth;
    } else if (!IsContinuation(c)) {
      ++column;
    }
  }
  return column + 1;
}

uint32_t LinesBefore(std::string_view text) {
  uint32_t lines = 1;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool first_of_two = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if ((text[i] == '\n' || text[i] == '\r') && !first_of_two) ++lines;
  }
  return lines;
}

}  // namespace

LineColumn LineColumnAt(std::string_view query, uint32_t position) {
  const size_t at = std::min<size_t>(position, query.size());
  const size_t start = LineStart(query, at);
  return {LinesBefore(query.substr(0, start)), ColumnAfter(query.substr(start, at - start))};
}

std::string ExcerptAt(std::string_view query, uint32_t position) {
  const size_t at = std::min<size_t>(position, query.size());
  size_t begin = LineStart(query, at);
  size_t end = std::min(query.find_first_of("\r\n", at), query.size());
  const bool cut_begin = at - begin > kExcerptBytes / 2;
  if (cut_begin) begin = at - kExcerptBytes / 2;
  const bool cut_end = end - begin > kExcerptBytes;
  if (cut_end) end = begin + kExcerptBytes;
  while (begin < at && IsContinuation(query[begin])) ++begin;
  while (end < query.size() && end > at && IsContinuation(query[end])) --end;

  std::string line(cut_begin ? "..." : "");
  line += query.substr(begin, at - begin);
  std::string caret;
  for (const char c : line) {
    if (!IsContinuation(c)) caret += c == '\t' ? '\t' : ' ';
  }
  line += query.substr(at, end - at);
  if (cut_end) line += "...";
  return line + "\n" + caret + "^";
}

std::string FormatErrorLine(std::string_view query, const SqlError& error) {
  if (!error.has_position) return error.message;
  const LineColumn place = LineColumnAt(query, error.position);
  return error.message + " at [" + std::to_string(place.line) + ":" + std::to_string(place.column) + "]";
}

std::string FormatError(std::string_view query, const SqlError& error) {
  if (!error.has_position) return error.message;
  return FormatErrorLine(query, error) + "\n" + ExcerptAt(query, error.position);
}

Error ToError(std::string_view query, const SqlError& error) {
  const auto code = [&] {
    switch (error.kind) {
      case SqlErrorKind::kInvalid: return ErrorCode::kInvalid;
      case SqlErrorKind::kUnsupported: return ErrorCode::kUnsupported;
      case SqlErrorKind::kLimit: return ErrorCode::kLimit;
    }
    Unreachable();
  }();
  return {code, FormatErrorLine(query, error)};
}

}  // namespace casebook::sql
