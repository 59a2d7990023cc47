#include "ingest/record_reader.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>
#include <tuple>

#include "base/file.h"
#include "ingest/land_text.h"
#include "rows/enricher.h"

namespace casebook {
namespace {

namespace fs = std::filesystem;

constexpr size_t kBatchBytes = size_t{1} << 20U;
// Read at once: it stays in the processor's cache until it is cut.
constexpr size_t kReadBytes = size_t{256} << 10U;
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

std::optional<CutRecords> RecordReader::Next() {
  if (filling_.batch.buffers.empty()) BeginBatch({});
  while (room() >= kReadBytes || filling_.records.empty()) {
    if (room() < kReadBytes) BeginBatch(std::string_view(filling_.batch.buffers.front()).substr(begin_, end_ - begin_));
    if (!file_ && !OpenNext()) break;
    ReadOn();
  }
  if (filling_.records.empty()) return std::nullopt;
  CutRecords full = std::exchange(filling_, {});
  BeginBatch(std::string_view(full.batch.buffers.front()).substr(begin_, end_ - begin_));
  return full;
}

// False where there is none.
bool RecordReader::OpenNext() {
  while (next_file_ < files_.size()) {
    const std::string& name = files_[next_file_++].name;
    auto bytes = OpenByteSource(name);
    if (bytes.ok()) {
      file_.emplace(OpenFile{&name, std::move(*bytes), RecordSplitter(IsKnownRecord)});
      return true;
    }
    damage_.push_back(bytes.error().message);
  }
  return false;
}

void RecordReader::ReadOn() {
  std::string& buffer = filling_.batch.buffers.front();
  const auto got = file_->bytes->Read(buffer.data() + end_, std::min(room(), kReadBytes));
  if (!got.ok()) damage_.push_back(got.error().message);
  const bool at_end = !got.ok() || *got == 0;
  if (!at_end) {
    bytes_read_ += *got;
    end_ += *got;
  }
  split_.clear();
  begin_ += file_->splitter.Split(std::string_view(buffer).substr(begin_, end_ - begin_), at_end, split_);
  AddRecords(split_);
  if (at_end) file_.reset();
}

void RecordReader::AddRecords(const std::vector<SplitRecord>& records) {
  const Timestamp now = clock_.Now();
  for (const SplitRecord& record : records) {
    const bool is_value = record.kind == SplitKind::kValue;
    filling_.records.push_back({.source = *file_->name,
                                .source_offset = record.offset,
                                .received_at = now,
                                .bytes = record.bytes,
                                .kind = is_value ? LandedKind::kRecord : LandedKind::kSetAside,
                                .reason = record.reason});
  }
}

// --- Batches ------------------------------------------------------------------------------------------------

size_t RecordReader::room() const { return filling_.batch.buffers.front().size() - Enricher::kPadding - end_; }

// An empty batch that begins with `rest`, the start of a record, and has as much room again.
void RecordReader::BeginBatch(std::string_view rest) {
  const size_t bytes = std::max(kBatchBytes, 2 * (rest.size() + kReadBytes));
  LandedBatch batch;
  {
    const std::lock_guard lock(mutex_);
    if (bytes == kBatchBytes && !spare_.empty()) {
      batch = std::move(spare_.back());
      spare_.pop_back();
    }
  }
  if (batch.buffers.empty()) batch.buffers.emplace_back(bytes + Enricher::kPadding, '\0');
  rest.copy(batch.buffers.front().data(), rest.size());
  filling_.batch = std::move(batch);
  begin_ = 0;
  end_ = rest.size();
}

void RecordReader::Recycle(LandedBatch batch) {
  if (batch.buffers.empty() || batch.buffers.front().size() != kBatchBytes + Enricher::kPadding) return;
  batch.records.clear();
  batch.buffers.resize(1);
  const std::lock_guard lock(mutex_);
  if (spare_.size() < kMaxSpare) spare_.push_back(std::move(batch));
}

}  // namespace casebook
