#include "landing/landing_log.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "landing/landing_format.h"
#include "landing/landing_reader.h"
#include "landing/segment_reader.h"
#include "landing/segment_writer.h"

namespace casebook {
namespace {

constexpr std::string_view kUnfinishedSuffix = ".new";
// A sealed segment is written anew if this part of it or more, one in so many, is plain frames.
constexpr uint64_t kPlainPartWorthPacking = 4;

// Holds the directory against other writers for as long as it lives; the system lets go when the process ends.
class WriterLock {
 public:
  static Result<WriterLock> Take(const std::filesystem::path& directory) {
    const std::filesystem::path path = directory / "LOCK";
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0) return SystemError("could not open", path);
    WriterLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return lock;
    if (errno != EWOULDBLOCK) return SystemError("could not lock", path);
    return Invalid("landing log " + directory.string() + " is held by another writer");
  }
  WriterLock(WriterLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  WriterLock& operator=(WriterLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~WriterLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

 private:
  explicit WriterLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

Status MakeDirectory(const std::filesystem::path& directory, FileSystem& files) {
  std::error_code code;
  const bool created = std::filesystem::create_directories(directory, code);
  if (code) return IoError("could not create " + directory.string() + ": " + code.message());
  if (!created) return {};
  const std::filesystem::path parent = std::filesystem::absolute(directory, code).parent_path();
  return files.SyncDirectory(parent);
}

void RaiseTo(std::atomic<uint64_t>& value, uint64_t wanted) {
  uint64_t seen = value;
  while (seen < wanted && !value.compare_exchange_weak(seen, wanted)) {
  }
}

// What a crash left of a segment that was being compressed. Its original is still there.
Status RemoveUnfinished(const std::filesystem::path& directory, FileSystem& files) {
  std::error_code code;
  std::vector<std::filesystem::path> unfinished;
  for (const auto& entry : std::filesystem::directory_iterator(directory, code)) {
    if (entry.path().extension() == kUnfinishedSuffix) unfinished.push_back(entry.path());
  }
  for (const std::filesystem::path& path : unfinished) RETURN_IF_ERROR(files.Remove(path));
  return {};
}

Status CheckLimits(const NewRecord& record) {
  if (record.kind == LandedKind::kStruckOut) return Invalid("a record that was struck out cannot be appended");
  if (record.bytes.size() > kMaxLandedBytes) {
    return LimitPassed("record of " + std::to_string(record.bytes.size()) + " bytes is longer than " +
                       std::to_string(kMaxLandedBytes));
  }
  if (record.source.size() > kMaxSourceNameBytes) {
    return LimitPassed("source name is longer than " + std::to_string(kMaxSourceNameBytes) + " bytes");
  }
  if (record.reason.size() > kMaxReasonBytes) {
    return LimitPassed("reason is longer than " + std::to_string(kMaxReasonBytes) + " bytes");
  }
  return {};
}

// Reads to the end of the sound frames; blocks need not be unpacked for that.
Result<SegmentReader> ReadToEnd(const SegmentName& name) {
  constexpr uint64_t kNoRecords = ~uint64_t{0};
  ASSIGN_OR_RETURN(SegmentReader segment, SegmentReader::Open(name, kNoRecords));
  LandedBatch none;
  for (bool more = true; more;) {
    ASSIGN_OR_RETURN(more, segment.Next(none));
  }
  return segment;
}

bool IsWorthPacking(const SegmentIndex& index, uint64_t file_size) {
  return index.plain_frame_bytes >= file_size / kPlainPartWorthPacking && index.plain_frame_bytes > 0;
}

// Copies all records of `segment` to `writer`; false if some cannot be read.
Result<bool> CopyRecords(const SegmentName& name, SegmentWriter& writer) {
  ASSIGN_OR_RETURN(SegmentReader segment, SegmentReader::Open(name, 0));
  for (bool more = true; more;) {
    LandedBatch batch;
    segment.BeginBatch();
    ASSIGN_OR_RETURN(more, segment.Next(batch));
    for (const LandedRecord& record : batch.records) {
      RETURN_IF_ERROR(writer.Add(record.sequence, {.source = record.source,
                                                   .source_offset = record.source_offset,
                                                   .received_at = record.received_at,
                                                   .bytes = record.bytes,
                                                   .kind = record.kind,
                                                   .reason = record.reason}));
    }
  }
  RETURN_IF_ERROR(segment.EndHere());
  return segment.problems().empty();
}

}  // namespace

struct LandingLog::State {
  State(std::filesystem::path where, FileSystem& file_system, LandingLogOptions settings, WriterLock held)
      : directory(std::move(where)), files(file_system), options(settings), lock(std::move(held)) {}

  std::filesystem::path directory;
  FileSystem& files;  // borrowed; outlives the log
  LandingLogOptions options;
  WriterLock lock;
  std::optional<SegmentWriter> writer;  // of the last segment, unless that is sealed
  uint64_t next_sequence = 1;
  std::shared_ptr<std::atomic<uint64_t>> synced_sequence = std::make_shared<std::atomic<uint64_t>>(1);
  std::optional<Error> failure;
  std::vector<LandingProblem> problems;

  Status TakeUp();
  Status TakeUp(const SegmentName& last);
  Status CutTail(SegmentReader& segment);
  Error Fail(Error error);
  Status Add(const NewRecord& record);
  Result<bool> Pack(const SegmentName& name);
};

// Finds where the log ends, so that the writer goes on there.
Status LandingLog::State::TakeUp() {
  RETURN_IF_ERROR(RemoveUnfinished(directory, files));
  ASSIGN_OR_RETURN(std::vector<SegmentName> segments, ListSegments(directory));
  // A crash while a segment was created leaves a file that holds nothing.
  while (!segments.empty()) {
    std::error_code code;
    const uint64_t size = std::filesystem::file_size(segments.back().path, code);
    ASSIGN_OR_RETURN(const SegmentReader last, SegmentReader::Open(segments.back(), 0));
    if (!last.is_headless() || code || size > kSegmentHeaderBytes) break;
    RETURN_IF_ERROR(files.Remove(last.path()));
    RETURN_IF_ERROR(files.SyncDirectory(directory));
    next_sequence = std::max(next_sequence, segments.back().first_sequence);
    segments.pop_back();
  }
  if (!segments.empty()) RETURN_IF_ERROR(TakeUp(segments.back()));
  next_sequence = std::max(next_sequence, options.next_sequence_min);
  *synced_sequence = next_sequence;
  return {};
}

Status LandingLog::State::TakeUp(const SegmentName& last) {
  ASSIGN_OR_RETURN(SegmentReader segment, ReadToEnd(last));
  problems = segment.problems();
  next_sequence = std::max(next_sequence, segment.expected_sequence());
  if (segment.is_headless()) {
    // Nothing tells how many records were there; no record takes less than a byte.
    next_sequence = std::max(next_sequence, last.first_sequence + segment.file_size());
    problems.push_back({last.path, 0, "nothing in the segment can be read"});
    return {};
  }
  if (segment.is_sealed()) {
    const uint64_t whole = segment.offset() + kTrailerBytes;
    if (segment.file_size() >= whole) return {};
    RETURN_IF_ERROR(files.Truncate(last.path, segment.index_offset()));
  } else {
    RETURN_IF_ERROR(CutTail(segment));
  }
  const uint64_t size = segment.is_sealed() ? segment.index_offset() : segment.offset();
  ASSIGN_OR_RETURN(writer, SegmentWriter::Resume(files, last.path,
                                                 {.size = size,
                                                  .plain_bytes = segment.seen_plain_bytes(),
                                                  .index = segment.seen()},
                                                 options));
  return {};
}

Status LandingLog::State::CutTail(SegmentReader& segment) {
  const uint64_t size = segment.file_size();
  if (size <= segment.offset()) return {};
  problems.push_back({segment.path(), segment.offset(),
                      std::to_string(size - segment.offset()) + " bytes of a torn record were cut off"});
  return files.Truncate(segment.path(), segment.offset());
}

// Nothing since the last Sync() is accepted, so as far as the disk still obeys it goes away.
Error LandingLog::State::Fail(Error error) {
  failure = error;
  if (writer) {
    const uint64_t durable = writer->file()->Abandon();
    static_cast<void>(files.Truncate(writer->path(), durable).ok());
  }
  writer.reset();
  next_sequence = *synced_sequence;
  return error;
}

Status LandingLog::State::Add(const NewRecord& record) {
  if (!writer) {
    const std::filesystem::path path = SegmentPath(directory, next_sequence);
    ASSIGN_OR_RETURN(writer, SegmentWriter::Create(files, path, next_sequence, options));
  }
  return writer->Add(next_sequence, record);
}

// Writes the segment `name` anew, compressed, and puts it in the place of the old; false if it stays as it is.
Result<bool> LandingLog::State::Pack(const SegmentName& name) {
  {
    ASSIGN_OR_RETURN(SegmentReader segment, SegmentReader::Open(name, 0));
    ASSIGN_OR_RETURN(const std::optional<SegmentIndex> index, segment.ReadIndex());
    if (!index || !IsWorthPacking(*index, segment.file_size())) return false;
  }
  const std::filesystem::path packed = name.path.string() + std::string(kUnfinishedSuffix);
  ASSIGN_OR_RETURN(SegmentWriter packer, SegmentWriter::Create(files, packed, name.first_sequence, options));
  ASSIGN_OR_RETURN(const bool whole, CopyRecords(name, packer));
  // A damaged segment stays as it is, so that whatever can be got out of it can still be got.
  if (!whole) {
    RETURN_IF_ERROR(files.Remove(packed));
    return false;
  }
  RETURN_IF_ERROR(packer.Seal());
  RETURN_IF_ERROR(files.Rename(packed, name.path));
  RETURN_IF_ERROR(files.SyncDirectory(directory));
  return true;
}

LandingLog::LandingLog(std::unique_ptr<State> state) : state_(std::move(state)) {}
LandingLog::~LandingLog() = default;
LandingLog::LandingLog(LandingLog&& other) noexcept = default;
LandingLog& LandingLog::operator=(LandingLog&& other) noexcept = default;

Result<LandingLog> LandingLog::Open(const std::filesystem::path& directory, FileSystem& files,
                                    LandingLogOptions options) {
  assert(options.block_bytes > 0 && options.block_bytes <= kMaxBlockBytes && options.segment_bytes > 0);
  RETURN_IF_ERROR(MakeDirectory(directory, files));
  ASSIGN_OR_RETURN(WriterLock lock, WriterLock::Take(directory));
  auto state = std::make_unique<State>(directory, files, options, std::move(lock));
  RETURN_IF_ERROR(state->TakeUp());
  return LandingLog(std::move(state));
}

Result<uint64_t> LandingLog::Append(const NewRecord& record) {
  State& state = *state_;
  if (state.failure) return *state.failure;
  RETURN_IF_ERROR(CheckLimits(record));
  if (Status added = state.Add(record); !added.ok()) return state.Fail(added.error());
  const uint64_t sequence = state.next_sequence++;
  if (state.writer->plain_bytes() < state.options.segment_bytes) return sequence;
  if (Status sealed = state.writer->Seal(); !sealed.ok()) return state.Fail(sealed.error());
  RaiseTo(*state.synced_sequence, state.next_sequence);
  state.writer.reset();
  return sequence;
}

Status LandingLog::Sync() {
  State& state = *state_;
  if (state.failure) return *state.failure;
  if (!state.writer || *state.synced_sequence == state.next_sequence) return {};
  if (Status synced = state.writer->Sync(); !synced.ok()) return state.Fail(synced.error());
  RaiseTo(*state.synced_sequence, state.next_sequence);
  return {};
}

Result<PendingSync> LandingLog::BeginSync() {
  State& state = *state_;
  if (state.failure) return *state.failure;
  PendingSync pending;
  pending.sequence_ = state.next_sequence;
  pending.synced_sequence_ = state.synced_sequence;
  if (!state.writer || *state.synced_sequence == state.next_sequence) return pending;
  if (Status written = state.writer->WriteOut(); !written.ok()) return state.Fail(written.error());
  pending.file_ = state.writer->file();
  pending.size_ = state.writer->size();
  return pending;
}

Status PendingSync::Wait() const {
  if (file_) RETURN_IF_ERROR(file_->Sync(size_));
  RaiseTo(*synced_sequence_, sequence_);
  return {};
}

uint64_t LandingLog::next_sequence() const { return state_->next_sequence; }
uint64_t LandingLog::synced_sequence() const { return *state_->synced_sequence; }

Result<OwnedRecord> LandingLog::Find(uint64_t sequence) const { return FindRecord(state_->directory, sequence); }

// Runs beside Append(), so it touches only files: the last segment, which may be growing, is left alone.
Result<uint64_t> LandingLog::CompressSealed() {
  RETURN_IF_ERROR(RemoveUnfinished(state_->directory, state_->files));
  ASSIGN_OR_RETURN(std::vector<SegmentName> segments, ListSegments(state_->directory));
  uint64_t packed = 0;
  for (size_t i = 0; i + 1 < segments.size(); ++i) {
    ASSIGN_OR_RETURN(const bool done, state_->Pack(segments[i]));
    packed += done ? 1 : 0;
  }
  return packed;
}

const std::vector<LandingProblem>& LandingLog::problems() const { return state_->problems; }

}  // namespace casebook
