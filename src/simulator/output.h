// Output: where the simulated feeds go: a folder of files, or standard output, plain or gzip.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace casebook {

// A file that is written once from begin to end. Closed by the destructor, without a check.
class OutputFile {
 public:
  virtual ~OutputFile() = default;
  virtual Status Write(std::string_view bytes) = 0;
  // Writes what is held back and reports the last error.
  virtual Status Close() = 0;
};

class Output {
 public:
  // `target` "-" is standard output; a folder is made, and must be empty or not be there.
  static Result<Output> Open(const std::filesystem::path& target, bool gzip);

  // A file `name` below the target, `.gz` added where it is compressed; on standard output all follow one another.
  Result<std::unique_ptr<OutputFile>> Create(const std::string& name) const;
  bool is_standard_output() const { return folder_.empty(); }

 private:
  Output(std::filesystem::path folder, bool gzip) : folder_(std::move(folder)), gzip_(gzip) {}

  std::filesystem::path folder_;  // empty: standard output
  bool gzip_;
};

}  // namespace casebook
