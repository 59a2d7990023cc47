#include "landing/decompress.h"

#include <fcntl.h>
#include <unistd.h>

#include <isa-l/igzip_lib.h>
#include <zstd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "base/file.h"

namespace casebook {
namespace {

constexpr size_t kInputBytes = size_t{256} << 10U;
constexpr size_t kOutputBytes = size_t{512} << 10U;
// A frame that asks for more memory than 128 MiB is refused.
constexpr int kMaxWindowLog = 27;
constexpr size_t kMagicBytes = 4;

// Where the stored bytes come from, piece by piece.
class StoredBytes {
 public:
  virtual ~StoredBytes() = default;
  // Puts up to `wanted` bytes into `into`; returns how many, 0 at the end.
  virtual Result<size_t> Read(char* into, size_t wanted) = 0;
};

class FileBytes final : public StoredBytes {
 public:
  FileBytes(int descriptor, std::filesystem::path path) : descriptor_(descriptor), path_(std::move(path)) {}
  ~FileBytes() override {
    if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
  }
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;

  Result<size_t> Read(char* into, size_t wanted) override {
    for (;;) {
      const ssize_t got = ::read(descriptor_, into, wanted);
      if (got >= 0) return static_cast<size_t>(got);
      if (errno != EINTR) return SystemError("could not read", path_);
    }
  }

 private:
  int descriptor_;
  std::filesystem::path path_;
};

class BytesInMemory final : public StoredBytes {
 public:
  explicit BytesInMemory(std::string_view rest) : rest_(rest) {}
  Result<size_t> Read(char* into, size_t wanted) override {
    const size_t taken = rest_.copy(into, wanted);
    rest_.remove_prefix(taken);
    return taken;
  }

 private:
  std::string_view rest_;
};

enum class Packing { kNone, kGzip, kZstd };

std::optional<Packing> PackingOf(std::string_view start) {
  using namespace std::string_view_literals;
  if (start.starts_with("\x1F\x8B"sv)) return Packing::kGzip;
  if (start.starts_with("\x28\xB5\x2F\xFD"sv)) return Packing::kZstd;
  // A skippable frame of zstd: 0x184D2A50 to 0x184D2A5F.
  if (start.size() >= kMagicBytes && (static_cast<uint8_t>(start[0]) & 0xF0U) == 0x50U &&
      start.substr(1).starts_with("\x2A\x4D\x18"sv)) {
    return Packing::kZstd;
  }
  return std::nullopt;
}

// One member or frame after another; the plain bytes of each are checked against its own checksum.
class Unpacker {
 public:
  struct Step {
    size_t taken = 0;
    size_t given = 0;
    bool ended = false;  // the member or frame is complete
    const char* fault = nullptr;
  };
  virtual ~Unpacker() = default;
  virtual Step Unpack(std::string_view stored, char* plain, size_t capacity) = 0;
};

class GzipUnpacker final : public Unpacker {
 public:
  GzipUnpacker() : state_(std::make_unique<inflate_state>()) {
    isal_inflate_init(state_.get());
    state_->crc_flag = ISAL_GZIP;
  }

  Step Unpack(std::string_view stored, char* plain, size_t capacity) override {
    // The library takes the input as non-const but only reads it.
    state_->next_in = reinterpret_cast<uint8_t*>(const_cast<char*>(stored.data()));
    state_->avail_in = static_cast<uint32_t>(stored.size());
    state_->next_out = reinterpret_cast<uint8_t*>(plain);
    state_->avail_out = static_cast<uint32_t>(capacity);
    const int code = isal_inflate(state_.get());
    Step step;
    step.taken = stored.size() - state_->avail_in;
    step.given = capacity - state_->avail_out;
    if (code < 0) step.fault = code == ISAL_INCORRECT_CHECKSUM ? "checksum of gzip data is wrong" : "gzip data is corrupt";
    step.ended = code >= 0 && state_->block_state == ISAL_BLOCK_FINISH;
    return step;
  }

 private:
  std::unique_ptr<inflate_state> state_;
};

class ZstdUnpacker final : public Unpacker {
 public:
  ZstdUnpacker() : context_(ZSTD_createDCtx()) { ZSTD_DCtx_setParameter(context_, ZSTD_d_windowLogMax, kMaxWindowLog); }
  ~ZstdUnpacker() override { ZSTD_freeDCtx(context_); }
  ZstdUnpacker(const ZstdUnpacker&) = delete;
  ZstdUnpacker& operator=(const ZstdUnpacker&) = delete;

  Step Unpack(std::string_view stored, char* plain, size_t capacity) override {
    ZSTD_inBuffer in{stored.data(), stored.size(), 0};
    ZSTD_outBuffer out{plain, capacity, 0};
    const size_t code = ZSTD_decompressStream(context_, &out, &in);
    Step step{.taken = in.pos, .given = out.pos, .ended = code == 0, .fault = nullptr};
    if (ZSTD_isError(code) != 0) step.fault = ZSTD_getErrorName(code);
    return step;
  }

 private:
  ZSTD_DCtx* context_;
};

class StreamSource final : public ByteSource {
 public:
  StreamSource(std::string name, std::unique_ptr<StoredBytes> stored, ExpansionLimits limits)
      : name_(std::move(name)), stored_(std::move(stored)), limits_(limits) {}

  Result<size_t> Read(char* into, size_t capacity) override {
    assert(capacity >= kMinRead);
    if (error_) return *error_;
    Result<size_t> given = Produce(into, capacity);
    if (!given.ok()) error_ = given.error();
    return given;
  }

 private:
  Result<size_t> Produce(char* into, size_t capacity) {
    if (!started_) RETURN_IF_ERROR(Start());
    if (packing_ == Packing::kNone) return ReadPlain(into, capacity);
    return ReadUnpacked(into, capacity);
  }

  // Collects the first bytes, which may come one at a time from a pipe, and tells the packing.
  Status Start() {
    started_ = true;
    while (head_.size() < kMagicBytes) {
      const size_t before = head_.size();
      head_.resize(kMagicBytes);
      ASSIGN_OR_RETURN(const size_t got, stored_->Read(head_.data() + before, kMagicBytes - before));
      head_.resize(before + got);
      if (got == 0) break;
    }
    input_ = head_;
    packing_ = PackingOf(head_).value_or(Packing::kNone);
    return {};
  }

  Result<size_t> ReadPlain(char* into, size_t capacity) {
    const size_t given = input_.copy(into, capacity);
    input_.remove_prefix(given);
    return given > 0 ? given : stored_->Read(into, capacity);
  }

  // Unpacks until `into` is full, the stream ends or a fault shows; what was unpacked before the fault is
  // given first.
  Result<size_t> ReadUnpacked(char* into, size_t capacity) {
    size_t filled = 0;
    while (filled < capacity && !fault_ && !ended_) {
      Status status = Advance(into, capacity, filled);
      if (!status.ok()) fault_ = status.error();
    }
    if (filled == 0 && fault_) return *fault_;
    return filled;
  }

  Status Advance(char* into, size_t capacity, size_t& filled) {
    if (input_.empty()) RETURN_IF_ERROR(Refill());
    if (!unpacker_) {
      RETURN_IF_ERROR(NextMember());
      if (!unpacker_) return {};
    }
    const Unpacker::Step step = unpacker_->Unpack(input_, into + filled, capacity - filled);
    input_.remove_prefix(step.taken);
    stored_offset_ += step.taken;
    filled += step.given;
    plain_bytes_ += step.given;
    if (step.fault != nullptr) return Fault(step.fault);
    RETURN_IF_ERROR(CheckExpansion());
    if (step.ended) {
      unpacker_.reset();
    } else if (input_.empty() && input_ended_ && step.given == 0) {
      return Fault("compressed data is cut off");
    }
    return {};
  }

  Status Refill() {
    if (input_ended_) return {};
    stored_piece_.resize(kInputBytes);
    ASSIGN_OR_RETURN(const size_t got, stored_->Read(stored_piece_.data(), stored_piece_.size()));
    input_ = std::string_view(stored_piece_).substr(0, got);
    input_ended_ = input_.empty();
    return {};
  }

  // Begins the next member or frame, or sees that there is none. Zero bytes after the last one are padding.
  Status NextMember() {
    while (!input_.empty() && input_.front() == 0 && stored_offset_ > 0) {
      input_.remove_prefix(1);
      ++stored_offset_;
      if (input_.empty()) RETURN_IF_ERROR(Refill());
    }
    RETURN_IF_ERROR(JoinMagic());
    if (input_.empty()) {
      ended_ = true;
      return {};
    }
    const std::optional<Packing> packing = PackingOf(input_);
    if (!packing) return Fault("bytes after the compressed data are neither gzip nor zstd");
    if (*packing == Packing::kGzip) unpacker_ = std::make_unique<GzipUnpacker>();
    if (*packing == Packing::kZstd) unpacker_ = std::make_unique<ZstdUnpacker>();
    return {};
  }

  // Makes sure that the first bytes of a member stand in one piece.
  Status JoinMagic() {
    if (input_.size() >= kMagicBytes || input_ended_) return {};
    std::string joined(input_);
    while (joined.size() < kMagicBytes && !input_ended_) {
      RETURN_IF_ERROR(Refill());
      joined.append(input_);
    }
    head_ = std::move(joined);
    input_ = head_;
    return {};
  }

  Status CheckExpansion() const {
    if (plain_bytes_ > limits_.plain_bytes_max) return Limit("more than the " + std::to_string(limits_.plain_bytes_max) + " bytes allowed");
    if (plain_bytes_ <= limits_.free_bytes) return {};
    if (plain_bytes_ / limits_.ratio_max <= stored_offset_) return {};
    return Limit("more than " + std::to_string(limits_.ratio_max) + " times its size");
  }

  Error Limit(std::string_view what) const { return LimitPassed(Where() + "expands to " + std::string(what)); }
  Error Fault(std::string_view what) const { return Corrupt(Where() + std::string(what)); }
  std::string Where() const { return name_ + " at offset " + std::to_string(stored_offset_) + ": "; }

  std::string name_;
  std::unique_ptr<StoredBytes> stored_;
  ExpansionLimits limits_;

  bool started_ = false;
  Packing packing_ = Packing::kNone;
  std::string head_;        // bytes joined to tell the packing
  std::string stored_piece_;
  std::string_view input_;  // stored bytes read and not yet used; in head_ or stored_piece_
  bool input_ended_ = false;
  uint64_t stored_offset_ = 0;  // of input_
  uint64_t plain_bytes_ = 0;
  std::unique_ptr<Unpacker> unpacker_;  // of the member or frame at input_; none between two
  bool ended_ = false;
  std::optional<Error> fault_;  // found behind bytes that were still to be given
  std::optional<Error> error_;  // given
};

}  // namespace

Result<std::string_view> ByteSource::Next() {
  buffer_.resize(kOutputBytes);
  ASSIGN_OR_RETURN(const size_t given, Read(buffer_.data(), buffer_.size()));
  return std::string_view(buffer_).substr(0, given);
}

Result<std::unique_ptr<ByteSource>> OpenByteSource(const std::filesystem::path& path, ExpansionLimits limits) {
  const bool is_stdin = path == "-";
  const int descriptor = is_stdin ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return SystemError("could not open", path);
  if (!is_stdin) ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
  return std::unique_ptr<ByteSource>(std::make_unique<StreamSource>(
      is_stdin ? "stdin" : path.string(), std::make_unique<FileBytes>(descriptor, path), limits));
}

std::unique_ptr<ByteSource> MemoryByteSource(std::string name, std::string_view bytes, ExpansionLimits limits) {
  return std::make_unique<StreamSource>(std::move(name), std::make_unique<BytesInMemory>(bytes), limits);
}

}  // namespace casebook
