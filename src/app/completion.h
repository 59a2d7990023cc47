// Completion: what a word that is being typed may become.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace casebook {

struct Completion {
  size_t word_length = 0;               // of the word before the cursor
  std::vector<std::string> candidates;  // whole words, sorted, each once
};

// For the word that ends `before`, the text of the statement up to the cursor: keywords, tables, and the columns of
// the tables that the statement mentions (of all tables where it mentions none).
Completion Complete(std::string_view before);

// What all candidates begin with.
std::string CommonStart(const std::vector<std::string>& candidates);

}  // namespace casebook
