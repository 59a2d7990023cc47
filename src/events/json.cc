#include "events/json.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

#include "base/utf8.h"
#include "events/json_reader_state.h"
#include "events/json_text.h"

namespace casebook {
namespace {

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

// What kind of value a token with this first character is, if it is sound; kAbsent for null and for none.
JsonKind KindByFirst(char c) {
  switch (c) {
    case '{': return JsonKind::kObject;
    case '[': return JsonKind::kArray;
    case '"': return JsonKind::kString;
    case 't':
    case 'f': return JsonKind::kBool;
    default: return c == '-' || (c >= '0' && c <= '9') ? JsonKind::kNumber : JsonKind::kAbsent;
  }
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
  auto error = cursor.Open(record);
  if (error == simdjson::UTF8_ERROR) {
    mended = true;
    mended_bytes = ReplaceInvalidUtf8(record);
    const size_t size = mended_bytes.size();
    if (size > kMaxJsonBytes) return RecordFault{"too_large", "with its invalid UTF-8 replaced"};
    mended_bytes.append(kJsonPadding, ' ');
    record = std::string_view(mended_bytes).substr(0, size);
    error = cursor.Open(record);
  }
  if (error != simdjson::SUCCESS) {
    Fail(error);
    return TakeFault();
  }
  escapes_possible = record.find('\\') != std::string_view::npos;
  lone_surrogates_possible = escapes_possible && HasSurrogateEscape(record);
  return std::nullopt;
}

bool JsonReaderState::Fail(simdjson::error_code error) {
  std::string detail(ErrorWords(error));
  if (started) detail += " near byte " + std::to_string(Offset());
  return Fail(RecordFault{"invalid_json", std::move(detail)});
}

std::string& JsonReaderState::NewBuffer() {
  if (buffers_used == buffers.size()) buffers.emplace_back();
  std::string& buffer = buffers[buffers_used++];
  buffer.clear();
  return buffer;
}

bool JsonReaderState::Root() {
  cursor.Rewind();
  started = true;
  buffers_used = 0;
  const JsonKind kind = KindByFirst(cursor.Peek());
  if (kind == JsonKind::kObject) {
    return cursor.LastCharacter() == '}' || Fail(simdjson::INCOMPLETE_ARRAY_OR_OBJECT);
  }
  if (kind == JsonKind::kAbsent && cursor.Peek() != 'n') return FailSyntax();
  return Fail(RecordFault{"not_an_object", "the record is no JSON object"});
}

bool JsonReaderState::Key(std::string_view& key) {
  if (++fields_visited > kMaxJsonFields) {
    return Fail(RecordFault{"too_many_fields", "more than " + std::to_string(kMaxJsonFields)});
  }
  if (cursor.Peek() != '"' || cursor.Peek(1) != ':') return FailSyntax();
  const std::string_view token = cursor.Token();
  cursor.Advance(2);
  key = token.substr(1, token.size() - 2);
  if (!escapes_possible || key.find('\\') == std::string_view::npos) return true;
  return Unescape(token.substr(1), key);
}

bool JsonReaderState::Unescape(std::string_view quoted, std::string_view& text) {
  std::string& buffer = NewBuffer();
  if (!UnescapeJsonString(quoted, buffer, mended)) return Fail(simdjson::STRING_ERROR);
  text = buffer;
  return true;
}

bool JsonReaderState::TakeString(JsonValue& taken) {
  const std::string_view token = cursor.Token();
  taken = {JsonKind::kString, token.substr(1, token.size() - 2)};
  if (escapes_possible && taken.text.find('\\') != std::string_view::npos) {
    if (!Unescape(token.substr(1), taken.text)) return false;
  }
  cursor.Advance();
  return true;
}

bool JsonReaderState::TakeToken(JsonValue& taken) {
  const std::string_view token = cursor.Token();
  const JsonKind kind = KindByFirst(token.front());
  if (token.front() == 'n') {
    if (token != "null") return Fail(simdjson::N_ATOM_ERROR);
  } else if (kind == JsonKind::kBool) {
    if (token != "true" && token != "false") return Fail(simdjson::T_ATOM_ERROR);
    taken = {kind, token};
  } else if (kind == JsonKind::kNumber) {
    if (JsonNumberLength(token) != token.size()) return Fail(simdjson::NUMBER_ERROR);
    taken = {kind, token};
  } else {
    return FailSyntax();
  }
  cursor.Advance();
  return true;
}

bool JsonReaderState::TakeWhole(JsonValue& taken) {
  const char* const begin = cursor.data();
  const JsonCursor::Place place = cursor.place();
  const JsonKind kind = KindByFirst(*begin);
  const bool is_compact = cursor.SkipCompact();
  if (!is_compact && !Skip()) return false;
  const size_t size = static_cast<size_t>(record.data() + *(cursor.place() - 1) - begin) + 1;
  taken = {kind, {begin, size}};
  if (is_compact) return true;
  std::string& buffer = NewBuffer();
  if (auto unsound = AppendCompactJson(taken.text, buffer)) {
    cursor.GoTo(place);
    unsound->detail += " of the value at byte " + std::to_string(begin - record.data());
    return Fail(std::move(*unsound));
  }
  mended = mended || (lone_surrogates_possible && buffer.find("\\ufffd") != std::string::npos);
  taken.text = buffer;
  return true;
}

bool JsonReaderState::Take(JsonValue& taken) {
  taken = {};
  const char first = cursor.Peek();
  if (first == '"') return TakeString(taken);
  if (first == '{' || first == '[') return TakeWhole(taken);
  return cursor.AtEnd() ? FailSyntax() : TakeToken(taken);
}

MaybeFault JsonReaderState::Read(const JsonShape& wanted, std::span<JsonValue> values, const Hooked& with) {
  assert(values.size() == wanted.size());
  shape = &wanted;
  hooked = with;
  ranks.assign(wanted.key_count_, 0);
  std::fill(values.begin(), values.end(), JsonValue{});
  if (!Root() || !ReadObject(0, values)) return TakeFault();
  if (cursor.AtEnd()) return std::nullopt;
  return RecordFault{"invalid_json", "text after the value near byte " + std::to_string(Offset())};
}

bool JsonReaderState::ReadObject(uint16_t node, std::span<JsonValue> values) {
  const JsonShape::Node& keys = shape->nodes_[node];
  return EachField([&](std::string_view name) {
    uint8_t rank = 0;
    const JsonShape::Key* const key = shape->Find(keys, name, rank);
    return key == nullptr ? Skip() : ReadKey(*key, rank, values);
  });
}

uint16_t JsonReaderState::RootSlot(const JsonShape& wanted, std::string_view name) {
  uint8_t rank = 0;
  const JsonShape::Key* const key = wanted.Find(wanted.nodes_[0], name, rank);
  return key == nullptr ? JsonShape::kNone : key->slot;
}

bool JsonReaderState::ReadKey(const JsonShape::Key& key, uint8_t rank, std::span<JsonValue> values) {
  if (rank < ranks[key.index]) return Skip();
  const JsonKind kind = KindByFirst(cursor.Peek());
  if (kind == JsonKind::kAbsent) {
    JsonValue nothing;
    return Take(nothing);
  }
  if (ranks[key.index] != 0) Forget(key, values);
  ranks[key.index] = rank;

  const bool is_wanted = key.slot != JsonShape::kNone;
  if (is_wanted && key.slot >= hooked.first_slot) return hooked.hook(*this, key.slot, hooked.context);
  if (key.children == JsonShape::kNone || kind != JsonKind::kObject) return is_wanted ? Take(values[key.slot]) : Skip();
  if (is_wanted) {
    const JsonCursor::Place object = cursor.place();
    if (!TakeWhole(values[key.slot])) return false;
    cursor.GoTo(object);
  }
  return ReadObject(key.children, values);
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

// Calls `visit()` before every element of the array that `state` is opened on.
template <typename Visit>
MaybeFault Elements(JsonReaderState& state, Visit visit) {
  state.started = true;
  const bool is_read = state.EachElement([&] {
    state.buffers_used = 0;
    return visit();
  });
  return is_read ? std::nullopt : state.TakeFault();
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
  return Elements(state, [&] {
    std::fill(values.begin(), values.end(), JsonValue{});
    state.ranks.assign(shape.key_count_, 0);
    if (!(state.cursor.Peek() == '{' ? state.ReadObject(0, values) : state.Skip())) return false;
    visit(values);
    return true;
  });
}

MaybeFault JsonReader::ForEachValue(const JsonValue& array, const std::function<void(const JsonValue&)>& visit) {
  if (array.kind != JsonKind::kArray) return std::nullopt;
  NestedReader nested(*state_);
  if (auto fault = nested.Open(array.text)) return fault;
  return Elements(nested.state(), [&] {
    JsonValue value;
    if (!nested.state().Take(value)) return false;
    if (!value.IsAbsent()) visit(value);
    return true;
  });
}

MaybeFault JsonReader::ForEachField(const JsonValue& object, const FieldVisitor& visit) {
  if (object.kind != JsonKind::kObject) return std::nullopt;
  NestedReader nested(*state_);
  if (auto fault = nested.Open(object.text)) return fault;
  JsonReaderState& state = nested.state();
  const bool is_read = state.Root() && state.EachField([&](std::string_view key) {
    JsonValue value;
    if (!state.Take(value)) return false;
    if (!value.IsAbsent()) visit(key, value);
    return true;
  });
  return is_read ? std::nullopt : state.TakeFault();
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
