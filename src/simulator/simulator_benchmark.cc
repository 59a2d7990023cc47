// The price of the simulator: bytes a second, into nothing but the kernel.
#include <benchmark/benchmark.h>

#include <fcntl.h>
#include <unistd.h>

#include "simulator/simulate.h"

namespace casebook {
namespace {

// Standard output becomes /dev/null while it lives.
class Silence {
 public:
  Silence() : saved_(dup(1)) {
    const int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(nothing, 1);
    close(nothing);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;
  ~Silence() {
    dup2(saved_, 1);
    close(saved_);
  }

 private:
  int saved_;
};

void SimulateFeeds(benchmark::State& state) {
  uint64_t bytes = 0;
  for (auto _ : state) {
    const Silence silence;
    SimulationOptions options;
    options.cases = static_cast<uint64_t>(state.range(0));
    options.days = 120;
    options.gzip = state.range(1) != 0;
    options.out = "-";
    const auto summary = Simulate(options);
    if (!summary.ok()) return state.SkipWithError(summary.error().message.c_str());
    bytes += summary->bytes;
  }
  state.SetBytesProcessed(static_cast<int64_t>(bytes));
}
BENCHMARK(SimulateFeeds)
    ->Args({20'000, 0})
    ->Args({5'000, 1})
    ->ArgNames({"cases", "gzip"})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace casebook
