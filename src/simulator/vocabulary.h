// Vocabulary: what customers ask for, how it is filed, and the words in which it is written down.
//
// All of it is invented. Texts may hold {p} and {q} (pounds), {n} (the customer's first name), {r} (a meter reading)
// and {d} (a small number).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "simulator/text_buffer.h"

namespace casebook {

// A choice of a SingleSelect field: what goes over the wire and what people see.
struct Option {
  std::string_view value;
  std::string_view name;
};

enum class QueueId : uint8_t {
  kBilling,
  kMetering,
  kMovingHome,
  kPayments,
  kComplaints,
  kCallbacks,
  kDigital,
  kEmail,
  kBackOffice,
  kOutbound,
  kOverflow,  // disabled
  kCount,
};
inline constexpr size_t kQueueCount = static_cast<size_t>(QueueId::kCount);

struct Intent {
  Option name;  // of the bot; also the option of the field Case Reason
  Option level_1;
  Option level_2;
  std::span<const Option> level_3;
  QueueId queue;            // of calls
  double weight;            // share of first arrivals
  double talk_s;            // median of a call
  double complaint_factor;  // how much likelier than others to be a complaint
  std::span<const std::string_view> titles;
  std::span<const std::string_view> descriptions;
  std::span<const std::string_view> complaint_reasons;
};

std::span<const Intent> Intents();
size_t IntentByName(std::string_view name);  // Intents().size() where there is none

std::span<const Option> StatusOptions();
std::span<const Option> ComplaintStatusOptions();
std::span<const Option> ComplaintTypeOptions();
std::span<const double> ComplaintTypeWeights();
// The field of later making.
std::span<const Option> SupportNeedOptions();

std::span<const std::string_view> Summaries();
std::span<const std::string_view> ClosingSummaries();
std::span<const std::string_view> Comments();
std::span<const std::string_view> SurveyComments();
std::span<const std::string_view> FirstNames();
std::span<const std::string_view> LastNames();

// Appends `text` as the inside of a JSON string, its places filled by `key` and `first_name`.
void AppendFilled(TextBuffer& out, std::string_view text, uint64_t key, std::string_view first_name);

}  // namespace casebook
