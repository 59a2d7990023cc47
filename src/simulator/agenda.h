// Agenda: what will happen, in the order of its time; what was entered first comes first at the same time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace casebook {

enum class HappeningKind : uint8_t {
  kFirstArrival,     // subject: place in the day's list
  kReturn,           // subject: a customer who comes again, of Centre's list
  kEnqueue,          // subject: contact
  kPatienceEnds,     // subject: contact
  kCallbackTaken,    // subject: contact
  kContactEnds,      // subject: contact
  kAgentFree,        // subject: agent; stamp: the contact's channel
  kShiftStarts,      // subject: agent
  kShiftEnds,        // subject: agent
  kBreakStarts,      // subject: agent; stamp: minutes
  kBreakEnds,        // subject: agent
  kCaseChange,       // subject: place in CaseDesk's list of what is to come
  kCaseCloses,       // subject: case
  kCaseChased,       // subject: case: the customer comes about it again
  kCaseCalledAbout,  // subject: case: an agent calls the customer
};

struct Happening {
  int64_t time = 0;
  uint64_t order = 0;
  uint32_t subject = 0;
  uint32_t stamp = 0;  // tells a reused subject from the one that was meant
  HappeningKind kind = HappeningKind::kFirstArrival;
};

class Agenda {
 public:
  void Add(int64_t time, HappeningKind kind, uint32_t subject, uint32_t stamp = 0) {
    heap_.push_back({time, next_order_++, subject, stamp, kind});
    std::ranges::push_heap(heap_, Later);
  }
  // Takes the next one before `limit`.
  bool TakeBefore(int64_t limit, Happening& happening) {
    if (heap_.empty() || heap_.front().time >= limit) return false;
    happening = heap_.front();
    std::ranges::pop_heap(heap_, Later);
    heap_.pop_back();
    return true;
  }
  size_t size() const { return heap_.size(); }

 private:
  static bool Later(const Happening& a, const Happening& b) {
    return a.time != b.time ? a.time > b.time : a.order > b.order;
  }

  std::vector<Happening> heap_;
  uint64_t next_order_ = 0;
};

}  // namespace casebook
