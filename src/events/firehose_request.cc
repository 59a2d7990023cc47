#include "events/firehose_request.h"

#include <utility>

#include "events/base64.h"
#include "events/json_on_demand.h"

namespace casebook {
namespace {

constexpr std::string_view kKeys[] = {"requestId", "timestamp", "records"};

// The first key of the object at the start of `bytes`; empty for none.
std::string_view FirstKey(std::string_view bytes) {
  constexpr std::string_view kSpace = " \t\r\n";
  const size_t brace = bytes.find_first_not_of(kSpace);
  if (brace == std::string_view::npos || bytes[brace] != '{') return {};
  const size_t quote = bytes.find_first_not_of(kSpace, brace + 1);
  if (quote == std::string_view::npos || bytes[quote] != '"') return {};
  const std::string_view key = bytes.substr(quote + 1, 16);
  return key.substr(0, key.find('"'));
}

bool MayBeRequest(std::string_view bytes) {
  const std::string_view first = FirstKey(bytes);
  for (const std::string_view key : kKeys) {
    if (first == key) return true;
  }
  return false;
}

Error Unreadable(simdjson::error_code error) {
  return Invalid(std::string("the Firehose request cannot be read: ") + simdjson::error_message(error));
}

Status AppendRecord(on_demand::value value, FirehoseRequest& request) {
  on_demand::object object;
  if (const auto error = value.get_object().get(object); error != simdjson::SUCCESS) return Unreadable(error);
  FirehoseRequest::Record record{.begin = request.payloads.size()};
  for (auto next : object) {
    on_demand::field field;
    if (const auto error = std::move(next).get(field); error != simdjson::SUCCESS) return Unreadable(error);
    if (!field.key().unsafe_is_equal("data")) continue;
    std::string_view data;
    if (const auto error = field.value().get_string().get(data); error != simdjson::SUCCESS) return Unreadable(error);
    request.payloads.resize(record.begin);
    record.sound = AppendDecodedBase64(data, request.payloads);
    if (!record.sound) request.payloads.append(data);
  }
  record.size = request.payloads.size() - record.begin;
  request.records.push_back(record);
  return {};
}

Status AppendRecords(on_demand::value value, FirehoseRequest& request) {
  on_demand::array list;
  if (const auto error = value.get_array().get(list); error != simdjson::SUCCESS) return Unreadable(error);
  for (auto next : list) {
    on_demand::value record;
    if (const auto error = next.get(record); error != simdjson::SUCCESS) return Unreadable(error);
    RETURN_IF_ERROR(AppendRecord(record, request));
  }
  return {};
}

// Which of kKeys were met, a bit each.
Status ReadField(on_demand::field& field, FirehoseRequest& request, unsigned& met) {
  const on_demand::raw_json_string key = field.key();
  on_demand::value value = field.value();
  if (key.unsafe_is_equal("requestId")) {
    std::string_view id;
    if (const auto error = value.get_string().get(id); error != simdjson::SUCCESS) return Unreadable(error);
    request.request_id = id;
    met |= 1U;
  } else if (key.unsafe_is_equal("timestamp")) {
    int64_t millis = 0;
    if (value.get_int64().get(millis) == simdjson::SUCCESS) request.timestamp_ms = millis;
  } else if (key.unsafe_is_equal("records")) {
    met |= 2U;
    return AppendRecords(value, request);
  }
  return {};
}

}  // namespace

bool IsFirehoseRequest(std::string_view bytes) { return MayBeRequest(bytes) && ExpandFirehoseRequest(bytes).ok(); }

Result<FirehoseRequest> ExpandFirehoseRequest(std::string_view bytes) {
  if (bytes.size() > kMaxFirehoseBytes) {
    return LimitPassed("the Firehose request has " + std::to_string(bytes.size()) + " bytes, more than " +
                       std::to_string(kMaxFirehoseBytes));
  }
  const simdjson::padded_string padded(bytes);
  on_demand::parser parser;
  on_demand::document document;
  if (const auto error = parser.iterate(padded).get(document); error != simdjson::SUCCESS) return Unreadable(error);
  on_demand::object root;
  if (const auto error = document.get_object().get(root); error != simdjson::SUCCESS) return Unreadable(error);
  FirehoseRequest request;
  unsigned met = 0;
  for (auto next : root) {
    on_demand::field field;
    if (const auto error = std::move(next).get(field); error != simdjson::SUCCESS) return Unreadable(error);
    RETURN_IF_ERROR(ReadField(field, request, met));
  }
  if (met != 3U) return Invalid("no Firehose request: it lacks requestId or records");
  return request;
}

}  // namespace casebook
