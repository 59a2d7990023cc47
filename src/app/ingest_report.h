// What an ingest did, for people and as JSON for programs.
#pragma once

#include <ostream>

#include "app/console.h"
#include "ingest/ingest.h"

namespace casebook {

void PrintReport(const IngestReport& report, bool as_json, const Console& console);

}  // namespace casebook
