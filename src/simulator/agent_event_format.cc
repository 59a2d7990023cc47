#include "simulator/agent_event_format.h"

namespace casebook {
namespace {

#define INSTANCE CASEBOOK_SIMULATED_INSTANCE_ARN

struct Status {
  std::string_view id, name, type;
};

Status StatusAfter(AgentMoment moment) {
  switch (moment) {
    case AgentMoment::kLogin:
    case AgentMoment::kBack: return {"d1e2f3a4-b5c6-4d7e-8f90-1a2b3c4d5e6f", "Available", "ROUTABLE"};
    case AgentMoment::kBreak: return {"f3a4b5c6-d7e8-4f90-a1b2-3c4d5e6f7081", "Break", "CUSTOM"};
    case AgentMoment::kLunch: return {"e2f3a4b5-c6d7-4e8f-90a1-2b3c4d5e6f70", "Lunch", "CUSTOM"};
    case AgentMoment::kLogout: return {"a4b5c6d7-e8f9-40a1-b2c3-4d5e6f708192", "Offline", "OFFLINE"};
  }
  return {};
}

std::string_view TypeOf(AgentMoment moment) {
  switch (moment) {
    case AgentMoment::kLogin: return "LOGIN";
    case AgentMoment::kLogout: return "LOGOUT";
    default: return "STATE_CHANGE";
  }
}

std::string_view ChannelsOf(QueueId queue) {
  switch (InfoOf(queue).channel) {
    case Channel::kVoice: return R"(["VOICE"])";
    case Channel::kChat: return R"(["CHAT"])";
    case Channel::kEmail: return R"(["EMAIL"])";
    case Channel::kTask: return R"(["TASK"])";
  }
  return "[]";
}

void AppendGroup(TextBuffer& out, std::string_view level, std::string_view id, std::string_view name) {
  out << '"' << level << R"(":{"ARN":")" INSTANCE "/agent-group/" << id << R"(","Name":")" << name << R"("},)";
}

void AppendConfiguration(TextBuffer& out, const WireContext& context, uint16_t number) {
  const Agent& agent = context.AgentAt(number);
  const TeamInfo& team = InfoOf(agent.team);
  out << R"("Configuration":{"AgentHierarchyGroups":{)";
  AppendGroup(out, "Level1", kTopGroupId, kTopGroupName);
  AppendGroup(out, "Level2", team.group_id, team.group_name);
  out << R"("Level3":null,"Level4":null,"Level5":null},"FirstName":")" << agent.first_name << R"(","LastName":")"
      << agent.last_name << R"(","Proficiencies":[],"RoutingProfile":{"ARN":")" INSTANCE "/routing-profile/"
      << team.profile_id
      << R"(","Concurrency":[{"AvailableSlots":1,"Channel":"VOICE","MaximumSlots":1},{"AvailableSlots":3,"Channel":"CHAT",)"
         R"("MaximumSlots":3}],"DefaultOutboundQueue":{"ARN":")"
      << context.QueueArn(QueueId::kOutbound) << R"(","Channels":["VOICE"],"Name":")" << InfoOf(QueueId::kOutbound).name
      << R"("},"InboundQueues":[{"ARN":")" INSTANCE "/queue/agent/";
  AppendUuid(out, agent.id);
  out << R"(","Channels":["VOICE","CHAT"],"Name":null})";
  for (const QueueId queue : team.queues) {
    out << R"(,{"ARN":")" << context.QueueArn(queue) << R"(","Channels":)" << ChannelsOf(queue) << R"(,"Name":")"
        << InfoOf(queue).name << R"("})";
  }
  out << R"(],"Name":")" << team.profile_name << R"("},"Username":")" << agent.username << R"("})";
}

void AppendSnapshot(TextBuffer& out, const WireContext& context, uint16_t agent, AgentMoment moment, int64_t since) {
  const Status status = StatusAfter(moment);
  out << R"({"AgentStatus":{"ARN":")" INSTANCE "/agent-state/" << status.id << R"(","Name":")" << status.name
      << R"(","StartTimestamp":")";
  out.Millis(since) << R"(","Type":")" << status.type << R"("},)";
  AppendConfiguration(out, context, agent);
  out << R"(,"Contacts":[],"NextAgentStatus":null})";
}

}  // namespace

void AppendAgentEvent(TextBuffer& out, const WireContext& context, const AgentChange& change, uint64_t number) {
  out << R"({"AWSAccountId":")" CASEBOOK_SIMULATED_AWS_ACCOUNT R"(","AgentARN":")" << context.AgentArn(change.agent)
      << R"(","CurrentAgentSnapshot":)";
  AppendSnapshot(out, context, change.agent, change.moment, change.time);
  out << R"(,"EventId":")";
  AppendUuid(out, MakeUuid(context.seed(), IdKind::kAgentEvent, number));
  out << R"(","EventTimestamp":")";
  out.Millis(change.time + 27) << R"(","EventType":")" << TypeOf(change.moment) << R"(","InstanceARN":")" INSTANCE
                               << R"(","PreviousAgentSnapshot":)";
  // Nobody was anything before the first login.
  if (change.since == 0) {
    out << "null";
  } else {
    AppendSnapshot(out, context, change.agent, change.before, change.since);
  }
  out << R"(,"Version":"2017-10-01"})";
}

}  // namespace casebook
