#include "tables/case_columns.h"

#include "schema/columns.h"
#include "schema/dataset.h"

namespace casebook {
namespace {

std::vector<StoredColumn> FindPresentValueColumns() {
  const Table& shown = *FindDatasetTable("cases");
  std::vector<StoredColumn> columns;
  for (const StoredColumn& column : kCaseColumnLayout) {
    if (column.name != "id" && shown.FindColumn(column.name) >= 0) columns.push_back(column);
  }
  return columns;
}

}  // namespace

const std::vector<StoredColumn>& PresentValueColumns() {
  static const std::vector<StoredColumn> columns = FindPresentValueColumns();
  return columns;
}

}  // namespace casebook
