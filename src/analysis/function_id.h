// FunctionId: every function and operator of GoogleSQL that the resolver knows. The list is functions/*.inc.
#pragma once

#include <cstddef>
#include <cstdint>

namespace casebook::analysis {

enum class FunctionId : uint16_t {
#define CASEBOOK_FUNCTION(id, name, kind, signatures) id,
#include "analysis/functions/all.inc"
};

inline constexpr size_t kFunctionCount = 0
#define CASEBOOK_FUNCTION(id, name, kind, signatures) +1
#include "analysis/functions/all.inc"
    ;

}  // namespace casebook::analysis
