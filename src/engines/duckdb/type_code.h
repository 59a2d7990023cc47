// A type of GoogleSQL as a short text, so that a function of the engine can be told what it prints.
//
// The engine's own types do not tell DATETIME from TIMESTAMP, nor which fields of a struct have no name.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/type.h"

namespace casebook::engines {

// nullopt for types whose values are not printed here.
std::optional<std::string> TypeCode(const Type& type);
// Of a text that TypeCode made.
Type TypeOfCode(std::string_view code);

}  // namespace casebook::engines
