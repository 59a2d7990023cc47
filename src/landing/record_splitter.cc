#include "landing/record_splitter.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

#include "base/result.h"

namespace casebook {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Bytes read at candidates while one range is set aside: bounds what a hostile text can cost.
constexpr size_t kMaxSeekWork = size_t{1} << 30U;

constexpr std::string_view kNoValue = "no JSON value begins here";
constexpr std::string_view kTornString = "a string is cut by a newline";
constexpr std::string_view kMisplaced = "brackets, commas and values do not fit together";
constexpr std::string_view kTooDeep = "brackets are nested too deep";
constexpr std::string_view kTooLong = "the value is longer than a record may be";
constexpr std::string_view kCutOff = "the text ends inside a value";

constexpr bool IsBlank(char byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }
constexpr bool IsDigit(char byte) { return byte >= '0' && byte <= '9'; }

constexpr bool EndsScalar(char byte) {
  return IsBlank(byte) || byte == ',' || byte == ':' || byte == '"' || byte == '[' || byte == ']' || byte == '{' ||
         byte == '}';
}

size_t SkipDigits(std::string_view text, size_t at) {
  while (at < text.size() && IsDigit(text[at])) ++at;
  return at;
}

bool IsNumber(std::string_view text) {
  size_t at = text.starts_with('-') ? 1 : 0;
  const size_t whole = at;
  at = SkipDigits(text, at);
  if (at == whole || (text[whole] == '0' && at > whole + 1)) return false;
  if (at < text.size() && text[at] == '.') {
    const size_t fraction = ++at;
    at = SkipDigits(text, at);
    if (at == fraction) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    const size_t exponent = at;
    at = SkipDigits(text, at);
    if (at == exponent) return false;
  }
  return at == text.size();
}

bool IsScalar(std::string_view text) {
  return text == "null" || text == "true" || text == "false" || IsNumber(text);
}

size_t Find(std::string_view text, char byte, size_t from, size_t to) {
  if (from >= to) return std::string_view::npos;
  const void* found = std::memchr(text.data() + from, byte, to - from);
  if (found == nullptr) return std::string_view::npos;
  return static_cast<size_t>(static_cast<const char*>(found) - text.data());
}

std::string_view TrimRight(std::string_view text) {
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

RecordSplitter::RecordSplitter(KnownRecordTest is_known_record, RecordSplitterLimits limits)
    : is_known_record_(std::move(is_known_record)), limits_(limits) {
  assert(limits_.record_bytes_max > 0 && limits_.depth_max <= kMaxDepth);
}

void RecordSplitter::Feed(std::string_view piece, std::vector<SplitRecord>& records) {
  pending_.erase(0, consumed_);
  consumed_ = 0;
  if (pending_.empty()) {
    pending_.assign(piece.substr(Split(piece, false, records)));
    return;
  }
  pending_.append(piece);
  consumed_ = Split(pending_, false, records);
}

void RecordSplitter::Finish(std::vector<SplitRecord>& records) {
  pending_.erase(0, consumed_);
  consumed_ = Split(pending_, true, records);
  assert(consumed_ == pending_.size());
}

size_t RecordSplitter::Split(std::string_view data, bool at_end, std::vector<SplitRecord>& records) {
  data_ = data;
  at_end_ = at_end;
  records_ = &records;
  while (Step()) {
  }
  // What is kept begins at start_; the other positions move with it.
  const size_t consumed = std::exchange(start_, 0);
  data_offset_ += consumed;
  search_ -= std::min(search_, consumed);
  if (candidate_ != kNoCandidate) candidate_ -= consumed;
  return consumed;
}

bool RecordSplitter::Step() {
  switch (stage_) {
    case Stage::kBetween: return SkipSeparators();
    case Stage::kValue: return ReadValue();
    case Stage::kDamaged: return EndDamage();
    case Stage::kSeeking: return SeekRecord();
  }
  Unreachable();
}

// Moves start_ over what may stand between records, to the first byte of a value.
bool RecordSplitter::SkipSeparators() {
  for (; start_ < data_.size(); ++start_) {
    const char byte = data_[start_];
    if (IsBlank(byte) || byte == ',') continue;
    if (byte == (in_array_ ? ']' : '[')) {
      in_array_ = !in_array_;
      continue;
    }
    if (byte == kByteOrderMark[0]) {
      const std::string_view mark = data_.substr(start_, kByteOrderMark.size());
      if (mark == kByteOrderMark) {
        start_ += kByteOrderMark.size() - 1;
        continue;
      }
      if (!at_end_ && kByteOrderMark.starts_with(mark)) return false;
    }
    stage_ = Stage::kValue;
    search_ = start_;
    return true;
  }
  return false;
}

bool RecordSplitter::ReadValue() {
  const char first = data_[start_];
  const Attempt attempt = first == '{' || first == '[' ? ScanBrackets(start_) : ScanScalar();
  switch (attempt) {
    case Attempt::kNeedsMore: return false;
    case Attempt::kWhole: EmitValue(attempt_end_); return true;
    case Attempt::kTorn: EmitSetAside(attempt_end_); return true;
    case Attempt::kFailed:
      stage_ = Stage::kDamaged;
      search_ = start_;
      return true;
  }
  Unreachable();
}

// Reads the object or array at `start`. A part that was read before is not read again.
RecordSplitter::Attempt RecordSplitter::ScanBrackets(size_t start) {
  if (!std::exchange(scanning_, true)) scanner_.Start(limits_.depth_max);
  const std::string_view value = data_.substr(start, limits_.record_bytes_max);
  const ScanResult result = scanner_.Continue(value);
  if (result == ScanResult::kNeedsMore && value.size() < limits_.record_bytes_max && !at_end_) {
    return Attempt::kNeedsMore;
  }
  scanning_ = false;
  attempt_end_ = start + (result == ScanResult::kNeedsMore ? value.size() : scanner_.position());
  switch (result) {
    case ScanResult::kWhole: return Attempt::kWhole;
    case ScanResult::kTornString: reason_ = kTornString; return Attempt::kTorn;
    case ScanResult::kMisplaced: reason_ = kMisplaced; return Attempt::kFailed;
    case ScanResult::kTooDeep: reason_ = kTooDeep; return Attempt::kFailed;
    case ScanResult::kNeedsMore:
      reason_ = value.size() < limits_.record_bytes_max ? kCutOff : kTooLong;
      return Attempt::kFailed;
  }
  Unreachable();
}

// Reads the string, number or literal at start_; search_ is how far it was read before.
RecordSplitter::Attempt RecordSplitter::ScanScalar() {
  const size_t limit = std::min(data_.size(), start_ + limits_.record_bytes_max);
  const bool is_string = data_[start_] == '"';
  reason_ = kNoValue;
  size_t at = std::max(search_, start_ + 1);
  if (is_string) {
    for (; at < limit && data_[at] != '"' && data_[at] != '\n'; ++at) {
      if (data_[at] != '\\') continue;
      if (at + 1 >= limit || data_[at + 1] == '\n') break;  // what is escaped is read with the backslash
      ++at;
    }
  } else {
    if (!IsDigit(data_[start_]) && std::string_view("-tfn").find(data_[start_]) == std::string_view::npos) {
      return Attempt::kFailed;
    }
    while (at < limit && !EndsScalar(data_[at])) ++at;
  }
  search_ = at;
  return is_string ? JudgeString(at, limit) : JudgeScalar(at);
}

RecordSplitter::Attempt RecordSplitter::JudgeString(size_t at, size_t limit) {
  if (at < limit && data_[at] == '\\') ++at;
  if (at < limit && data_[at] == '\n') {
    reason_ = kTornString;
    attempt_end_ = at;
    return Attempt::kTorn;
  }
  if (at < limit) return JudgeFollower(at + 1);
  if (limit == start_ + limits_.record_bytes_max) {
    reason_ = kTooLong;
    return Attempt::kFailed;
  }
  if (!at_end_) return Attempt::kNeedsMore;
  reason_ = kCutOff;
  return Attempt::kFailed;
}

RecordSplitter::Attempt RecordSplitter::JudgeScalar(size_t end) {
  if (end - start_ >= limits_.record_bytes_max) {
    reason_ = kTooLong;
    return Attempt::kFailed;
  }
  if (end == data_.size() && !at_end_) return Attempt::kNeedsMore;
  if (!IsScalar(data_.substr(start_, end - start_))) return Attempt::kFailed;
  return JudgeFollower(end);
}

// A string, number or literal that ends before `end` is a value of its own only if what follows may follow a
// value: the key of a torn object is none.
RecordSplitter::Attempt RecordSplitter::JudgeFollower(size_t end) {
  if (end == data_.size() && !at_end_) return Attempt::kNeedsMore;
  const bool may_follow = end == data_.size() || IsBlank(data_[end]) ||
                          std::string_view(",[]{").find(data_[end]) != std::string_view::npos;
  if (!may_follow) return Attempt::kFailed;
  attempt_end_ = end;
  return Attempt::kWhole;
}

// The value at start_ cannot be read. It ends at the first newline, unless the text has none.
bool RecordSplitter::EndDamage() {
  const size_t window = start_ + limits_.record_bytes_max;
  const size_t newline = Find(data_, '\n', search_, std::min(window, data_.size()));
  if (newline == std::string_view::npos) {
    search_ = std::min(window, data_.size());
    if (data_.size() < window && !at_end_) return false;
    BeginSeeking();
    return true;
  }
  search_ = newline;
  // A newline that only ends the text does not make lines of it.
  size_t after = newline;
  while (after < data_.size() && IsBlank(data_[after])) ++after;
  if (after < data_.size() || after >= window) {
    EmitSetAside(newline);
    return true;
  }
  if (!at_end_) return false;
  BeginSeeking();
  return true;
}

void RecordSplitter::BeginSeeking() {
  stage_ = Stage::kSeeking;
  search_ = start_ + 1;
  candidate_ = kNoCandidate;
  seek_work_ = 0;
}

// Looks for the next `{` at which a whole record of a known kind can be read.
bool RecordSplitter::SeekRecord() {
  if (candidate_ == kNoCandidate && !FindCandidate()) return false;
  if (candidate_ == kNoCandidate) return true;  // the range was ended

  const std::string_view why = reason_;  // of the range, not of the candidate
  const Attempt attempt = ScanBrackets(candidate_);
  reason_ = why;
  if (attempt == Attempt::kNeedsMore) return false;
  const size_t candidate = std::exchange(candidate_, kNoCandidate);
  seek_work_ += attempt_end_ - candidate;
  search_ = candidate + 1;
  if (attempt != Attempt::kWhole || !IsKnown(data_.substr(candidate, attempt_end_ - candidate))) return true;
  EmitSetAside(candidate);
  EmitValue(attempt_end_);
  return true;
}

bool RecordSplitter::IsKnown(std::string_view value) const { return !is_known_record_ || is_known_record_(value); }

// Sets candidate_, or ends the range at a newline, at its greatest length or at the end of the text. False if
// more bytes must come first.
bool RecordSplitter::FindCandidate() {
  const size_t range_end = start_ + limits_.record_bytes_max;
  const size_t limit = std::min(range_end, data_.size());
  const size_t brace = seek_work_ < kMaxSeekWork ? Find(data_, '{', search_, limit) : std::string_view::npos;
  const size_t newline = Find(data_, '\n', search_, brace == std::string_view::npos ? limit : brace);
  if (newline != std::string_view::npos) {
    EmitSetAside(newline);
    return true;
  }
  if (brace != std::string_view::npos) {
    candidate_ = brace;
    return true;
  }
  search_ = std::max(search_, limit);
  if (limit == range_end) {
    EmitSetAside(range_end);
    BeginSeeking();
    search_ = start_;
    return true;
  }
  if (!at_end_) return false;
  EmitSetAside(data_.size());
  return true;
}

void RecordSplitter::EmitValue(size_t end) {
  records_->push_back({data_.substr(start_, end - start_), data_offset_ + start_, SplitKind::kValue, {}});
  start_ = end;
  stage_ = Stage::kBetween;
}

void RecordSplitter::EmitSetAside(size_t end) {
  const std::string_view bytes = TrimRight(data_.substr(start_, end - start_));
  if (!bytes.empty()) {
    records_->push_back({bytes, data_offset_ + start_, SplitKind::kSetAside, reason_});
  }
  start_ = end;
  stage_ = Stage::kBetween;
}

}  // namespace casebook
