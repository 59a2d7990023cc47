// simdjson as this folder includes it. Only .cc files in `events/` include this header, or one that does.
#pragma once

// The checks of the library's own use cost a fifth of the speed; the fuzz targets stand in for them.
#ifndef SIMDJSON_DEVELOPMENT_CHECKS
#define SIMDJSON_DEVELOPMENT_CHECKS 0
#endif
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <simdjson.h>
#pragma GCC diagnostic pop

namespace casebook {

namespace on_demand = simdjson::SIMDJSON_BUILTIN_IMPLEMENTATION::ondemand;

}  // namespace casebook
