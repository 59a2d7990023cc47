// generate_case_events: writes case events, one a line, until a size or a number is reached.
#include <charconv>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

#include "bench/case_event_writer.h"

namespace {

constexpr size_t kBufferBytes = size_t{4} << 20U;
constexpr const char* kUsage =
    "usage: generate_case_events --output FILE (--bytes SIZE | --events COUNT) [--seed NUMBER]\n"
    "SIZE may end in KB, MB or GB (powers of ten)\n";

struct Options {
  std::string output;
  uint64_t bytes = UINT64_MAX;
  uint64_t events = UINT64_MAX;
  uint64_t seed = 1;
};

std::optional<uint64_t> ParseSize(std::string_view text) {
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return std::nullopt;
  const std::string_view unit = text.substr(static_cast<size_t>(end - text.data()));
  if (unit.empty()) return value;
  if (unit == "KB") return value * 1'000;
  if (unit == "MB") return value * 1'000'000;
  if (unit == "GB") return value * 1'000'000'000;
  return std::nullopt;
}

std::optional<Options> ParseOptions(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i];
    const std::optional<uint64_t> number = ParseSize(argv[i + 1]);
    if (name == "--output") {
      options.output = argv[i + 1];
    } else if (!number) {
      return std::nullopt;
    } else if (name == "--bytes") {
      options.bytes = *number;
    } else if (name == "--events") {
      options.events = *number;
    } else if (name == "--seed") {
      options.seed = *number;
    } else {
      return std::nullopt;
    }
  }
  const bool is_endless = options.bytes == UINT64_MAX && options.events == UINT64_MAX;
  if (argc % 2 == 0 || options.output.empty() || is_endless) return std::nullopt;
  return options;
}

// False where the file could not be written.
bool Generate(const Options& options, std::FILE* file) {
  casebook::CaseEventWriter writer(options.seed);
  std::string buffer;
  buffer.reserve(2 * kBufferBytes);
  uint64_t bytes = 0;
  for (uint64_t events = 0; events < options.events && bytes + buffer.size() < options.bytes; ++events) {
    writer.Append(buffer);
    if (buffer.size() < kBufferBytes) continue;
    if (std::fwrite(buffer.data(), 1, buffer.size(), file) != buffer.size()) return false;
    bytes += buffer.size();
    buffer.clear();
  }
  return std::fwrite(buffer.data(), 1, buffer.size(), file) == buffer.size();
}

}  // namespace

int main(int argc, char** argv) {
  const std::optional<Options> options = ParseOptions(argc, argv);
  if (!options) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  std::FILE* file = std::fopen(options->output.c_str(), "wb");
  if (file == nullptr) {
    std::perror(options->output.c_str());
    return 1;
  }
  const bool is_written = Generate(*options, file);
  if (std::fclose(file) != 0 || !is_written) {
    std::perror(options->output.c_str());
    return 1;
  }
  return 0;
}
