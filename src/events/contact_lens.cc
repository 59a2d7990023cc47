#include "events/contact_lens.h"

#include <algorithm>
#include <array>

namespace casebook {
namespace {

// Participants have no limit that AWS names; more than these are no conversation.
constexpr size_t kMaxParticipants = 1000;

MaybeFault ReadRoles(const JsonValue& participants, JsonReader& reader, ContactLensFile& file) {
  static const JsonShape kParticipant = {"ParticipantId", "ParticipantRole"};
  return reader.ForEachElement(participants, kParticipant, [&](std::span<const JsonValue> participant) {
    if (!participant[0].IsString() || !participant[1].IsString() || file.roles.size() >= kMaxParticipants) return;
    file.roles.emplace(participant[0].text, participant[1].text);
  });
}

// Of a chat the sentiment stands apart, by groups of items.
MaybeFault ReadSentiments(const JsonValue& groups, JsonReader& reader, ContactLensFile& file) {
  static const JsonShape kGroup = {"Sentiment", "TranscriptItems"};
  static const JsonShape kItem = {"Id"};
  MaybeFault inner;
  auto fault = reader.ForEachElement(groups, kGroup, [&](std::span<const JsonValue> group) {
    if (inner || !group[0].IsString()) return;
    inner = reader.ForEachElement(group[1], kItem, [&](std::span<const JsonValue> item) {
      if (!item[0].IsString() || file.sentiments.size() >= kMaxTurns) return;
      file.sentiments.emplace(item[0].text, group[0].text);
    });
  });
  return fault ? fault : inner;
}

}  // namespace

MaybeFault ReadContactLensFile(JsonReader& reader, ContactLensFile& file) {
  static const JsonShape kFile = {"CustomerMetadata/ContactId",
                                  "CustomerMetadata/InputS3Uri",
                                  "ContentMetadata/Output",
                                  "Transcript",
                                  "Participants",
                                  "ConversationCharacteristics/Sentiment/DetailsByTranscriptItemGroup"};
  std::array<JsonValue, 6> values;
  if (auto fault = reader.Read(kFile, values)) return fault;
  file.contact_id = values[0];
  file.input_uri = values[1];
  file.output = values[2];
  file.transcript = values[3];
  if (auto fault = ReadRoles(values[4], reader, file)) return fault;
  return ReadSentiments(values[5], reader, file);
}

MaybeFault ForEachTurn(const ContactLensFile& file, JsonReader& reader, const std::function<void(const Turn&)>& visit) {
#define CASEBOOK_FIELD_PATH(field, path) path,
  static const JsonShape kTurn = {CASEBOOK_TURN_FIELDS(CASEBOOK_FIELD_PATH)};
#undef CASEBOOK_FIELD_PATH
  size_t number = 0;
  auto fault = reader.ForEachElement(file.transcript, kTurn, [&](std::span<const JsonValue> values) {
    if (number < kMaxTurns) visit({number, values});
    ++number;
  });
  if (!fault && number > kMaxTurns) {
    return RecordFault{"too_many_turns", std::to_string(number) + ", more than " + std::to_string(kMaxTurns)};
  }
  return fault;
}

}  // namespace casebook
