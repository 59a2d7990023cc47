#include "simulator/reference_format.h"

#include <algorithm>
#include <vector>

#include "simulator/calendar.h"
#include "simulator/case_fields.h"
#include "simulator/random.h"

namespace casebook {
namespace {

namespace field = case_fields;

#define DOMAIN_ARN CASEBOOK_SIMULATED_DOMAIN_ARN

constexpr std::string_view kSecurityProfile = "aa11bb22-cc33-4d44-8e55-ff6677889900";
constexpr std::string_view kHours = "1b2c3d4e-5f60-4172-8394-95a6b7c8d9e0";
constexpr int kAfterWorkLimitSeconds = 120;

struct Field {
  std::string_view id, name, type;
  std::string_view column;  // of the tables
  std::vector<Option> options;
};

void AddDistinct(std::vector<Option>& options, const Option& option) {
  const bool known = std::ranges::any_of(options, [&](const Option& other) { return other.value == option.value; });
  if (!known) options.push_back(option);
}

std::vector<Option> ToVector(std::span<const Option> options) { return {options.begin(), options.end()}; }

std::vector<Field> Fields(bool with_new_field) {
  std::vector<Option> reasons, level_1, level_2, level_3;
  for (const Intent& intent : Intents()) {
    AddDistinct(reasons, intent.name);
    AddDistinct(level_1, intent.level_1);
    AddDistinct(level_2, intent.level_2);
    for (const Option& option : intent.level_3) AddDistinct(level_3, option);
  }
  std::vector<Field> fields{
      {"status", "Status", "SingleSelect", "status", ToVector(StatusOptions())},
      {"title", "Title", "Text", "title", {}},
      {"summary", "Summary", "Text", "summary", {}},
      {"case_reason", "Case Reason", "SingleSelect", "case_reason", reasons},
      {"customer_id", "Customer", "Text", "customer_id", {}},
      {"reference_number", "Reference number", "Text", "reference_number", {}},
      {"assigned_queue", "Assigned queue", "Text", "assigned_queue", {}},
      {"assigned_user", "Assigned user", "User", "assigned_user", {}},
      {"created_datetime", "Date/Time Opened", "DateTime", "created_datetime", {}},
      {"last_updated_datetime", "Date/Time Updated", "DateTime", "last_updated_datetime", {}},
      {"last_closed_datetime", "Date/Time Closed", "DateTime", "last_closed_datetime", {}},
      {"last_reopened_datetime", "Date/Time Reopened", "DateTime", "last_reopened_datetime", {}},
      {"last_updated_user", "Last Updated User", "User", "last_updated_user", {}},
      {field::kAccount, "Account Number", "Number", "account", {}},
      {field::kDescription, "Description", "Text", "description", {}},
      {field::kLevel1, "Level 1", "SingleSelect", "level_1", level_1},
      {field::kLevel2, "Level 2", "SingleSelect", "level_2", level_2},
      {field::kLevel3, "Level 3", "SingleSelect", "level_3", level_3},
      {field::kAgentName, "Assigned Agent Name", "Text", "assigned_agent_name", {}},
      {field::kQueueName, "Queue Name", "Text", "queue_name", {}},
      {field::kIsComplaint, "Is Complaint", "Boolean", "is_complaint", {}},
      {field::kComplaintStatus, "Complaint Status", "SingleSelect", "complaint_status",
       ToVector(ComplaintStatusOptions())},
      {field::kComplaintType, "Complaint Type", "SingleSelect", "complaint_type", ToVector(ComplaintTypeOptions())},
      {field::kComplaintSubject, "Complaint Subject", "SingleSelect", "complaint_subject", level_1},
      {field::kComplaintSubject2, "Complaint Subject 2", "SingleSelect", "complaint_subject_2", level_2},
      {field::kComplaintReason, "Complaint Reason", "Text", "complaint_reason", {}},
      {field::kGoodwill, "Complaint Goodwill Amount", "Number", "complaint_goodwill_amount", {}},
      {field::kComplaintResolved, "Complaint Resolved", "Boolean", "complaint_resolved", {}},
      {field::kOmbudsmanCase, "Ombudsman Case", "Boolean", "ombudsman_case", {}},
      {field::kOriginalDate, "Original Creation Date", "DateTime", "original_creation_date", {}},
      {field::kDueDate, "Due Date", "DateTime", "due_date", {}},
      {field::kIsOverdue, "Is Overdue", "Boolean", "is_overdue", {}},
  };
  if (with_new_field) {
    fields.push_back({field::kSupportNeed, "Support Need", "SingleSelect", "", ToVector(SupportNeedOptions())});
  }
  return fields;
}

void AppendOptions(TextBuffer& out, const std::vector<Option>& options) {
  out << R"(,"options":[)";
  for (size_t i = 0; i < options.size(); ++i) {
    out << (i == 0 ? "" : ",") << R"({"name":")" << options[i].name << R"(","value":")" << options[i].value
        << R"(","active":true})";
  }
  out << ']';
}

// Seconds since 1970 with a fraction, as the API writes times.
void AppendModified(TextBuffer& out, int64_t time) {
  out << R"(,"LastModifiedTime":)";
  out.Integer(time / kSecondMs) << ".5"
                                << R"(,"LastModifiedRegion":")" CASEBOOK_SIMULATED_REGION "\"";
}

void AppendDate(TextBuffer& out, int64_t time) { out.Day(time, '-') << "T00:00:00Z"; }

}  // namespace

void AppendFieldCatalogue(TextBuffer& out, bool with_new_field) {
  out << R"({"domainId":")" CASEBOOK_SIMULATED_DOMAIN_ID R"(","domainArn":")" DOMAIN_ARN R"(","fields":[)";
  bool is_first = true;
  for (const Field& entry : Fields(with_new_field)) {
    out << (is_first ? "" : ",") << R"({"fieldId":")" << entry.id << R"(","fieldArn":")" DOMAIN_ARN "/field/"
        << entry.id << R"(","name":")" << entry.name << R"(","type":")" << entry.type << R"(","namespace":")"
        << (entry.id.find('-') == std::string_view::npos ? "System" : "Custom") << '"';
    if (!entry.column.empty()) out << R"(,"column":")" << entry.column << '"';
    if (!entry.options.empty()) AppendOptions(out, entry.options);
    out << '}';
    is_first = false;
  }
  out << "]}\n";
}

void AppendUsers(TextBuffer& out, const WireContext& context) {
  const auto count = static_cast<uint16_t>(context.staff().agents().size());
  const auto modified = [&](uint16_t agent) {
    return context.period().from - static_cast<int64_t>(Key(agent, 0x0d) % 400) * kDayMs;
  };
  const auto names = [&](uint16_t agent) {
    out << R"("Id":")";
    AppendUuid(out, context.AgentAt(agent).id);
    out << R"(","Arn":")" << context.AgentArn(agent) << R"(","Username":")" << context.AgentAt(agent).username << '"';
  };
  out << R"({"UserSummaryList":[)";
  for (uint16_t agent = 0; agent < count; ++agent) {
    out << (agent == 0 ? "{" : ",{");
    names(agent);
    AppendModified(out, modified(agent));
    out << '}';
  }
  out << R"(],"NextToken":null})" << '\n';
  for (uint16_t agent = 0; agent < count; ++agent) {
    const Agent& who = context.AgentAt(agent);
    const TeamInfo& team = InfoOf(who.team);
    out << R"({"User":{)";
    names(agent);
    out << R"(,"IdentityInfo":{"FirstName":")" << who.first_name << R"(","LastName":")" << who.last_name
        << R"(","Email":")" << who.username
        << R"(@energy.example","SecondaryEmail":null,"Mobile":null},"PhoneConfig":{"PhoneType":"SOFT_PHONE","AutoAccept":)"
        << (agent % 2 == 0 ? "false" : "true") << R"(,"AfterContactWorkTimeLimit":)";
    out.Integer(kAfterWorkLimitSeconds)
        << R"(,"DeskPhoneNumber":"","PersistentConnection":false},"DirectoryUserId":null,"SecurityProfileIds":[")"
        << kSecurityProfile << R"("],"RoutingProfileId":")" << team.profile_id << R"(","HierarchyGroupId":")"
        << team.group_id << R"(","Tags":{"Team":")" << team.group_name << R"("})";
    AppendModified(out, modified(agent));
    out << "}}\n";
  }
}

void AppendQueues(TextBuffer& out, const WireContext& context) {
  const int64_t modified = context.period().from - 90 * kDayMs;
  out << R"({"QueueSummaryList":[)";
  for (size_t i = 0; i < kQueueCount; ++i) {
    const auto queue = static_cast<QueueId>(i);
    out << (i == 0 ? "" : ",") << R"({"Id":")" << InfoOf(queue).id << R"(","Arn":")" << context.QueueArn(queue)
        << R"(","Name":")" << InfoOf(queue).name << R"(","QueueType":"STANDARD")";
    AppendModified(out, modified);
    out << '}';
  }
  const auto agents = static_cast<uint16_t>(context.staff().agents().size());
  for (uint16_t agent = 0; agent < agents; ++agent) {
    out << R"(,{"Id":")";
    AppendUuid(out, context.AgentAt(agent).id);
    out << R"(","Arn":")" CASEBOOK_SIMULATED_INSTANCE_ARN "/queue/agent/";
    AppendUuid(out, context.AgentAt(agent).id);
    out << R"(","QueueType":"AGENT")";
    AppendModified(out, modified);
    out << '}';
  }
  out << R"(],"NextToken":null})" << '\n';
  for (size_t i = 0; i < kQueueCount; ++i) {
    const auto queue = static_cast<QueueId>(i);
    const QueueInfo& info = InfoOf(queue);
    out << R"({"Queue":{"Name":")" << info.name << R"(","QueueArn":")" << context.QueueArn(queue) << R"(","QueueId":")"
        << info.id << R"(","Description":")" << info.description
        << R"(","OutboundCallerConfig":{"OutboundCallerIdName":"Energy",)"
           R"("OutboundCallerIdNumberId":"0a1b2c3d-4e5f-4061-8273-849506172839","OutboundFlowId":null},)"
           R"("HoursOfOperationId":")"
        << kHours << R"(","MaxContacts":)";
    out.Integer(250) << R"(,"Status":")" << (info.is_enabled ? "ENABLED" : "DISABLED") << R"(","Tags":{"Line":")"
                     << info.line << R"("})";
    AppendModified(out, modified);
    out << "}}\n";
  }
}

void AppendAccountHeading(TextBuffer& out) {
  out << "id,number,name,customer_fk,account_type_fk,from_dttm,to_dttm,cancel_fl,closed_dttm\n";
}

void AppendAccountLines(TextBuffer& out, const Customer& customer) {
  for (const Account& account : customer.accounts()) {
    out.Integer(static_cast<int64_t>(account.id)) << ',';
    AppendAccountNumber(out, account.number);
    out << ',' << customer.first_name << ' ' << customer.last_name << ',';
    out.Integer(static_cast<int64_t>(customer.id)) << ",1,";
    AppendDate(out, account.from);
    out << ',';
    if (account.to != 0) AppendDate(out, account.to);
    out << (account.is_cancelled ? ",Y," : ",N,");
    if (account.to != 0) AppendDate(out, account.to + 14 * kDayMs);
    out << '\n';
  }
}

void AppendCustomerHeading(TextBuffer& out) { out << "id,number,forename,surname,state,deceased_fl\n"; }

void AppendCustomerLine(TextBuffer& out, const Customer& customer) {
  out.Integer(static_cast<int64_t>(customer.id)) << ',';
  out.Integer(static_cast<int64_t>(customer.id + 10'000'000)) << ',' << customer.first_name << ',' << customer.last_name
                                                              << (customer.is_deceased ? ",Active,Y\n" : ",Active,N\n");
}

}  // namespace casebook
