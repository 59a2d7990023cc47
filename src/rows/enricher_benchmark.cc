// The price of a record on its way to rows, over the sample case events.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/file.h"
#include "events/case_event.h"
#include "events/json.h"
#include "events/record_kind.h"
#include "rows/enricher.h"

namespace casebook {
namespace {

const std::filesystem::path kSamples = std::filesystem::path(CASEBOOK_SOURCE_DIR) / "samples";

// The lines of a sample file, in one buffer with padding behind it.
struct SampleLines {
  explicit SampleLines(const char* file) : text(ReadFile(kSamples / file).value()) {
    const size_t size = text.size();
    text.append(Enricher::kPadding, ' ');
    for (size_t begin = 0; begin < size;) {
      const size_t end = std::min(text.find('\n', begin), size);
      if (end > begin) lines.push_back(std::string_view(text).substr(begin, end - begin));
      begin = end + 1;
    }
    for (const std::string_view line : lines) bytes += line.size();
  }
  std::string text;
  std::vector<std::string_view> lines;
  size_t bytes = 0;
};

std::shared_ptr<const FieldCatalogue> SampleCatalogue() {
  const std::string text = ReadFile(kSamples / "case_field_catalogue.json").value();
  return std::make_shared<const FieldCatalogue>(FieldCatalogue().MergedWith(text).value());
}

void CountBytes(benchmark::State& state, const SampleLines& lines) {
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) * static_cast<int64_t>(lines.bytes));
}

constexpr int kRoundsPerBatch = 100;

void Enrich(benchmark::State& state, const char* file) {
  const SampleLines lines(file);
  Enricher enricher(SampleCatalogue(), {});
  EnrichedRows rows;
  const RecordOrigin origin{.received_at = {}, .source = "sample"};
  int round = 0;
  for (auto _ : state) {
    for (const std::string_view line : lines.lines) enricher.Add(origin, line, rows);
    if (++round % kRoundsPerBatch == 0) rows.Clear();
  }
  CountBytes(state, lines);
}
BENCHMARK_CAPTURE(Enrich, case_events, "case_events.ndjson");
BENCHMARK_CAPTURE(Enrich, contact_events, "contact_events.ndjson");
BENCHMARK_CAPTURE(Enrich, contact_records, "ctr_events.ndjson");

void DecodeCaseEvents(benchmark::State& state) {
  const SampleLines lines("case_events.ndjson");
  JsonReader reader;
  CaseEvent event;
  for (auto _ : state) {
    for (const std::string_view line : lines.lines) {
      Feed feed{};
      if (reader.Open(line) || TellFeed(reader, feed) || DecodeCaseEvent(reader, event)) state.SkipWithError("fault");
      benchmark::DoNotOptimize(event.fields.data());
    }
  }
  CountBytes(state, lines);
}
BENCHMARK(DecodeCaseEvents);

}  // namespace
}  // namespace casebook
