// time_queries: asks queries again and again in one process and prints what each took, one JSON line a query.
//
// Each time counts all that a client of a running server waits for: parsing, planning, running, reading every row.
// With --intake, case events come in all the while, by StreamingIntake in the same process. The queries are then asked in
// turn, a tenth of a second each, of which the last time counts: so the times spread over many rounds of the intake, and
// each query is as warm as without it. With --idle the tenth is slept away instead, as where questions are rare: a
// processor that wakes up finds its caches empty, which costs about a millisecond.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <memory>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "ingest/ingest.h"
#include "ingest/streaming_intake.h"
#include "queries/query_engine.h"
#include "queries/value_text.h"
#include "schema/dataset.h"
#include "sql/parser.h"

namespace casebook {
namespace {

constexpr std::chrono::milliseconds kTick{100};  // how often a portion of events comes in
constexpr std::chrono::milliseconds kTurn{100};  // of a query, under intake
constexpr double kBudgetSeconds = 20;  // for one query
constexpr size_t kEnough = 4;          // how often it is asked all the same
constexpr uint64_t kMaxIntakeBytes = uint64_t{1} << 32U;

struct Options {
  std::string data;
  std::string now;
  int runs = 20;
  std::string intake;
  int rate = 500;
  bool is_idle = false;
  std::vector<std::string> queries;
};

struct TimedQuery {
  std::string file;
  std::string sql;
  uint64_t rows = 0;
  std::vector<double> seconds;
};

double SecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Asks once; the number of rows.
Result<uint64_t> Ask(QueryEngine& engine, const std::string& sql, Timestamp now) {
  auto prepared = engine.Prepare(sql, {}, now);
  if (!prepared.ok()) return Invalid(prepared.error().message);
  ASSIGN_OR_RETURN(Answer answer, engine.Run(*prepared, {}));
  while (true) {
    ASSIGN_OR_RETURN(const auto rows, answer.Next());
    if (!rows) return answer.row_count();
  }
}

Status TimeOnce(QueryEngine& engine, TimedQuery& query, Timestamp now) {
  const auto start = std::chrono::steady_clock::now();
  ASSIGN_OR_RETURN(query.rows, Ask(engine, query.sql, now));
  query.seconds.push_back(SecondsSince(start));
  return {};
}

Result<std::vector<TimedQuery>> ReadQueries(const std::vector<std::string>& files) {
  std::vector<TimedQuery> queries;
  for (const std::string& file : files) {
    ASSIGN_OR_RETURN(std::string sql, ReadFile(file, sql::kMaxQueryBytes));
    queries.push_back({.file = file, .sql = std::move(sql), .seconds = {}});
  }
  return queries;
}

void Print(const std::vector<TimedQuery>& queries, uint64_t events_taken_in) {
  for (const TimedQuery& query : queries) {
    const nlohmann::json line{{"query", query.file},
                              {"rows", query.rows},
                              {"seconds", query.seconds},
                              {"events_taken_in", events_taken_in}};
    std::printf("%s\n", line.dump().c_str());
  }
}

bool IsEnough(const std::vector<double>& seconds) {
  return seconds.size() >= kEnough && std::accumulate(seconds.begin(), seconds.end(), 0.0) >= kBudgetSeconds;
}

// What comes before a time that counts, under intake.
Status WaitForTurn(QueryEngine& engine, const TimedQuery& query, Timestamp now, bool is_idle) {
  const auto start = std::chrono::steady_clock::now();
  if (is_idle) std::this_thread::sleep_for(kTurn);
  while (std::chrono::steady_clock::now() - start < kTurn) {
    ASSIGN_OR_RETURN(const uint64_t rows, Ask(engine, query.sql, now));
    static_cast<void>(rows);
  }
  return {};
}

// The first time of each query is apart: it reads what is not in memory yet.
Status TimeAlone(const Options& options, std::vector<TimedQuery>& queries, Timestamp now) {
  std::vector<std::string> notes;
  ASSIGN_OR_RETURN(Database database, OpenPrepared(options.data, {}, {}, notes));
  const DatasetCatalog catalog;
  ASSIGN_OR_RETURN(QueryEngine engine, QueryEngine::Open(std::move(database), {}, catalog));
  for (TimedQuery& query : queries) {
    for (int run = 0; run <= options.runs && !IsEnough(query.seconds); ++run) {
      RETURN_IF_ERROR(TimeOnce(engine, query, now));
    }
  }
  Print(queries, 0);
  return {};
}

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// Appends `rate` events a second until told to stop, or until all have come.
class Feeder {
 public:
  Feeder(StreamingIntake& intake, std::vector<std::string_view> events, int rate)
      : intake_(intake), events_(std::move(events)), rate_(rate), thread_([this] { Run(); }) {}
  ~Feeder() { static_cast<void>(Stop()); }
  Feeder(const Feeder&) = delete;
  Feeder& operator=(const Feeder&) = delete;

  // What failed, if anything did.
  Status Stop() {
    is_stopping_ = true;
    if (thread_.joinable()) thread_.join();
    return result_;
  }
  bool has_ended() const { return has_ended_; }

 private:
  void Run() {
    const size_t portion = static_cast<size_t>(rate_) * static_cast<size_t>(kTick.count()) / 1000;
    auto next = std::chrono::steady_clock::now();
    for (size_t i = 0; i + portion <= events_.size() && !is_stopping_; i += portion) {
      const auto appended = intake_.Append(std::span(events_).subspan(i, portion), "benchmark");
      if (!appended.ok()) {
        result_ = appended.error();
        break;
      }
      next += kTick;
      std::this_thread::sleep_until(next);
    }
    has_ended_ = true;
  }

  StreamingIntake& intake_;
  std::vector<std::string_view> events_;
  int rate_;
  std::atomic<bool> is_stopping_ = false;
  std::atomic<bool> has_ended_ = false;
  Status result_;
  std::thread thread_;
};

Status TimeUnderIntake(const Options& options, std::vector<TimedQuery>& queries, Timestamp now) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(options.intake, kMaxIntakeBytes));
  ASSIGN_OR_RETURN(const std::unique_ptr<StreamingIntake> intake, StreamingIntake::Open({.data = options.data}));
  const DatasetCatalog catalog;
  ASSIGN_OR_RETURN(QueryEngine engine, QueryEngine::OpenShared(intake->database(), {}, catalog));
  Feeder feeder(*intake, Lines(text), options.rate);
  for (int run = 0; run <= options.runs; ++run) {
    for (TimedQuery& query : queries) {
      if (run > 0) RETURN_IF_ERROR(WaitForTurn(engine, query, now, options.is_idle));
      RETURN_IF_ERROR(TimeOnce(engine, query, now));
    }
  }
  if (feeder.has_ended()) return Invalid("the events of " + options.intake + " did not last to the end of the queries");
  RETURN_IF_ERROR(feeder.Stop());
  RETURN_IF_ERROR(intake->Flush());
  Print(queries, intake->counts().loaded);
  return {};
}

Status TimeQueries(const Options& options) {
  ASSIGN_OR_RETURN(const auto value, ParseScalar(TypeKind::kTimestamp, options.now));
  const Timestamp now{value.integer()};
  ASSIGN_OR_RETURN(std::vector<TimedQuery> queries, ReadQueries(options.queries));
  return options.intake.empty() ? TimeAlone(options, queries, now) : TimeUnderIntake(options, queries, now);
}

}  // namespace
}  // namespace casebook

int main(int argc, char** argv) {
  casebook::Options options;
  CLI::App app("Ask queries again and again and print what each took, one JSON line a query");
  app.add_option("--data", options.data, "The data folder")->required();
  app.add_option("--now", options.now, "CURRENT_TIMESTAMP of the queries")->required();
  app.add_option("--runs", options.runs, "How often each is asked after its first time");
  app.add_option("--intake", options.intake, "Case events, one a line, that come in meanwhile; they stay in the tables");
  app.add_option("--rate", options.rate, "How many of them a second");
  app.add_flag("--idle", options.is_idle, "With --intake: sleep before each time that counts instead of asking");
  app.add_option("QUERY", options.queries, "Files, a query each")->required();
  CLI11_PARSE(app, argc, argv);
  const casebook::Status done = casebook::TimeQueries(options);
  if (!done.ok()) std::fprintf(stderr, "time_queries: %s\n", done.error().message.c_str());
  return done.ok() ? 0 : 1;
}
