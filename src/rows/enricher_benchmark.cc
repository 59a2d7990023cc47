// The price of a record on its way to rows: over the samples, or over the files of a folder that `casebook simulate`
// wrote, which CASEBOOK_SIMULATED names.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
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

constexpr size_t kMaxBytes = size_t{200} << 20U;

// The sample file of a feed, or the simulated ones up to kMaxBytes, days of all seasons.
std::string RecordsOf(const std::string& feed) {
  const char* const simulated = std::getenv("CASEBOOK_SIMULATED");
  if (simulated == nullptr) return ReadFile(kSamples / (feed + ".ndjson")).value();
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(std::filesystem::path(simulated) / feed)) {
    files.push_back(file.path());
  }
  std::sort(files.begin(), files.end());
  constexpr size_t kStep = 37;  // a prime: no weekday is left out
  std::string text;
  for (size_t i = 0; i < files.size() && text.size() < kMaxBytes; ++i) {
    text += ReadFile(files[i * kStep % files.size()]).value();
  }
  return text;
}

// The records of a feed, in one buffer with padding behind it.
struct Records {
  explicit Records(const std::string& feed) : text(RecordsOf(feed)) {
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

void CountBytes(benchmark::State& state, const Records& records) {
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) * static_cast<int64_t>(records.bytes));
}

constexpr size_t kBytesPerBatch = size_t{4} << 20U;

void Enrich(benchmark::State& state, const char* feed) {
  const Records records(feed);
  Enricher enricher(SampleCatalogue(), {});
  EnrichedRows rows;
  const RecordOrigin origin{.received_at = {}, .source = "sample"};
  size_t bytes = 0;
  for (auto _ : state) {
    for (const std::string_view record : records.lines) {
      enricher.Add(origin, record, rows);
      bytes += record.size();
      if (bytes < kBytesPerBatch) continue;
      rows.Clear();
      bytes = 0;
    }
  }
  CountBytes(state, records);
}
BENCHMARK_CAPTURE(Enrich, case_events, "case_events");
BENCHMARK_CAPTURE(Enrich, contact_events, "contact_events");
BENCHMARK_CAPTURE(Enrich, ctr_events, "ctr_events");

void DecodeCaseEvents(benchmark::State& state) {
  const Records records("case_events");
  JsonReader reader;
  CaseEvent event;
  for (auto _ : state) {
    for (const std::string_view record : records.lines) {
      Feed feed{};
      if (reader.Open(record) || TellFeed(reader, feed) || DecodeCaseEvent(reader, event)) {
        state.SkipWithError("fault");
      }
      benchmark::DoNotOptimize(event.fields.data());
    }
  }
  CountBytes(state, records);
}
BENCHMARK(DecodeCaseEvents);

}  // namespace
}  // namespace casebook
