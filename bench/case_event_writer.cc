#include "bench/case_event_writer.h"

namespace casebook {
namespace {

constexpr size_t kLivingCases = 4096;
constexpr size_t kRecent = 64;
constexpr double kDuplicateShare = 0.013;
constexpr int64_t kMillisBetweenEvents = 42'000;    // at most; half of it on average
constexpr Timestamp kStart{1'735'718'400'000'000};  // 2025-01-01T08:00:00Z

constexpr std::string_view kDomain = "arn:aws:cases:eu-west-2:111122223333:domain/3c9e7f52-4a1b-4d0e-8f6a-90b1c2d3e4f5";
constexpr std::string_view kInstance =
    "arn:aws:connect:eu-west-2:111122223333:instance/5f2c8a10-7b3d-4e61-9c84-1d2e3f4a5b6c";
constexpr std::string_view kPrincipal =
    "arn:aws:iam::111122223333:role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect_Q1w2E3r4";

struct Agent {
  std::string_view id;
  std::string_view name;
};
constexpr Agent kAgents[] = {
    {"a1f0c3d2-5b64-4e87-9a10-3c2b1d4e5f60", "Priya Nair"},
    {"c7d8e9fa-0b1c-4d2e-8f3a-4b5c6d7e8f90", "Zoë Ó Briain"},
    {"e2b4d6f8-1a3c-4e5f-9b7d-0c2e4a6b8d1f", "Tom Whitfield"},
    {"0f1e2d3c-4b5a-4697-8879-6a5b4c3d2e1f", "Łukasz Wójcik"},
    {"13579bdf-2468-4ace-8bdf-13579bdf0246", "Chloe Okafor"},
    {"fedcba98-7654-4321-8fed-cba987654321", "Siân Prosser"},
    {"5a6b7c8d-9e0f-4a1b-9c2d-3e4f5a6b7c8d", "Mohammed Iqbal"},
    {"2b4d6f80-1c3e-4a5c-8e7f-90a1b2c3d4e5", "Grace Adeyemi"},
};

struct Queue {
  std::string_view id;
  std::string_view name;
};
constexpr Queue kQueues[] = {
    {"22e3a4b5-c6d7-4e8f-90a1-b2c3d4e5f607", "Complaints"},
    {"33f4b5c6-d7e8-4f90-a1b2-c3d4e5f60718", "Billing"},
    {"44a5c6d7-e8f9-40a1-b2c3-d4e5f6071829", "Smart Metering"},
    {"55b6d7e8-f90a-41b2-83d4-e5f60718293a", "Home Moves"},
};

constexpr std::string_view kTemplates[] = {"b8d1f0a2-6c35-4f7e-9a41-2e5d7c9b1a30",
                                           "0e4c2b71-93d8-4a56-8f1b-7d6a5c4b3e29"};
constexpr std::string_view kReasons[] = {"billing_direct_debit", "smart_meter_fault"};
constexpr std::string_view kLevel1[] = {"billing", "metering", "registrations", "customer_service"};
constexpr std::string_view kLevel2[] = {"direct_debit", "smart_meter", "refund"};
constexpr std::string_view kLevel3[] = {"amount_increased", "not_communicating"};
constexpr std::string_view kComplaintTypes[] = {"exec", "ombudsman", "cab", "ehu", "trustpilot", "inbound", "os"};
constexpr std::string_view kSubject2[] = {"direct_debit", "bill_accuracy"};
constexpr std::string_view kComplaintReasons[] = {"Increase not explained", "Promised call back did not come",
                                                  "Refund late by more than ten working days",
                                                  "Final bill wrong – wrong closing read", "Meter read refused"};
constexpr std::string_view kTitles[] = {
    "Direct debit doubled without notice",   "Smart meter offline since the storm",
    "Mesurydd clyfar ddim yn cysylltu 📵",    "Moved house, two bills for one month",
    "Refund of credit balance not received", "Tariff ended – put on the standard rate",
    "In-home display shows “no connection”", "Letter about a debt that was paid",
    "Café: business rate on a home account", "Wants readings every month, not estimates"};
constexpr std::string_view kWords[] = {
    "customer",   "says",     "the",       "bill",     "meter",     "reading", "was",     "estimated", "again",
    "asked",      "for",      "a",         "call",     "back",      "after",   "work",    "direct",    "debit",
    "went",       "from",     "£156.20",   "to",       "£312.40",   "without", "notice",  "tariff",    "changed",
    "in",         "April",    "refund",    "promised", "but",       "not",     "paid",    "smart",     "display",
    "shows",      "nothing",  "engineer",  "visit",    "booked",    "morning", "flat",    "moved",     "out",
    "landlord",   "takes",    "over",      "supply",   "account",   "number",  "on",      "letter",    "wrong",
    "spoke",      "with",     "colleague", "agreed",   "payment",   "plan",    "of",      "twelve",    "months",
    "vulnerable", "priority", "register",  "medical",  "equipment", "needs",   "heating", "café",      "Zoë",
    "\\\"nobody", "told",     "me\\\"",    "photos",   "attached",  "of",      "both",    "meters",    "checked"};

class Fields {
 public:
  explicit Fields(std::string& out) : out_(out) { out_ += "\"fields\":{"; }

  void Text(std::string_view id, std::string_view value) {
    if (!value.empty()) Add(id, R"("stringValue":")", value, "\"");
  }
  void Number(std::string_view id, std::string_view value) {
    if (!value.empty()) Add(id, R"("doubleValue":)", value, "");
  }
  void Bool(std::string_view id, bool value) { Add(id, R"("booleanValue":)", value ? "true" : "false", ""); }
  void Nothing(std::string_view id) { Add(id, R"("emptyValue":{})", "", ""); }
  void User(std::string_view id, std::string_view agent) {
    Add(id, R"("userArnValue":")", kInstance, "");
    out_.resize(out_.size() - 2);  // the agent is still to come
    out_.append("/agent/").append(agent).append("\"}}");
  }
  void End() { out_ += "}"; }

 private:
  void Add(std::string_view id, std::string_view arm, std::string_view value, std::string_view close) {
    if (!first_) out_ += ",";
    first_ = false;
    out_.append("\"").append(id).append("\":{\"value\":{").append(arm).append(value).append(close).append("}}");
  }

  std::string& out_;
  bool first_ = true;
};

std::string WireTime(Timestamp instant) {
  // A whole second would lose its milliseconds, which the wire always shows.
  const int64_t millis = instant.micros / 1000;
  return FormatTimestamp({(millis % 1000 == 0 ? millis + 1 : millis) * 1000});
}

std::string WholeSecond(Timestamp instant) {
  return FormatTimestamp({instant.micros / kMicrosPerSecond * kMicrosPerSecond});
}

std::string Digits(Random& random, size_t count) {
  std::string digits;
  for (size_t i = 0; i < count; ++i)
    digits += static_cast<char>('0' + (i == 0 ? 1 + random.Below(9) : random.Below(10)));
  return digits;
}

// As Java prints a double: 10023456 is 1.0023456E7.
std::string AsDouble(std::string_view digits) {
  std::string text(digits.substr(0, 1));
  const size_t last = digits.find_last_not_of('0');
  text.append(".").append(last == 0 ? "0" : digits.substr(1, last));
  return text.append("E").append(std::to_string(digits.size() - 1));
}

}  // namespace

CaseEventWriter::CaseEventWriter(uint64_t seed) : random_(seed), now_(kStart), cases_(kLivingCases) {}

void CaseEventWriter::Append(std::string& out) {
  if (recent_.size() == kRecent && random_.Chance(kDuplicateShare)) {
    out += recent_[random_.Below(kRecent)];
    return;
  }
  now_.micros += static_cast<int64_t>(1 + random_.Below(kMillisBetweenEvents)) * 1000;
  now_text_ = WireTime(now_);
  const size_t start = out.size();
  LivingCase& the_case = cases_[random_.Below(kLivingCases)];
  if (the_case.events_left == 0) {
    StartCase(the_case);
    AppendCreated(the_case, out);
  } else {
    const uint64_t kind = random_.Below(100);
    if (kind < 22) {
      AppendRelatedContact(the_case, out);
    } else if (kind < 36) {
      AppendRelatedComment(the_case, out);
    } else {
      AppendUpdated(the_case, out);
    }
  }
  --the_case.events_left;
  out += "\n";
  if (recent_.size() < kRecent) recent_.emplace_back();
  recent_[written_++ % kRecent].assign(out, start);
}

void CaseEventWriter::StartCase(LivingCase& the_case) {
  the_case = {};
  the_case.id = Uuid();
  the_case.created = now_text_;
  the_case.title = std::string(random_.Pick(kTitles)) + " – " + Digits(random_, 5);
  if (!random_.Chance(0.1)) the_case.description = Sentence(12 + random_.Below(24));
  the_case.status = "open";
  the_case.level_1 = random_.Pick(kLevel1);
  the_case.level_2 = random_.Pick(kLevel2);
  the_case.level_3 = random_.Chance(0.01) ? "solar_export" : random_.Pick(kLevel3);
  the_case.reason = random_.Pick(kReasons);
  the_case.customer_id = "arn:aws:profile:eu-west-2:111122223333:domains/energy-profiles/profiles/";
  for (const char c : Uuid()) {
    if (c != '-') the_case.customer_id += c;
  }
  the_case.reference_number = Digits(random_, 8);
  the_case.account = AsDouble(Digits(random_, 8));
  if (random_.Chance(0.8)) the_case.due_date = WireTime({now_.micros + 4 * kMicrosPerDay});
  if (random_.Chance(0.1)) the_case.original_date = WireTime({now_.micros - 90 * kMicrosPerDay});
  the_case.agent = random_.Below(std::size(kAgents));
  the_case.has_unknown_field = random_.Chance(0.005);
  if (random_.Chance(0.15)) MakeComplaint(the_case);
  the_case.events_left = static_cast<int>(4 + random_.Below(9));
}

void CaseEventWriter::MakeComplaint(LivingCase& the_case) {
  the_case.is_complaint = true;
  the_case.complaint_status = "raised";
  the_case.complaint_type = random_.Pick(kComplaintTypes);
  the_case.complaint_subject = random_.Pick(kLevel1);
  the_case.complaint_reason = random_.Pick(kComplaintReasons);
}

void CaseEventWriter::AppendCreated(LivingCase& the_case, std::string& out) {
  AppendEnvelope(the_case, "CASE.CREATED", "", out);
  AppendPerformedBy(the_case, out);
  AppendCase(the_case, out);
  out += "}}";
}

void CaseEventWriter::AppendUpdated(LivingCase& the_case, std::string& out) {
  std::string changed;
  Advance(the_case, changed);
  AppendEnvelope(the_case, "CASE.UPDATED", "", out);
  out.append(R"("changedFieldIds":[)").append(changed).append(R"("last_updated_datetime","last_updated_user"],)");
  AppendPerformedBy(the_case, out);
  AppendCase(the_case, out);
  out += "}}";
}

// One step in the life of a case; `changed` gets the ids of the fields that it touches, each with a comma.
void CaseEventWriter::Advance(LivingCase& the_case, std::string& changed) {
  const uint64_t step = random_.Below(100);
  the_case.summary = Sentence(6 + random_.Below(12));
  changed = R"("summary",)";
  if (!the_case.is_assigned) {
    the_case.is_assigned = true;
    changed += R"("assigned_queue","assigned_user",)";
  } else if (the_case.status == "closed" || the_case.status == "resolved") {
    the_case.status = "open";
    the_case.last_reopened = now_text_;
    the_case.is_resolved = false;
    if (the_case.is_complaint) the_case.complaint_status = "re-open";
    the_case.is_ombudsman_case = the_case.is_complaint && random_.Chance(0.2);
    changed += R"("status","last_reopened_datetime",)";
  } else if (the_case.events_left <= 1 || step < 15) {
    the_case.status = step % 2 == 0 ? "closed" : "resolved";
    the_case.last_closed = now_text_;
    if (the_case.is_complaint) {
      the_case.complaint_status = "closed";
      the_case.is_resolved = true;
      if (random_.Chance(0.4)) the_case.goodwill = Digits(random_, 2) + (random_.Chance(0.5) ? ".5" : ".0");
    }
    changed += R"("status","last_closed_datetime",)";
  } else if (step < 20 && !the_case.is_complaint) {
    MakeComplaint(the_case);
    changed += R"("b0d18395-72a4-45c6-91e8-d30492b5f687","c1e294a6-83b5-46d7-a2f9-e415a3c60798",)";
  } else if (step < 50) {
    the_case.status = the_case.status == "open" ? "awaiting_customer" : "open";
    changed += R"("status",)";
  } else {
    the_case.agent = random_.Below(std::size(kAgents));
    changed += R"("assigned_user","9ebf6173-5082-43a4-9fc6-b1e27093d465",)";
  }
}

void CaseEventWriter::AppendRelatedContact(const LivingCase& the_case, std::string& out) {
  const std::string item = Uuid();
  AppendEnvelope(the_case, "RELATED_ITEM.CREATED", item, out);
  out += R"("changedAttributes":["contact.contactArn"],)";
  AppendPerformedBy(the_case, out);
  out.append(R"(,"relatedItem":{"relatedItemType":"contact","relatedItemId":")").append(item);
  out.append(R"(","caseId":")").append(the_case.id).append(R"(","createdDateTime":")").append(now_text_);
  out.append(R"(","contact":{"contactArn":")").append(kInstance).append("/contact/").append(Uuid());
  out.append(R"(","channel":")").append(random_.Chance(0.6) ? "VOICE" : "CHAT");
  out.append(R"(","connectedToSystemTime":")")
      .append(WireTime({now_.micros - 60 * kMicrosPerSecond}))
      .append(R"("}}}})");
}

void CaseEventWriter::AppendRelatedComment(const LivingCase& the_case, std::string& out) {
  const std::string item = Uuid();
  AppendEnvelope(the_case, "RELATED_ITEM.CREATED", item, out);
  out += R"("changedAttributes":["comment.body"],)";
  AppendPerformedBy(the_case, out);
  out.append(R"(,"relatedItem":{"relatedItemType":"Comment","relatedItemId":")").append(item);
  out.append(R"(","caseId":")").append(the_case.id).append(R"(","createdDateTime":")").append(now_text_);
  out.append(R"(","comment":{"body":")").append(Sentence(8 + random_.Below(40)));
  out.append(R"(","contentType":"Text/Plain"}}}})");
}

void CaseEventWriter::AppendEnvelope(const LivingCase& the_case, std::string_view event_type,
                                     std::string_view related_item, std::string& out) {
  out.append(R"({"version":"0","id":")").append(Uuid());
  out += R"(","detail-type":"Amazon Connect Cases Change","source":"aws.cases","account":"111122223333","time":")";
  out.append(WholeSecond({now_.micros + kMicrosPerSecond})).append(R"(","region":"eu-west-2","resources":[")");
  out.append(kDomain).append("\",\"").append(kDomain).append("/case/").append(the_case.id);
  if (!related_item.empty()) out.append("/related-item/").append(related_item);
  out.append(R"("],"detail":{"version":"0","eventType":")").append(event_type);
  out.append(R"(","approximateChangeTime":")").append(now_text_).append("\",");
}

void CaseEventWriter::AppendPerformedBy(const LivingCase& the_case, std::string& out) {
  out += R"("performedBy":{"user":{)";
  if (the_case.is_assigned) {
    out.append(R"("userArn":")").append(kInstance).append("/user/").append(kAgents[the_case.agent].id);
  } else {
    out += R"("customEntity":"flow/case-intake)";
  }
  out.append(R"("},"iamPrincipalArn":")").append(kPrincipal).append("\"}");
}

void CaseEventWriter::AppendCase(const LivingCase& the_case, std::string& out) {
  out.append(R"(,"case":{"caseId":")").append(the_case.id);
  out.append(R"(","templateId":")").append(kTemplates[the_case.is_complaint ? 0 : 1]);
  out.append(R"(","createdDateTime":")").append(the_case.created).append("\",");
  AppendFields(the_case, out);
  out += "}";
}

void CaseEventWriter::AppendFields(const LivingCase& the_case, std::string& out) {
  Fields fields(out);
  fields.Text("status", the_case.status);
  fields.Text("last_updated_datetime", now_text_);
  fields.Text("last_closed_datetime", the_case.last_closed);
  fields.Text("last_reopened_datetime", the_case.last_reopened);
  if (the_case.is_assigned) fields.User("last_updated_user", kAgents[the_case.agent].id);
  fields.Text("summary", the_case.summary);
  fields.Bool("6b8c3e40-2d5f-4071-8c93-8ebf4d60a142", !the_case.last_reopened.empty());
  fields.Text("title", the_case.title);
  if (the_case.description.empty()) {
    fields.Nothing("5a7b2d3f-1c4e-4f60-9b82-7dae3c5f9021");
  } else {
    fields.Text("5a7b2d3f-1c4e-4f60-9b82-7dae3c5f9021", the_case.description);
  }
  fields.Text("case_reason", the_case.reason);
  fields.Text("customer_id", the_case.customer_id);
  fields.Text("reference_number", the_case.reference_number);
  fields.Text("created_datetime", the_case.created);
  fields.Number("4f6a1c2e-0b3d-4e5f-8a71-6c9d2b4e8f10", the_case.account);
  fields.Text("6b8c3e40-2d5f-4071-8c93-8ebf4d60a132", the_case.level_1);
  fields.Text("7c9d4f51-3e60-4182-9da4-9fc05e71b243", the_case.level_2);
  fields.Text("8dae5062-4f71-4293-8eb5-a0d16f82c354", the_case.level_3);
  fields.Bool("b0d18395-72a4-45c6-91e8-d30492b5f687", the_case.is_complaint);
  if (the_case.is_complaint) {
    fields.Text("c1e294a6-83b5-46d7-a2f9-e415a3c60798", the_case.complaint_status);
    fields.Bool("2748fa0c-e91b-4c3d-885f-4a7b092c6dfe", the_case.is_resolved);
    fields.Number("1637e9fb-d80a-4b2c-b74e-396af81b5ced", the_case.goodwill);
    fields.Text("d2f3a5b7-94c6-47e8-b30a-f526b4d718a9", the_case.complaint_type);
    fields.Text("e304b6c8-a5d7-48f9-841b-0637c5e829ba", the_case.complaint_subject);
    fields.Text("f415c7d9-b6e8-490a-952c-1748d6f93acb", kSubject2[the_case.agent % std::size(kSubject2)]);
    fields.Text("0526d8ea-c7f9-4a1b-a63d-2859e70a4bdc", the_case.complaint_reason);
    fields.Bool("38590b1d-fa2c-4d4e-9960-5b8c1a3d7e0f", the_case.is_ombudsman_case);
  }
  fields.Text("496a1c2e-0b3d-4e5f-aa71-6c9d2b4e8f20", the_case.original_date);
  fields.Text("5a7b2d3f-1c4e-4f60-bb82-7dae3c5f9031", the_case.due_date);
  if (the_case.is_assigned) {
    const Queue& queue = kQueues[the_case.is_complaint ? 0 : the_case.agent % std::size(kQueues)];
    fields.Text("assigned_queue", std::string(kInstance).append("/queue/").append(queue.id));
    fields.User("assigned_user", kAgents[the_case.agent].id);
    fields.Text("9ebf6173-5082-43a4-9fc6-b1e27093d465", kAgents[the_case.agent].name);
    fields.Text("afc07284-6193-44b5-80d7-c2f381a4e576", queue.name);
  }
  if (the_case.has_unknown_field) fields.Text("deadbeef-0000-4000-8000-00000000f00d", "a field of next year");
  fields.End();
}

std::string CaseEventWriter::Uuid() {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string text(36, '-');
  uint64_t bits = 0;
  size_t left = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i == 8 || i == 13 || i == 18 || i == 23) continue;
    if (left-- == 0) {
      bits = random_.Next();
      left = 15;
    }
    text[i] = kHex[bits & 15U];
    bits >>= 4U;
  }
  text[14] = '4';
  text[19] = "89ab"[random_.Below(4)];
  return text;
}

std::string CaseEventWriter::Sentence(size_t words) {
  std::string text;
  for (size_t i = 0; i < words; ++i) {
    if (i > 0) text += random_.Chance(0.03) ? "\\n" : " ";
    text += random_.Pick(kWords);
  }
  return text += ".";
}

}  // namespace casebook
