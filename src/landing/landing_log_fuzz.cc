// Whatever bytes stand in a segment's file: reading ends, records ascend, and reading from the middle gives the
// same records as reading from the start.
#include <sys/mman.h>
#include <unistd.h>

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "landing/segment_reader.h"

namespace casebook {
namespace {

std::vector<std::string> ReadFrom(const SegmentName& name, uint64_t from) {
  std::vector<std::string> records;
  auto segment = SegmentReader::Open(name, from);
  if (!segment.ok()) return records;  // another format version
  static_cast<void>(segment->ReadIndex().ok());
  uint64_t last = 0;
  for (bool more = true; more;) {
    LandedBatch batch;
    segment->BeginBatch();
    more = segment->Next(batch).value();
    for (const LandedRecord& record : batch.records) {
      assert(record.sequence >= from && (record.sequence > last || records.empty()));
      last = record.sequence;
      records.push_back(std::to_string(last) + " " + std::string(record.bytes));
    }
  }
  assert(segment->EndHere().ok());
  return records;
}

}  // namespace
}  // namespace casebook

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const int file = ::memfd_create("segment", MFD_CLOEXEC);
  assert(file >= 0 && ::write(file, data, size) == static_cast<ssize_t>(size));
  const casebook::SegmentName name{"/proc/self/fd/" + std::to_string(file), 1};
  const auto all = casebook::ReadFrom(name, 0);
  const auto rest = casebook::ReadFrom(name, 3);
  assert(rest.size() <= all.size());
  assert(std::vector<std::string>(all.end() - static_cast<std::ptrdiff_t>(rest.size()), all.end()) == rest);
  ::close(file);
  return 0;
}
