#include "simulator/contact_event_format.h"

#include <algorithm>

#include "simulator/calendar.h"
#include "simulator/random.h"

namespace casebook {
namespace {

#define INSTANCE CASEBOOK_SIMULATED_INSTANCE_ARN
constexpr std::string_view kTypes[] = {"INITIATED",           "CONNECTED_TO_SYSTEM", "QUEUED",
                                       "CONNECTED_TO_AGENT",  "DISCONNECTED",        "COMPLETED",
                                       "CONTACT_DATA_UPDATED"};
constexpr std::string_view kUpdates[] = {R"(["UserDefinedAttributes"])", R"(["UserDefinedAttributes","Tags"])",
                                         R"(["ContactLens.ConversationalAnalytics.Configuration"])",
                                         R"(["Segment Attributes"])", R"(["RoutingCriteria.Step.Status"])"};
constexpr size_t kLensUpdate = 2;
constexpr size_t kTagsUpdate = 1;
constexpr std::string_view kSentinel = "1970-01-01T00:00:00.001Z";
constexpr std::string_view kLens =
    R"(,"contactLens":{"conversationalAnalytics":{"configuration":{"enabled":true,"channelConfiguration":)"
    R"({"analyticsModes":["PostContact"]},"languageLocale":"en-GB","redactionConfiguration":{"behavior":"Enable",)"
    R"("policy":"RedactedAndOriginal","entities":["EMAIL","NAME"],"maskMode":"EntityType"}}}})";

// Chats get their Contact Lens settings before an agent is there; then stages to come show a moment in 1970.
bool HasSentinelUpdate(const Contact& contact) {
  return contact.channel == Channel::kChat && contact.IsHandled() && contact.number % 4 == 0;
}

size_t UpdateOf(const Contact& contact, const ContactMoment& moment) {
  if (HasSentinelUpdate(contact) && moment.time < contact.connected_to_agent) return kLensUpdate;
  return Key(contact.number, moment.ordinal, 0x0bda) % std::size(kUpdates);
}

void AppendEndpointTags(TextBuffer& out, const Contact& contact, bool with_team) {
  out << R"(,"tags":{"aws:connect:instanceId":")" CASEBOOK_SIMULATED_INSTANCE_ID "\"";
  if (contact.channel == Channel::kVoice) out << R"(,"aws:connect:systemEndpoint":")" << kSystemPhone << '"';
  if (with_team) out << R"(,"Team":"Résolution")";
  out << '}';
}

void AppendSegments(TextBuffer& out, const Contact& contact, const WireContext& context) {
  switch (contact.channel) {
    case Channel::kVoice:
      out << R"(,"segmentAttributes":{"connect:Subtype":{"valueString":"connect:Telephony"}})";
      return;
    case Channel::kChat: out << R"(,"segmentAttributes":{"connect:Subtype":{"valueString":"connect:Chat"}})"; return;
    case Channel::kTask: out << R"(,"segmentAttributes":{"connect:Subtype":{"valueString":"connect:Task"}})"; return;
    case Channel::kEmail: break;
  }
  const std::span<const std::string_view> titles = Intents()[contact.intent].titles;
  out << R"(,"segmentAttributes":{"connect:Subtype":{"valueString":"connect:Email"},"connect:EmailSubject":{"valueString":")";
  AppendFilled(out, titles[contact.number % titles.size()], contact.number,
               context.customers().At(contact.customer).first_name);
  out << R"("}})";
}

void AppendQueue(TextBuffer& out, const Contact& contact, const WireContext& context) {
  out << R"(,"queueInfo":{"queueArn":")" << context.QueueArn(contact.queue)
      << R"(","queueType":"STANDARD","enqueueTimestamp":")";
  out.Millis(contact.enqueued) << R"("})";
}

void AppendAgent(TextBuffer& out, const Contact& contact, const WireContext& context, const ContactMoment& moment) {
  out << R"(,"agentInfo":{"agentArn":")" << context.AgentArn(contact.agent) << R"(","connectedToAgentTimestamp":")";
  if (moment.time < contact.connected_to_agent) {
    out << kSentinel;
  } else {
    out.Millis(contact.connected_to_agent);
  }
  out << "\"," << context.EventHierarchy(context.AgentAt(contact.agent).team);
  if (moment.kind == ContactMomentKind::kDisconnected || moment.kind == ContactMomentKind::kCompleted) {
    out << R"(,"agentInitiatedHoldDuration":)";
    out.Integer(contact.hold_s);
  }
  if (moment.kind == ContactMomentKind::kCompleted) {
    out << R"(,"afterContactWorkStartTimestamp":")";
    out.Millis(contact.agent_ended) << R"(","afterContactWorkEndTimestamp":")";
    out.Millis(contact.after_work_ended) << R"(","afterContactWorkDuration":)";
    out.Integer(contact.after_work_ended / kSecondMs - contact.agent_ended / kSecondMs);
  }
  out << '}';
}

void AppendRelatives(TextBuffer& out, const Contact& contact, const WireContext& context) {
  const auto relative = [&](std::string_view key, uint64_t number) {
    if (number == 0) return;
    out << ",\"" << key << "\":\"";
    context.AppendContactId(out, number);
    out << '"';
  };
  relative("initialContactId", contact.initial);
  relative("previousContactId", contact.previous);
  relative("relatedContactId", contact.related);
}

void AppendEnvelope(TextBuffer& out, const WireContext& context, const Contact& contact, const ContactMoment& moment) {
  out << R"({"version":"0","id":")";
  AppendUuid(out, MakeUuid(context.seed(), IdKind::kContactEvent, (contact.number << 20U) + moment.ordinal));
  out << R"(","detail-type":"Amazon Connect Contact Event","source":"aws.connect","account":")" CASEBOOK_SIMULATED_AWS_ACCOUNT
         R"(","time":")";
  out.Seconds(moment.time) << R"(","region":")" CASEBOOK_SIMULATED_REGION R"(","resources":[")" INSTANCE
                              R"(",")" INSTANCE "/contact/";
  context.AppendContactId(out, contact.number);
  out << "\"]";
}

}  // namespace

size_t CountFirstMoments(const Contact& contact) {
  const bool is_connected_first = contact.method != Method::kCallback && contact.method != Method::kOutbound;
  return 1 + (is_connected_first ? 1 : 0) + (contact.IsQueued() ? 1 : 0);
}

size_t CountLaterMoments(const Contact& contact) {
  size_t count = 2;
  if (contact.IsHandled()) ++count;
  const bool is_connected_later = contact.method == Method::kCallback || contact.method == Method::kOutbound;
  if (is_connected_later && contact.connected_to_system != 0) ++count;
  return count + (HasSentinelUpdate(contact) ? 1 : 0);
}

void AppendFirstMoments(const Contact& contact, std::vector<ContactMoment>& moments) {
  uint32_t ordinal = 0;
  moments.push_back({contact.initiated, ContactMomentKind::kInitiated, ordinal++});
  if (contact.method != Method::kCallback && contact.method != Method::kOutbound) {
    moments.push_back({contact.connected_to_system, ContactMomentKind::kConnectedToSystem, ordinal++});
  }
  if (contact.IsQueued()) moments.push_back({contact.enqueued, ContactMomentKind::kQueued, ordinal++});
}

void AppendLaterMoments(const Contact& contact, uint64_t updates, std::vector<ContactMoment>& moments) {
  auto ordinal = static_cast<uint32_t>(CountFirstMoments(contact));
  if (HasSentinelUpdate(contact)) {
    moments.push_back({contact.enqueued + 90, ContactMomentKind::kUpdated, ordinal++});
  }
  if (contact.IsHandled())
    moments.push_back({contact.connected_to_agent, ContactMomentKind::kConnectedToAgent, ordinal++});
  const bool is_connected_later = contact.method == Method::kCallback || contact.method == Method::kOutbound;
  if (is_connected_later && contact.connected_to_system != 0) {
    moments.push_back({contact.connected_to_system, ContactMomentKind::kConnectedToSystem, ordinal++});
  }
  const int64_t begin = contact.IsHandled() ? contact.connected_to_agent : contact.initiated;
  const int64_t end = contact.IsHandled() ? contact.agent_ended : contact.disconnected;
  Random random(Key(contact.number, 0xda7a));
  for (uint64_t i = 0; i < updates; ++i) {
    moments.push_back({random.Between(begin, std::max(begin, end - 1)), ContactMomentKind::kUpdated, ordinal++});
  }
  moments.push_back({contact.disconnected, ContactMomentKind::kDisconnected, ordinal++});
  moments.push_back(
      {std::max(contact.disconnected, contact.after_work_ended), ContactMomentKind::kCompleted, ordinal++});
}

void AppendContactEvent(TextBuffer& out, const WireContext& context, const Contact& contact,
                        const ContactMoment& moment) {
  using Kind = ContactMomentKind;
  const bool is_update = moment.kind == Kind::kUpdated;
  const size_t update = is_update ? UpdateOf(contact, moment) : 0;
  AppendEnvelope(out, context, contact, moment);
  out << R"(,"detail":{"eventType":")" << kTypes[static_cast<size_t>(moment.kind)] << '"';
  if (is_update) out << R"(,"updatedProperties":)" << kUpdates[update];
  out << R"(,"contactId":")";
  context.AppendContactId(out, contact.number);
  out << '"';
  AppendRelatives(out, contact, context);
  out << R"(,"channel":")" << NameOf(contact.channel) << R"(","instanceArn":")" INSTANCE R"(","initiationMethod":")"
      << NameOf(contact.method) << R"(","initiationTimestamp":")";
  out.Millis(contact.initiated) << '"';

  // What has not come yet is not said; a chat's early update says it came in 1970.
  const bool is_early = is_update && HasSentinelUpdate(contact) && moment.time < contact.connected_to_agent;
  const bool is_over = moment.kind == Kind::kDisconnected || moment.kind == Kind::kCompleted;
  if (is_early) {
    out << R"(,"connectedToSystemTimestamp":")" << kSentinel << '"';
  } else if (moment.kind != Kind::kInitiated && contact.connected_to_system != 0 &&
             contact.connected_to_system <= moment.time) {
    out << R"(,"connectedToSystemTimestamp":")";
    out.Millis(contact.connected_to_system) << '"';
  }
  if (is_over) {
    out << R"(,"disconnectTimestamp":")";
    out.Millis(contact.disconnected) << '"';
  }
  const bool was_queued = contact.IsQueued() && moment.kind != Kind::kInitiated &&
                          moment.kind != Kind::kConnectedToSystem && contact.enqueued <= moment.time;
  if (was_queued) AppendQueue(out, contact, context);
  if (contact.IsHandled() && (is_early || is_over || moment.time >= contact.connected_to_agent) &&
      moment.kind != Kind::kQueued && moment.kind != Kind::kInitiated) {
    AppendAgent(out, contact, context, moment);
  }
  if (contact.channel == Channel::kEmail) {
    out << R"(,"systemEndpoint":{"type":"EMAIL_ADDRESS","address":")" << kSystemEmail
        << R"(","displayName":"Customer care"})";
  }
  if (is_update && update == kLensUpdate) out << kLens;
  if (moment.kind != Kind::kInitiated || contact.channel == Channel::kEmail) AppendSegments(out, contact, context);
  AppendEndpointTags(out, contact, is_update && update == kTagsUpdate);
  out << "}}";
}

}  // namespace casebook
