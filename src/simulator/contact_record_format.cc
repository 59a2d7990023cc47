#include "simulator/contact_record_format.h"

#include <algorithm>

#include "simulator/calendar.h"
#include "simulator/random.h"

namespace casebook {
namespace {

#define INSTANCE CASEBOOK_SIMULATED_INSTANCE_ARN

bool IsTalk(const Contact& contact) { return contact.channel == Channel::kVoice || contact.channel == Channel::kChat; }
bool IsRecorded(const Contact& contact) {
  return IsTalk(contact) && contact.IsHandled() && contact.connected_to_system != 0;
}

std::string_view ReasonOf(const Contact& contact) {
  switch (contact.reason) {
    case EndReason::kCustomer: return "CUSTOMER_DISCONNECT";
    case EndReason::kAgent: return "AGENT_DISCONNECT";
    case EndReason::kFlow: return "CONTACT_FLOW_DISCONNECT";
    case EndReason::kExpired: return "EXPIRED";
    case EndReason::kThirdParty: return "THIRD_PARTY_DISCONNECT";
    case EndReason::kUnanswered: return "TELECOM_UNANSWERED";
    case EndReason::kCompleted: return "AGENT_COMPLETED";
  }
  return "OTHER";
}

void Time(TextBuffer& out, std::string_view key, int64_t time) {
  out << key;
  if (time == 0) {
    out << "null";
    return;
  }
  out << '"';
  out.Seconds(time) << '"';
}

void Relative(TextBuffer& out, const WireContext& context, std::string_view key, uint64_t number) {
  out << key;
  if (number == 0) {
    out << "null";
    return;
  }
  out << '"';
  context.AppendContactId(out, number);
  out << '"';
}

void AppendAgent(TextBuffer& out, const WireContext& context, const Contact& contact) {
  if (!contact.IsHandled()) {
    out << R"("Agent":null)";
    return;
  }
  const Agent& agent = context.AgentAt(contact.agent);
  const int64_t worked = contact.after_work_ended / kSecondMs - contact.agent_ended / kSecondMs;
  const int64_t together = contact.agent_ended / kSecondMs - contact.connected_to_agent / kSecondMs;
  out << R"("Agent":{"ARN":")" << context.AgentArn(contact.agent) << R"(","AfterContactWorkDuration":)";
  out.Integer(worked);
  Time(out, R"(,"AfterContactWorkEndTimestamp":)", contact.after_work_ended);
  Time(out, R"(,"AfterContactWorkStartTimestamp":)", contact.agent_ended);
  out << R"(,"AgentInteractionDuration":)";
  out.Integer(together - contact.hold_s) << R"(,"AgentInitiatedHoldDuration":)";
  out.Integer(contact.hold_s);
  Time(out, R"(,"ConnectedToAgentTimestamp":)", contact.connected_to_agent);
  out << R"(,"CustomerHoldDuration":)";
  out.Integer(contact.hold_s)
      << R"(,"DeviceInfo":{"OperatingSystem":"Windows","PlatformName":"Chrome","PlatformVersion":"134"})"
      << R"(,"HierarchyGroups":)" << context.RecordHierarchy(agent.team) << R"(,"LongestHoldDuration":)";
  out.Integer(contact.longest_hold_s) << R"(,"NumberOfHolds":)";
  out.Integer(contact.holds) << R"(,"RoutingProfile":)" << context.RoutingProfile(agent.team)
                             << R"(,"StateTransitions":null,"Username":")" << agent.username << R"("})";
}

// One number plain; several in one of the ways that flows write lists.
void AppendAccounts(TextBuffer& out, const Contact& contact, const Customer& customer) {
  int64_t numbers[4] = {};
  size_t count = 0;
  for (const Account& account : customer.accounts()) {
    if (Customers::IsHeldAt(account, contact.initiated)) numbers[count++] = account.number;
  }
  if (contact.account != 0 && std::find(numbers, numbers + count, contact.account) == numbers + count) {
    numbers[count++] = contact.account;
  }
  const uint64_t shape = Key(contact.number, 0xacc0) % 20;
  const bool is_array = shape >= 17 && (count > 1 || shape == 19);
  const std::string_view separator = is_array ? R"(\",\")" : shape < 11 ? "," : shape < 14 ? " " : "; ";
  if (is_array) out << R"([\")";
  for (size_t i = 0; i < count; ++i) {
    if (i > 0) out << separator;
    AppendAccountNumber(out, numbers[i]);
  }
  if (is_array) out << R"(\"])";
}

void AppendSurvey(TextBuffer& out, const Contact& contact, const RecordVersion& version, const Customer& customer) {
  const auto rating = [&](uint8_t value) {
    if (value != 0) out.Integer(value);
  };
  if (contact.channel == Channel::kChat) {
    out << R"("csatResults_agentRating":")";
    rating(version.agent_rating);
    out << R"(","csatResults_resolutionRating":")";
    rating(version.resolution_rating);
    out << "\",";
    return;
  }
  out << R"("csatResults":"{\"agentRating\":\")";
  rating(version.agent_rating);
  out << R"(\",\"resolutionRating\":\")";
  rating(version.resolution_rating);
  out << R"(\")";
  if (contact.number % 3 == 0) {
    out << R"(,\"comment\":\")";
    AppendFilled(out, SurveyComments()[contact.number / 3 % SurveyComments().size()], contact.number,
                 customer.first_name);
    out << R"(\")";
  }
  out << R"(}",)";
}

void AppendAttributes(TextBuffer& out, const WireContext& context, const Contact& contact,
                      const RecordVersion& version) {
  const Customer customer = context.customers().At(contact.customer);
  const bool is_known = contact.is_identified || contact.case_number != 0;
  out << R"(,"Attributes":{"accountNumbers":")";
  if (is_known) AppendAccounts(out, contact, customer);
  out << "\",";
  if (contact.case_number != 0) {
    out << R"("caseId":")";
    context.AppendCaseId(out, contact.case_number);
    out << "\",";
  }
  if (version.has_survey) AppendSurvey(out, contact, version, customer);
  if (is_known) out << R"("customerName":")" << customer.first_name << ' ' << customer.last_name << "\",";
  if (contact.channel == Channel::kVoice) out << R"("greetingPlayed":"true",)";
  out << R"("intent":")" << Intents()[contact.intent].name.value << R"(","juniferId":")";
  if (is_known) out.Integer(static_cast<int64_t>(customer.id));
  out << R"(","lang":"en-GB"})";
}

void AppendLens(TextBuffer& out, const Contact& contact, const RecordVersion& version) {
  if (!IsRecorded(contact)) {
    out << R"(,"ContactLens":null)";
    return;
  }
  out << R"(,"ContactLens":{"ConversationalAnalytics":{"Configuration":{"ChannelConfiguration":{"AnalyticsModes":)"
         R"(["PostContact"]},"Enabled":true,"LanguageLocale":"en-GB","RedactionConfiguration":{"Behavior":"Enable",)"
         R"("Entities":["NAME","EMAIL"],"MaskMode":"EntityType","Policy":"RedactedAndOriginal"},)"
         R"("SentimentConfiguration":{"Behavior":"Enable"},"SummaryConfiguration":)"
      << (version.has_late_analysis ? R"({"SummaryModes":["PostContact"]})" : "null") << "}}}";
}

void AppendEndpoints(TextBuffer& out, const WireContext& context, const Contact& contact) {
  const Customer customer = context.customers().At(contact.customer);
  switch (contact.channel) {
    case Channel::kVoice:
      out << R"(,"CustomerEndpoint":{"Address":")";
      if (contact.is_identified || contact.case_number != 0 || contact.number % 3 != 0) {
        out << "+447700900" << static_cast<char>('0' + customer.phone / 100)
            << static_cast<char>('0' + customer.phone / 10 % 10) << static_cast<char>('0' + customer.phone % 10);
      } else {
        out << "anonymous";
      }
      out << R"(","Type":"TELEPHONE_NUMBER"})";
      return;
    case Channel::kEmail:
      out << R"(,"CustomerEndpoint":{"Address":"customer)";
      out.Integer(customer.index) << R"(@example.com","DisplayName":")" << customer.first_name << ' '
                                  << customer.last_name << R"(","Type":"EMAIL_ADDRESS"})";
      return;
    case Channel::kChat:
    case Channel::kTask: out << R"(,"CustomerEndpoint":null)"; return;
  }
}

void AppendSystemEndpoint(TextBuffer& out, const Contact& contact) {
  if (contact.channel == Channel::kVoice && contact.method != Method::kCallback) {
    out << R"(,"SystemEndpoint":{"Address":")" << kSystemPhone << R"(","Type":"TELEPHONE_NUMBER"})";
  } else if (contact.channel == Channel::kEmail) {
    out << R"(,"SystemEndpoint":{"Address":")" << kSystemEmail << R"(","Type":"EMAIL_ADDRESS"})";
  } else {
    out << R"(,"SystemEndpoint":null)";
  }
}

void AppendQuality(TextBuffer& out, const Contact& contact) {
  if (contact.channel != Channel::kVoice || !IsRecorded(contact)) {
    out << R"(,"QualityMetrics":null)";
    return;
  }
  const auto score = static_cast<int64_t>(340 + Key(contact.number, 0x9a) % 111);
  out << R"(,"QualityMetrics":{"Agent":{"Audio":{"PotentialQualityIssues":[)"
      << (score < 350 ? R"("HighPacketLoss")" : "") << R"(],"QualityScore":)";
  out.Hundredths(score) << R"(}},"Customer":null})";
}

void AppendQueue(TextBuffer& out, const WireContext& context, const Contact& contact) {
  if (!contact.IsQueued()) {
    out << R"(,"Queue":null)";
    return;
  }
  out << R"(,"Queue":{"ARN":")" << context.QueueArn(contact.queue) << '"';
  Time(out, R"(,"DequeueTimestamp":)", contact.dequeued);
  out << R"(,"Duration":)";
  out.Integer(contact.dequeued / kSecondMs - contact.enqueued / kSecondMs);
  Time(out, R"(,"EnqueueTimestamp":)", contact.enqueued);
  out << R"(,"Name":")" << InfoOf(contact.queue).name << R"("})";
}

void AppendMediaLocation(TextBuffer& out, const WireContext& context, const Contact& contact) {
  const bool is_chat = contact.channel == Channel::kChat;
  const int64_t begun = is_chat ? contact.initiated : contact.connected_to_agent;
  out << kMediaBucket << (is_chat ? "/ChatTranscripts/" : "/CallRecordings/");
  out.Day(begun, '/') << '/';
  context.AppendContactId(out, contact.number);
  out << '_';
  out.CompactMinute(begun) << (is_chat ? "_UTC.json" : "_UTC.wav");
}

void AppendRecordings(TextBuffer& out, const WireContext& context, const Contact& contact) {
  if (!IsRecorded(contact)) {
    out << R"(,"Recording":null,"Recordings":null)";
    return;
  }
  const bool is_chat = contact.channel == Channel::kChat;
  if (is_chat) {
    out << R"(,"Recording":null)";
  } else {
    out << R"(,"Recording":{"DeletionReason":null,"Location":")";
    AppendMediaLocation(out, context, contact);
    out << R"(","Status":"AVAILABLE","Type":"AUDIO"})";
  }
  out << R"(,"Recordings":[{"DeletionReason":null,"FragmentStartNumber":null,"FragmentStopNumber":null,"Location":")";
  AppendMediaLocation(out, context, contact);
  out << R"(","MediaStreamType":")" << (is_chat ? "CHAT" : "AUDIO")
      << R"(","ParticipantType":null,"StartTimestamp":null,"Status":"AVAILABLE","StopTimestamp":null,"StorageType":"S3"}])";
}

void AppendSegments(TextBuffer& out, const WireContext& context, const Contact& contact) {
  out << R"(,"SegmentAttributes":{"connect:Subtype":{)";
  switch (contact.channel) {
    case Channel::kVoice:
      out << R"("ValueArn":null,"ValueInteger":null,"ValueList":null,"ValueMap":null,"ValueString":"connect:Telephony"}})";
      return;
    case Channel::kChat: out << R"("ValueString":"connect:Chat"}})"; return;
    case Channel::kTask: out << R"("ValueString":"connect:Task"}})"; return;
    case Channel::kEmail: break;
  }
  const std::span<const std::string_view> titles = Intents()[contact.intent].titles;
  out << R"("ValueString":"connect:Email"},"connect:EmailSubject":{"ValueString":")";
  AppendFilled(out, titles[contact.number % titles.size()], contact.number,
               context.customers().At(contact.customer).first_name);
  out << R"("}})";
}

void AppendChatMetrics(TextBuffer& out, const WireContext& context, const Contact& contact) {
  if (contact.channel != Channel::kChat || !contact.IsHandled()) return;
  const uint64_t draw = Key(contact.number, 0xc4a7);
  const int64_t turns = 6 + static_cast<int64_t>(draw % 20);
  const int64_t length = contact.agent_ended - contact.connected_to_agent;
  const int64_t first = 4'000 + static_cast<int64_t>(draw >> 8U) % 9'000;
  const auto participant = [&](std::string_view type, uint64_t which, int64_t sent, int64_t last) {
    out << R"("ConversationAbandon":false,"LastMessageTimestamp":")";
    out.Seconds(last) << R"(","MaxResponseTimeInMillis":)";
    out.Integer(length / 8) << R"(,"MessageLengthInChars":)";
    out.Integer(sent * 71) << R"(,"MessagesSent":)";
    out.Integer(sent) << R"(,"NumResponses":)";
    out.Integer(sent - 1) << R"(,"ParticipantId":")";
    AppendUuid(out, MakeUuid(context.seed(), IdKind::kParticipant, contact.number * 4 + which));
    out << R"(","ParticipantType":")" << type << R"(","TotalResponseTimeInMillis":)";
    out.Integer(length / 3) << '}';
  };
  out << R"(,"ChatMetrics":{"AgentMetrics":{)";
  participant("AGENT", 0, turns / 2 + 1, contact.agent_ended - length / 20);
  out << R"(,"ContactMetrics":{"AgentFirstResponseTimeInMillis":)";
  out.Integer(first) << R"(,"AgentFirstResponseTimestamp":")";
  out.Seconds(contact.connected_to_agent + first) << R"(","ConversationCloseTimeInMillis":)";
  out.Integer(length / 20) << R"(,"ConversationTurnCount":)";
  out.Integer(turns)
      << R"(,"MultiParty":false,"TotalBotMessageLengthInChars":310,"TotalBotMessages":4,"TotalMessages":)";
  out.Integer(turns + 6) << R"(},"CustomerMetrics":{)";
  participant("CUSTOMER", 1, turns / 2 + 1, contact.agent_ended - length / 18);
  out << '}';
}

}  // namespace

void AppendContactRecord(TextBuffer& out, const WireContext& context, const Contact& contact,
                         const RecordVersion& version) {
  out << R"({"AWSAccountId":")" CASEBOOK_SIMULATED_AWS_ACCOUNT
         R"(","AWSContactTraceRecordFormatVersion":"2017-03-10",)";
  AppendAgent(out, context, contact);
  out << R"(,"AgentConnectionAttempts":)";
  out.Integer(contact.attempts) << R"(,"AnsweringMachineDetectionStatus":null)";
  AppendAttributes(out, context, contact, version);
  out << R"(,"Campaign":{"CampaignId":null},"Channel":")" << NameOf(contact.channel) << '"';
  Time(out, R"(,"ConnectedToSystemTimestamp":)", contact.connected_to_system);
  out << R"(,"ContactDetails":{},"ContactId":")";
  context.AppendContactId(out, contact.number);
  out << '"';
  AppendLens(out, contact, version);
  AppendEndpoints(out, context, contact);
  out << R"(,"CustomerVoiceActivity":null,"DisconnectDetails":null,"DisconnectReason":")" << ReasonOf(contact) << '"';
  Time(out, R"(,"DisconnectTimestamp":)", contact.disconnected);
  Relative(out, context, R"(,"InitialContactId":)", contact.initial);
  out << R"(,"InitiationMethod":")" << NameOf(contact.method) << '"';
  Time(out, R"(,"InitiationTimestamp":)", contact.initiated);
  out << R"(,"InstanceARN":")" INSTANCE "\"";
  Time(out, R"(,"LastUpdateTimestamp":)", version.last_update);
  out << R"(,"MediaStreams":)"
      << (contact.channel == Channel::kVoice  ? R"([{"Type":"AUDIO"}])"
          : contact.channel == Channel::kChat ? R"([{"Type":"CHAT"}])"
                                              : "null");
  Relative(out, context, R"(,"NextContactId":)", contact.next);
  Relative(out, context, R"(,"PreviousContactId":)", contact.previous);
  AppendQuality(out, contact);
  AppendQueue(out, context, contact);
  AppendRecordings(out, context, contact);
  out << R"(,"References":[])";
  Relative(out, context, R"(,"RelatedContactId":)", contact.related);
  out << R"(,"ScheduledTimestamp":null)";
  AppendSegments(out, context, contact);
  AppendSystemEndpoint(out, contact);
  out << R"(,"Tags":{"aws:connect:instanceId":")" CASEBOOK_SIMULATED_INSTANCE_ID "\"";
  if (contact.channel == Channel::kVoice) out << R"(,"aws:connect:systemEndpoint":")" << kSystemPhone << '"';
  out << '}';
  Time(out, R"(,"TransferCompletedTimestamp":)", contact.transfer_completed);
  out << R"(,"TransferredToEndpoint":)"
      << (contact.is_transferred_outside ? R"({"Address":"+448081570000","Type":"TELEPHONE_NUMBER"})" : "null")
      << R"(,"VoiceIdResult":null)";
  AppendChatMetrics(out, context, contact);
  out << '}';
}

}  // namespace casebook
