// JsonReader: the values of one JSON record, fetched by path.
//
// A decoder states once which paths it wants (JsonShape) and gets their values in one pass over the record.
// It is no tree: what nobody asks for is passed over, and its inner syntax is not checked.
// The library behind it stays behind it: this header may be included anywhere above `events/`.
//
// Keys match exactly first, then ignoring the case of ASCII letters: where an object has both spellings, the
// exact one counts. JSON null counts as absent. Invalid UTF-8 and lone surrogates become U+FFFD; mended() tells.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace casebook {

inline constexpr size_t kMaxJsonBytes = size_t{16} << 20U;  // of one record
inline constexpr size_t kMaxJsonDepth = 128;                // of a value that is taken
inline constexpr size_t kMaxJsonFields = 100'000;           // visited in one record
// Bytes that must be readable behind every record given to JsonReader::Open.
inline constexpr size_t kJsonPadding = 64;

// Why a record cannot be read: a word, as stored in rejects.reason, and the place in full.
struct RecordFault {
  std::string_view reason;  // a literal: `invalid_json`, `too_deep`, `too_large`, `too_many_fields`, `missing_…`
  std::string detail;
};
// Nothing is a success: `if (auto fault = reader.Read(…)) return fault;`
using MaybeFault = std::optional<RecordFault>;

enum class JsonKind : uint8_t {
  kAbsent,
  kString,
  kNumber,
  kBool,
  kObject,
  kArray
};

// One value. `text` of a string is its text, unescaped; of anything else its JSON, without white space.
struct JsonValue {
  JsonKind kind = JsonKind::kAbsent;
  std::string_view text;

  bool IsAbsent() const { return kind == JsonKind::kAbsent; }
  bool IsString() const { return kind == JsonKind::kString; }
  bool IsTrue() const { return kind == JsonKind::kBool && text == "true"; }
  // The text of a string; empty for every other kind.
  std::string_view StringText() const { return IsString() ? text : std::string_view(); }
};

// The paths that a decoder wants, each with the index of its value: `detail/case/caseId`, parts joined by '/'.
// A path may lead through another: with `Attributes` and `Attributes/intent` both come. Paths do not lead into
// arrays; an array comes whole. Immutable; build it once (static const) and share it.
class JsonShape {
 public:
  explicit JsonShape(std::span<const std::string_view> paths);
  JsonShape(std::initializer_list<std::string_view> paths);

  size_t size() const { return size_; }

 private:
  friend class JsonReader;
  friend struct JsonReaderState;

  static constexpr uint16_t kNone = 0xFFFF;
  struct Key {
    std::string name;
    uint16_t slot = kNone;      // index of the value, where the path ends here
    uint16_t children = kNone;  // node of the paths that go on
    uint16_t index = 0;         // among all keys of the shape
  };
  struct Place {
    uint32_t hash = 0;
    uint16_t key = kNone;  // index in `keys`
  };
  struct Node {
    std::vector<Key> keys;
    std::vector<Place> table;  // open addressing by the hash of a name; a power of two in size
  };

  void AddPath(std::string_view path, uint16_t slot);
  uint16_t KeyOf(uint16_t node, std::string_view name);
  void BuildTables();
  // The key of `node` that `name` matches, ignoring case, and how well (KeyMatch); nullptr for none.
  const Key* Find(const Node& node, std::string_view name, uint8_t& rank) const;

  std::vector<Node> nodes_;
  size_t key_count_ = 0;
  size_t size_ = 0;
};

struct JsonReaderState;

// Reads one record after another, reusing its buffers. One thread at a time.
class JsonReader {
 public:
  using ElementVisitor = std::function<void(std::span<const JsonValue>)>;
  using FieldVisitor = std::function<void(std::string_view key, const JsonValue& value)>;

  JsonReader();
  ~JsonReader();
  JsonReader(JsonReader&&) noexcept;
  JsonReader& operator=(JsonReader&&) noexcept;

  // Starts on `record`, one JSON object with kJsonPadding readable bytes behind it, which must live as long
  // as its values are used.
  MaybeFault Open(std::string_view record);

  // Fetches the values of `shape` from the record; `values` has shape.size() entries. Absent ones are kAbsent.
  // The values live until the next Read() or Open(). May be called again, with any shape.
  MaybeFault Read(const JsonShape& shape, std::span<JsonValue> values);

  // Whether text of the record had to be mended, as far as it was read.
  bool mended() const;

  // Reads `shape` from every object of `array`, a value that Read() gave; other elements are passed over as
  // if they were empty objects. The values given to the visitor live until it returns.
  MaybeFault ForEachElement(const JsonValue& array, const JsonShape& shape, const ElementVisitor& visit);
  // Every value of `array`, a value that Read() gave, that is not null.
  MaybeFault ForEachValue(const JsonValue& array, const std::function<void(const JsonValue&)>& visit);
  // Every field of `object`, a value that Read() gave, whose value is not null. Keys as sent.
  MaybeFault ForEachField(const JsonValue& object, const FieldVisitor& visit);

  // For the decoders in events/ only (json_reader_state.h).
  JsonReaderState& state() { return *state_; }

 private:
  std::unique_ptr<JsonReaderState> state_;
};

// Appends `json`, the text of one JSON value, to `out` without white space. Checks all of its syntax; a lone
// surrogate escape becomes \ufffd. On a fault `out` holds a part.
MaybeFault AppendCompactJson(std::string_view json, std::string& out);
// Appends `text`, valid UTF-8, as a JSON string with its quotes, escaped as RFC 8785 asks.
void AppendJsonString(std::string_view text, std::string& out);

}  // namespace casebook
