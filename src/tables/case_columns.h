// Which columns of a case event are the case's present values, and in what order the events of a case stand.
#pragma once

#include <string>
#include <vector>

#include "schema/row_batch.h"

namespace casebook {

// The columns that `stored.cases` holds of each case, `id` apart: all that depend on the case alone.
const std::vector<StoredColumn>& PresentValueColumns();

// ORDER BY list over columns of stored.case_events: oldest first. Change time, then the field
// last_updated_datetime (absent is older), then event id by bytes.
inline constexpr char kCaseEventOrder[] =
    "detail_approximate_change_time NULLS FIRST, detail_case_fields_last_updated_datetime NULLS FIRST, meta_event_id";

}  // namespace casebook
