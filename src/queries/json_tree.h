// JsonTree: a small JSON text as a tree, for the values of query parameters.
//
// Strict (RFC 8259), numbers kept as text so that no digit is lost. Not for records: events/ reads those.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace casebook {

struct JsonTree {
  enum class Kind {
    kNull,
    kBool,
    kNumber,
    kString,
    kArray,
    kObject
  };

  Kind kind = Kind::kNull;
  bool boolean = false;
  std::string text;                                       // of a string, decoded; of a number, as written
  std::vector<JsonTree> items;                            // of kArray
  std::vector<std::pair<std::string, JsonTree>> members;  // of kObject, in order
};

inline constexpr int kMaxJsonDepth = 100;

Result<JsonTree> ParseJsonTree(std::string_view text);

}  // namespace casebook
