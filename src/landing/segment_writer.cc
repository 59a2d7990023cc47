#include "landing/segment_writer.h"

#include <cassert>
#include <utility>

namespace casebook {
namespace {

// What is left at a Sync() is compressed only if it is at least this much of a block: a few records in a
// block would gain little, and in plain frames damage costs one record, not all of them.
constexpr size_t kShareOfBlockToCompress = 8;
// Plain frames between two entries of the index.
constexpr uint64_t kIndexStride = uint64_t{64} << 10U;

}  // namespace

Status SegmentFile::Sync(uint64_t size) {
  const std::lock_guard lock(mutex_);
  if (failure_) return *failure_;
  if (size <= synced_size_) return {};
  if (Status synced = file_->Sync(); !synced.ok()) {
    // The system may have dropped what it could not write, and would call the next attempt a success.
    failure_ = synced.error();
    return synced;
  }
  synced_size_ = size;
  return {};
}

uint64_t SegmentFile::Abandon() {
  const std::lock_guard lock(mutex_);
  if (!failure_) failure_ = IoError("the segment was given up after a failure");
  return synced_size_;
}

Result<SegmentWriter> SegmentWriter::Create(FileSystem& files, const std::filesystem::path& path,
                                            uint64_t first_sequence, const LandingLogOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<AppendFile> file, files.OpenForAppend(path));
  SegmentWriter writer(std::move(file), path, options);
  RETURN_IF_ERROR(writer.Write(EncodeSegmentHeader(first_sequence)));
  RETURN_IF_ERROR(writer.Sync());
  RETURN_IF_ERROR(files.SyncDirectory(path.parent_path()));
  return writer;
}

Result<SegmentWriter> SegmentWriter::Resume(FileSystem& files, const std::filesystem::path& path, Resumed resumed,
                                            const LandingLogOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<AppendFile> file, files.OpenForAppend(path));
  SegmentWriter writer(std::move(file), path, options);
  writer.size_ = resumed.size;
  writer.plain_bytes_ = resumed.plain_bytes;
  writer.index_ = std::move(resumed.index);
  uint32_t id = 0;
  for (const std::string& source : writer.index_.sources) {
    ++id;
    // A number whose frame is damaged has no name, and is not given again.
    if (!source.empty()) writer.source_ids_.emplace(source, id);
  }
  // What a writer before this one wrote without syncing counts from now on, so it must be durable, and so must
  // the file's name.
  RETURN_IF_ERROR(writer.Sync());
  RETURN_IF_ERROR(files.SyncDirectory(path.parent_path()));
  return writer;
}

Status SegmentWriter::Add(uint64_t sequence, const NewRecord& record) {
  ASSIGN_OR_RETURN(const uint32_t source_id, SourceId(record.source));
  if (block_records_ == 0) block_first_sequence_ = sequence;
  FrameHeader header;
  header.type = static_cast<uint8_t>(record.kind);
  header.reason_size = static_cast<uint16_t>(record.reason.size());
  header.sequence = sequence;
  header.source_offset = record.source_offset;
  header.source_id = source_id;
  header.received_at = record.received_at.micros;
  const size_t before = block_.size();
  AppendFrame(block_, header, record.reason, record.bytes);
  plain_bytes_ += block_.size() - before;
  ++block_records_;
  ++index_.records;
  if (block_.size() >= options_.block_bytes) return WriteBlock();
  return {};
}

Status SegmentWriter::WriteOut() {
  return block_.size() * kShareOfBlockToCompress >= options_.block_bytes ? WriteBlock() : WritePlain();
}

Status SegmentWriter::Sync() {
  RETURN_IF_ERROR(WriteOut());
  return file_->Sync(size_);
}

Status SegmentWriter::Seal() {
  RETURN_IF_ERROR(WriteBlock());
  RETURN_IF_ERROR(Write(EncodeIndex(index_, size_)));
  return file_->Sync(size_);
}

// The number of a source, whose frame stands before all records that name it.
Result<uint32_t> SegmentWriter::SourceId(std::string_view name) {
  if (last_source_id_ != 0 && name == last_source_) return last_source_id_;
  const auto found = source_ids_.find(name);
  if (found != source_ids_.end()) {
    last_source_ = name;
    last_source_id_ = found->second;
    return found->second;
  }
  FrameHeader header;
  header.type = static_cast<uint8_t>(FrameType::kSource);
  header.source_id = static_cast<uint32_t>(index_.sources.size() + 1);
  std::string frame;
  AppendFrame(frame, header, {}, name);
  RETURN_IF_ERROR(Write(frame));
  index_.sources.emplace_back(name);
  source_ids_.emplace(name, header.source_id);
  last_source_ = name;
  last_source_id_ = header.source_id;
  return header.source_id;
}

Status SegmentWriter::WriteBlock() {
  if (block_records_ == 0) return {};
  const std::string block =
      CompressBlock(block_, block_first_sequence_, block_records_, options_.compression_level);
  return block.empty() ? WritePlain() : WriteCompressed(block);
}

Status SegmentWriter::WriteCompressed(std::string_view block) {
  index_.entries.push_back({block_first_sequence_, size_});
  block_.clear();
  block_records_ = 0;
  return Write(block);
}

Status SegmentWriter::WritePlain() {
  if (block_records_ == 0) return {};
  if (index_.entries.empty() || size_ - index_.entries.back().offset >= kIndexStride) {
    index_.entries.push_back({block_first_sequence_, size_});
  }
  index_.plain_frame_bytes += block_.size();
  RETURN_IF_ERROR(Write(block_));
  block_.clear();
  block_records_ = 0;
  return {};
}

Status SegmentWriter::Write(std::string_view bytes) {
  RETURN_IF_ERROR(file_->Append(bytes));
  size_ += bytes.size();
  return {};
}

}  // namespace casebook
