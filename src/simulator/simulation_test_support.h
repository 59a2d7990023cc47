// What tests of simulated feeds share: a folder of their own, the lines of a feed, and a plain reader of JSON that is
// strict about the grammar and keeps every value as text.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/timestamp.h"
#include "simulator/simulate.h"

namespace casebook {

// A value with its members by key. Arrays have the keys "0", "1" and so on.
class SimpleJson {
 public:
  // nullopt where `text` is not exactly one JSON value.
  static std::optional<SimpleJson> Parse(std::string_view text) {
    SimpleJson value;
    if (!value.Read(text) || !text.empty()) return std::nullopt;
    return value;
  }

  // The value under `path` ("detail/case/caseId"); an absent one where there is none.
  const SimpleJson& operator[](std::string_view path) const {
    static const SimpleJson absent;
    const size_t slash = path.find('/');
    const auto found = members_.find(path.substr(0, slash));
    if (found == members_.end()) return absent;
    return slash == std::string_view::npos ? found->second : found->second[path.substr(slash + 1)];
  }
  bool Has(std::string_view path) const { return (*this)[path].kind_ != 0; }
  bool IsNull() const { return kind_ == 'n'; }
  // A string without quotes (escapes other than \" and \\ stay), a number or a literal as written.
  const std::string& text() const { return text_; }
  const std::map<std::string, SimpleJson, std::less<>>& members() const { return members_; }

 private:
  static bool Take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
  }

  bool Read(std::string_view& text) {
    if (text.empty()) return false;
    if (text.front() == '{') return ReadMembers(text, '}');
    if (text.front() == '[') return ReadMembers(text, ']');
    if (text.front() == '"') {
      kind_ = 's';
      return ReadString(text, text_);
    }
    const size_t end = std::min(text.find_first_of(",}] \n"), text.size());
    text_ = text.substr(0, end);
    text.remove_prefix(end);
    kind_ = text_ == "null" ? 'n' : 'v';
    return text_ == "null" || text_ == "true" || text_ == "false" || IsNumber(text_);
  }

  static bool IsNumber(const std::string& text) {
    char* end = nullptr;
    if (text.empty() || text.find_first_not_of("0123456789+-.E") != std::string::npos) return false;
    if (text.size() > 1 && text[0] == '0' && text[1] != '.') return false;
    std::strtod(text.c_str(), &end);
    return *end == 0 && text.back() != '.';
  }

  static bool ReadString(std::string_view& text, std::string& out) {
    if (!Take(text, '"')) return false;
    while (!text.empty() && text.front() != '"') {
      if (static_cast<unsigned char>(text.front()) < 0x20) return false;
      if (text.front() == '\\') {
        text.remove_prefix(1);
        if (text.empty() || std::string_view("\"\\/bfnrtu").find(text.front()) == std::string_view::npos) return false;
        if (text.front() != '"' && text.front() != '\\') out += '\\';
      }
      out += text.front();
      text.remove_prefix(1);
    }
    return Take(text, '"');
  }

  bool ReadMembers(std::string_view& text, char end) {
    kind_ = end;
    text.remove_prefix(1);
    if (Take(text, end)) return true;
    for (size_t index = 0;; ++index) {
      std::string key = std::to_string(index);
      if (end == '}') {
        key.clear();
        if (!ReadString(text, key) || !Take(text, ':')) return false;
      }
      const auto [place, is_new] = members_.try_emplace(std::move(key));
      if (!is_new || !place->second.Read(text)) return false;
      if (Take(text, end)) return true;
      if (!Take(text, ',')) return false;
    }
  }

  char kind_ = 0;
  std::string text_;
  std::map<std::string, SimpleJson, std::less<>> members_;
};

// A folder below the system's temporary one that goes with the object.
class SimulatedFolder {
 public:
  SimulatedFolder() {
    static int next = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("casebook_simulator_test_" + std::to_string(getpid()) + "_" + std::to_string(next++));
    std::filesystem::remove_all(path_);
  }
  SimulatedFolder(const SimulatedFolder&) = delete;
  SimulatedFolder& operator=(const SimulatedFolder&) = delete;
  ~SimulatedFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
    std::filesystem::remove(ConfigPath(), ignored);
  }

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path ConfigPath() const { return path_.string() + ".toml"; }
  // Writes a configuration beside the folder.
  std::filesystem::path WriteConfig(std::string_view text) const {
    std::ofstream(ConfigPath()) << text;
    return ConfigPath();
  }

  std::vector<std::filesystem::path> Files() const {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path_)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
  }

  // Calls `visit` with each line of each file of `feed`, in order of delivery.
  void EachLine(const std::string& feed, const std::function<void(const std::string&)>& visit) const {
    for (const std::filesystem::path& file : Files()) {
      if (file.parent_path().filename() != feed) continue;
      std::ifstream lines(file);
      for (std::string line; std::getline(lines, line);) visit(line);
    }
  }
  void EachRecord(const std::string& feed, const std::function<void(const SimpleJson&)>& visit) const {
    EachLine(feed, [&](const std::string& line) {
      const auto record = SimpleJson::Parse(line);
      ASSERT_TRUE(record) << line;
      visit(*record);
    });
  }

 private:
  std::filesystem::path path_;
};

inline std::string FileBytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Milliseconds since 1970.
inline int64_t TimeOf(const SimpleJson& value) {
  const auto time = ParseTimestamp(value.text());
  EXPECT_TRUE(time) << value.text();
  return time ? time->micros / 1000 : 0;
}

inline SimulationSummary MustSimulate(const SimulationOptions& options) {
  auto summary = Simulate(options);
  EXPECT_TRUE(summary.ok()) << (summary.ok() ? "" : summary.error().message);
  return summary.ok() ? std::move(summary).value() : SimulationSummary{};
}

}  // namespace casebook
