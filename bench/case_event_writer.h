// CaseEventWriter: case events of a contact centre that does not exist, in Amazon Connect's wire format.
//
// Several thousand cases live at once. Each is created, updated, linked to contacts, commented on, closed and
// perhaps reopened; its events come among those of the others, as on a real stream. The same seed gives the same
// bytes. Field ids and option values are those of samples/case_field_catalogue.json, with a few it lacks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/timestamp.h"
#include "bench/random.h"

namespace casebook {

// What one case is now; its events tell of it.
struct LivingCase {
  std::string id;
  std::string created;  // as the wire shows it
  std::string title;
  std::string description;
  std::string summary;
  std::string status;
  std::string level_1;
  std::string level_2;
  std::string level_3;
  std::string reason;
  std::string customer_id;
  std::string reference_number;
  std::string account;
  std::string due_date;       // empty: not sent
  std::string original_date;  // empty: the case was not migrated
  std::string last_closed;
  std::string last_reopened;
  std::string complaint_status;
  std::string complaint_type;
  std::string complaint_subject;
  std::string complaint_reason;
  std::string goodwill;
  size_t agent = 0;
  bool is_assigned = false;
  bool is_complaint = false;
  bool is_resolved = false;
  bool is_ombudsman_case = false;
  bool has_unknown_field = false;
  int events_left = 0;
};

class CaseEventWriter {
 public:
  explicit CaseEventWriter(uint64_t seed);

  // Appends one event and a newline to `out`. About one in 77 is an exact copy of an earlier one.
  void Append(std::string& out);

 private:
  void StartCase(LivingCase& the_case);
  void MakeComplaint(LivingCase& the_case);
  void AppendCreated(LivingCase& the_case, std::string& out);
  void AppendUpdated(LivingCase& the_case, std::string& out);
  void AppendRelatedContact(const LivingCase& the_case, std::string& out);
  void AppendRelatedComment(const LivingCase& the_case, std::string& out);
  void Advance(LivingCase& the_case, std::string& changed);
  void AppendEnvelope(const LivingCase& the_case, std::string_view event_type, std::string_view related_item,
                      std::string& out);
  void AppendPerformedBy(const LivingCase& the_case, std::string& out);
  void AppendCase(const LivingCase& the_case, std::string& out);
  void AppendFields(const LivingCase& the_case, std::string& out);
  std::string Uuid();
  std::string Sentence(size_t words);

  Random random_;
  Timestamp now_;
  std::string now_text_;  // with milliseconds
  std::vector<LivingCase> cases_;
  std::vector<std::string> recent_;  // candidates for a second delivery
  uint64_t written_ = 0;
};

}  // namespace casebook
