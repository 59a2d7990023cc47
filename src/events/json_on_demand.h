// The inside of JsonReader, for decoders in `events/` that need more than paths. Includes simdjson: nothing
// outside `events/` includes this header, and in `events/` only .cc files do.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

#include "events/json.h"

namespace casebook {

namespace on_demand = simdjson::SIMDJSON_BUILTIN_IMPLEMENTATION::ondemand;

struct JsonReaderState {
  // Called with the value at a hooked path instead of taking it.
  using Hook = MaybeFault (*)(JsonReaderState& state, uint16_t slot, on_demand::value value, void* context);
  struct Hooked {
    uint16_t first_slot = JsonShape::kNone;  // this slot and all behind it are hooked
    Hook hook = nullptr;
    void* context = nullptr;
  };

  MaybeFault Open(std::string_view bytes);
  MaybeFault Read(const JsonShape& shape, std::span<JsonValue> values, const Hooked& with);
  // The root object, from its start.
  MaybeFault Root(on_demand::object& root);
  // Calls `visit(slot, value)` for each key of the root that is in `wanted`, until it returns false. The next
  // Read() starts over.
  template <typename Visit>
  MaybeFault EachRootKey(const JsonShape& wanted, Visit visit) {
    on_demand::object root;
    if (auto fault = Root(root)) return fault;
    for (auto next : root) {
      on_demand::field field;
      if (const auto error = std::move(next).get(field); error != simdjson::SUCCESS) return Fault(error);
      std::string_view name;
      if (auto fault = Key(field, name)) return fault;
      const JsonShape::Key* const key = wanted.Find(wanted.nodes_[0], name);
      if (key != nullptr && !visit(key->slot, field.value())) return std::nullopt;
    }
    return std::nullopt;
  }
  // Counts the field and gives its key.
  MaybeFault Key(on_demand::field& field, std::string_view& key);
  // Takes `value` whole. JSON null is kAbsent.
  MaybeFault Take(on_demand::value value, JsonValue& taken);
  MaybeFault ReadObject(on_demand::object& object, uint16_t node, std::span<JsonValue> values);

  MaybeFault Fault(simdjson::error_code error);
  // A copy that lives until the next Read(), with padding behind it.
  std::string& NewBuffer();
  // Where the reading is, from the start of the record.
  size_t Offset();

  on_demand::parser parser;
  on_demand::document document;
  std::string_view record;   // as given, or mended
  std::string mended_bytes;  // backs `record` where it had to be mended
  std::deque<std::string> buffers;
  size_t buffers_used = 0;
  bool mended = false;
  bool lone_surrogates_possible = false;  // a `\ud` is in the record, which the library reads wrongly
  bool started = false;
  size_t fields_visited = 0;

  // For the time of one Read().
  const JsonShape* shape = nullptr;
  Hooked hooked;
  std::vector<uint8_t> ranks;  // by key of the shape: how well the key taken matched

  std::vector<std::unique_ptr<JsonReader>> nested;  // for values inside arrays, one a level
  size_t nested_used = 0;

 private:
  MaybeFault ReadKey(const JsonShape::Key& key, bool exact, on_demand::value value, std::span<JsonValue> values);
  void Forget(const JsonShape::Key& key, std::span<JsonValue> values);
  MaybeFault TakeString(on_demand::value value, JsonValue& taken);
  template <typename Whole>
  MaybeFault TakeWhole(Whole& whole, JsonValue& taken);
};

// How well a key matches `name`: 0 not at all, 1 ignoring case, 2 exactly.
int KeyMatch(std::string_view key, std::string_view name);

}  // namespace casebook
