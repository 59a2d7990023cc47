#include "ingest/intake.h"

#include <unistd.h>

#include <algorithm>
#include <map>
#include <system_error>
#include <tuple>

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

// Copies `record` behind the last of `batches`, or into a new one.
void CopyInto(std::vector<LandedBatch>& batches, const NewRecord& record, uint64_t sequence) {
  const size_t needed = record.bytes.size() + record.source.size() + record.reason.size() + Enricher::kPadding;
  if (batches.empty() || batches.back().buffers.back().capacity() - batches.back().buffers.back().size() < needed) {
    batches.emplace_back();
    batches.back().buffers.emplace_back();
    batches.back().buffers.back().reserve(std::max(kBatchBytes, needed));
  }
  LandedBatch& batch = batches.back();
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
    : log_(log), files_(std::move(files)), clock_(clock), thread_([this] { Run(); }) {}

Intake::~Intake() {
  {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Intake::Run() {
  Status result;
  for (const IntakeFile& file : files_) {
    result = LandFile(file);
    if (!result.ok()) break;
  }
  if (result.ok()) result = SyncAndHandOn();
  const std::lock_guard lock(mutex_);
  result_ = result;
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
  CopyInto(appended_, record, sequence);
  appended_bytes_ += record.bytes.size();
  if (appended_bytes_ >= kSyncBytes) return SyncAndHandOn();
  return {};
}

Status Intake::SyncAndHandOn() {
  RETURN_IF_ERROR(log_.Sync());
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return cancelled_ || durable_bytes_ < kMaxWaitingBytes; });
  if (cancelled_) return IoError("the intake was cancelled");
  for (LandedBatch& batch : appended_) durable_.push_back(std::move(batch));
  durable_bytes_ += appended_bytes_;
  appended_.clear();
  appended_bytes_ = 0;
  changed_.notify_all();
  return {};
}

Result<LandedBatch> Intake::Next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return ended_ || !durable_.empty(); });
  if (durable_.empty()) {
    if (!result_.ok()) return result_.error();
    return LandedBatch();
  }
  LandedBatch batch = std::move(durable_.front());
  durable_.pop_front();
  for (const LandedRecord& record : batch.records) durable_bytes_ -= record.bytes.size();
  changed_.notify_all();
  return batch;
}

}  // namespace casebook
