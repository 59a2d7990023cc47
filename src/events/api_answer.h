// ApiAnswerPart: one page of a listing or a search of Connect's API.
//
// Shared by users_answer and queues_answer.
#pragma once

#include "events/json.h"

namespace casebook {

// The values live as long as those of the reader.
struct ApiAnswerPart {
  JsonValue whole;    // the answer; absent where the record is this answer alone
  JsonValue entries;  // an array, absent where the record holds no such answer
  JsonValue next_token;
  JsonValue approximate_total_count;

  // Whether there is no further page: NextToken is absent or blank.
  bool IsLastPage() const {
    const bool blank = next_token.StringText().find_first_not_of(" \t\r\n") == std::string_view::npos;
    return next_token.IsAbsent() || (next_token.IsString() && blank);
  }
};

}  // namespace casebook
