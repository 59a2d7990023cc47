// From the text of each query of docs/queries/description to the engine's SQL; promised are 0.3 ms in the median.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <string>

#include "analysis/distinct_counts.h"
#include "analysis/resolver.h"
#include "analysis/rows_an_id.h"
#include "base/file.h"
#include "engines/duckdb/emitter.h"
#include "schema/dataset.h"
#include "sql/parser.h"

namespace casebook::engines {
namespace {

constexpr int kRepetitions = 11;
constexpr Timestamp kNow{1743681600'000000};  // 2025-04-03T12:00:00Z

void FrontEnd(benchmark::State& state, const char* name) {
  const std::filesystem::path folder(CASEBOOK_SOURCE_DIR "/docs/queries/description");
  const std::string query = ReadFile(folder / (std::string(name) + ".sql")).value();
  const DatasetCatalog catalog;
  analysis::ResolveOptions options;
  options.now = kNow;
  for (auto _ : state) {
    const auto parsed = sql::ParseQuery(query);
    auto resolved = analysis::Resolve(*parsed.value(), catalog, options);
    analysis::ReadRowsAnId(resolved.value());
    analysis::CountDistinctTogether(resolved.value());
    auto emitted = EmitDuckDb(resolved.value());
    benchmark::DoNotOptimize(emitted.value());
  }
}

#define FRONT_END(name)                       \
  BENCHMARK_CAPTURE(FrontEnd, name, #name)    \
      ->Repetitions(kRepetitions)             \
      ->ReportAggregatesOnly()                \
      ->Unit(benchmark::kMicrosecond)

FRONT_END(1_case_volume_by_day);
FRONT_END(2_open_cases);
FRONT_END(3_complaints);
FRONT_END(4_complaints_by_subject);
FRONT_END(5_cases_by_category);

#undef FRONT_END

}  // namespace
}  // namespace casebook::engines
