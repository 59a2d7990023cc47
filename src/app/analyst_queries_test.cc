// Goal: what an analyst asks is understood as meant, and answered right from the samples.
// Method: each file of docs/queries/ has a golden file in testdata/: its resolved tree, the engine's SQL and the answer
// at one instant. CASEBOOK_UPDATE_GOLDEN=1 rewrites them; the answers were worked out by hand from samples/.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "analysis/resolver.h"
#include "app/row_writer.h"
#include "base/clock.h"
#include "base/file.h"
#include "ingest/ingest.h"
#include "queries/query_engine.h"
#include "schema/dataset.h"
#include "sql/parser.h"

namespace casebook {
namespace {

namespace fs = std::filesystem;

constexpr Timestamp kNow{1743681600'000000};      // 2025-04-03T12:00:00Z
constexpr Timestamp kArrival{1743679800'000000};  // half an hour before
constexpr const char* kFolders[] = {"analyst", "description"};

const fs::path kSource(CASEBOOK_SOURCE_DIR);

// The files of the query folders, as `folder/name` without the ending.
std::vector<std::string> QueryNames() {
  std::vector<std::string> names;
  for (const char* folder : kFolders) {
    for (const auto& file : fs::directory_iterator(kSource / "docs/queries" / folder)) {
      if (file.path().extension() == ".sql") names.push_back(std::string(folder) + "/" + file.path().stem().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

fs::path GoldenPath(const std::string& name) { return kSource / "src/app/testdata" / (name + ".golden"); }

std::string TestName(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '/', '_');
  return name;
}

// The samples, taken in once for all queries.
class Samples {
 public:
  Samples() : path_(fs::temp_directory_path() / ("casebook_analyst_queries_" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
    const FixedClock clock(kArrival);
    const auto report =
        Ingest({.data = path_, .inputs = {kSource / "samples"}, .catalogue = {}, .progress = {}, .clock = &clock});
    EXPECT_TRUE(report.ok()) << report.error().message;
    engine_ = std::make_unique<QueryEngine>(QueryEngine::Open(DatabasePath(path_), {.threads = 1}, catalog_).value());
  }
  ~Samples() {
    engine_.reset();
    fs::remove_all(path_);
  }
  Samples(const Samples&) = delete;
  Samples& operator=(const Samples&) = delete;

  const Catalog& catalog() const { return catalog_; }
  QueryEngine& engine() { return *engine_; }

 private:
  const fs::path path_;
  const DatasetCatalog catalog_;
  std::unique_ptr<QueryEngine> engine_;
};

class AnalystQueriesTest : public testing::TestWithParam<std::string> {
 protected:
  static void SetUpTestSuite() { samples_ = std::make_unique<Samples>(); }
  static void TearDownTestSuite() { samples_.reset(); }

  static std::string Query(const std::string& name) {
    return ReadFile(kSource / "docs/queries" / (name + ".sql")).value();
  }

  static std::string Tree(const std::string& sql) {
    const auto parsed = sql::ParseQuery(sql);
    if (!parsed.ok()) return sql::FormatErrorLine(sql, parsed.error()) + "\n";
    analysis::ResolveOptions options;
    options.now = kNow;
    const auto resolved = analysis::Resolve(**parsed, samples_->catalog(), options);
    if (!resolved.ok()) return sql::FormatErrorLine(sql, resolved.error()) + "\n";
    return analysis::PrintResolved(*resolved);
  }

  static Answer Run(const PreparedQuery& prepared) {
    auto answer = samples_->engine().Run(prepared, {});
    EXPECT_TRUE(answer.ok()) << answer.error().message;
    return std::move(answer).value();
  }

  static std::vector<std::vector<AnswerValue>> AllRows(Answer& answer) {
    std::vector<std::vector<AnswerValue>> rows;
    while (true) {
      auto next = answer.Next();
      EXPECT_TRUE(next.ok()) << next.error().message;
      if (!next.ok() || !*next) return rows;
      for (auto& row : **next) rows.push_back(std::move(row));
    }
  }

  static std::string Csv(const PreparedQuery& prepared) {
    Answer answer = Run(prepared);
    std::ostringstream text;
    WriteRows(*MakeRowWriter(OutputFormat::kCsv, text, {}), answer.columns(), AllRows(answer));
    return text.str();
  }

  static std::unique_ptr<Samples> samples_;
};

std::unique_ptr<Samples> AnalystQueriesTest::samples_;

// One row a line: no value of a query of the description has a line's end in it.
std::string WithSortedRows(const std::string& csv) {
  std::istringstream lines(csv);
  std::string header;
  std::getline(lines, header);
  std::vector<std::string> rows;
  for (std::string line; std::getline(lines, line);) rows.push_back(line);
  std::sort(rows.begin(), rows.end());
  std::string text = header + "\n";
  for (const std::string& row : rows) text += row + "\n";
  return text;
}

TEST_P(AnalystQueriesTest, TreeSqlAndAnswerAreAsReviewed) {
  const std::string query = Query(GetParam());
  const auto prepared = samples_->engine().Prepare(query, {}, kNow);
  ASSERT_TRUE(prepared.ok()) << sql::FormatErrorLine(query, prepared.error());
  // The queries of the description leave open how ties are ordered; all others order their rows wholly.
  const bool is_ordered = GetParam().starts_with("analyst/");
  const std::string csv = Csv(*prepared);
  const std::string got = "-- tree\n" + Tree(query) + "-- duckdb\n" + prepared->engine_sql + "\n-- answer\n" +
                          (is_ordered ? csv : WithSortedRows(csv));

  const fs::path path = GoldenPath(GetParam());
  if (std::getenv("CASEBOOK_UPDATE_GOLDEN") != nullptr) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << got;
  } else {
    const auto wanted = ReadFile(path);
    ASSERT_TRUE(wanted.ok()) << wanted.error().message;
    EXPECT_EQ(got, *wanted);
  }
}

TEST_P(AnalystQueriesTest, QueryBeginsWithItsQuestion) {
  if (!GetParam().starts_with("analyst/")) return;
  const std::string query = Query(GetParam());
  EXPECT_TRUE(query.starts_with("-- ")) << query;
  EXPECT_NE(query.find("\nORDER BY "), std::string::npos) << "without an order the answer is not one text";
}

INSTANTIATE_TEST_SUITE_P(Files, AnalystQueriesTest, testing::ValuesIn(QueryNames()), TestName);

TEST(AnalystQueries, EveryGoldenFileHasItsQuery) {
  for (const char* folder : kFolders) {
    for (const auto& file : fs::directory_iterator(kSource / "src/app/testdata" / folder)) {
      const fs::path query = kSource / "docs/queries" / folder / file.path().stem().concat(".sql");
      EXPECT_TRUE(fs::exists(query)) << file.path();
    }
  }
}

}  // namespace
}  // namespace casebook
