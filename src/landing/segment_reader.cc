#include "landing/segment_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/file.h"

namespace casebook {
namespace {

constexpr size_t kWindowBytes = size_t{1} << 20U;
// Plain frames that one call of Next() gives.
constexpr size_t kPlainRunBytes = size_t{256} << 10U;
// Source numbers above this are not believed: they count up from 1 in each segment.
constexpr uint32_t kMaxSources = 1U << 20U;

std::string_view MarkerBytes() { return {reinterpret_cast<const char*>(&kFrameMarker), sizeof kFrameMarker}; }

}  // namespace

Result<SegmentReader> SegmentReader::Open(const SegmentName& segment, uint64_t from_sequence) {
  const int descriptor = ::open(segment.path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return SystemError("could not open", segment.path);
  SegmentReader reader(descriptor, segment, from_sequence);
  RETURN_IF_ERROR(reader.ReadHeader());
  return reader;
}

// A damaged header costs nothing but its own bytes: the file's name tells the first sequence too.
Status SegmentReader::ReadHeader() {
  ASSIGN_OR_RETURN(const std::string_view bytes, Peek(0, kSegmentHeaderBytes));
  const Result<SegmentHeader> header = DecodeSegmentHeader(bytes);
  if (header.ok() && header->first_sequence == first_sequence_) {
    headless_ = false;
    offset_ = kSegmentHeaderBytes;
    return {};
  }
  if (!header.ok() && header.error().code == ErrorCode::kUnsupported) {
    return Unsupported(path_.string() + ": " + header.error().message);
  }
  headless_ = true;
  return {};
}

uint64_t SegmentReader::file_size() const {
  struct stat info {};
  if (::fstat(descriptor_.get(), &info) != 0) return 0;
  return static_cast<uint64_t>(info.st_size);
}

// The bytes of the file from `offset`: `size` of them, or fewer where it ends. Valid until the next call.
Result<std::string_view> SegmentReader::Peek(uint64_t offset, size_t size) {
  const bool begins_inside = offset >= window_offset_ && offset <= window_offset_ + window_.size();
  if (begins_inside && offset + size <= window_offset_ + window_.size()) {
    return std::string_view(window_).substr(offset - window_offset_, size);
  }
  // What is there already is kept, so that a frame that grows is not read again and again.
  window_.erase(0, begins_inside ? offset - window_offset_ : window_.size());
  window_offset_ = offset;
  size_t filled = window_.size();
  window_.resize(std::max(size, kWindowBytes));
  while (filled < size) {
    const ssize_t got = ::pread(descriptor_.get(), window_.data() + filled, window_.size() - filled,
                                static_cast<off_t>(offset + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      window_.clear();
      return SystemError("could not read", path_);
    }
    if (got == 0) break;
    filled += static_cast<size_t>(got);
  }
  window_.resize(filled);
  return std::string_view(window_).substr(0, size);
}

Result<std::optional<Frame>> SegmentReader::FrameAt(uint64_t offset) {
  ASSIGN_OR_RETURN(const std::string_view head, Peek(offset, kFrameHeaderBytes));
  const std::optional<size_t> size = FrameSize(head);
  if (!size) return std::optional<Frame>();
  ASSIGN_OR_RETURN(const std::string_view bytes, Peek(offset, *size));
  return DecodeFrame(bytes);
}

// The offset of the next sound frame.
Result<std::optional<uint64_t>> SegmentReader::FindFrame(uint64_t from) {
  for (;;) {
    ASSIGN_OR_RETURN(const std::string_view bytes, Peek(from, kWindowBytes));
    if (bytes.size() < kFrameHeaderBytes) return std::optional<uint64_t>();
    const size_t found = bytes.find(MarkerBytes());
    if (found == std::string_view::npos) {
      from += bytes.size() - (MarkerBytes().size() - 1);
      continue;
    }
    from += found;
    ASSIGN_OR_RETURN(const std::optional<Frame> frame, FrameAt(from));
    if (frame) return std::optional<uint64_t>(from);
    ++from;
  }
}

Result<bool> SegmentReader::Next(LandedBatch& batch) {
  if (sealed_) return false;
  if (headless_) RETURN_IF_ERROR(ReadHeader());  // the writer may just have begun the file
  const uint64_t begin = offset_;
  while (offset_ - begin < kPlainRunBytes) {
    ASSIGN_OR_RETURN(const std::optional<Frame> frame, FrameAt(offset_));
    if (!frame) {
      ASSIGN_OR_RETURN(const bool skipped, SkipDamage());
      if (!skipped) return offset_ > begin;
      continue;
    }
    // A block, and whatever is no record, ends the run: its bytes stand elsewhere.
    const bool is_record = frame->is_record();
    RETURN_IF_ERROR(Take(*frame, batch));
    if (!is_record) return true;
  }
  return true;
}

// Moves to the next sound frame; false if there is none.
Result<bool> SegmentReader::SkipDamage() {
  ASSIGN_OR_RETURN(const std::optional<uint64_t> next, FindFrame(headless_ ? offset_ : offset_ + 1));
  if (!next) return false;
  ASSIGN_OR_RETURN(const bool mended, IsSoundNow());
  if (mended) return true;
  if (headless_) Report(0, "the segment's header is damaged");
  if (!headless_ || *next != kSegmentHeaderBytes) damage_offset_ = damage_offset_.value_or(offset_);
  headless_ = false;
  offset_ = *next;
  return true;
}

// Looks again at what was not sound: a frame that the writer was just writing is, once a later one is there.
Result<bool> SegmentReader::IsSoundNow() {
  window_.clear();
  if (headless_) {
    RETURN_IF_ERROR(ReadHeader());
    return !headless_;
  }
  ASSIGN_OR_RETURN(const std::optional<Frame> frame, FrameAt(offset_));
  return frame.has_value();
}

Status SegmentReader::Take(const Frame& frame, LandedBatch& batch) {
  const uint64_t end = offset_ + frame.size();
  switch (frame.type()) {
    case FrameType::kRecord:
    case FrameType::kSetAside:
    case FrameType::kStruckOut: TakePlain(frame, batch); break;
    case FrameType::kSource: TakeSource(frame); break;
    case FrameType::kBlock: RETURN_IF_ERROR(TakeBlock(frame, batch)); break;
    case FrameType::kIndex:
      sealed_ = true;
      index_offset_ = offset_;
      ReportDamage(expected_sequence_);
      break;
  }
  offset_ = end;
  return {};
}

void SegmentReader::TakeSource(const Frame& frame) {
  const uint32_t id = frame.header.source_id;
  if (id == 0 || id > kMaxSources) return Report(offset_, "source has the impossible number " + std::to_string(id));
  if (seen_.sources.size() < id) seen_.sources.resize(id);
  seen_.sources[id - 1] = frame.payload;
  batch_sources_.erase(id);
}

void SegmentReader::TakePlain(const Frame& frame, LandedBatch& batch) {
  if (!NoteSequence(frame.header.sequence, 1)) return;
  if (seen_.entries.empty() || offset_ - seen_.entries.back().offset >= kPlainRunBytes) {
    seen_.entries.push_back({frame.header.sequence, offset_});
  }
  seen_.plain_frame_bytes += frame.size();
  seen_plain_bytes_ += frame.size();
  ++seen_.records;
  if (frame.header.sequence < from_sequence_) return;
  Frame kept = frame;
  kept.payload = batch.buffers.emplace_back(frame.payload);
  AddRecord(kept, batch);
}

// A block's frames were sound when they were packed and its checksum is right, so a fault inside is rare; it
// costs the rest of the block.
Status SegmentReader::TakeBlock(const Frame& block, LandedBatch& batch) {
  const uint64_t first = block.header.sequence;
  const uint64_t count = block.header.source_id;
  if (!NoteSequence(first, count)) return {};
  seen_.entries.push_back({first, offset_});
  seen_plain_bytes_ += block.header.source_offset;
  seen_.records += count;
  if (first + count <= from_sequence_) return {};

  std::string& plain = batch.buffers.emplace_back();
  if (const Status status = DecompressBlock(block, plain); !status.ok()) {
    Report(offset_, status.error().message);
    return {};
  }
  std::string_view rest = plain;
  for (uint64_t sequence = first; sequence < first + count; ++sequence) {
    const std::optional<Frame> frame = DecodeFrame(rest);
    if (!frame || !frame->is_record() || frame->header.sequence < sequence) {
      Report(offset_, "block is unsound from record " + std::to_string(sequence) + " on");
      return {};
    }
    if (frame->header.sequence >= from_sequence_) AddRecord(*frame, batch);
    rest.remove_prefix(frame->size());
  }
  return {};
}

// Compares what comes with what should come. False for what was there before: no writer does that.
bool SegmentReader::NoteSequence(uint64_t first, uint64_t count) {
  if (first < expected_sequence_ || first + count < first) {
    Report(offset_, "record " + std::to_string(first) + " stands where " + std::to_string(expected_sequence_) +
                        " should, and was passed over");
    return false;
  }
  ReportDamage(first);
  expected_sequence_ = first + count;
  return true;
}

// Tells the damage that was passed over, once it is known which records it cost.
void SegmentReader::ReportDamage(uint64_t next_sequence) {
  std::string what;
  if (damage_offset_) {
    what = "bytes up to offset " + std::to_string(offset_) + " are damaged and were passed over";
  }
  if (next_sequence > expected_sequence_) {
    what += what.empty() ? "" : ", ";
    what += "records " + std::to_string(expected_sequence_) + " to " + std::to_string(next_sequence - 1) + " are missing";
  }
  if (!what.empty()) Report(damage_offset_.value_or(offset_), std::move(what));
  damage_offset_.reset();
}

void SegmentReader::AddRecord(const Frame& frame, LandedBatch& batch) {
  LandedRecord record;
  record.sequence = frame.header.sequence;
  record.received_at = {frame.header.received_at};
  record.source = SourceName(frame.header.source_id, batch);
  record.source_offset = frame.header.source_offset;
  record.kind = static_cast<LandedKind>(frame.header.type);
  record.reason = frame.payload.substr(0, frame.header.reason_size);
  record.bytes = frame.payload.substr(frame.header.reason_size);
  batch.records.push_back(record);
}

// The name lives in the batch, which may outlive this reader.
std::string_view SegmentReader::SourceName(uint32_t id, LandedBatch& batch) {
  const auto known = batch_sources_.find(id);
  if (known != batch_sources_.end()) return known->second;
  if (id == 0 || id > seen_.sources.size()) return {};
  const std::string_view name = batch.buffers.emplace_back(seen_.sources[id - 1]);
  batch_sources_.emplace(id, name);
  return name;
}

Result<std::optional<SegmentIndex>> SegmentReader::ReadIndex() {
  const uint64_t size = file_size();
  if (size < kSegmentHeaderBytes + kTrailerBytes) return std::optional<SegmentIndex>();
  ASSIGN_OR_RETURN(const std::string_view bytes, Peek(size - kTrailerBytes, kTrailerBytes));
  const std::optional<uint64_t> index_offset = DecodeTrailer(bytes);
  if (!index_offset) return std::optional<SegmentIndex>();
  ASSIGN_OR_RETURN(const std::optional<Frame> frame, FrameAt(*index_offset));
  if (!frame || frame->type() != FrameType::kIndex) return std::optional<SegmentIndex>();
  return DecodeIndex(*frame);
}

Status SegmentReader::Seek(uint64_t sequence) {
  ASSIGN_OR_RETURN(std::optional<SegmentIndex> index, ReadIndex());
  if (!index) return {};
  const auto after = std::upper_bound(index->entries.begin(), index->entries.end(), sequence,
                                      [](uint64_t wanted, const IndexEntry& entry) { return wanted < entry.first_sequence; });
  // Before the first entry lie the sources' frames, which are read if nothing is saved by passing them over.
  if (after - index->entries.begin() < 2) return {};
  headless_ = false;
  offset_ = std::prev(after)->offset;
  expected_sequence_ = std::prev(after)->first_sequence;
  seen_.sources = std::move(index->sources);
  return {};
}

Status SegmentReader::EndHere() {
  const uint64_t size = file_size();
  ReportDamage(expected_sequence_);
  if (headless_ && size > 0) {
    Report(0, "nothing in the segment can be read");
  } else if (sealed_) {
    ASSIGN_OR_RETURN(const std::string_view rest, Peek(offset_, kTrailerBytes + 1));
    if (rest.size() > kTrailerBytes || DecodeTrailer(rest) != index_offset_) Report(offset_, "the index's trailer is damaged");
  } else if (offset_ < size) {
    Report(offset_, std::to_string(size - offset_) + " bytes after the last whole frame cannot be read");
  }
  return {};
}

void SegmentReader::Report(uint64_t offset, std::string what) {
  problems_.push_back({path_, offset, std::move(what)});
}

}  // namespace casebook
