// DropOwnMaximum: `day = (SELECT MAX(day) FROM t)` in a WHERE on `t` is left out where `day` is the same on all rows of `t`.
//
// A rule of equality: a row that is compared shows that the table has rows, and then its greatest and its least value are
// the value that all rows have, which is never NULL (schema/table.h). So asked, people choose the newest landing of tables
// that elsewhere keep older ones.
#pragma once

#include "analysis/resolved.h"

namespace casebook::analysis {

void DropOwnMaximum(ResolvedQuery& query);

}  // namespace casebook::analysis
