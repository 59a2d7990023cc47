#include "landing/landing_format.h"

#include <zstd.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <memory>
#include <system_error>

#include "base/checksum.h"

namespace casebook {
namespace {

constexpr std::string_view kSegmentSuffix = ".log";
constexpr size_t kSequenceDigits = 20;
constexpr uint32_t kTrailerMarker = 0xC1FEEDCBU;
constexpr size_t kChecksumEnd = 8;  // of the frame's marker and checksum

struct Trailer {
  uint64_t index_offset = 0;
  uint32_t checksum = 0;  // CRC32C of the offset
  uint32_t marker = kTrailerMarker;
};
static_assert(sizeof(Trailer) == kTrailerBytes);

template <typename T>
std::string_view BytesOf(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

template <typename T>
void Put(std::string& out, T value) {
  out.append(BytesOf(value));
}

template <typename T>
bool Take(std::string_view& from, T& value) {
  if (from.size() < sizeof value) return false;
  std::memcpy(&value, from.data(), sizeof value);
  from.remove_prefix(sizeof value);
  return true;
}

bool TakeBytes(std::string_view& from, size_t size, std::string& bytes) {
  if (from.size() < size) return false;
  bytes = from.substr(0, size);
  from.remove_prefix(size);
  return true;
}

struct CompressorDeleter {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};
struct DecompressorDeleter {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

// A context costs more to make than a block to compress, so each thread keeps its own.
ZSTD_CCtx* Compressor() {
  thread_local std::unique_ptr<ZSTD_CCtx, CompressorDeleter> context(ZSTD_createCCtx());
  return context.get();
}

ZSTD_DCtx* Decompressor() {
  thread_local std::unique_ptr<ZSTD_DCtx, DecompressorDeleter> context(ZSTD_createDCtx());
  return context.get();
}

bool IsPlausible(const FrameHeader& header) {
  if (header.marker != kFrameMarker) return false;
  if (header.type < static_cast<uint8_t>(FrameType::kRecord)) return false;
  if (header.type > static_cast<uint8_t>(FrameType::kIndex)) return false;
  return header.payload_size <= kMaxFrameBytes && header.reason_size <= header.payload_size;
}

}  // namespace

std::string Describe(const LandingProblem& problem) {
  return problem.segment.string() + " at offset " + std::to_string(problem.offset) + ": " + problem.what;
}

std::string EncodeSegmentHeader(uint64_t first_sequence) {
  SegmentHeader header;
  header.first_sequence = first_sequence;
  header.checksum = Crc32c(BytesOf(header).substr(0, offsetof(SegmentHeader, checksum)));
  return std::string(BytesOf(header));
}

Result<SegmentHeader> DecodeSegmentHeader(std::string_view bytes) {
  SegmentHeader header;
  const SegmentHeader ours;
  if (!Take(bytes, header)) return Corrupt("segment header is cut off");
  if (std::memcmp(header.magic, ours.magic, sizeof ours.magic) != 0) return Corrupt("this is no segment of a landing log");
  if (header.checksum != Crc32c(BytesOf(header).substr(0, offsetof(SegmentHeader, checksum)))) {
    return Corrupt("checksum of the segment header is wrong");
  }
  if (header.version != ours.version) {
    return Unsupported("segment has format version " + std::to_string(header.version) + ", this program reads version " +
                       std::to_string(ours.version));
  }
  return header;
}

void AppendFrame(std::string& out, FrameHeader header, std::string_view payload_head, std::string_view payload) {
  header.marker = kFrameMarker;
  header.payload_size = static_cast<uint32_t>(payload_head.size() + payload.size());
  const uint32_t head = Crc32c(payload_head, Crc32c(BytesOf(header).substr(kChecksumEnd)));
  header.checksum = Crc32c(payload, head);
  out.append(BytesOf(header)).append(payload_head).append(payload);
}

std::optional<size_t> FrameSize(std::string_view bytes) {
  FrameHeader header;
  if (!Take(bytes, header) || !IsPlausible(header)) return std::nullopt;
  return kFrameHeaderBytes + header.payload_size;
}

std::optional<Frame> DecodeFrame(std::string_view bytes) {
  Frame frame;
  std::string_view rest = bytes;
  if (!Take(rest, frame.header) || !IsPlausible(frame.header)) return std::nullopt;
  if (rest.size() < frame.header.payload_size) return std::nullopt;
  frame.payload = rest.substr(0, frame.header.payload_size);
  if (Crc32c(bytes.substr(kChecksumEnd, frame.size() - kChecksumEnd)) != frame.header.checksum) return std::nullopt;
  return frame;
}

std::string CompressBlock(std::string_view frames, uint64_t first_sequence, uint32_t records, int level) {
  thread_local std::string packed;
  packed.resize(std::max(packed.size(), ZSTD_compressBound(frames.size())));
  const size_t size =
      ZSTD_compressCCtx(Compressor(), packed.data(), packed.size(), frames.data(), frames.size(), level);
  if (ZSTD_isError(size) != 0 || size + kFrameHeaderBytes >= frames.size()) return {};
  FrameHeader header;
  header.type = static_cast<uint8_t>(FrameType::kBlock);
  header.sequence = first_sequence;
  header.source_offset = frames.size();
  header.source_id = records;
  std::string block;
  block.reserve(kFrameHeaderBytes + size);
  AppendFrame(block, header, {}, std::string_view(packed).substr(0, size));
  return block;
}

Status DecompressBlock(const Frame& block, std::string& out) {
  const uint64_t plain_size = block.header.source_offset;
  if (plain_size > kMaxBlockPlainBytes) return Corrupt("block claims " + std::to_string(plain_size) + " bytes");
  const size_t before = out.size();
  out.resize(before + plain_size);
  const size_t got = ZSTD_decompressDCtx(Decompressor(), out.data() + before, plain_size, block.payload.data(),
                                         block.payload.size());
  if (ZSTD_isError(got) == 0 && got == plain_size) return {};
  out.resize(before);
  return Corrupt("block cannot be decompressed");
}

std::string EncodeIndex(const SegmentIndex& index, uint64_t index_offset) {
  std::string payload;
  Put(payload, index.records);
  Put(payload, index.plain_frame_bytes);
  Put(payload, static_cast<uint32_t>(index.sources.size()));
  Put(payload, static_cast<uint32_t>(index.entries.size()));
  for (const std::string& source : index.sources) {
    Put(payload, static_cast<uint32_t>(source.size()));
    payload.append(source);
  }
  for (const IndexEntry& entry : index.entries) Put(payload, entry);
  std::string out;
  FrameHeader header;
  header.type = static_cast<uint8_t>(FrameType::kIndex);
  AppendFrame(out, header, {}, payload);
  Put(out, Trailer{.index_offset = index_offset, .checksum = Crc32c(BytesOf(index_offset))});
  return out;
}

std::optional<uint64_t> DecodeTrailer(std::string_view bytes) {
  Trailer trailer;
  if (!Take(bytes, trailer) || trailer.marker != kTrailerMarker) return std::nullopt;
  if (trailer.checksum != Crc32c(BytesOf(trailer.index_offset))) return std::nullopt;
  return trailer.index_offset;
}

std::optional<SegmentIndex> DecodeIndex(const Frame& frame) {
  SegmentIndex index;
  std::string_view rest = frame.payload;
  uint32_t sources = 0;
  uint32_t entries = 0;
  if (!Take(rest, index.records) || !Take(rest, index.plain_frame_bytes)) return std::nullopt;
  if (!Take(rest, sources) || !Take(rest, entries)) return std::nullopt;
  for (; sources > 0; --sources) {
    uint32_t size = 0;
    std::string name;
    if (!Take(rest, size) || !TakeBytes(rest, size, name)) return std::nullopt;
    index.sources.push_back(std::move(name));
  }
  for (; entries > 0; --entries) {
    IndexEntry entry;
    if (!Take(rest, entry)) return std::nullopt;
    index.entries.push_back(entry);
  }
  if (!rest.empty()) return std::nullopt;
  return index;
}

std::filesystem::path SegmentPath(const std::filesystem::path& directory, uint64_t first_sequence) {
  std::string digits = std::to_string(first_sequence);
  digits.insert(0, kSequenceDigits - digits.size(), '0');
  return directory / (digits + std::string(kSegmentSuffix));
}

Result<std::vector<SegmentName>> ListSegments(const std::filesystem::path& directory) {
  std::vector<SegmentName> segments;
  std::error_code code;
  std::filesystem::directory_iterator entry(directory, code);
  if (code == std::errc::no_such_file_or_directory) return segments;
  for (; !code && entry != std::filesystem::directory_iterator(); entry.increment(code)) {
    const std::string name = entry->path().filename().string();
    if (name.size() != kSequenceDigits + kSegmentSuffix.size() || !name.ends_with(kSegmentSuffix)) continue;
    uint64_t first_sequence = 0;
    const char* digits_end = name.data() + kSequenceDigits;
    const auto [end, error] = std::from_chars(name.data(), digits_end, first_sequence);
    if (error == std::errc() && end == digits_end) segments.push_back({entry->path(), first_sequence});
  }
  if (code) return IoError("could not list " + directory.string() + ": " + code.message());
  std::sort(segments.begin(), segments.end(),
            [](const SegmentName& a, const SegmentName& b) { return a.first_sequence < b.first_sequence; });
  return segments;
}

}  // namespace casebook
