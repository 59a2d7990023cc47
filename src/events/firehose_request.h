// Firehose requests: `{"requestId", "timestamp", "records": [{"data": base64}]}`, as Amazon Data Firehose posts
// them to an HTTP endpoint, and as such a body lies in a file.
//
// What is inside is not looked at: a payload may hold one JSON value, several, or none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace casebook {

inline constexpr size_t kMaxFirehoseBytes = size_t{96} << 20U;  // a body is at most 64 MiB

struct FirehoseRequest {
  struct Record {
    size_t begin = 0;  // of the payload in `payloads`
    size_t size = 0;
    bool sound = true;  // false: `data` was no base64, and its text stands as sent
  };

  std::string request_id;
  std::optional<int64_t> timestamp_ms;
  std::vector<Record> records;  // in the order of the request
  std::string payloads;         // one after another

  std::string_view Payload(size_t index) const {
    return std::string_view(payloads).substr(records[index].begin, records[index].size);
  }
};

// Whether `bytes`, one JSON value, is such a request. Quick for everything that is none.
bool IsFirehoseRequest(std::string_view bytes);

// Reads the whole request. kInvalid where it is none or cannot be read, kLimit above kMaxFirehoseBytes. A record
// without base64 costs only itself.
Result<FirehoseRequest> ExpandFirehoseRequest(std::string_view bytes);

}  // namespace casebook
