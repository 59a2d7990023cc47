#include "app/interrupt.h"

namespace casebook {
namespace {

std::atomic<bool> is_interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may set it");

void OnInterrupt(int) { is_interrupted = true; }

}  // namespace

InterruptFlag::InterruptFlag() {
  is_interrupted = false;
  struct sigaction action {};
  action.sa_handler = OnInterrupt;
  sigaction(SIGINT, &action, &before_);
}

InterruptFlag::~InterruptFlag() { sigaction(SIGINT, &before_, nullptr); }

const std::atomic<bool>& InterruptFlag::flag() const { return is_interrupted; }

}  // namespace casebook
