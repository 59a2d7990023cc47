#include "queries/answer.h"

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "queries/engine_message.h"

namespace casebook {
namespace {

using SteadyClock = std::chrono::steady_clock;

// How soon a passed limit or a cancellation is seen.
constexpr std::chrono::milliseconds kWatchInterval{10};

std::string SecondsText(std::chrono::milliseconds time) {
  const auto count = time.count();
  if (count % 1000 == 0) return std::to_string(count / 1000) + (count == 1000 ? " second" : " seconds");
  return std::to_string(count) + " milliseconds";
}

}  // namespace

struct QueryWatch::State {
  std::mutex mutex;
  std::condition_variable ended;
  bool is_over = false;
  std::atomic<StopReason> reason{StopReason::kNone};
  std::thread thread;
};

QueryWatch::QueryWatch(Connection& connection, const Limits& limits) : state_(std::make_unique<State>()) {
  if (limits.time.count() == 0 && limits.cancel == nullptr) return;
  state_->thread = std::thread([&connection, limits, state = state_.get(), start = SteadyClock::now()] {
    std::unique_lock lock(state->mutex);
    // Once stopped, again and again: an interrupt between two steps of the engine is lost.
    while (!state->ended.wait_for(lock, kWatchInterval, [&] { return state->is_over; })) {
      const bool is_late = limits.time.count() > 0 && SteadyClock::now() - start > limits.time;
      const bool is_cancelled = limits.cancel != nullptr && limits.cancel->load();
      if (state->reason == StopReason::kNone && is_late) state->reason = StopReason::kTimedOut;
      if (state->reason == StopReason::kNone && is_cancelled) state->reason = StopReason::kCancelled;
      if (state->reason != StopReason::kNone) connection.Interrupt();
    }
  });
}

QueryWatch::~QueryWatch() {
  if (!state_->thread.joinable()) return;
  {
    const std::scoped_lock lock(state_->mutex);
    state_->is_over = true;
  }
  state_->ended.notify_one();
  state_->thread.join();
}

StopReason QueryWatch::reason() const { return state_->reason; }

Error QueryFailure(const QueryWatch& watch, const Limits& limits, const Error& engine_error) {
  switch (watch.reason()) {
    case StopReason::kTimedOut:
      return LimitPassed("the query took longer than its limit of " + SecondsText(limits.time));
    case StopReason::kCancelled: return LimitPassed("the query was cancelled");
    case StopReason::kNone: return TranslateEngineError(engine_error.message);
  }
  Unreachable();
}

Answer::Answer(std::vector<AnswerColumn> columns, std::vector<VectorReader> readers, QueryResult result,
               std::unique_ptr<QueryWatch> watch, const Limits& limits)
    : columns_(std::move(columns)),
      readers_(std::move(readers)),
      result_(std::move(result)),
      watch_(std::move(watch)),
      limits_(limits) {}

Result<std::optional<Answer::Rows>> Answer::Next() {
  const Error too_many = LimitPassed("the answer has more rows than its limit of " + std::to_string(limits_.rows));
  if (is_cut_) return too_many;
  auto next = result_.Next();
  if (!next.ok()) return QueryFailure(*watch_, limits_, next.error());
  if (watch_->reason() != StopReason::kNone) return QueryFailure(*watch_, limits_, {});
  if (!next.value()) return std::optional<Rows>();

  const ResultChunk& chunk = *next.value();
  if (chunk.size() == 0) return std::optional<Rows>();
  Rows rows(chunk.size());
  for (size_t row = 0; row < rows.size(); ++row) {
    rows[row].reserve(readers_.size());
    for (size_t i = 0; i < readers_.size(); ++i) rows[row].push_back(readers_[i].Read(chunk.vector(i), row));
  }
  is_cut_ = limits_.rows > 0 && row_count_ + rows.size() > limits_.rows;
  if (is_cut_) rows.resize(limits_.rows - row_count_);
  if (rows.empty()) return too_many;
  row_count_ += rows.size();
  return std::optional<Rows>(std::move(rows));
}

}  // namespace casebook
