#include "base/file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

namespace casebook {
namespace {

class PosixAppendFile final : public AppendFile {
 public:
  PosixAppendFile(int descriptor, std::filesystem::path path) : descriptor_(descriptor), path_(std::move(path)) {}
  ~PosixAppendFile() override { ::close(descriptor_); }
  PosixAppendFile(const PosixAppendFile&) = delete;
  PosixAppendFile& operator=(const PosixAppendFile&) = delete;

  Status Append(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return SystemError("could not write", path_);
      bytes.remove_prefix(static_cast<size_t>(written));
    }
    return {};
  }

  Status Sync() override {
    if (::fdatasync(descriptor_) != 0) return SystemError("could not sync", path_);
    return {};
  }

 private:
  int descriptor_;
  std::filesystem::path path_;
};

class PosixFileSystem final : public FileSystem {
 public:
  Result<std::unique_ptr<AppendFile>> OpenForAppend(const std::filesystem::path& path) override {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (descriptor < 0) return SystemError("could not open", path);
    return std::unique_ptr<AppendFile>(std::make_unique<PosixAppendFile>(descriptor, path));
  }

  Status Rename(const std::filesystem::path& from, const std::filesystem::path& to) override {
    if (::rename(from.c_str(), to.c_str()) != 0) return SystemError("could not rename", from);
    return {};
  }

  Status Remove(const std::filesystem::path& path) override {
    if (::unlink(path.c_str()) != 0) return SystemError("could not remove", path);
    return {};
  }

  Status Truncate(const std::filesystem::path& path, uint64_t size) override {
    if (::truncate(path.c_str(), static_cast<off_t>(size)) != 0) return SystemError("could not truncate", path);
    return {};
  }

  Status SyncDirectory(const std::filesystem::path& directory) override {
    const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return SystemError("could not open", directory);
    const bool synced = ::fsync(descriptor) == 0;
    Error error = SystemError("could not sync", directory);
    ::close(descriptor);
    if (!synced) return error;
    return {};
  }
};

}  // namespace

Error SystemError(std::string_view action, const std::filesystem::path& path) {
  const std::error_code code(errno, std::generic_category());
  return IoError(std::string(action) + " " + path.string() + ": " + code.message());
}

FileSystem& RealFileSystem() {
  static PosixFileSystem files;
  return files;
}

Result<MappedFile> MappedFile::Open(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return SystemError("could not open", path);
  struct stat info {};
  if (::fstat(descriptor, &info) != 0) {
    Error error = SystemError("could not read", path);
    ::close(descriptor);
    return error;
  }
  const auto size = static_cast<size_t>(info.st_size);
  if (size == 0) {
    ::close(descriptor);
    return MappedFile(nullptr, 0);
  }
  void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  Error error = SystemError("could not map", path);
  ::close(descriptor);
  if (data == MAP_FAILED) return error;
  ::madvise(data, size, MADV_SEQUENTIAL);
  return MappedFile(static_cast<const char*>(data), size);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);
}

Result<std::string> ReadFile(const std::filesystem::path& path, uint64_t max_bytes) {
  std::FILE* file = std::fopen(path.c_str(), "rbe");
  if (file == nullptr) return SystemError("could not open", path);
  std::string content;
  char buffer[1U << 16U];
  size_t got = 0;
  while ((got = std::fread(buffer, 1, sizeof buffer, file)) > 0 && content.size() <= max_bytes) {
    content.append(buffer, got);
  }
  const bool failed = std::ferror(file) != 0;
  Error error = SystemError("could not read", path);
  std::fclose(file);
  if (failed) return error;
  if (content.size() > max_bytes) {
    return LimitPassed("file " + path.string() + " is larger than " + std::to_string(max_bytes) + " bytes");
  }
  return content;
}

Status WriteFileAtomically(FileSystem& files, const std::filesystem::path& path, std::string_view content) {
  const std::filesystem::path temporary = path.string() + ".new";
  std::error_code ignored;
  std::filesystem::remove(temporary, ignored);
  {
    ASSIGN_OR_RETURN(std::unique_ptr<AppendFile> file, files.OpenForAppend(temporary));
    RETURN_IF_ERROR(file->Append(content));
    RETURN_IF_ERROR(file->Sync());
  }
  RETURN_IF_ERROR(files.Rename(temporary, path));
  return files.SyncDirectory(path.parent_path());
}

}  // namespace casebook
