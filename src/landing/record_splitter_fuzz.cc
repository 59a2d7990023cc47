// Whatever text comes: between records and ranges lie separators only, and the pieces in which it comes change
// nothing.
#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "landing/record_splitter.h"

namespace casebook {
namespace {

struct Cut {
  uint64_t offset = 0;
  std::string bytes;
  SplitKind kind = SplitKind::kValue;
  bool operator==(const Cut&) const = default;
};

std::vector<Cut> Split(std::string_view text, size_t piece_bytes, RecordSplitterLimits limits) {
  RecordSplitter splitter([](std::string_view value) { return value.find("id") != std::string_view::npos; }, limits);
  std::vector<Cut> cuts;
  const auto keep = [&cuts](const std::vector<SplitRecord>& records) {
    for (const SplitRecord& record : records) cuts.push_back({record.offset, std::string(record.bytes), record.kind});
  };
  for (size_t at = 0; at < text.size(); at += piece_bytes) {
    std::vector<SplitRecord> records;
    splitter.Feed(text.substr(at, piece_bytes), records);
    keep(records);
  }
  std::vector<SplitRecord> records;
  splitter.Finish(records);
  keep(records);
  return cuts;
}

bool IsSeparators(std::string_view text) { return text.find_first_not_of(" \t\r\n,[]\xEF\xBB\xBF") == std::string_view::npos; }

void Check(std::string_view text, RecordSplitterLimits limits) {
  const auto cuts = Split(text, std::max<size_t>(text.size(), 1), limits);
  assert(Split(text, 1, limits) == cuts);
  assert(Split(text, 61, limits) == cuts);
  size_t at = 0;
  for (const Cut& cut : cuts) {
    assert(cut.offset >= at && IsSeparators(text.substr(at, cut.offset - at)));
    assert(text.substr(cut.offset, cut.bytes.size()) == cut.bytes);
    assert(!cut.bytes.empty() && cut.bytes.size() <= limits.record_bytes_max);
    at = cut.offset + cut.bytes.size();
  }
  assert(IsSeparators(text.substr(at)));
}

}  // namespace
}  // namespace casebook

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  casebook::Check(text, {});
  casebook::Check(text, {.record_bytes_max = 50, .depth_max = 3});
  return 0;
}
