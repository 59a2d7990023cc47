// Source: GOV.UK, "UK bank holidays", England and Wales (www.gov.uk/bank-holidays), with the royal proclamations
// for the days that were moved or added. The years after the published ones follow the Banking and Financial
// Dealings Act 1971: fixed days, and the next free weekday where one falls on a weekend.
#include "rows/bank_holidays.h"

namespace casebook {
namespace {

// clang-format off: a line a day
constexpr CivilDay kHolidays[] = {
    {2017, 1, 2},    // New Year's Day, substitute
    {2017, 4, 14},   // Good Friday
    {2017, 4, 17},   // Easter Monday
    {2017, 5, 1},    // Early May
    {2017, 5, 29},   // Spring
    {2017, 8, 28},   // Summer
    {2017, 12, 25},  // Christmas Day
    {2017, 12, 26},  // Boxing Day
    {2018, 1, 1},
    {2018, 3, 30},
    {2018, 4, 2},
    {2018, 5, 7},
    {2018, 5, 28},
    {2018, 8, 27},
    {2018, 12, 25},
    {2018, 12, 26},
    {2019, 1, 1},
    {2019, 4, 19},
    {2019, 4, 22},
    {2019, 5, 6},
    {2019, 5, 27},
    {2019, 8, 26},
    {2019, 12, 25},
    {2019, 12, 26},
    {2020, 1, 1},
    {2020, 4, 10},
    {2020, 4, 13},
    {2020, 5, 8},    // Early May, moved to the 75th anniversary of VE Day
    {2020, 5, 25},
    {2020, 8, 31},
    {2020, 12, 25},
    {2020, 12, 28},  // Boxing Day, substitute
    {2021, 1, 1},
    {2021, 4, 2},
    {2021, 4, 5},
    {2021, 5, 3},
    {2021, 5, 31},
    {2021, 8, 30},
    {2021, 12, 27},  // Christmas Day, substitute
    {2021, 12, 28},  // Boxing Day, substitute
    {2022, 1, 3},    // New Year's Day, substitute
    {2022, 4, 15},
    {2022, 4, 18},
    {2022, 5, 2},
    {2022, 6, 2},    // Spring, moved for the Platinum Jubilee
    {2022, 6, 3},    // Platinum Jubilee
    {2022, 8, 29},
    {2022, 9, 19},   // State Funeral of Queen Elizabeth II
    {2022, 12, 26},
    {2022, 12, 27},  // Christmas Day, substitute
    {2023, 1, 2},    // New Year's Day, substitute
    {2023, 4, 7},
    {2023, 4, 10},
    {2023, 5, 1},
    {2023, 5, 8},    // Coronation of King Charles III
    {2023, 5, 29},
    {2023, 8, 28},
    {2023, 12, 25},
    {2023, 12, 26},
    {2024, 1, 1},
    {2024, 3, 29},
    {2024, 4, 1},
    {2024, 5, 6},
    {2024, 5, 27},
    {2024, 8, 26},
    {2024, 12, 25},
    {2024, 12, 26},
    {2025, 1, 1},
    {2025, 4, 18},
    {2025, 4, 21},
    {2025, 5, 5},
    {2025, 5, 26},
    {2025, 8, 25},
    {2025, 12, 25},
    {2025, 12, 26},
    {2026, 1, 1},
    {2026, 4, 3},
    {2026, 4, 6},
    {2026, 5, 4},
    {2026, 5, 25},
    {2026, 8, 31},
    {2026, 12, 25},
    {2026, 12, 28},  // Boxing Day, substitute
    {2027, 1, 1},
    {2027, 3, 26},
    {2027, 3, 29},
    {2027, 5, 3},
    {2027, 5, 31},
    {2027, 8, 30},
    {2027, 12, 27},  // Christmas Day, substitute
    {2027, 12, 28},  // Boxing Day, substitute
    {2028, 1, 3},    // New Year's Day, substitute
    {2028, 4, 14},
    {2028, 4, 17},
    {2028, 5, 1},
    {2028, 5, 29},
    {2028, 8, 28},
    {2028, 12, 25},
    {2028, 12, 26},
};
// clang-format on

}  // namespace

std::span<const CivilDay> BankHolidays() { return kHolidays; }

}  // namespace casebook
