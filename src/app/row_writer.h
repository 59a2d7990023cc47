// RowWriter: rows in one output format, written as they come.
#pragma once

#include <cstddef>
#include <memory>
#include <ostream>
#include <vector>

#include "app/output_format.h"
#include "queries/answer_value.h"

namespace casebook {

class RowWriter {
 public:
  virtual ~RowWriter() = default;
  // Called once each, in this order; AddRow as often as there are rows.
  virtual void Begin(const std::vector<AnswerColumn>& columns) = 0;
  virtual void AddRow(const std::vector<AnswerValue>& row) = 0;
  virtual void End() = 0;
};

struct TableStyle {
  size_t max_width = 0;   // of the whole table, in columns of a terminal; wide cells are cut. 0: nothing is cut
  bool wrap = false;      // what is too wide goes on below instead of being cut
  bool row_count = true;  // the last line says how many rows there are
};

// A writer to `out`, which is borrowed. `style` matters to kTable only.
std::unique_ptr<RowWriter> MakeRowWriter(OutputFormat format, std::ostream& out, TableStyle style);

// Rows at hand in one go.
void WriteRows(RowWriter& writer, const std::vector<AnswerColumn>& columns,
               const std::vector<std::vector<AnswerValue>>& rows);

}  // namespace casebook
