#include "simulator/wire_context.h"

namespace casebook {
namespace {

constexpr std::string_view kInstance = CASEBOOK_SIMULATED_INSTANCE_ARN;
constexpr int kAccountWidth = 8;

std::string UuidText(const Uuid& uuid) {
  TextBuffer text;
  AppendUuid(text, uuid);
  return std::string(text.view());
}

std::string Arn(std::string_view kind, std::string_view id) {
  return std::string(kInstance).append("/").append(kind).append("/").append(id);
}

}  // namespace

WireContext::WireContext(uint64_t seed, const Staff& staff, const Customers& customers, const Period& period,
                         int64_t new_field_from)
    : seed_(seed), staff_(staff), customers_(customers), period_(period), new_field_from_(new_field_from) {
  for (const Agent& agent : staff.agents()) {
    const std::string id = UuidText(agent.id);
    agent_arns_.push_back(Arn("agent", id));
    user_arns_.push_back(Arn("user", id));
    agent_names_.push_back(std::string(agent.first_name).append(" ").append(agent.last_name));
  }
  for (size_t queue = 0; queue < kQueueCount; ++queue) {
    queue_arns_[queue] = Arn("queue", InfoOf(static_cast<QueueId>(queue)).id);
  }
  const std::string top = Arn("agent-group", kTopGroupId);
  for (size_t team = 0; team < kTeamCount; ++team) {
    const TeamInfo& info = InfoOf(static_cast<Team>(team));
    const std::string group = Arn("agent-group", info.group_id);
    event_hierarchies_[team] =
        R"("hierarchyGroups":{"level1":{"arn":")" + top + R"("},"level2":{"arn":")" + group + R"("}})";
    record_hierarchies_[team] = R"({"Level1":{"ARN":")" + top + R"(","GroupName":")" + std::string(kTopGroupName) +
                                R"("},"Level2":{"ARN":")" + group + R"(","GroupName":")" +
                                std::string(info.group_name) + R"("},"Level3":null,"Level4":null,"Level5":null})";
    routing_profiles_[team] = R"({"ARN":")" + Arn("routing-profile", info.profile_id) + R"(","Name":")" +
                              std::string(info.profile_name) + R"("})";
  }
}

std::string_view NameOf(Channel channel) {
  switch (channel) {
    case Channel::kVoice: return "VOICE";
    case Channel::kChat: return "CHAT";
    case Channel::kEmail: return "EMAIL";
    case Channel::kTask: return "TASK";
  }
  return "";
}

std::string_view NameOf(Method method) {
  switch (method) {
    case Method::kInbound: return "INBOUND";
    case Method::kOutbound: return "OUTBOUND";
    case Method::kTransfer: return "TRANSFER";
    case Method::kCallback: return "CALLBACK";
    case Method::kApi: return "API";
  }
  return "";
}

void AppendAccountNumber(TextBuffer& out, int64_t number) {
  int64_t bound = 10;
  for (int digits = 1; digits < kAccountWidth; ++digits, bound *= 10) {
    if (number < bound) out << '0';
  }
  out.Integer(number);
}

}  // namespace casebook
