// ContactLensFile: one analysis file of Contact Lens, of a call or a chat.
//
// The turns of the conversation and who speaks them are read; categories, summary, interruptions and talk time
// are not. Used by transcript_rows.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "events/json.h"

namespace casebook {

// Turns of one file; a chat of a week has a few thousand.
inline constexpr size_t kMaxTurns = 20'000;

// X(field, path in an item of the transcript)
#define CASEBOOK_TURN_FIELDS(X)              \
  X(kId, "Id")                               \
  X(kParticipantId, "ParticipantId")         \
  X(kParticipantRole, "ParticipantRole")     \
  X(kContent, "Content")                     \
  X(kBeginOffsetMillis, "BeginOffsetMillis") \
  X(kEndOffsetMillis, "EndOffsetMillis")     \
  X(kAbsoluteTime, "AbsoluteTime")           \
  X(kSentiment, "Sentiment")                 \
  X(kType, "Type")                           \
  X(kContentType, "ContentType")

#define CASEBOOK_FIELD_ENUMERATOR(field, path) field,

enum class TurnField : size_t {
  CASEBOOK_TURN_FIELDS(CASEBOOK_FIELD_ENUMERATOR) kCount
};

#undef CASEBOOK_FIELD_ENUMERATOR

struct Turn {
  size_t number = 0;  // from 0
  std::span<const JsonValue> values;

  const JsonValue& operator[](TurnField field) const { return values[static_cast<size_t>(field)]; }
};

// The values live as long as those of the reader.
struct ContactLensFile {
  JsonValue contact_id;
  JsonValue input_uri;  // of the recording, or the chat's transcript
  JsonValue output;     // `Raw`, `Redacted`
  JsonValue transcript;
  std::unordered_map<std::string, std::string> roles;       // by participant id
  std::unordered_map<std::string, std::string> sentiments;  // by item id; of chats, whose items have none
};

// Reads the record that `reader` stands on.
MaybeFault ReadContactLensFile(JsonReader& reader, ContactLensFile& file);

// Calls `visit` for every item of the transcript. `too_many_turns` above kMaxTurns.
MaybeFault ForEachTurn(const ContactLensFile& file, JsonReader& reader, const std::function<void(const Turn&)>& visit);

}  // namespace casebook
