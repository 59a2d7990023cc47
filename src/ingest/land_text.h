// Text as it came → the records that are landed: values split apart, deliveries of Firehose opened.
#pragma once

#include <functional>
#include <string_view>

#include "base/result.h"
#include "base/timestamp.h"
#include "landing/landed_record.h"

namespace casebook {

using LandRecord = std::function<Status(const NewRecord&)>;

// Whether a whole JSON object is a record of a known kind.
bool IsKnownRecord(std::string_view bytes);

// One value. Of a delivery of Firehose that was kept as a file the records are the payloads inside.
Status LandValue(const NewRecord& record, const LandRecord& land);

// All values of a text that is complete; what is no value is landed as set aside.
Status LandText(std::string_view source, std::string_view text, Timestamp received_at, const LandRecord& land);

}  // namespace casebook
