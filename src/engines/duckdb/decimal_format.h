// Decimal numbers as FORMAT's %f, %e and %g write them: exact, halves away from zero.
#pragma once

#include <string>

#include "engines/duckdb/json_text.h"

namespace casebook::engines {

// Without a sign. `alternate`: the point stays, and %g keeps its zeros.
std::string FixedText(const Decimal& decimal, int precision, bool alternate);
std::string ExponentText(const Decimal& decimal, int precision, bool alternate, bool upper);
std::string GeneralText(const Decimal& decimal, int precision, bool alternate, bool upper);

}  // namespace casebook::engines
