// Customers: who they are and which accounts they hold, worked out anew whenever asked, so that a million of them
// take no memory.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace casebook {

struct Account {
  uint64_t id = 0;     // the billing system's own
  int64_t number = 0;  // what the customer knows: eight digits, some with leading zeros
  int64_t from = 0;    // times in milliseconds since 1970
  int64_t to = 0;      // 0: still held
  bool is_cancelled = false;
};

struct Customer {
  uint32_t index = 0;
  uint64_t id = 0;  // the billing system's own; its range overlaps that of account numbers
  std::string_view first_name;
  std::string_view last_name;
  uint32_t phone = 0;  // the last three digits; the rest is the range reserved for drama
  bool is_deceased = false;

  std::array<Account, 3> all_accounts;
  size_t account_count = 0;

  std::span<const Account> accounts() const { return {all_accounts.data(), account_count}; }
};

class Customers {
 public:
  // Of `count` customers in the period from `from` to `until`.
  Customers(uint64_t seed, uint32_t count, int64_t from, int64_t until);

  uint32_t count() const { return count_; }
  Customer At(uint32_t index) const;
  // The account of `customer` that is held at `time`, the first of several; the first of all where none is.
  static const Account& HeldAt(const Customer& customer, int64_t time);
  static bool IsHeldAt(const Account& account, int64_t time);

 private:
  int64_t AccountNumber(uint32_t index, uint64_t draw, size_t which) const;

  uint64_t seed_;
  uint32_t count_;
  int64_t from_;
  int64_t until_;
  int64_t stride_;
};

}  // namespace casebook
