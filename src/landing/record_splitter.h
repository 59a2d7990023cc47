// RecordSplitter: a stream of bytes cut into records, one JSON value each.
//
// It knows JSON's brackets, strings and separators, and no field. A value that it gives out is complete in
// structure; whether each number and literal in it is sound is for the decoder to say. What cannot be read is
// set aside with its range, and the sound values after it are read:
//
//   a newline inside a string          the value ends there
//   anything else                      it ends at the first newline after its start
//   a text without newlines            it ends at the next `{` from which a record of a known kind can be read
//
// A newline with nothing but white space after it ends the text and does not make lines of it. Of a text whose
// next newline is further away than the longest record, it is not known that it has any.
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

  // The same without a copy, for whoever keeps the bytes; not to be mixed with Feed(). `data` begins where the call
  // before stopped, and holds again what it left over. Returns how many bytes are done with, `at_end` all of them.
  size_t Split(std::string_view data, bool at_end, std::vector<SplitRecord>& records);

  // Bytes that wait for the end of their record; at most twice the longest record and a piece.
  size_t pending_bytes() const { return pending_.size() - consumed_; }

 private:
  enum class Stage : uint8_t {
    kBetween,  // start_ stands between records
    kValue,    // a value begins at start_
    kDamaged,  // the value at start_ cannot be read, and where it ends is not known
    kSeeking,  // it has no newline: the next record is sought
  };
  enum class Attempt : uint8_t { kWhole, kTorn, kFailed, kNeedsMore };
  static constexpr size_t kNoCandidate = ~size_t{0};

  // A stage's work; false where more bytes must come first.
  bool Step();
  bool SkipSeparators();
  bool ReadValue();
  bool EndDamage();
  bool SeekRecord();

  // Attempts leave the end of the value, or the place that tore it, in attempt_end_.
  Attempt ScanBrackets(size_t start);
  Attempt ScanScalar();
  Attempt JudgeString(size_t at, size_t limit);
  Attempt JudgeScalar(size_t end);
  Attempt JudgeFollower(size_t end);

  void BeginSeeking();
  bool FindCandidate();
  bool IsKnown(std::string_view value) const;
  void EmitValue(size_t end);
  void EmitSetAside(size_t end);

  KnownRecordTest is_known_record_;
  RecordSplitterLimits limits_;

  std::string pending_;       // bytes kept between two calls
  size_t consumed_ = 0;       // of pending_; dropped by the next call, since views may look into them
  uint64_t data_offset_ = 0;  // of the first byte of data_ in the stream

  Stage stage_ = Stage::kBetween;
  bool in_array_ = false;  // inside a top-level array, whose elements are the records
  ValueScanner scanner_;
  bool scanning_ = false;  // scanner_ has read a part of a value
  std::string_view reason_;

  // For the time of one Split().
  std::string_view data_;
  bool at_end_ = false;
  std::vector<SplitRecord>* records_ = nullptr;

  // Positions in data_; Split() moves them along when the data moves.
  size_t start_ = 0;   // of the value, or of the range to be set aside
  size_t search_ = 0;  // how far that was searched for its end
  size_t candidate_ = kNoCandidate;
  size_t attempt_end_ = 0;
  size_t seek_work_ = 0;  // bytes read at candidates since start_
};

}  // namespace casebook
