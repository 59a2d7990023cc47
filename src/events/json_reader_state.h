// The inside of JsonReader, for decoders in `events/` that need more than paths. Nothing outside `events/` includes
// this header, and in `events/` only .cc files do.
//
// Its functions go forward through the record and return false where they cannot: then fault() says why.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/json.h"
#include "events/json_cursor.h"

namespace casebook {

struct JsonReaderState {
  // Called with the cursor before the value at a hooked path, to pass over it.
  using Hook = bool (*)(JsonReaderState& state, uint16_t slot, void* context);
  struct Hooked {
    uint16_t first_slot = JsonShape::kNone;  // this slot and all behind it are hooked
    Hook hook = nullptr;
    void* context = nullptr;
  };

  MaybeFault Open(std::string_view bytes);
  MaybeFault Read(const JsonShape& shape, std::span<JsonValue> values, const Hooked& with);

  // Starts over; then the root, an object, comes next.
  bool Root();
  // Takes the value that comes next, whole. JSON null is kAbsent.
  bool Take(JsonValue& taken);
  // Passes over the value that comes next.
  bool Skip() { return cursor.Skip() || FailSyntax(); }
  // Passes over the object that comes next. `visit(key)` passes over the value of each field, or returns false.
  template <typename Visit>
  bool EachField(Visit visit) {
    cursor.Advance();
    if (cursor.TakeIf('}')) return true;
    do {
      std::string_view key;
      if (!Key(key) || !visit(key)) return false;
    } while (cursor.TakeIf(','));
    return cursor.TakeIf('}') || FailSyntax();
  }
  // Passes over the array that comes next. `visit()` passes over each element, or returns false.
  template <typename Visit>
  bool EachElement(Visit visit) {
    cursor.Advance();
    if (cursor.TakeIf(']')) return true;
    do {
      if (!visit()) return false;
    } while (cursor.TakeIf(','));
    return cursor.TakeIf(']') || FailSyntax();
  }
  static constexpr uint16_t kNoSlot = JsonShape::kNone;
  // The slot of the key `name` of the root.
  static uint16_t RootSlot(const JsonShape& wanted, std::string_view name);
  bool ReadObject(uint16_t node, std::span<JsonValue> values);

  bool Fail(simdjson::error_code error);
  bool FailSyntax() { return Fail(simdjson::TAPE_ERROR); }
  bool Fail(RecordFault reason) {
    fault = std::move(reason);
    return false;
  }
  MaybeFault TakeFault() { return std::exchange(fault, std::nullopt); }
  // A copy that lives until the next Read().
  std::string& NewBuffer();
  // Where the reading is, from the start of the record.
  size_t Offset() const { return cursor.AtEnd() ? record.size() : cursor.Offset(); }

  JsonCursor cursor;
  std::string_view record;   // as given, or mended
  std::string mended_bytes;  // backs `record` where it had to be mended
  std::deque<std::string> buffers;
  size_t buffers_used = 0;
  bool mended = false;
  bool escapes_possible = false;          // a backslash is in the record
  bool lone_surrogates_possible = false;  // a `\ud` is in the record
  bool started = false;
  size_t fields_visited = 0;
  MaybeFault fault;

  // For the time of one Read().
  const JsonShape* shape = nullptr;
  Hooked hooked;
  std::vector<uint8_t> ranks;  // by key of the shape: how well the key taken matched

  std::vector<std::unique_ptr<JsonReader>> nested;  // for values inside arrays, one a level
  size_t nested_used = 0;

 private:
  // Counts the field that comes next and passes over its key and the colon.
  bool Key(std::string_view& key);
  bool ReadKey(const JsonShape::Key& key, uint8_t rank, std::span<JsonValue> values);
  void Forget(const JsonShape::Key& key, std::span<JsonValue> values);
  bool TakeString(JsonValue& taken);
  bool TakeToken(JsonValue& taken);
  bool TakeWhole(JsonValue& taken);
  // The text of a string, or of a key, that holds escapes: from behind its opening quote.
  bool Unescape(std::string_view quoted, std::string_view& text);
};

// How well a key matches `name`: 0 not at all, 1 ignoring case, 2 exactly.
int KeyMatch(std::string_view key, std::string_view name);

}  // namespace casebook
