// Parameters and variables as the resolver takes them. For queries/ only.
#pragma once

#include <vector>

#include "analysis/resolver.h"
#include "queries/parameter.h"

namespace casebook {

std::vector<analysis::NamedParameter> ToNamedParameters(const std::vector<QueryParameter>& parameters);

// Options with the parameters, named and positional, and the clock.
analysis::ResolveOptions ToResolveOptions(const std::vector<QueryParameter>& parameters, Timestamp now);

}  // namespace casebook
