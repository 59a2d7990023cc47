#include "events/json.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

#include "base/utf8.h"
#include "events/json_on_demand.h"
#include "events/json_text.h"

namespace casebook {
namespace {

static_assert(kJsonPadding >= simdjson::SIMDJSON_PADDING);

// Smallest buffer of the parser: it grows to twice what is needed, so that it grows seldom.
constexpr size_t kMinParserCapacity = size_t{64} << 10U;

// Our words for what the library says.
std::string_view ErrorWords(simdjson::error_code error) {
  switch (error) {
    case simdjson::EMPTY: return "no text";
    case simdjson::UNCLOSED_STRING: return "a string without end";
    case simdjson::INCOMPLETE_ARRAY_OR_OBJECT: return "an object or array without end";
    case simdjson::UNESCAPED_CHARS: return "a control character in a string";
    case simdjson::STRING_ERROR: return "an unknown escape in a string";
    case simdjson::T_ATOM_ERROR:
    case simdjson::F_ATOM_ERROR:
    case simdjson::N_ATOM_ERROR: return "an unknown literal";
    case simdjson::NUMBER_ERROR: return "an unsound number";
    case simdjson::MEMALLOC: return "not enough memory";
    case simdjson::UTF8_ERROR: return "invalid UTF-8";
    default: return "a comma, colon, bracket or key is missing or out of place";
  }
}

// Whether an escape of a surrogate is in `text`; such texts are unescaped by our own code.
bool HasSurrogateEscape(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  while ((at = static_cast<const char*>(std::memchr(at, '\\', static_cast<size_t>(end - at)))) != nullptr) {
    if (end - at < 3) return false;
    if (at[1] == 'u' && (at[2] == 'd' || at[2] == 'D')) return true;
    at += 2;
  }
  return false;
}

std::string_view WithoutByteOrderMark(std::string_view bytes) {
  return bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes;
}

}  // namespace

MaybeFault JsonReaderState::Open(std::string_view bytes) {
  mended = false;
  started = false;
  fields_visited = 0;
  if (bytes.size() > kMaxJsonBytes) {
    return RecordFault{"too_large",
                       std::to_string(bytes.size()) + " bytes, more than " + std::to_string(kMaxJsonBytes)};
  }
  record = WithoutByteOrderMark(bytes);
  if (parser.capacity() < record.size()) {
    const auto error = parser.allocate(std::max(kMinParserCapacity, record.size() * 2));
    if (error != simdjson::SUCCESS) return Fault(error);
  }
  auto error = parser.iterate(record, record.size() + kJsonPadding).get(document);
  if (error == simdjson::UTF8_ERROR) {
    mended = true;
    mended_bytes = ReplaceInvalidUtf8(record);
    const size_t size = mended_bytes.size();
    if (size > kMaxJsonBytes) return RecordFault{"too_large", "with its invalid UTF-8 replaced"};
    mended_bytes.append(kJsonPadding, ' ');
    record = std::string_view(mended_bytes).substr(0, size);
    error = parser.iterate(record, mended_bytes.size()).get(document);
  }
  if (error != simdjson::SUCCESS) return Fault(error);
  lone_surrogates_possible = HasSurrogateEscape(record);
  return std::nullopt;
}

size_t JsonReaderState::Offset() {
  const char* location = nullptr;
  if (document.current_location().get(location) != simdjson::SUCCESS) return record.size();
  if (location < record.data() || location > record.data() + record.size()) return record.size();
  return static_cast<size_t>(location - record.data());
}

MaybeFault JsonReaderState::Fault(simdjson::error_code error) {
  std::string detail(ErrorWords(error));
  if (started) detail += " near byte " + std::to_string(Offset());
  return RecordFault{"invalid_json", std::move(detail)};
}

std::string& JsonReaderState::NewBuffer() {
  if (buffers_used == buffers.size()) buffers.emplace_back();
  std::string& buffer = buffers[buffers_used++];
  buffer.clear();
  return buffer;
}

MaybeFault JsonReaderState::Root(on_demand::object& root) {
  if (started) document.rewind();
  started = true;
  buffers_used = 0;
  on_demand::json_type type{};
  auto error = document.type().get(type);
  if (error != simdjson::SUCCESS) return Fault(error);
  if (type != on_demand::json_type::object) return RecordFault{"not_an_object", "the record is no JSON object"};
  error = document.get_object().get(root);
  if (error != simdjson::SUCCESS) return Fault(error);
  return std::nullopt;
}

MaybeFault JsonReaderState::Key(on_demand::field& field, std::string_view& key) {
  if (++fields_visited > kMaxJsonFields) {
    return RecordFault{"too_many_fields", "more than " + std::to_string(kMaxJsonFields)};
  }
  const char* const begin = field.key().raw();
  const char* end = begin;
  while (*end != '"' && *end != '\\') ++end;
  if (*end == '"') {
    key = {begin, static_cast<size_t>(end - begin)};
    return std::nullopt;
  }
  std::string& buffer = NewBuffer();
  const auto rest = static_cast<size_t>(record.data() + record.size() - begin);
  if (!UnescapeJsonString({begin, rest}, buffer, mended)) return Fault(simdjson::STRING_ERROR);
  key = buffer;
  return std::nullopt;
}

MaybeFault JsonReaderState::TakeString(on_demand::value value, JsonValue& taken) {
  if (!lone_surrogates_possible) {
    const auto error = value.get_string().get(taken.text);
    if (error != simdjson::SUCCESS) return Fault(error);
  } else {
    on_demand::raw_json_string raw;
    const auto error = value.get_raw_json_string().get(raw);
    if (error != simdjson::SUCCESS) return Fault(error);
    std::string& buffer = NewBuffer();
    const auto rest = static_cast<size_t>(record.data() + record.size() - raw.raw());
    if (!UnescapeJsonString({raw.raw(), rest}, buffer, mended)) return Fault(simdjson::STRING_ERROR);
    taken.text = buffer;
  }
  taken.kind = JsonKind::kString;
  return std::nullopt;
}

// `whole` is an object or an array; its text is passed over.
template <typename Whole>
MaybeFault JsonReaderState::TakeWhole(Whole& whole, JsonValue& taken) {
  std::string_view raw;
  const auto error = whole.raw_json().get(raw);
  if (error != simdjson::SUCCESS) return Fault(error);
  std::string& buffer = NewBuffer();
  if (auto fault = AppendCompactJson(raw, buffer)) {
    fault->detail += " of the value at byte " + std::to_string(raw.data() - record.data());
    return fault;
  }
  mended = mended || (lone_surrogates_possible && buffer.find("\\ufffd") != std::string::npos);
  taken = {buffer.front() == '{' ? JsonKind::kObject : JsonKind::kArray, buffer};
  return std::nullopt;
}

MaybeFault JsonReaderState::Take(on_demand::value value, JsonValue& taken) {
  taken = {};
  on_demand::json_type type{};
  const auto error = value.type().get(type);
  if (error != simdjson::SUCCESS) return Fault(error);
  switch (type) {
    case on_demand::json_type::string: return TakeString(value, taken);
    case on_demand::json_type::object: {
      on_demand::object object;
      if (const auto code = value.get_object().get(object); code != simdjson::SUCCESS) return Fault(code);
      return TakeWhole(object, taken);
    }
    case on_demand::json_type::array: {
      on_demand::array array;
      if (const auto code = value.get_array().get(array); code != simdjson::SUCCESS) return Fault(code);
      return TakeWhole(array, taken);
    }
    case on_demand::json_type::number:
    case on_demand::json_type::boolean:
    case on_demand::json_type::null: break;
  }
  std::string_view token = value.raw_json_token();
  token = token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
  if (type == on_demand::json_type::null) {
    return token == "null" ? std::nullopt : Fault(simdjson::N_ATOM_ERROR);
  }
  if (type == on_demand::json_type::boolean) {
    if (token != "true" && token != "false") return Fault(simdjson::T_ATOM_ERROR);
    taken = {JsonKind::kBool, token};
    return std::nullopt;
  }
  if (JsonNumberLength(token) != token.size()) return Fault(simdjson::NUMBER_ERROR);
  taken = {JsonKind::kNumber, token};
  return std::nullopt;
}

MaybeFault JsonReaderState::Read(const JsonShape& wanted, std::span<JsonValue> values, const Hooked& with) {
  assert(values.size() == wanted.size());
  shape = &wanted;
  hooked = with;
  ranks.assign(wanted.key_count_, 0);
  std::fill(values.begin(), values.end(), JsonValue{});
  on_demand::object root;
  if (auto fault = Root(root)) return fault;
  if (auto fault = ReadObject(root, 0, values)) return fault;
  // With nothing left there is no location.
  if (document.current_location().error() == simdjson::OUT_OF_BOUNDS) return std::nullopt;
  return RecordFault{"invalid_json", "text after the value near byte " + std::to_string(Offset())};
}

MaybeFault JsonReaderState::ReadObject(on_demand::object& object, uint16_t node, std::span<JsonValue> values) {
  for (auto next : object) {
    on_demand::field field;
    if (const auto error = std::move(next).get(field); error != simdjson::SUCCESS) return Fault(error);
    std::string_view name;
    if (auto fault = Key(field, name)) return fault;
    const JsonShape::Key* const key = shape->Find(shape->nodes_[node], name);
    if (key == nullptr) continue;
    if (auto fault = ReadKey(*key, name == key->name, field.value(), values)) return fault;
  }
  return std::nullopt;
}

MaybeFault JsonReaderState::ReadKey(const JsonShape::Key& key, bool exact, on_demand::value value,
                                    std::span<JsonValue> values) {
  const uint8_t rank = exact ? 2 : 1;
  if (rank < ranks[key.index]) return std::nullopt;
  on_demand::json_type type{};
  if (const auto error = value.type().get(type); error != simdjson::SUCCESS) return Fault(error);
  if (type == on_demand::json_type::null) {
    JsonValue nothing;
    return Take(value, nothing);
  }
  if (ranks[key.index] != 0) Forget(key, values);
  ranks[key.index] = rank;

  if (key.slot != JsonShape::kNone && key.slot >= hooked.first_slot) {
    return hooked.hook(*this, key.slot, value, hooked.context);
  }
  if (key.children == JsonShape::kNone || type != on_demand::json_type::object) {
    return key.slot == JsonShape::kNone ? std::nullopt : Take(value, values[key.slot]);
  }
  on_demand::object object;
  if (const auto error = value.get_object().get(object); error != simdjson::SUCCESS) return Fault(error);
  if (key.slot != JsonShape::kNone) {
    if (auto fault = TakeWhole(object, values[key.slot])) return fault;
    if (const auto error = object.reset().error(); error != simdjson::SUCCESS) return Fault(error);
  }
  return ReadObject(object, key.children, values);
}

void JsonReaderState::Forget(const JsonShape::Key& key, std::span<JsonValue> values) {
  if (key.slot != JsonShape::kNone) values[key.slot] = {};
  if (key.children == JsonShape::kNone) return;
  for (const JsonShape::Key& child : shape->nodes_[key.children].keys) {
    ranks[child.index] = 0;
    Forget(child, values);
  }
}

// --- Values inside values ------------------------------------------------------------------------------------

namespace {

// A reader for the inside of a value, given back when the value has been read.
class NestedReader {
 public:
  explicit NestedReader(JsonReaderState& owner) : owner_(owner) {
    if (owner_.nested_used == owner_.nested.size()) owner_.nested.push_back(std::make_unique<JsonReader>());
    reader_ = owner_.nested[owner_.nested_used++].get();
  }
  ~NestedReader() { --owner_.nested_used; }
  NestedReader(const NestedReader&) = delete;
  NestedReader& operator=(const NestedReader&) = delete;

  JsonReaderState& state() { return reader_->state(); }

  // Opens a copy of `text`, which has the padding that the text may lack.
  MaybeFault Open(std::string_view text) {
    std::string& copy = state().mended_bytes;  // not needed: the text is sound
    copy.assign(text);
    copy.append(kJsonPadding, ' ');
    return state().Open(std::string_view(copy).substr(0, text.size()));
  }

 private:
  JsonReaderState& owner_;
  JsonReader* reader_;
};

// Calls `visit(element)` for every element of the array that `state` is opened on.
template <typename Visit>
MaybeFault Elements(JsonReaderState& state, Visit visit) {
  state.started = true;
  on_demand::array array;
  if (const auto error = state.document.get_array().get(array); error != simdjson::SUCCESS) return state.Fault(error);
  for (auto next : array) {
    on_demand::value element;
    if (const auto error = next.get(element); error != simdjson::SUCCESS) return state.Fault(error);
    state.buffers_used = 0;
    if (auto fault = visit(element)) return fault;
  }
  return std::nullopt;
}

}  // namespace

MaybeFault JsonReader::ForEachElement(const JsonValue& array, const JsonShape& shape, const ElementVisitor& visit) {
  if (array.kind != JsonKind::kArray) return std::nullopt;
  NestedReader nested(*state_);
  if (auto fault = nested.Open(array.text)) return fault;
  std::vector<JsonValue> values(shape.size());
  JsonReaderState& state = nested.state();
  state.shape = &shape;
  state.hooked = {};
  return Elements(state, [&](on_demand::value element) -> MaybeFault {
    std::fill(values.begin(), values.end(), JsonValue{});
    state.ranks.assign(shape.key_count_, 0);
    on_demand::object object;
    if (element.get_object().get(object) == simdjson::SUCCESS) {
      if (auto fault = state.ReadObject(object, 0, values)) return fault;
    }
    visit(values);
    return std::nullopt;
  });
}

MaybeFault JsonReader::ForEachValue(const JsonValue& array, const std::function<void(const JsonValue&)>& visit) {
  if (array.kind != JsonKind::kArray) return std::nullopt;
  NestedReader nested(*state_);
  if (auto fault = nested.Open(array.text)) return fault;
  return Elements(nested.state(), [&](on_demand::value element) -> MaybeFault {
    JsonValue value;
    if (auto fault = nested.state().Take(element, value)) return fault;
    if (!value.IsAbsent()) visit(value);
    return std::nullopt;
  });
}

MaybeFault JsonReader::ForEachField(const JsonValue& object, const FieldVisitor& visit) {
  if (object.kind != JsonKind::kObject) return std::nullopt;
  NestedReader nested(*state_);
  if (auto fault = nested.Open(object.text)) return fault;
  JsonReaderState& state = nested.state();
  on_demand::object root;
  if (auto fault = state.Root(root)) return fault;
  for (auto next : root) {
    on_demand::field field;
    if (const auto error = std::move(next).get(field); error != simdjson::SUCCESS) return state.Fault(error);
    std::string_view key;
    JsonValue value;
    if (auto fault = state.Key(field, key)) return fault;
    if (auto fault = state.Take(field.value(), value)) return fault;
    if (!value.IsAbsent()) visit(key, value);
  }
  return std::nullopt;
}

// --- JsonReader ----------------------------------------------------------------------------------------------

JsonReader::JsonReader() : state_(std::make_unique<JsonReaderState>()) {}
JsonReader::~JsonReader() = default;
JsonReader::JsonReader(JsonReader&&) noexcept = default;
JsonReader& JsonReader::operator=(JsonReader&&) noexcept = default;

MaybeFault JsonReader::Open(std::string_view record) { return state_->Open(record); }
MaybeFault JsonReader::Read(const JsonShape& shape, std::span<JsonValue> values) {
  return state_->Read(shape, values, {});
}
bool JsonReader::mended() const { return state_->mended; }

}  // namespace casebook
