#include "simulator/case_event_format.h"

#include "simulator/calendar.h"
#include "simulator/case_fields.h"
#include "simulator/random.h"

namespace casebook {
namespace {

#define DOMAIN_ARN CASEBOOK_SIMULATED_DOMAIN_ARN
#define INSTANCE CASEBOOK_SIMULATED_INSTANCE_ARN

namespace field = case_fields;

constexpr std::string_view kComplaintTemplate = "b8d1f0a2-6c35-4f7e-9a41-2e5d7c9b1a30";
constexpr std::string_view kGeneralTemplate = "0e4c2b71-93d8-4a56-8f1b-7d6a5c4b3e29";
constexpr std::string_view kPrincipal =
    R"("iamPrincipalArn":"arn:aws:iam::)" CASEBOOK_SIMULATED_AWS_ACCOUNT
    R"(:role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect_Q1w2E3r4"})";

QueueId QueueOf(const SupportCase& that, bool is_complaint) {
  return is_complaint ? QueueId::kComplaints : Intents()[that.intent].queue;
}

bool IsClosed(CaseStatus status) { return status == CaseStatus::kClosed || status == CaseStatus::kResolved; }

int32_t DrawGoodwill(uint64_t draw) { return static_cast<int32_t>(500 + draw % 290 * 50); }

void Close(SupportCase& that, uint64_t draw) {
  CaseFields& fields = that.fields;
  fields.status = draw % 5 == 0 ? CaseStatus::kResolved : CaseStatus::kClosed;
  fields.has_summary = fields.is_summary_closing = true;
  fields.summary_key = draw;
  if (!fields.is_complaint) return;
  fields.complaint_status = ComplaintStatus::kClosed;
  fields.is_complaint_resolved = draw % 20 != 0;
  if (fields.goodwill_pence == 0 && that.gets_goodwill) fields.goodwill_pence = DrawGoodwill(draw >> 16U);
}

// What `change` does to the fields.
void Apply(SupportCase& that, const CaseChange& change) {
  CaseFields& fields = that.fields;
  const uint64_t draw = Key(that.number, static_cast<uint64_t>(change.time), 0xa991);
  if (change.kind != CaseChangeKind::kContactLinked && change.kind != CaseChangeKind::kCommented) {
    fields.last_updated = change.time;
    fields.last_updated_agent = change.agent;
  }
  switch (change.kind) {
    case CaseChangeKind::kCreated:
      fields.last_updated_agent = kNoAgent;
      if (that.closes_at - that.created < 40 * kMinuteMs && change.agent != kNoAgent) {
        fields.assigned_queue = QueueOf(that, fields.is_complaint);
        fields.assigned_agent = change.agent;
      }
      return;
    case CaseChangeKind::kAssigned:
      fields.assigned_queue = QueueOf(that, fields.is_complaint);
      fields.assigned_agent = change.agent;
      break;
    case CaseChangeKind::kMoved:
      fields.assigned_queue = fields.is_complaint ? QueueId::kComplaints : QueueId::kBackOffice;
      fields.assigned_agent = change.agent;
      return;
    case CaseChangeKind::kComplaintRaised:
      fields.is_complaint = true;
      fields.complaint_status = ComplaintStatus::kRaised;
      if (fields.assigned_agent != kNoAgent) fields.assigned_queue = QueueId::kComplaints;
      return;
    case CaseChangeKind::kOmbudsman:
      fields.is_complaint = fields.is_ombudsman_case = true;
      fields.complaint_type = draw % 4 == 0 ? 6 : 1;  // `OS` or `Ombudsman`
      return;
    case CaseChangeKind::kClosed:
      fields.last_closed = change.time;
      Close(that, draw);
      return;
    case CaseChangeKind::kReopened:
      fields.last_reopened = change.time;
      fields.status = CaseStatus::kOpen;
      fields.complaint_status = ComplaintStatus::kReopened;
      fields.is_complaint_resolved = false;
      break;
    case CaseChangeKind::kAwaiting:
      fields.status = fields.status == CaseStatus::kOpen ? CaseStatus::kAwaitingCustomer : CaseStatus::kOpen;
      return;
    case CaseChangeKind::kRecategorised:
      fields.level_3 = static_cast<uint8_t>((fields.level_3 + 1U) % Intents()[that.intent].level_3.size());
      return;
    case CaseChangeKind::kSummarised:
      if (fields.is_complaint && fields.complaint_status == ComplaintStatus::kRaised) {
        fields.complaint_status = ComplaintStatus::kInvestigating;
      }
      break;
    case CaseChangeKind::kContactLinked:
    case CaseChangeKind::kCommented:
    case CaseChangeKind::kDeleted: return;
  }
  fields.has_summary = true;
  fields.is_summary_closing = false;
  fields.summary_key = draw;
}

class CaseEventWriter {
 public:
  CaseEventWriter(TextBuffer& out, const WireContext& context, const SupportCase& that, const CaseChange& change)
      : out_(out),
        context_(context),
        case_(that),
        fields_(that.fields),
        intent_(Intents()[that.intent]),
        change_(change) {}

  void Write(uint64_t number) {
    const bool is_related =
        change_.kind == CaseChangeKind::kContactLinked || change_.kind == CaseChangeKind::kCommented;
    Envelope(number, is_related);
    if (is_related) {
      RelatedItem(number);
    } else {
      Case();
    }
    out_ << "}}";
  }

 private:
  void Envelope(uint64_t number, bool is_related) {
    out_ << R"({"version":"0","id":")";
    AppendUuid(out_, MakeUuid(context_.seed(), IdKind::kCaseEvent, number));
    out_
        << R"(","detail-type":"Amazon Connect Cases Change","source":"aws.cases","account":")" CASEBOOK_SIMULATED_AWS_ACCOUNT
           R"(","time":")";
    out_.Seconds(change_.time + 700) << R"(","region":")" CASEBOOK_SIMULATED_REGION R"(","resources":[")" DOMAIN_ARN
                                        R"(",")" DOMAIN_ARN "/case/";
    context_.AppendCaseId(out_, case_.number);
    if (is_related) {
      out_ << "/related-item/";
      AppendUuid(out_, MakeUuid(context_.seed(), IdKind::kRelatedItem, number));
    }
    out_ << R"("],"detail":{"version":"0","eventType":")" << EventType() << R"(","approximateChangeTime":")";
    out_.Millis(change_.time) << '"';
    Changed();
    PerformedBy();
  }

  std::string_view EventType() const {
    switch (change_.kind) {
      case CaseChangeKind::kCreated: return "CASE.CREATED";
      case CaseChangeKind::kDeleted: return "CASE.DELETED";
      case CaseChangeKind::kContactLinked:
      case CaseChangeKind::kCommented: return "RELATED_ITEM.CREATED";
      default: return "CASE.UPDATED";
    }
  }

  // The ids of the fields that changed; what of a related item is new.
  void Changed() {
    switch (change_.kind) {
      case CaseChangeKind::kCreated:
      case CaseChangeKind::kDeleted: return;
      case CaseChangeKind::kContactLinked: out_ << R"(,"changedAttributes":["contact.contactArn"])"; return;
      case CaseChangeKind::kCommented: out_ << R"(,"changedAttributes":["comment.body"])"; return;
      case CaseChangeKind::kAssigned:
        Ids({"assigned_queue", "assigned_user", field::kAgentName, field::kQueueName, "summary"});
        return;
      case CaseChangeKind::kMoved:
        Ids({"assigned_queue", "assigned_user", field::kAgentName, field::kQueueName});
        return;
      case CaseChangeKind::kComplaintRaised:
        Ids({field::kIsComplaint, field::kComplaintStatus, field::kComplaintType, field::kComplaintSubject,
             field::kComplaintSubject2, field::kComplaintReason});
        return;
      case CaseChangeKind::kOmbudsman: Ids({field::kOmbudsmanCase, field::kComplaintType}); return;
      case CaseChangeKind::kClosed:
        if (fields_.is_complaint) {
          Ids({"status", "last_closed_datetime", field::kComplaintStatus, field::kComplaintResolved, "summary"});
        } else {
          Ids({"status", "last_closed_datetime", "summary"});
        }
        return;
      case CaseChangeKind::kReopened:
        if (fields_.is_complaint) {
          Ids({"status", "last_reopened_datetime", field::kComplaintStatus, field::kComplaintResolved, "summary"});
        } else {
          Ids({"status", "last_reopened_datetime", "summary"});
        }
        return;
      case CaseChangeKind::kAwaiting: Ids({"status"}); return;
      case CaseChangeKind::kSummarised: Ids({"summary"}); return;
      case CaseChangeKind::kRecategorised: Ids({field::kLevel3}); return;
    }
  }

  void Ids(std::initializer_list<std::string_view> ids) {
    out_ << R"(,"changedFieldIds":[)";
    for (const std::string_view id : ids) out_ << '"' << id << "\",";
    out_ << R"("last_updated_datetime","last_updated_user"])";
  }

  void PerformedBy() {
    out_ << R"(,"performedBy":{"user":{)";
    if (change_.kind == CaseChangeKind::kCreated && case_.origin != CaseOrigin::kAgent) {
      out_ << R"("customEntity":")"
           << (case_.origin == CaseOrigin::kFlow      ? "flow/case-intake"
               : case_.origin == CaseOrigin::kWebForm ? "flow/web-form"
                                                      : "migration/legacy-helpdesk");
    } else {
      out_ << R"("userArn":")" << context_.UserArn(change_.agent);
    }
    out_ << "\"}," << kPrincipal;
  }

  void RelatedItem(uint64_t number) {
    const bool is_contact = change_.kind == CaseChangeKind::kContactLinked;
    out_ << R"(,"relatedItem":{"relatedItemType":")" << (is_contact ? "contact" : "Comment")
         << R"(","relatedItemId":")";
    AppendUuid(out_, MakeUuid(context_.seed(), IdKind::kRelatedItem, number));
    out_ << R"(","caseId":")";
    context_.AppendCaseId(out_, case_.number);
    out_ << R"(","createdDateTime":")";
    out_.Millis(change_.time);
    if (is_contact) {
      out_ << R"(","contact":{"contactArn":")" INSTANCE "/contact/";
      context_.AppendContactId(out_, change_.contact_number);
      out_ << R"(","channel":")" << NameOf(change_.channel) << '"';
      if (change_.contact_connected != 0) {
        out_ << R"(,"connectedToSystemTime":")";
        out_.Millis(change_.contact_connected) << '"';
      }
      out_ << "}}";
      return;
    }
    const uint64_t draw = Key(case_.number, static_cast<uint64_t>(change_.time), 0xc033);
    out_ << R"(","comment":{"body":")";
    AppendFilled(out_, Comments()[draw % Comments().size()], draw, FirstName());
    out_ << R"(","contentType":"Text/Plain"}})";
  }

  void Case() {
    out_ << R"(,"case":{"caseId":")";
    context_.AppendCaseId(out_, case_.number);
    out_ << R"(","templateId":")" << (case_.is_complaint_at_creation ? kComplaintTemplate : kGeneralTemplate)
         << R"(","createdDateTime":")";
    out_.Millis(case_.created) << '"';
    if (!case_.is_metadata_only) {
      out_ << R"(,"fields":{)";
      State();
      Content();
      Filing();
      Complaint();
      Times();
      Assignment();
      SupportNeed();
      out_ << '}';
    }
    out_ << '}';
  }

  void Text(std::string_view id, std::string_view value) {
    out_ << '"' << id << R"(":{"value":{"stringValue":")" << value << R"("}},)";
  }
  void Flag(std::string_view id, bool value) {
    out_ << '"' << id << R"(":{"value":{"booleanValue":)" << (value ? "true}}," : "false}},");
  }
  void Instant(std::string_view id, int64_t time) {
    out_ << '"' << id << R"(":{"value":{"stringValue":")";
    out_.Millis(time) << R"("}},)";
  }
  void Filled(std::string_view id, std::string_view text, uint64_t key) {
    out_ << '"' << id << R"(":{"value":{"stringValue":")";
    AppendFilled(out_, text, key, FirstName());
    out_ << R"("}},)";
  }

  void State() {
    // The first field, so that all that follow may end in a comma but the last.
    out_ << R"("status":{"value":{"stringValue":")" << StatusOptions()[static_cast<size_t>(fields_.status)].value
         << R"("}},)";
    Instant("last_updated_datetime", fields_.last_updated);
    if (fields_.last_closed != 0) Instant("last_closed_datetime", fields_.last_closed);
    if (fields_.last_reopened != 0) Instant("last_reopened_datetime", fields_.last_reopened);
    if (fields_.last_updated_agent != kNoAgent) {
      out_ << R"("last_updated_user":{"value":{"userArnValue":")" << context_.AgentArn(fields_.last_updated_agent)
           << R"("}},)";
    }
    if (!fields_.has_summary) return;
    const std::span<const std::string_view> texts = fields_.is_summary_closing ? ClosingSummaries() : Summaries();
    Filled("summary", texts[fields_.summary_key % texts.size()], fields_.summary_key);
  }

  void Content() {
    const uint64_t draw = Key(case_.number, 0x7e87);
    Filled("title", intent_.titles[draw % intent_.titles.size()], draw);
    if (draw / 64 % 20 == 0) {
      out_ << '"' << field::kDescription << R"(":{"value":{"emptyValue":{}}},)";
    } else {
      Filled(field::kDescription, intent_.descriptions[draw % intent_.descriptions.size()], draw);
    }
    Text("case_reason", intent_.name.value);
    const Uuid profile = MakeUuid(context_.seed(), IdKind::kProfile, case_.customer);
    out_ << R"("customer_id":{"value":{"stringValue":"arn:aws:profile:)" CASEBOOK_SIMULATED_REGION
            ":" CASEBOOK_SIMULATED_AWS_ACCOUNT ":domains/energy-profiles/profiles/";
    Hex(profile.high);
    Hex(profile.low);
    out_ << R"("}},"reference_number":{"value":{"stringValue":")";
    out_.Integer(static_cast<int64_t>(10'000'000 + draw % 90'000'000)) << R"("}},)";
    Instant("created_datetime", case_.created);
  }

  void Hex(uint64_t value) {
    char* const at = out_.Extend(16);
    for (size_t i = 0; i < 16; ++i) at[i] = "0123456789abcdef"[value >> (60 - 4 * i) & 15U];
  }

  void Filing() {
    out_ << '"' << field::kAccount << R"(":{"value":{"doubleValue":)";
    out_.WholeDouble(case_.account) << "}},";
    Text(field::kLevel1, intent_.level_1.value);
    Text(field::kLevel2, intent_.level_2.value);
    Text(field::kLevel3, intent_.level_3[fields_.level_3].value);
    Flag(field::kIsComplaint, fields_.is_complaint);
  }

  void Complaint() {
    if (!fields_.is_complaint) return;
    Text(field::kComplaintStatus, ComplaintStatusOptions()[static_cast<size_t>(fields_.complaint_status)].value);
    Flag(field::kComplaintResolved, fields_.is_complaint_resolved);
    if (fields_.goodwill_pence != 0) {
      out_ << '"' << field::kGoodwill << R"(":{"value":{"doubleValue":)";
      out_.Hundredths(fields_.goodwill_pence) << "}},";
    }
    Text(field::kComplaintType, ComplaintTypeOptions()[fields_.complaint_type].value);
    Text(field::kComplaintSubject, intent_.level_1.value);
    Text(field::kComplaintSubject2, intent_.level_2.value);
    Text(field::kComplaintReason, intent_.complaint_reasons[case_.number % intent_.complaint_reasons.size()]);
    Flag(field::kOmbudsmanCase,
         fields_.is_ombudsman_case || fields_.complaint_type == 1 || fields_.complaint_type == 6);
  }

  void Times() {
    const bool is_migrated = case_.origin == CaseOrigin::kMigration;
    if (is_migrated || case_.is_complaint_at_creation) {
      const auto before = static_cast<int64_t>(Key(case_.number, 0x03d) % 20) * kDayMs;
      Instant(field::kOriginalDate, is_migrated ? case_.created - before - kHourMs : case_.created);
    }
    if (case_.sends_due) Instant(field::kDueDate, case_.due);
    const int64_t until = IsClosed(fields_.status) ? fields_.last_closed : change_.time;
    Flag(field::kIsOverdue, until > case_.due);
  }

  void Assignment() {
    if (fields_.assigned_queue != QueueId::kCount) {
      Text("assigned_queue", context_.QueueArn(fields_.assigned_queue));
      Text(field::kQueueName, InfoOf(fields_.assigned_queue).name);
    }
    if (fields_.assigned_agent == kNoAgent) return;
    out_ << R"("assigned_user":{"value":{"userArnValue":")" << context_.AgentArn(fields_.assigned_agent) << R"("}},)";
    Text(field::kAgentName, context_.AgentName(fields_.assigned_agent));
  }

  // Ends the fields; the one of later making stands last.
  void SupportNeed() {
    if (change_.time >= context_.new_field_from()) {
      const uint64_t draw = Key(case_.customer, 0x5ee0) % 16;
      Text(field::kSupportNeed, SupportNeedOptions()[draw < 12 ? 0 : draw - 12].value);
    }
    // What is written ends in a comma.
    out_.TakeBack(1);
  }

  std::string_view FirstName() {
    if (first_name_.empty()) first_name_ = context_.customers().At(case_.customer).first_name;
    return first_name_;
  }

  TextBuffer& out_;
  const WireContext& context_;
  const SupportCase& case_;
  const CaseFields& fields_;
  const Intent& intent_;
  const CaseChange& change_;
  std::string_view first_name_;
};

}  // namespace

void AppendCaseEvent(TextBuffer& out, const WireContext& context, SupportCase& that, const CaseChange& change,
                     uint64_t number) {
  Apply(that, change);
  CaseEventWriter(out, context, that, change).Write(number);
}

}  // namespace casebook
