// Working days of England and Wales: Monday to Friday without bank holidays, days being civil days in
// Europe/London. The calendar knows the years of bank_holidays.h and says nothing of others.
#pragma once

#include <optional>

#include "base/timestamp.h"

namespace casebook {

inline constexpr int kWorkingDaysToAnswer = 2;

// nullopt outside the calendar's years.
std::optional<bool> IsWorkingDay(Date day);

// The last microsecond, in Europe/London, of the second working day after the day of `created`, which is day 0
// whatever day it is. nullopt where either day is outside the calendar's years.
std::optional<Timestamp> DueDate(Timestamp created);

}  // namespace casebook
