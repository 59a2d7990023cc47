// From the text of a reference query to the engine's SQL; promised are 0.3 ms.
#include <benchmark/benchmark.h>

#include <fstream>
#include <sstream>

#include "analysis/resolver.h"
#include "engines/duckdb/emitter.h"
#include "engines/duckdb/tables_for_test.h"
#include "sql/parser.h"

namespace casebook::engines {
namespace {

void FrontEnd(benchmark::State& state) {
  const std::string query =
      "SELECT DATE(detail_case_createddatetime) AS date, COUNT(DISTINCT id) AS complaints\n"
      "FROM `soe-prod-data-core-7529.amazon_connect_enriched.case_events`\n"
      "WHERE detail_case_fields_is_complaint = TRUE AND detail_event_type = 'CASE.CREATED'\n"
      "  AND detail_case_createddatetime >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 30 DAY)\n"
      "GROUP BY date ORDER BY date DESC";
  const TestTables tables;
  const analysis::ResolveOptions options = TestOptions();
  for (auto _ : state) {
    auto parsed = sql::ParseQuery(query);
    auto resolved = analysis::Resolve(*parsed.value(), tables, options);
    auto emitted = EmitDuckDb(resolved.value());
    benchmark::DoNotOptimize(emitted);
  }
}
BENCHMARK(FrontEnd);

}  // namespace
}  // namespace casebook::engines
