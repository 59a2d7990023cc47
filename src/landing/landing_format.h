// The bytes of a segment of the landing log: frames, blocks and the index. docs/landing-log.md tells the whole.
//
// Encoding and checking only; no file is touched here. Used inside landing/ alone.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "landing/landed_record.h"
#include "landing/landing_log.h"

namespace casebook {

// Numbers are little-endian on disk, and copied as they are.
static_assert(std::endian::native == std::endian::little);

enum class FrameType : uint8_t {
  kRecord = 1,  // the first three are LandedKind
  kSetAside = 2,
  kStruckOut = 3,
  kSource = 4,  // gives a source's name its number
  kBlock = 5,   // record frames, compressed together
  kIndex = 6,   // where blocks begin; nothing but the trailer stands after it
};

// What stands before the payload of each frame. Fields that a type does not use are 0.
struct FrameHeader {
  uint32_t marker = 0;
  uint32_t checksum = 0;      // CRC32C of all that follows, payload included
  uint32_t payload_size = 0;  // as stored
  uint8_t type = 0;
  uint8_t unused = 0;
  uint16_t reason_size = 0;    // set aside: the payload's first bytes are the reason
  uint64_t sequence = 0;       // block: of its first record
  uint64_t source_offset = 0;  // block: plain size
  uint32_t source_id = 0;      // block: number of records
  uint32_t unused_too = 0;
  int64_t received_at = 0;
};
inline constexpr size_t kFrameHeaderBytes = 48;
static_assert(sizeof(FrameHeader) == kFrameHeaderBytes);

// Bytes that no text in UTF-8 holds.
inline constexpr uint32_t kFrameMarker = 0xC1FAF5CBU;
inline constexpr size_t kMaxFrameBytes = kFrameHeaderBytes + kMaxReasonBytes + kMaxLandedBytes;
// A block is full with the frame that fills it.
inline constexpr size_t kMaxBlockBytes = size_t{16} << 20U;
inline constexpr size_t kMaxBlockPlainBytes = kMaxBlockBytes + kMaxFrameBytes;

struct SegmentHeader {
  char magic[8] = {'C', 'B', 'L', 'A', 'N', 'D', '1', '\n'};
  uint32_t version = 1;
  uint32_t unused = 0;
  uint64_t first_sequence = 0;
  uint32_t unused_too = 0;
  uint32_t checksum = 0;  // CRC32C of all before
};
inline constexpr size_t kSegmentHeaderBytes = 32;
static_assert(sizeof(SegmentHeader) == kSegmentHeaderBytes);

std::string EncodeSegmentHeader(uint64_t first_sequence);
// kCorrupt, or kUnsupported for a version that is not ours.
Result<SegmentHeader> DecodeSegmentHeader(std::string_view bytes);

// Appends a frame to `out`; fills marker, checksum and size.
void AppendFrame(std::string& out, FrameHeader header, std::string_view payload_head, std::string_view payload);

struct Frame {
  FrameHeader header;
  std::string_view payload;
  size_t size() const { return kFrameHeaderBytes + payload.size(); }
  FrameType type() const { return static_cast<FrameType>(header.type); }
  bool is_record() const { return type() <= FrameType::kStruckOut; }
};

// The size of the frame whose header `bytes` begin with, if it may be one.
std::optional<size_t> FrameSize(std::string_view bytes);
// The frame that `bytes` begin with, if it is whole and its checksum right.
std::optional<Frame> DecodeFrame(std::string_view bytes);

// The frame of a block that holds `frames`, `records` in number; empty where compressing gains nothing.
std::string CompressBlock(std::string_view frames, uint64_t first_sequence, uint32_t records, int level);
// The frames of a block, appended to `out`.
Status DecompressBlock(const Frame& block, std::string& out);

// Where reading may begin.
struct IndexEntry {
  uint64_t first_sequence = 0;
  uint64_t offset = 0;
};

struct SegmentIndex {
  uint64_t records = 0;
  uint64_t plain_frame_bytes = 0;  // of record frames that no block holds
  std::vector<std::string> sources;  // number n is sources[n - 1]
  std::vector<IndexEntry> entries;   // in the order of both
};

// The index frame and the trailer that tells where it begins.
std::string EncodeIndex(const SegmentIndex& index, uint64_t index_offset);
inline constexpr size_t kTrailerBytes = 16;
// The offset of the index frame, if `bytes` are a trailer.
std::optional<uint64_t> DecodeTrailer(std::string_view bytes);
std::optional<SegmentIndex> DecodeIndex(const Frame& frame);

struct SegmentName {
  std::filesystem::path path;
  uint64_t first_sequence = 0;
};

std::filesystem::path SegmentPath(const std::filesystem::path& directory, uint64_t first_sequence);
// The segments of a log in order; none if the directory is not there.
Result<std::vector<SegmentName>> ListSegments(const std::filesystem::path& directory);

}  // namespace casebook
