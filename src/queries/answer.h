// Answer: what a query gives, row by row, while it runs. Limits: what it may take.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"
#include "duckdb/connection.h"
#include "queries/answer_value.h"
#include "queries/vector_reader.h"

namespace casebook {

struct Limits {
  std::chrono::milliseconds time{0};          // 0: none
  uint64_t rows = 0;                          // 0: none
  const std::atomic<bool>* cancel = nullptr;  // borrowed: the query stops soon after it becomes true
};

// Why a query was stopped before its end.
enum class StopReason {
  kNone,
  kTimedOut,
  kCancelled
};

// Watches over one running query: interrupts it when its time is over or somebody cancels it. Stop() or the
// destructor ends the watch.
class QueryWatch {
 public:
  QueryWatch(Connection& connection, const Limits& limits);
  ~QueryWatch();
  QueryWatch(const QueryWatch&) = delete;
  QueryWatch& operator=(const QueryWatch&) = delete;

  StopReason reason() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The engine's failure, or why we stopped it: kLimit for a limit passed or a cancelled query.
Error QueryFailure(const QueryWatch& watch, const Limits& limits, const Error& engine_error);

class Answer {
 public:
  using Rows = std::vector<std::vector<AnswerValue>>;

  const std::vector<AnswerColumn>& columns() const { return columns_; }

  // The next rows, never none; nullopt at the end. kLimit where a limit is passed: the rows before it were given.
  Result<std::optional<Rows>> Next();
  uint64_t row_count() const { return row_count_; }  // given so far

 private:
  friend class QueryEngine;
  Answer(std::vector<AnswerColumn> columns, std::vector<VectorReader> readers, QueryResult result,
         std::unique_ptr<QueryWatch> watch, const Limits& limits);

  std::vector<AnswerColumn> columns_;
  std::vector<VectorReader> readers_;
  QueryResult result_;
  std::unique_ptr<QueryWatch> watch_;  // ends before result_ does
  Limits limits_;
  uint64_t row_count_ = 0;
  bool is_cut_ = false;  // the limit of rows is reached, with more rows behind it
};

}  // namespace casebook
