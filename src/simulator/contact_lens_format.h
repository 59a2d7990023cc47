// Contact Lens: the analysed conversation of a call or a chat, for a small share of them.
#pragma once

#include "simulator/config.h"
#include "simulator/contact.h"
#include "simulator/wire_context.h"

namespace casebook {

bool IsTranscribed(const SimulationConfig& config, const Contact& contact);
// One analysis as one line, as the unredacted file holds it.
void AppendContactLens(TextBuffer& out, const WireContext& context, const Contact& contact);

}  // namespace casebook
