#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "landing/record_splitter.h"

namespace casebook {
namespace {

constexpr size_t kTextBytes = size_t{32} << 20U;

// Lines of the shape of case events: many short strings, some nesting, now and then an escape.
std::string Lines() {
  std::string text;
  for (size_t i = 0; text.size() < kTextBytes; ++i) {
    const std::string id = std::to_string(1'000'003 * i % 999'999'937);
    text += R"({"version":"0","id":"0a7d3c52-9b1e-4f60-8d24-)" + id +
            R"(","detail-type":"Amazon Connect Cases Change","source":"aws.cases","account":"111122223333","time":)"
            R"("2025-03-28T16:42:11Z","region":"eu-west-2","detail":{"eventType":"CASE.UPDATED","case":{"caseId":")" +
            id + R"(","fields":{"status":{"value":{"stringValue":"open"}},"b":{"value":{"booleanValue":false}},"title":)"
            R"({"value":{"stringValue":"Direct debit \"doubled\" without notice"}},"n":{"value":{"doubleValue":)" +
            id + "}}}}}}\n";
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

}  // namespace
}  // namespace casebook
