// Files: the operations on files and folders that promise durability.
//
// Everything that must survive a crash goes through here, so that one twin with faults can stand in.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace casebook {

// A file that grows at its end. Closed by the destructor, without Sync().
class AppendFile {
 public:
  virtual ~AppendFile() = default;
  // Appends all of `bytes`, or fails with kIo (disk full, quota); then the file may hold a part of them.
  virtual Status Append(std::string_view bytes) = 0;
  // Returns when what was appended is on the disk.
  virtual Status Sync() = 0;
};

class FileSystem {
 public:
  virtual ~FileSystem() = default;
  // Opens `path` for appending, creating it if it is not there.
  virtual Result<std::unique_ptr<AppendFile>> OpenForAppend(const std::filesystem::path& path) = 0;
  // Renames within one folder, durably after SyncDirectory().
  virtual Status Rename(const std::filesystem::path& from, const std::filesystem::path& to) = 0;
  virtual Status Remove(const std::filesystem::path& path) = 0;
  virtual Status Truncate(const std::filesystem::path& path, uint64_t size) = 0;
  // Makes created, renamed and removed names in `directory` durable.
  virtual Status SyncDirectory(const std::filesystem::path& directory) = 0;
};

// The operating system's own file system; lives as long as the program.
FileSystem& RealFileSystem();

// A file mapped into memory for reading. Views into it live as long as it does.
class MappedFile {
 public:
  static Result<MappedFile> Open(const std::filesystem::path& path);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  std::string_view bytes() const { return {data_, size_}; }

 private:
  MappedFile(const char* data, size_t size) : data_(data), size_(size) {}
  const char* data_ = nullptr;
  size_t size_ = 0;
};

// The whole content of a small file; kLimit above `max_bytes`.
Result<std::string> ReadFile(const std::filesystem::path& path, uint64_t max_bytes = 256U << 20U);

// Replaces `path` by `content` so that a crash leaves the old or the new, never a mixture.
Status WriteFileAtomically(FileSystem& files, const std::filesystem::path& path, std::string_view content);

// `action` and the operating system's reason: "could not open /x: No such file or directory".
Error SystemError(std::string_view action, const std::filesystem::path& path);

}  // namespace casebook
