// Bank holidays of England and Wales: data, with its source beside it (bank_holidays.cc).
#pragma once

#include <span>

#include "base/timestamp.h"

namespace casebook {

// The years for which the list is whole.
inline constexpr int kFirstCalendarYear = 2017;
inline constexpr int kLastCalendarYear = 2028;

// In order of time.
std::span<const CivilDay> BankHolidays();

}  // namespace casebook
