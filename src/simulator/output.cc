#include "simulator/output.h"

#include <fcntl.h>
#include <unistd.h>

#include <isa-l/igzip_lib.h>

#include <cerrno>
#include <cstdint>
#include <system_error>
#include <vector>

#include "base/file.h"

namespace casebook {
namespace {

constexpr uint32_t kGzipLevel = 1;
constexpr size_t kChunk = size_t{256} << 10U;
constexpr int kStandardOutput = 1;

class PlainFile : public OutputFile {
 public:
  PlainFile(int descriptor, std::filesystem::path path) : descriptor_(descriptor), path_(std::move(path)) {}
  PlainFile(const PlainFile&) = delete;
  PlainFile& operator=(const PlainFile&) = delete;
  ~PlainFile() override { CloseDescriptor(); }

  Status Write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return SystemError("could not write", path_);
      bytes.remove_prefix(static_cast<size_t>(written));
    }
    return {};
  }

  Status Close() override { return CloseDescriptor() ? Status() : SystemError("could not close", path_); }

 private:
  bool CloseDescriptor() {
    const int descriptor = std::exchange(descriptor_, -1);
    return descriptor < 0 || descriptor == kStandardOutput || ::close(descriptor) == 0;
  }

  int descriptor_;
  std::filesystem::path path_;
};

class GzipFile final : public OutputFile {
 public:
  explicit GzipFile(std::unique_ptr<OutputFile> target)
      : target_(std::move(target)), chunk_(kChunk), tables_(ISAL_DEF_LVL1_DEFAULT) {
    isal_deflate_init(&stream_);
    stream_.gzip_flag = IGZIP_GZIP;
    stream_.level = kGzipLevel;
    stream_.level_buf = tables_.data();
    stream_.level_buf_size = static_cast<uint32_t>(tables_.size());
  }
  GzipFile(const GzipFile&) = delete;
  GzipFile& operator=(const GzipFile&) = delete;

  Status Write(std::string_view bytes) override { return Deflate(bytes); }
  Status Close() override {
    stream_.end_of_stream = 1;
    RETURN_IF_ERROR(Deflate({}));
    return target_->Close();
  }

 private:
  Status Deflate(std::string_view bytes) {
    stream_.next_in = reinterpret_cast<uint8_t*>(const_cast<char*>(bytes.data()));  // only read
    stream_.avail_in = static_cast<uint32_t>(bytes.size());
    do {
      stream_.next_out = reinterpret_cast<uint8_t*>(chunk_.data());
      stream_.avail_out = static_cast<uint32_t>(chunk_.size());
      if (isal_deflate(&stream_) != COMP_OK) return LimitPassed("could not compress");
      RETURN_IF_ERROR(target_->Write({chunk_.data(), chunk_.size() - stream_.avail_out}));
    } while (stream_.avail_out == 0);
    return {};
  }

  std::unique_ptr<OutputFile> target_;
  std::vector<char> chunk_;
  std::vector<uint8_t> tables_;  // what isal_deflate works in
  isal_zstream stream_{};
};

Result<std::unique_ptr<OutputFile>> OpenPlain(const std::filesystem::path& path) {
  std::error_code ignored;  // opening says what is wrong
  std::filesystem::create_directories(path.parent_path(), ignored);
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (descriptor < 0) return SystemError("could not create", path);
  return std::unique_ptr<OutputFile>(std::make_unique<PlainFile>(descriptor, path));
}

}  // namespace

Result<Output> Output::Open(const std::filesystem::path& target, bool gzip) {
  if (target == "-") return Output({}, gzip);
  std::error_code error;
  std::filesystem::create_directories(target, error);
  if (error) return IoError("could not create folder " + target.string() + ": " + error.message());
  const bool is_empty = std::filesystem::is_empty(target, error);
  if (error) return IoError("could not read folder " + target.string() + ": " + error.message());
  if (!is_empty)
    return Invalid("folder " + target.string() + " is not empty; simulated feeds go to a folder of their own");
  return Output(target, gzip);
}

Result<std::unique_ptr<OutputFile>> Output::Create(const std::string& name) const {
  std::unique_ptr<OutputFile> file;
  if (is_standard_output()) {
    file = std::make_unique<PlainFile>(kStandardOutput, "standard output");
  } else {
    ASSIGN_OR_RETURN(file, OpenPlain(folder_ / (gzip_ ? name + ".gz" : name)));
  }
  if (!gzip_) return file;
  return std::unique_ptr<OutputFile>(std::make_unique<GzipFile>(std::move(file)));
}

}  // namespace casebook
