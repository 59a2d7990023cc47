// Delivery: one feed's way to whoever receives it: most records come within seconds, some late, some twice, and
// never quite in order.
//
// Records of a slice are collected, put in the order of their arrival and written as one file; what arrives in a later
// slice waits.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "simulator/config.h"
#include "simulator/output.h"
#include "simulator/text_buffer.h"

namespace casebook {

class Delivery {
 public:
  // `feed` names folder and files: `case_events/case_events_2025-03-28.ndjson`.
  Delivery(std::string feed, const SimulationConfig& config, uint64_t seed, const Output& output);

  // The record that the caller writes next, up to Sent().
  TextBuffer& Record() { return bytes_; }
  // It was sent at `time` (milliseconds since 1970).
  void Sent(int64_t time);
  // Writes what has arrived by `end`, or all, into the file of the day of `slice_start`. No file where nothing came.
  Status Flush(int64_t slice_start, int64_t end, bool all);

  uint64_t records() const { return records_; }  // distinct ones
  uint64_t duplicates() const { return duplicates_; }
  uint64_t bytes_written() const { return bytes_written_; }
  // Bytes that wait for a later slice.
  size_t waiting_bytes() const { return bytes_.size(); }

 private:
  struct Item {
    int64_t arrives = 0;
    uint64_t begin = 0;  // in bytes_
    uint64_t size = 0;
  };

  Status WriteItems(OutputFile& file, size_t count);
  void KeepFrom(size_t first);

  std::string feed_;
  const SimulationConfig& config_;
  uint64_t seed_;
  const Output& output_;
  TextBuffer bytes_;
  TextBuffer next_bytes_;
  TextBuffer chunk_;
  std::vector<Item> items_;
  size_t record_begin_ = 0;
  uint64_t records_ = 0;
  uint64_t duplicates_ = 0;
  uint64_t bytes_written_ = 0;
};

}  // namespace casebook
