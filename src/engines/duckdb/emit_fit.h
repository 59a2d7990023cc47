// Arrays and structs that are made to fit the parameters of the types inside them. For emit_*.cc.
#pragma once

#include <string>
#include <string_view>

#include "schema/type.h"

namespace casebook::engines {

// `operand` of `type`, each value inside it fitted to its parameters as `code` tells them (analysis makes it): `.` for
// none, `(5,2)`, `[` before what an array has inside, and `{` … `}` around the fields of a struct.
std::string FitNested(const std::string& operand, const Type& type, std::string_view code);

}  // namespace casebook::engines
