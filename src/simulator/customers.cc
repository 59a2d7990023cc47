#include "simulator/customers.h"

#include <algorithm>

#include "simulator/calendar.h"
#include "simulator/random.h"
#include "simulator/vocabulary.h"

namespace casebook {
namespace {

constexpr int64_t kFirstNumber = 10'000'000;
constexpr int64_t kFirstShortNumber = 612'345;  // seven digits at most: written with leading zeros
constexpr int64_t kPastLastNumber = 100'000'000;
constexpr uint64_t kFirstCustomerId = 500'000;
constexpr uint64_t kFirstAccountId = 2'000'000;
constexpr uint64_t kFamily = 0xc057;

}  // namespace

Customers::Customers(uint64_t seed, uint32_t count, int64_t from, int64_t until)
    : seed_(seed), count_(count), from_(from), until_(until) {
  const int64_t slots = std::max<int64_t>(int64_t{count} * 3, 1);
  stride_ = std::clamp<int64_t>((kPastLastNumber - kFirstNumber) / slots, 1, 7);
}

int64_t Customers::AccountNumber(uint32_t index, uint64_t draw, size_t which) const {
  const int64_t slot = int64_t{index} * 3 + static_cast<int64_t>(which);
  const bool is_short = draw % 40 == 0 && slot < kFirstNumber - kFirstShortNumber;
  return is_short ? kFirstShortNumber + slot : kFirstNumber + slot * stride_;
}

Customer Customers::At(uint32_t index) const {
  Random random(Key(seed_, kFamily, index));
  Customer customer;
  customer.index = index;
  customer.id = kFirstCustomerId + index;
  const uint64_t draw = random.Next();
  customer.first_name = FirstNames()[draw % FirstNames().size()];
  customer.last_name = LastNames()[(draw >> 16U) % LastNames().size()];
  customer.phone = static_cast<uint32_t>((draw >> 32U) % 1000);
  customer.is_deceased = (draw >> 48U) % 500 == 0;

  const double kind = random.Unit();
  const int64_t period = until_ - from_;
  const int64_t long_ago = from_ - random.Between(30, 2'000) * kDayMs;
  customer.account_count = kind < 0.87 ? 1 : kind < 0.985 ? 2 : 3;
  for (size_t i = 0; i < customer.account_count; ++i) {
    Account& account = customer.all_accounts[i];
    account.id = kFirstAccountId + uint64_t{index} * 3 + i;
    account.number = AccountNumber(index, draw >> 8U, i);
    account.from = long_ago + static_cast<int64_t>(i) * kDayMs;
  }
  if (kind >= 0.87 && kind < 0.93) {
    // Moved home: one account ends, the next begins the day after.
    const int64_t moved = (from_ + static_cast<int64_t>(random.Unit() * static_cast<double>(period))) / kDayMs * kDayMs;
    customer.all_accounts[0].to = moved;
    customer.all_accounts[1].from = moved + kDayMs;
  } else if (kind >= 0.80 && kind < 0.87) {
    // Came to the supplier within the period's first half.
    customer.all_accounts[0].from = from_ + static_cast<int64_t>(random.Unit() * 0.5 * static_cast<double>(period));
  } else if (kind >= 0.985 && random.Chance(0.3)) {
    customer.all_accounts[2].is_cancelled = true;
  }
  return customer;
}

bool Customers::IsHeldAt(const Account& account, int64_t time) {
  return !account.is_cancelled && account.from <= time && (account.to == 0 || account.to > time);
}

const Account& Customers::HeldAt(const Customer& customer, int64_t time) {
  for (const Account& account : customer.accounts()) {
    if (IsHeldAt(account, time)) return account;
  }
  return customer.all_accounts[0];
}

}  // namespace casebook
