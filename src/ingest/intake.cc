#include "ingest/intake.h"

#include <unistd.h>

#include <algorithm>
#include <functional>
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
// Read at once: it stays in the processor's cache until it is landed.
constexpr size_t kReadBytes = size_t{256} << 10U;
constexpr size_t kMaxSpare = 2 * Intake::kMaxWaitingBytes / kBatchBytes;
// Of the buffers for what does not stand in the input as it is landed.
constexpr size_t kAsideBytes = size_t{64} << 10U;
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
  if (result.ok()) result = HandOn(std::exchange(filling_, {}));
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
    RETURN_IF_ERROR(MakeRoom());
    const auto got = (*source)->Read(filling_.buffer().data() + filling_.end, filling_.capacity() - filling_.end);
    if (!got.ok()) damage_.push_back(got.error().message);
    more = got.ok() && *got > 0;
    if (more) {
      bytes_read_ += *got;
      filling_.end += *got;
    }
    records.clear();
    const std::string_view unread(filling_.buffer().data() + filling_.begin, filling_.end - filling_.begin);
    filling_.begin += splitter.Split(unread, !more, records);
    RETURN_IF_ERROR(LandRecords(file.name, records));
  }
  return {};
}

Status Intake::LandRecords(const std::string& source, const std::vector<SplitRecord>& records) {
  const Timestamp now = clock_.Now();
  for (const SplitRecord& record : records) {
    const bool is_value = record.kind == SplitKind::kValue;
    RETURN_IF_ERROR(LandValue({.source = source,
                               .source_offset = record.offset,
                               .received_at = now,
                               .bytes = record.bytes,
                               .kind = is_value ? LandedKind::kRecord : LandedKind::kSetAside,
                               .reason = record.reason},
                              [this](const NewRecord& landed) { return Land(landed); }));
  }
  return {};
}

Status Intake::Land(const NewRecord& record) {
  ASSIGN_OR_RETURN(const uint64_t sequence, log_.Append(record));
  filling_.Add(record, sequence);
  unsynced_bytes_ += record.bytes.size();
  return unsynced_bytes_ >= kSyncBytes ? BeginSync() : Status();
}

// --- Batches ------------------------------------------------------------------------------------------------

size_t Intake::Filling::capacity() const { return batch.buffers.front().size() - Enricher::kPadding; }

// Copies `bytes` to where they stay with the batch.
std::string_view Intake::Filling::Keep(std::string_view bytes) {
  const size_t needed = bytes.size() + Enricher::kPadding;
  const bool has_room = batch.buffers.size() > 1 && batch.buffers.back().capacity() - batch.buffers.back().size() >= needed;
  if (!has_room) batch.buffers.emplace_back().reserve(std::max(kAsideBytes, needed));
  std::string& aside = batch.buffers.back();
  aside.append(bytes);
  return std::string_view(aside).substr(aside.size() - bytes.size());
}

void Intake::Filling::Add(const NewRecord& record, uint64_t sequence) {
  const std::less_equal<const char*> not_after;
  const bool stays = not_after(buffer().data(), record.bytes.data()) && not_after(record.bytes.data(), buffer().data() + end);
  const bool same_source = !batch.records.empty() && batch.records.back().source == record.source;
  LandedRecord landed;
  landed.sequence = sequence;
  landed.received_at = record.received_at;
  landed.source = same_source ? batch.records.back().source : Keep(record.source);
  landed.source_offset = record.source_offset;
  landed.bytes = stays ? record.bytes : Keep(record.bytes);
  landed.kind = record.kind;
  landed.reason = record.reason.empty() ? std::string_view() : Keep(record.reason);
  batch.records.push_back(landed);
  record_bytes += record.bytes.size();
}

Intake::Filling Intake::EmptyFilling(size_t bytes) {
  Filling filling;
  if (bytes == kBatchBytes) {
    const std::lock_guard lock(mutex_);
    if (!spare_.empty()) {
      filling.batch = std::move(spare_.back());
      spare_.pop_back();
      return filling;
    }
  }
  filling.batch.buffers.emplace_back(bytes + Enricher::kPadding, '\0');
  return filling;
}

// Sees to it that there is room to read into: hands on what is full, and takes the start of a record along.
Status Intake::MakeRoom() {
  if (!filling_.batch.buffers.empty() && filling_.capacity() - filling_.end >= kReadBytes) return {};
  if (filling_.batch.buffers.empty()) {
    filling_ = EmptyFilling(kBatchBytes);
    return {};
  }
  const std::string_view rest(filling_.buffer().data() + filling_.begin, filling_.end - filling_.begin);
  Filling next = EmptyFilling(std::max(kBatchBytes, 2 * (rest.size() + kReadBytes)));
  rest.copy(next.buffer().data(), rest.size());
  next.end = rest.size();
  return HandOn(std::exchange(filling_, std::move(next)));
}

Status Intake::HandOn(Filling filled) {
  if (filled.batch.records.empty()) return {};
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
  landed_.push_back(std::move(filled.batch));
  landed_bytes_ += filled.record_bytes;
  changed_.notify_all();
  return {};
}

void Intake::Recycle(LandedBatch batch) {
  if (batch.buffers.empty() || batch.buffers.front().size() != kBatchBytes + Enricher::kPadding) return;
  batch.records.clear();
  batch.buffers.resize(1);
  const std::lock_guard lock(mutex_);
  if (spare_.size() < kMaxSpare) spare_.push_back(std::move(batch));
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
