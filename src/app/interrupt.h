// Ctrl-C as a flag that a running query watches.
#pragma once

#include <csignal>

#include <atomic>

namespace casebook {

// While it lives, SIGINT sets flag() and does nothing else. One at a time.
class InterruptFlag {
 public:
  InterruptFlag();
  ~InterruptFlag();
  InterruptFlag(const InterruptFlag&) = delete;
  InterruptFlag& operator=(const InterruptFlag&) = delete;

  const std::atomic<bool>& flag() const;
  bool is_set() const { return flag().load(); }

 private:
  struct sigaction before_ {};
};

}  // namespace casebook
