// The questions of docs/queries, each from its text to the last row, on a database that is there already:
//
//   CASEBOOK_BENCHMARK_DATABASE=data/tables.duckdb CASEBOOK_BENCHMARK_NOW=2026-01-01T00:00:00Z queries_benchmark
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/file.h"
#include "queries/query_engine.h"
#include "schema/dataset.h"
#include "sql/parser.h"

namespace casebook {
namespace {

struct Setting {
  DatasetCatalog catalog;
  std::unique_ptr<QueryEngine> engine;
  Timestamp now;
};

void AskAgainAndAgain(benchmark::State& state, Setting& setting, const std::string& sql) {
  uint64_t rows = 0;
  for (auto _ : state) {
    const auto prepared = setting.engine->Prepare(sql, {}, setting.now);
    if (!prepared.ok()) return state.SkipWithError(prepared.error().message.c_str());
    auto answer = setting.engine->Run(*prepared, {});
    if (!answer.ok()) return state.SkipWithError(answer.error().message.c_str());
    while (true) {
      auto next = answer->Next();
      if (!next.ok()) return state.SkipWithError(next.error().message.c_str());
      if (!*next) break;
    }
    rows = answer->row_count();
  }
  state.counters["rows"] = static_cast<double>(rows);
}

void MeaningOnly(benchmark::State& state, Setting& setting, const std::string& sql) {
  for (auto _ : state) benchmark::DoNotOptimize(setting.engine->Prepare(sql, {}, setting.now));
}

std::vector<std::filesystem::path> Questions(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

// Opens the database with the first question that is asked.
Setting* Open() {
  static Setting setting;
  static bool tried = false;
  if (tried) return setting.engine == nullptr ? nullptr : &setting;
  tried = true;
  const char* database = std::getenv("CASEBOOK_BENCHMARK_DATABASE");
  const char* now = std::getenv("CASEBOOK_BENCHMARK_NOW");
  const auto time = ParseTimestamp(now == nullptr ? "" : now);
  if (database == nullptr || !time) return nullptr;
  auto engine = QueryEngine::Open(database, {}, setting.catalog);
  if (!engine.ok()) std::fprintf(stderr, "%s\n", engine.error().message.c_str());
  if (!engine.ok()) return nullptr;
  setting.engine = std::make_unique<QueryEngine>(std::move(engine).value());
  setting.now = *time;
  return &setting;
}

template <typename Function>
void Register(const std::string& name, const std::string& sql, Function ask) {
  benchmark::RegisterBenchmark(name.c_str(), [sql, ask](benchmark::State& state) {
    Setting* setting = Open();
    if (setting == nullptr) return state.SkipWithError("CASEBOOK_BENCHMARK_DATABASE and CASEBOOK_BENCHMARK_NOW are needed");
    ask(state, *setting, sql);
  })->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
}

bool RegisterQuestions() {
  for (const char* folder : {"description", "analyst"}) {
    for (const auto& file : Questions(std::filesystem::path(CASEBOOK_SOURCE_DIR) / "docs/queries" / folder)) {
      const std::string sql = ReadFile(file, sql::kMaxQueryBytes).value();
      const std::string name = std::string(folder) + "/" + file.stem().string();
      Register(name + "/meaning", sql, MeaningOnly);
      Register(name + "/answer", sql, AskAgainAndAgain);
    }
  }
  return true;
}

const bool kRegistered = RegisterQuestions();

}  // namespace
}  // namespace casebook
