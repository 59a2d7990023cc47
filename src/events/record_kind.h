// Record kinds: which feed a record belongs to, told by its content, never by the name of its file.
#pragma once

#include <string_view>

#include "events/feed.h"
#include "events/json.h"

namespace casebook {

// Tells the feed of the record that `reader` is opened on; kUnknown where it is none that is known. Looks at no
// more of the record than it needs, so a later Read() may still find a fault.
MaybeFault TellFeed(JsonReader& reader, Feed& feed);

}  // namespace casebook
