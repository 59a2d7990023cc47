#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "landing/landing_log.h"
#include "landing/landing_reader.h"
#include "landing/record_splitter.h"

namespace casebook {
namespace {

constexpr size_t kTextBytes = size_t{32} << 20U;

// Words and identifiers that do not repeat, so that the text compresses about as events do.
class Scribe {
 public:
  std::string Hex(size_t digits) {
    std::string text;
    while (text.size() < digits) text += "0123456789abcdef"[random_() % 16];
    return text;
  }
  std::string Uuid() { return Hex(8) + "-" + Hex(4) + "-4" + Hex(3) + "-8" + Hex(3) + "-" + Hex(12); }
  std::string Words(size_t count) {
    static constexpr std::string_view kWords[] = {"direct", "debit",   "doubled", "without", "notice",  "meter",
                                                  "reading", "refund", "nobody",  "told",    "account", "smart",
                                                  "tariff",  "wrong",  "charged", "\\\"twice\\\"", "winter", "letter"};
    std::string text;
    for (; count > 0; --count) text.append(kWords[random_() % std::size(kWords)]).append(" ");
    return text;
  }
  std::string Number(size_t below) { return std::to_string(random_() % below); }

 private:
  std::mt19937 random_{1};
};

std::string Field(const std::string& id, const std::string& arm) { return "\"" + id + "\":{\"value\":{" + arm + "}},"; }

// Lines of the shape of case events: many short strings, some nesting, now and then an escape.
std::string Lines() {
  Scribe scribe;
  std::vector<std::string> field_ids(8);
  for (std::string& id : field_ids) id = scribe.Uuid();
  std::string text;
  while (text.size() < kTextBytes) {
    const std::string case_id = scribe.Uuid();
    const std::string time = "2025-03-" + std::to_string(10 + text.size() % 20) + "T16:" + scribe.Hex(2) + ":11.";
    text += R"({"version":"0","id":")" + scribe.Uuid() +
            R"(","detail-type":"Amazon Connect Cases Change","source":"aws.cases","account":"111122223333","time":")" +
            time + R"(Z","region":"eu-west-2","resources":["arn:aws:cases:eu-west-2:111122223333:domain/)" +
            R"(3c9e7f52-4a1b-4d0e-8f6a-90b1c2d3e4f5/case/)" + case_id +
            R"("],"detail":{"version":"0","eventType":"CASE.UPDATED","approximateChangeTime":")" + time +
            scribe.Number(1000) + R"(Z","case":{"caseId":")" + case_id + R"(","fields":{)";
    for (const std::string& id : field_ids) text += Field(id, R"("stringValue":")" + scribe.Words(2) + "\"");
    text += Field("summary", R"("stringValue":")" + scribe.Words(20) + "\"");
    text += Field("reference_number", R"("doubleValue":)" + scribe.Number(1'000'000'000));
    text += R"("status":{"value":{"stringValue":"open"}}}}}})" "\n";
  }
  return text;
}

void BM_Split(benchmark::State& state) {
  const std::string text = Lines();
  const auto piece_bytes = static_cast<size_t>(state.range(0));
  std::vector<SplitRecord> records;
  for (auto _ : state) {
    RecordSplitter splitter;
    for (size_t at = 0; at < text.size(); at += piece_bytes) {
      records.clear();
      splitter.Feed(std::string_view(text).substr(at, piece_bytes), records);
    }
    records.clear();
    splitter.Finish(records);
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
}
BENCHMARK(BM_Split)->Arg(64 << 10)->Arg(512 << 10)->Arg(64 << 20);

// Takes what it is given and stores nothing: what is left is the price of framing, checksums and compression.
class NoDisk final : public FileSystem {
 public:
  explicit NoDisk(uint64_t& bytes) : bytes_(bytes) {}
  Result<std::unique_ptr<AppendFile>> OpenForAppend(const std::filesystem::path&) override {
    return std::unique_ptr<AppendFile>(std::make_unique<File>(bytes_));
  }
  Status Rename(const std::filesystem::path&, const std::filesystem::path&) override { return {}; }
  Status Remove(const std::filesystem::path&) override { return {}; }
  Status Truncate(const std::filesystem::path&, uint64_t) override { return {}; }
  Status SyncDirectory(const std::filesystem::path&) override { return {}; }

 private:
  class File final : public AppendFile {
   public:
    explicit File(uint64_t& bytes) : bytes_(bytes) {}
    Status Append(std::string_view bytes) override {
      bytes_ += bytes.size();
      return {};
    }
    Status Sync() override { return {}; }

   private:
    uint64_t& bytes_;
  };
  uint64_t& bytes_;
};

std::filesystem::path FreshDirectory() {
  const auto directory = std::filesystem::temp_directory_path() / "casebook_landing_benchmark";
  std::filesystem::remove_all(directory);
  return directory;
}

std::vector<SplitRecord> SplitAll(std::string_view text) {
  std::vector<SplitRecord> records;
  RecordSplitter splitter;
  splitter.Feed(text, records);
  return records;
}

void AppendAll(LandingLog& log, const std::vector<SplitRecord>& records) {
  NewRecord record;
  record.source = "lines.ndjson";
  for (const SplitRecord& split : records) {
    record.source_offset = split.offset;
    record.bytes = split.bytes;
    if (!log.Append(record).ok()) std::abort();
  }
  if (!log.Sync().ok()) std::abort();
}

void BM_AppendWithoutDisk(benchmark::State& state) {
  const std::string text = Lines();
  const std::vector<SplitRecord> records = SplitAll(text);
  uint64_t stored = 0;
  NoDisk files(stored);
  for (auto _ : state) {
    LandingLog log = LandingLog::Open(FreshDirectory(), files, {.compression_level = static_cast<int>(state.range(0))}).value();
    AppendAll(log, records);
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
  state.counters["plain/stored"] = static_cast<double>(state.iterations()) * static_cast<double>(text.size()) / static_cast<double>(stored);
}
BENCHMARK(BM_AppendWithoutDisk)->Arg(-10)->Arg(-5)->Arg(-3)->Arg(-1)->Arg(1)->Unit(benchmark::kMillisecond);

void BM_AppendAndSync(benchmark::State& state) {
  const std::string text = Lines();
  const std::vector<SplitRecord> records = SplitAll(text);
  for (auto _ : state) {
    LandingLog log = LandingLog::Open(FreshDirectory()).value();
    AppendAll(log, records);
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
}
BENCHMARK(BM_AppendAndSync)->Unit(benchmark::kMillisecond)->UseRealTime();

void BM_Read(benchmark::State& state) {
  const std::string text = Lines();
  const auto directory = FreshDirectory();
  {
    LandingLog log = LandingLog::Open(directory).value();
    AppendAll(log, SplitAll(text));
  }
  LandedBatch batch;
  for (auto _ : state) {
    LandingReader reader = LandingReader::Open(directory).value();
    do {
      if (!reader.NextBatch(batch).ok()) std::abort();
    } while (!batch.records.empty());
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
}
BENCHMARK(BM_Read)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace casebook
