// The engine's messages in GoogleSQL's words, always one line.
#pragma once

#include <string_view>

#include "base/result.h"

namespace casebook {

// kLimit where the engine ran out of the memory it may use, else kRuntime. A message that is not known keeps its
// first sentence, without the engine's prefix and its advice.
Error TranslateEngineError(std::string_view message);

}  // namespace casebook
