#include "schema/table.h"

#include <algorithm>
#include <cctype>

namespace casebook {

bool EqualIgnoringCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

int Table::FindColumn(std::string_view column) const {
  for (size_t i = 0; i < columns.size(); ++i) {
    if (EqualIgnoringCase(columns[i].name, column)) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace casebook
