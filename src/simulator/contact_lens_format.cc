#include "simulator/contact_lens_format.h"

#include <span>

#include "simulator/calendar.h"
#include "simulator/random.h"

namespace casebook {
namespace {

constexpr double kShareScale = 1'000'000;
constexpr int64_t kTurnMs = 6'000;
constexpr size_t kMaxTurns = 14;

struct Turn {
  bool is_agent = false;
  std::string_view sentiment;
  std::string_view text;
};

constexpr Turn kOpening[] = {
    {true, "POSITIVE", "Good afternoon, how can I help?"},
    {false, "NEUTRAL", "Hello, this is {n}. I am ringing about my account."},
};
constexpr Turn kMiddle[] = {
    {true, "NEUTRAL", "Thank you. May I take a meter reading first?"},
    {false, "NEUTRAL", "Yes, it says {r}."},
    {false, "NEGATIVE", "The bill says £{p}, that cannot be right."},
    {true, "NEUTRAL", "I see it here. Let me pop you on hold for a moment."},
    {true, "NEUTRAL", "Thanks for holding. The last reading was estimated."},
    {false, "NEGATIVE", "I have waited {d} weeks for an answer. I want to make a complaint."},
    {true, "POSITIVE", "I am sorry about that. I have raised it and will correct the bill today."},
    {false, "NEUTRAL", "And when do I get the £{q} back?"},
    {true, "POSITIVE", "Within ten working days, to the account we hold."},
};
constexpr Turn kEnding[] = {
    {true, "POSITIVE", "Is there anything else I can do for you?"},
    {false, "POSITIVE", "No, thank you. Diolch! 🙂"},
};

class AnalysisWriter {
 public:
  AnalysisWriter(TextBuffer& out, const WireContext& context, const Contact& contact)
      : out_(out), context_(context), contact_(contact), customer_(context.customers().At(contact.customer)) {
    const size_t middle = 3 + Key(contact.number, 0x1e45) % (std::size(kMiddle) - 2);
    for (const Turn& turn : kOpening) turns_[count_++] = turn;
    for (size_t i = 0; i < middle && i < std::size(kMiddle); ++i) turns_[count_++] = kMiddle[i];
    for (const Turn& turn : kEnding) turns_[count_++] = turn;
  }

  void Voice() {
    out_ << R"({"Version":"1.1.0","AccountId":")" CASEBOOK_SIMULATED_AWS_ACCOUNT
            R"(","Channel":"VOICE","ContentMetadata":{"Output":"Raw"},"CustomerMetadata":{"ContactId":")";
    Metadata();
    out_ << R"("JobStatus":"COMPLETED","LanguageCode":"en-GB","Participants":[{"ParticipantId":"CUSTOMER",)"
            R"("ParticipantRole":"CUSTOMER"},{"ParticipantId":"AGENT","ParticipantRole":"AGENT"}],"Categories":)"
            R"({"MatchedCategories":[],"MatchedDetails":{}},"ConversationCharacteristics":{"ContactSummary":)"
            R"({"PostContactSummary":{"Content":"Customer asked about )"
         << Intents()[contact_.intent].name.name << R"(; put right on the call."}},"TotalConversationDurationMillis":)";
    out_.Integer(Duration()) << R"(,"Sentiment":{"OverallSentiment":{"AGENT":1.4,"CUSTOMER":-0.8}},"NonTalkTime":)"
                                R"({"TotalTimeMillis":0,"Instances":[]}},"CustomModels":[],"Transcript":[)";
    for (size_t i = 0; i < count_; ++i) VoiceTurn(i);
    out_ << "]}";
  }

  void Chat() {
    out_ << R"({"AccountId":")" CASEBOOK_SIMULATED_AWS_ACCOUNT
            R"(","Categories":{"MatchedCategories":[],"MatchedDetails":{}},"Channel":"CHAT",)"
            R"("ChatTranscriptVersion":"2019-08-26","ContentMetadata":{"Output":"Raw"},"ConversationCharacteristics":)"
            R"({"ContactSummary":{"PostContactSummary":{"Content":"Customer asked about )"
         << Intents()[contact_.intent].name.name << R"(; put right in the chat."}},"Sentiment":{"OverallSentiment":)"
         << R"({"DetailsByParticipantRole":{"AGENT":2.5,"CUSTOMER":0}}}},"CustomerMetadata":{"ContactId":")";
    Metadata();
    out_ << R"("JobStatus":"COMPLETED","LanguageCode":"en-GB","Participants":[)";
    Participant(customer_.first_name, false);
    out_ << ',';
    Participant(context_.AgentAt(contact_.agent).first_name, true);
    out_ << R"(],"Transcript":[)";
    for (size_t i = 0; i < count_; ++i) ChatTurn(i);
    out_ << R"(,{"AbsoluteTime":")";
    out_.Millis(contact_.agent_ended)
        << R"(","ContentType":"application/vnd.amazonaws.connect.event.chat.ended","Id":")";
    ItemId(count_);
    out_ << R"(","Type":"EVENT"}],"Version":"CHAT-2022-11-30"})";
  }

 private:
  int64_t Duration() const { return contact_.agent_ended - contact_.connected_to_agent; }
  int64_t Begin(size_t turn) const {
    return Duration() * static_cast<int64_t>(turn) / static_cast<int64_t>(count_ + 1);
  }

  void Metadata() {
    context_.AppendContactId(out_, contact_.number);
    out_ << R"(","InstanceId":")" CASEBOOK_SIMULATED_INSTANCE_ID R"("},)";
  }

  void ItemId(size_t turn) {
    AppendUuid(out_, MakeUuid(context_.seed(), IdKind::kParticipant, (contact_.number << 8U | 128U) + turn));
  }

  // As in the contact record's chat metrics.
  void ParticipantId(bool is_agent) {
    AppendUuid(out_, MakeUuid(context_.seed(), IdKind::kParticipant, contact_.number * 4 + (is_agent ? 0 : 1)));
  }

  void Participant(std::string_view name, bool is_agent) {
    out_ << R"({"DisplayName":")" << name << R"(","ParticipantId":")";
    ParticipantId(is_agent);
    out_ << R"(","ParticipantRole":")" << (is_agent ? "AGENT" : "CUSTOMER") << R"("})";
  }

  void VoiceTurn(size_t i) {
    const int64_t begin = Begin(i);
    out_ << (i == 0 ? "" : ",") << R"({"BeginOffsetMillis":)";
    out_.Integer(begin) << R"(,"Content":")";
    AppendFilled(out_, turns_[i].text, contact_.number, customer_.first_name);
    out_ << R"(","EndOffsetMillis":)";
    out_.Integer(std::min(begin + kTurnMs, Begin(i + 1))) << R"(,"Id":")";
    ItemId(i);
    out_ << R"(","ParticipantId":")" << (turns_[i].is_agent ? "AGENT" : "CUSTOMER") << R"(","Sentiment":")"
         << turns_[i].sentiment << R"(","LoudnessScore":[70.2,71.0]})";
  }

  void ChatTurn(size_t i) {
    out_ << (i == 0 ? "" : ",") << R"({"AbsoluteTime":")";
    out_.Millis(contact_.connected_to_agent + Begin(i)) << R"(","Content":")";
    AppendFilled(out_, turns_[i].text, contact_.number, customer_.first_name);
    out_ << R"(","ContentType":"text/plain","DisplayName":")"
         << (turns_[i].is_agent ? context_.AgentAt(contact_.agent).first_name : customer_.first_name) << R"(","Id":")";
    ItemId(i);
    out_ << R"(","ParticipantId":")";
    ParticipantId(turns_[i].is_agent);
    out_ << R"(","ParticipantRole":")" << (turns_[i].is_agent ? "AGENT" : "CUSTOMER") << R"(","Type":"MESSAGE"})";
  }

  TextBuffer& out_;
  const WireContext& context_;
  const Contact& contact_;
  const Customer customer_;
  Turn turns_[kMaxTurns];
  size_t count_ = 0;
};

}  // namespace

bool IsTranscribed(const SimulationConfig& config, const Contact& contact) {
  const bool is_talk = contact.channel == Channel::kVoice || contact.channel == Channel::kChat;
  if (!is_talk || !contact.IsHandled() || contact.connected_to_system == 0) return false;
  const auto draw = static_cast<double>(Key(contact.number, 0x7a45) % static_cast<uint64_t>(kShareScale));
  return draw < config.delivery.transcripts * kShareScale;
}

void AppendContactLens(TextBuffer& out, const WireContext& context, const Contact& contact) {
  AnalysisWriter writer(out, context, contact);
  if (contact.channel == Channel::kChat) {
    writer.Chat();
  } else {
    writer.Voice();
  }
}

}  // namespace casebook
