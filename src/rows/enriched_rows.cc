#include "rows/enriched_rows.h"

namespace casebook {

void EnrichedRows::Clear() {
  for (RowBatch* batch : {&case_events, &contact_events, &ctr_events, &transcripts, &agent_observations,
                          &queue_observations, &listings, &rejects, &value_issues}) {
    batch->Clear();
  }
  catalogue_documents.clear();
  records.fill(0);
  set_aside.fill(0);
}

}  // namespace casebook
