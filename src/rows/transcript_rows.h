// Transcript rows: one row of `transcripts` of each turn of a Contact Lens file.
//
// Which file of a contact is shown (the redacted one) is the tables' affair. A file without turns has no rows.
#pragma once

#include "rows/record_context.h"

namespace casebook {

// Sets aside what names no contact, in itself or in its source's name.
MaybeFault AppendTranscript(const RecordContext& context, EnrichedRows& rows);

}  // namespace casebook
