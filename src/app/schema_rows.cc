#include "app/schema_rows.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "schema/dataset.h"

namespace casebook {
namespace {

// Letters to insert, delete, replace or swap to make `b` of `a`, ignoring case.
size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> cost(a.size() + 1, std::vector<size_t>(b.size() + 1));
  const auto same = [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
  };
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t k = 0; k <= b.size(); ++k) {
      if (i == 0 || k == 0) {
        cost[i][k] = i + k;
        continue;
      }
      cost[i][k] =
          std::min({cost[i - 1][k] + 1, cost[i][k - 1] + 1, cost[i - 1][k - 1] + (same(a[i - 1], b[k - 1]) ? 0U : 1U)});
      if (i > 1 && k > 1 && same(a[i - 1], b[k - 2]) && same(a[i - 2], b[k - 1])) {
        cost[i][k] = std::min(cost[i][k], cost[i - 2][k - 2] + 1);
      }
    }
  }
  return cost[a.size()][b.size()];
}

std::vector<std::string> PathOf(std::string_view name) {
  std::vector<std::string> path(1);
  for (const char c : name) {
    if (c == '.') {
      path.emplace_back();
    } else if (c != '`') {
      path.back().push_back(c);
    }
  }
  return path;
}

}  // namespace

SchemaRows TableRows() {
  SchemaRows rows;
  rows.columns = {{"table", TypeKind::kString}, {"columns", TypeKind::kInt64}, {"description", TypeKind::kString}};
  for (const Table& table : DatasetTables()) {
    rows.rows.push_back({table.name, static_cast<int64_t>(table.columns.size()), table.description});
  }
  return rows;
}

SchemaRows ColumnRows(const Table& table) {
  SchemaRows rows;
  rows.columns = {{"column", TypeKind::kString},
                  {"type", TypeKind::kString},
                  {"personal", TypeKind::kBool},
                  {"description", TypeKind::kString}};
  for (const Column& column : table.columns) {
    rows.rows.push_back(
        {column.name, column.type.ToString(), column.sensitivity == Sensitivity::kPersonal, column.description});
  }
  return rows;
}

const Table* FindTableByName(std::string_view name) {
  const auto entry = DatasetCatalog().FindTable(PathOf(name));
  return entry ? FindDatasetTable(entry->table->name) : nullptr;
}

std::string NoSuchTable(std::string_view name) {
  std::vector<std::string> names;
  for (const Table& table : DatasetTables()) names.push_back(table.name);
  const std::string message = "table \"" + std::string(name) + "\" not found";
  const std::string_view nearest = Nearest(PathOf(name).back(), names);
  if (!nearest.empty()) return message + "; did you mean \"" + std::string(nearest) + "\"?";
  return message + "; casebook tables lists them";
}

std::string_view Nearest(std::string_view word, const std::vector<std::string>& words) {
  constexpr size_t kLettersPerMistake = 3;
  constexpr size_t kMaxLength = 100;
  std::string_view nearest;
  size_t least = std::min(word.size(), kMaxLength) / kLettersPerMistake + 1;
  if (word.size() > kMaxLength) return nearest;
  for (const std::string& candidate : words) {
    const size_t distance = EditDistance(word, candidate);
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace casebook
