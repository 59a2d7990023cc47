// RecordSplitter: a stream of bytes cut into records, one JSON value each.
//
// It knows JSON's brackets, strings and separators, and no field. A value that it gives out is complete in
// structure; whether each number and literal in it is sound is for the decoder to say. What cannot be read is
// set aside with its range, and the sound values after it are read: docs/decisions/where-a-record-ends.md.
//
// The records do not depend on how the stream was cut into pieces. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "landing/value_scanner.h"

namespace casebook {

enum class SplitKind : uint8_t {
  kValue,     // one JSON value
  kSetAside,  // bytes that are no JSON value, passed over
};

struct SplitRecord {
  std::string_view bytes;
  uint64_t offset = 0;  // of the first byte, from the start of the stream
  SplitKind kind = SplitKind::kValue;
  std::string_view reason;  // why it was set aside; a literal
};

struct RecordSplitterLimits {
  size_t record_bytes_max = kMaxRecordBytes;  // at least 1; no record and no range set aside is longer
  size_t depth_max = kMaxDepth;               // at most kMaxDepth
};

class RecordSplitter {
 public:
  // Tells whether a whole JSON object is a record of a known kind.
  using KnownRecordTest = std::function<bool(std::string_view)>;

  // `is_known_record` is asked only after damage in text without newlines, where any `{` may or may not
  // begin a record; without it every whole object counts as one.
  explicit RecordSplitter(KnownRecordTest is_known_record = {}, RecordSplitterLimits limits = {});

  // Takes the next bytes and adds the records that end in them to `records`. Their views live until the
  // next call, and as long as `piece`.
  void Feed(std::string_view piece, std::vector<SplitRecord>& records);

  // Says that the stream has ended and adds what is left. Nothing may be fed after it.
  void Finish(std::vector<SplitRecord>& records);

  // Bytes that wait for the end of their record; at most twice the longest record and a piece.
  size_t pending_bytes() const { return pending_.size() - consumed_; }

 private:
  enum class Stage : uint8_t { kBetween, kValue, kDamaged, kSeeking };

  void Run(std::string_view data, bool at_end, std::vector<SplitRecord>& records);
  // Each of these does one stage's work and answers false where it needs more bytes.
  bool SkipSeparators();
  bool ReadValue();
  bool EndDamage();
  bool SeekRecord();

  enum class Attempt : uint8_t { kWhole, kFailed, kNeedsMore };
  Attempt ScanAt(size_t start);
  Attempt ScanScalar(size_t start);
  Attempt JudgeScalar(size_t start, size_t end);
  bool AfterNewline(size_t newline, bool& counts) const;
  void EndSetAside(size_t end);
  void EmitValue(size_t start, size_t end);
  void EmitSetAside(size_t start, size_t end);
  void NextSeek(size_t position);

  KnownRecordTest is_known_record_;
  RecordSplitterLimits limits_;

  std::string pending_;       // bytes kept between two calls
  size_t consumed_ = 0;       // of pending_, dropped by the next call
  uint64_t data_offset_ = 0;  // of data_[0], from the start of the stream

  Stage stage_ = Stage::kBetween;
  bool in_array_ = false;  // inside a top-level array, whose elements are the records
  ValueScanner scanner_;
  bool scanning_ = false;  // scanner_ has read a part of the value it stands at

  std::string_view reason_;  // why the value at start_ cannot be read

  // Valid within one Run(); positions are in data_, carried over by how far the start has moved.
  std::string_view data_;
  bool at_end_ = false;
  std::vector<SplitRecord>* records_ = nullptr;
  size_t start_ = 0;       // of the value being read, or of the range being set aside
  size_t search_ = 0;      // no newline between start_ and here
  size_t candidate_ = 0;   // the `{` at which reading may go on
  size_t seek_work_ = 0;   // bytes read at candidates since start_
  size_t end_ = 0;         // of the value that an attempt read, or the newline that tore it
  bool torn_string_ = false;
};

}  // namespace casebook
