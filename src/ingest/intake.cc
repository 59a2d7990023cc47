#include "ingest/intake.h"

#include <unistd.h>

#include <algorithm>
#include <map>
#include <system_error>
#include <tuple>
#include <utility>

#include "base/file.h"
#include "ingest/land_text.h"
#include "landing/decompress.h"
#include "landing/record_splitter.h"
#include "rows/enricher.h"

namespace casebook {
namespace {

namespace fs = std::filesystem;

constexpr size_t kBatchBytes = size_t{1} << 20U;
constexpr uint64_t kSmallFileBytes = uint64_t{1} << 20U;

Status AddFile(const fs::path& path, std::vector<IntakeFile>& files) {
  if (::access(path.c_str(), R_OK) != 0) return SystemError("could not open", path);
  std::error_code ignored;
  const auto bytes = fs::file_size(path, ignored);
  files.push_back({path.string(), ignored ? 0 : bytes});
  return {};
}

Status AddFolder(const fs::path& folder, std::vector<IntakeFile>& files) {
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(folder, error); !error && entry != fs::recursive_directory_iterator();
       entry.increment(error)) {
    if (entry->is_regular_file()) RETURN_IF_ERROR(AddFile(entry->path(), files));
  }
  if (error) return IoError("could not read folder " + folder.string() + ": " + error.message());
  return {};
}

bool HasRoomFor(const LandedBatch& batch, size_t bytes) {
  const std::string& buffer = batch.buffers.back();
  return buffer.capacity() - buffer.size() >= bytes;
}

size_t BytesNeeded(const NewRecord& record) {
  return record.bytes.size() + record.source.size() + record.reason.size() + Enricher::kPadding;
}

LandedBatch EmptyBatch(size_t bytes) {
  LandedBatch batch;
  batch.buffers.emplace_back().reserve(std::max(kBatchBytes, bytes));
  return batch;
}

// Copies `record` into `batch`, which has room for it.
void CopyInto(LandedBatch& batch, const NewRecord& record, uint64_t sequence) {
  std::string& buffer = batch.buffers.back();
  const auto keep = [&buffer](std::string_view text) {
    buffer.append(text);
    return std::string_view(buffer).substr(buffer.size() - text.size());
  };
  LandedRecord landed;
  landed.sequence = sequence;
  landed.received_at = record.received_at;
  const bool same_source = !batch.records.empty() && batch.records.back().source == record.source;
  landed.source = same_source ? batch.records.back().source : keep(record.source);
  landed.source_offset = record.source_offset;
  landed.bytes = keep(record.bytes);
  landed.kind = record.kind;
  landed.reason = keep(record.reason);
  batch.records.push_back(landed);
}

}  // namespace

Result<std::vector<IntakeFile>> ListInputs(const std::vector<std::string>& inputs) {
  std::vector<IntakeFile> files;
  for (const std::string& input : inputs) {
    std::error_code ignored;
    if (input == "-") {
      files.push_back({input, 0});
    } else if (fs::is_directory(input, ignored)) {
      RETURN_IF_ERROR(AddFolder(input, files));
    } else {
      RETURN_IF_ERROR(AddFile(input, files));
    }
  }
  std::map<fs::path, uint64_t> greatest;  // size in each folder
  for (const IntakeFile& file : files) {
    uint64_t& bytes = greatest[fs::path(file.name).parent_path()];
    bytes = std::max(bytes, file.bytes);
  }
  const auto order = [&greatest](const IntakeFile& file) {
    const bool among_great = greatest.at(fs::path(file.name).parent_path()) > kSmallFileBytes;
    return std::tuple(among_great, std::min(file.bytes, kSmallFileBytes), std::string_view(file.name));
  };
  std::sort(files.begin(), files.end(), [&](const IntakeFile& a, const IntakeFile& b) { return order(a) < order(b); });
  return files;
}

Intake::Intake(LandingLog& log, std::vector<IntakeFile> files, const Clock& clock)
    : log_(log), files_(std::move(files)), clock_(clock), durable_(log.synced_sequence()),
      sync_thread_([this] { RunSyncs(); }), thread_([this] { Run(); }) {}

Intake::~Intake() {
  {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
  }
  changed_.notify_all();
  thread_.join();
  sync_thread_.join();
}

void Intake::Run() {
  Status result;
  for (const IntakeFile& file : files_) {
    result = LandFile(file);
    if (!result.ok()) break;
  }
  if (result.ok()) result = HandOn();
  if (result.ok()) result = BeginSync();
  End(result);
}

void Intake::End(const Status& result) {
  const std::lock_guard lock(mutex_);
  if (result_.ok()) result_ = result;
  ended_ = true;
  changed_.notify_all();
}

Status Intake::LandFile(const IntakeFile& file) {
  auto source = OpenByteSource(file.name);
  if (!source.ok()) {
    damage_.push_back(source.error().message);
    return {};
  }
  RecordSplitter splitter(IsKnownRecord);
  std::vector<SplitRecord> records;
  for (bool more = true; more;) {
    auto piece = (*source)->Next();
    records.clear();
    if (!piece.ok()) damage_.push_back(piece.error().message);
    more = piece.ok() && !piece->empty();
    if (more) {
      bytes_read_ += piece->size();
      splitter.Feed(*piece, records);
    } else {
      splitter.Finish(records);
    }
    const Timestamp now = clock_.Now();
    for (const SplitRecord& record : records) {
      const bool is_value = record.kind == SplitKind::kValue;
      RETURN_IF_ERROR(LandValue({.source = file.name,
                                 .source_offset = record.offset,
                                 .received_at = now,
                                 .bytes = record.bytes,
                                 .kind = is_value ? LandedKind::kRecord : LandedKind::kSetAside,
                                 .reason = record.reason},
                                [this](const NewRecord& landed) { return Land(landed); }));
    }
  }
  return {};
}

Status Intake::Land(const NewRecord& record) {
  ASSIGN_OR_RETURN(const uint64_t sequence, log_.Append(record));
  const size_t needed = BytesNeeded(record);
  if (filling_ && !HasRoomFor(*filling_, needed)) RETURN_IF_ERROR(HandOn());
  if (!filling_) filling_ = EmptyBatch(needed);
  CopyInto(*filling_, record, sequence);
  filling_bytes_ += record.bytes.size();
  unsynced_bytes_ += record.bytes.size();
  return unsynced_bytes_ >= kSyncBytes ? BeginSync() : Status();
}

Status Intake::HandOn() {
  if (!filling_) return {};
  std::unique_lock lock(mutex_);
  if (landed_bytes_ >= kMaxWaitingBytes) {
    // Whoever takes the records may be waiting for them to be durable.
    lock.unlock();
    RETURN_IF_ERROR(BeginSync());
    lock.lock();
  }
  changed_.wait(lock, [this] { return cancelled_ || !result_.ok() || landed_bytes_ < kMaxWaitingBytes; });
  if (cancelled_) return IoError("the intake was cancelled");
  if (!result_.ok()) return result_;
  landed_.push_back(std::move(*filling_));
  landed_bytes_ += filling_bytes_;
  filling_.reset();
  filling_bytes_ = 0;
  changed_.notify_all();
  return {};
}

Result<LandedBatch> Intake::Next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return ended_ || !landed_.empty(); });
  if (landed_.empty()) {
    if (!result_.ok()) return result_.error();
    return LandedBatch();
  }
  LandedBatch batch = std::move(landed_.front());
  landed_.pop_front();
  for (const LandedRecord& record : batch.records) landed_bytes_ -= record.bytes.size();
  changed_.notify_all();
  return batch;
}

// --- Durability ---------------------------------------------------------------------------------------------

Status Intake::BeginSync() {
  ASSIGN_OR_RETURN(PendingSync pending, log_.BeginSync());
  unsynced_bytes_ = 0;
  const std::lock_guard lock(mutex_);
  wanted_sync_ = std::move(pending);
  changed_.notify_all();
  return {};
}

void Intake::RunSyncs() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return wanted_sync_ || ended_; });
    if (!wanted_sync_) return;
    const PendingSync pending = *std::exchange(wanted_sync_, std::nullopt);
    lock.unlock();
    const Status waited = pending.Wait();
    lock.lock();
    if (waited.ok()) durable_ = std::max(durable_, pending.sequence());
    if (!waited.ok() && result_.ok()) result_ = waited;
    changed_.notify_all();
  }
}

Status Intake::AwaitDurable(uint64_t sequence) {
  std::unique_lock lock(mutex_);
  // At the end the last sync may still be on its way.
  changed_.wait(lock, [&] { return durable_ > sequence || !result_.ok(); });
  return durable_ > sequence ? Status() : result_;
}

}  // namespace casebook
