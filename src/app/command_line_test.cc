#include "app/command_line.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "base/file.h"

namespace casebook {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = CASEBOOK_SOURCE_DIR;

struct Outcome {
  ExitCode code = ExitCode::kOk;
  std::string out;
  std::string err;
};

// What the program answers in a pipe.
Outcome RunCasebook(const std::vector<std::string>& arguments, const std::string& input = "") {
  std::vector<const char*> words = {"casebook"};
  for (const std::string& argument : arguments) words.push_back(argument.c_str());
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  Console console{in, out, err};
  const ExitCode code = RunCommandLine(static_cast<int>(words.size()), words.data(), console);
  return {code, out.str(), err.str()};
}

std::string UsageError(const std::vector<std::string>& arguments) {
  const Outcome outcome = RunCasebook(arguments);
  EXPECT_EQ(outcome.code, ExitCode::kUsage);
  EXPECT_EQ(outcome.out, "");
  return outcome.err;
}

TEST(CommandLineTest, MistakesAreToldInOneSentence) {
  unsetenv("CASEBOOK_DATA");
  EXPECT_EQ(UsageError({}), "casebook: no command given\ntry: casebook --help\n");
  EXPECT_EQ(UsageError({"qury"}),
            "casebook: unknown command \"qury\"; did you mean \"query\"?\ntry: casebook --help\n");
  EXPECT_EQ(UsageError({"verify"}),
            "casebook: no data folder given: add --data DIR, or set CASEBOOK_DATA\ntry: casebook verify --help\n");
  EXPECT_EQ(UsageError({"query", "--data", "d", "--timeot", "1", "SELECT 1"}),
            "casebook: unknown option --timeot; did you mean --timeout?\ntry: casebook query --help\n");
  EXPECT_EQ(
      UsageError({"query", "--data", "d", "SELECT", "1"}),
      "casebook: unexpected argument \"1\"; a query goes in quotes, as one argument\ntry: casebook query --help\n");
  EXPECT_EQ(UsageError({"query", "--data", "d"}),
            "casebook: no query given: write it after the options, or give -f FILE, or -\n");
  EXPECT_EQ(UsageError({"query", "--data", "d", "--parameter", "n:INT64:x", "SELECT 1"}),
            "casebook: parameter \"n\": cannot read \"x\" as INT64\n");
  EXPECT_EQ(UsageError({"query", "--data", "d", "--now", "soon", "SELECT 1"}),
            "casebook: cannot read \"soon\" as a time; write it as 2025-04-03T12:00:00Z\n");
  EXPECT_EQ(UsageError({"record", "--data", "d", "-5"}),
            "casebook: SEQUENCE: \"-5\" is not the number of a record\ntry: casebook record --help\n");
}

TEST(CommandLineTest, EveryCommandHasHelpWithExamples) {
  for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{{"ingest"},
                                                                                       {"query"},
                                                                                       {"shell"},
                                                                                       {"tables"},
                                                                                       {"describe"},
                                                                                       {"catalogue", "import"},
                                                                                       {"rebuild"},
                                                                                       {"verify"},
                                                                                       {"record"}}) {
    std::vector<std::string> words = command;
    words.push_back("--help");
    const Outcome help = RunCasebook(words);
    EXPECT_EQ(help.code, ExitCode::kOk);
    EXPECT_NE(help.out.find("Example"), std::string::npos) << command[0];
  }
  EXPECT_NE(RunCasebook({"--help"}).out.find("Exit codes"), std::string::npos);
  EXPECT_EQ(RunCasebook({"--version"}).out.substr(0, 9), "casebook ");
}

TEST(CommandLineTest, TheSchemaNeedsNoData) {
  EXPECT_NE(RunCasebook({"tables"}).out.find("case_events,"), std::string::npos);
  const Outcome described = RunCasebook({"describe", "my-project.amazon_connect_enriched.CASES", "--format", "jsonl"});
  EXPECT_EQ(described.out.substr(0, described.out.find(',')), "{\"column\":\"id\"");
  const Outcome misspelt = RunCasebook({"describe", "case"});
  EXPECT_EQ(misspelt.code, ExitCode::kError);
  EXPECT_EQ(misspelt.err, "casebook: table \"case\" not found; did you mean \"cases\"?\n");
}

// A data folder with the samples, made once.
class SampleDataTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    data_ = (fs::path(::testing::TempDir()) / "command_line_test_data").string();
    fs::remove_all(data_);
    const Outcome outcome =
        RunCasebook({"ingest", "--data", data_, "--format", "json", (kSource / "samples").string()});
    ASSERT_EQ(outcome.code, ExitCode::kOk) << outcome.err;
    report_ = outcome.out;
  }
  static void TearDownTestSuite() { fs::remove_all(data_); }

  static Outcome Query(std::vector<std::string> arguments) {
    std::vector<std::string> words = {"query", "--data", data_, "--now", "2025-04-03T12:00:00Z"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return RunCasebook(words);
  }
  static std::string AnswerOf(const std::string& description_query) {
    const fs::path file = kSource / "docs/queries/description" / (description_query + ".sql");
    const Outcome outcome = Query({"-f", file.string()});
    EXPECT_EQ(outcome.code, ExitCode::kOk) << outcome.err;
    return outcome.out;
  }

  static inline std::string data_;
  static inline std::string report_;
};

TEST_F(SampleDataTest, IngestReportsByFeed) {
  EXPECT_NE(report_.find(R"({"feed":"case_events","read":10,"new":9,"duplicate":1,"set_aside":0})"), std::string::npos)
      << report_;
}

TEST_F(SampleDataTest, TheFiveQueriesOfTheDescriptionAreAnswered) {
  EXPECT_EQ(AnswerOf("1_case_volume_by_day"), "date,cases_created\n2025-04-03,2\n2025-03-28,1\n");
  EXPECT_EQ(AnswerOf("2_open_cases"), "open_cases\n2\n");
  EXPECT_EQ(AnswerOf("3_complaints"), "date,complaints\n2025-03-28,1\n");
  EXPECT_EQ(AnswerOf("4_complaints_by_subject"), "subject,count\nBilling,1\n");
  EXPECT_EQ(AnswerOf("5_cases_by_category").substr(0, 15), "category,count\n");
}

TEST_F(SampleDataTest, QueriesComeFromTheCommandLineAFileOrAPipe) {
  const std::string sql = "SELECT COUNT(*) AS n FROM cases";
  EXPECT_EQ(Query({sql}).out, "n\n3\n");
  EXPECT_EQ(RunCasebook({"query", "--data", data_, "-"}, sql).out, "n\n3\n");
  EXPECT_EQ(Query({"--format", "json", sql}).out, "[\n  {\"n\":3}\n]\n");
  EXPECT_EQ(Query({"--parameter", "id::%", "--parameter", "n:INT64:2", "SELECT @n AS n, @id AS id"}).out,
            "n,id\n2,%\n");
}

TEST_F(SampleDataTest, ExitCodesTellWhatWentWrong) {
  EXPECT_EQ(Query({"SELECT nothing FROM cases"}).code, ExitCode::kError);
  EXPECT_EQ(Query({"SELECT id, opened_at AS ID FROM cases"}).err,
            "casebook: the answer has several columns of one name: ID; rename them with AS\n");
  EXPECT_EQ(Query({"-f", "/no/such/file"}).code, ExitCode::kError);
  EXPECT_EQ(Query({"--max-rows", "1", "SELECT id FROM cases"}).code, ExitCode::kLimit);
  EXPECT_EQ(RunCasebook({"query", "--data", "/no/such/folder", "SELECT 1"}).code, ExitCode::kError);
  EXPECT_EQ(RunCasebook({"record", "--data", data_, "99999"}).code, ExitCode::kError);
}

TEST_F(SampleDataTest, TheShellAsksStatementAfterStatement) {
  const Outcome outcome =
      RunCasebook({"shell", "--data", data_},
                  "SELECT COUNT(*) AS n\nFROM cases; -- three\nSELECT ';' AS t;\n\\d nothing\nSELECT 1;\n");
  EXPECT_EQ(outcome.out, "n\n3\nt\n;\n");
  EXPECT_EQ(outcome.code, ExitCode::kError);
  EXPECT_EQ(outcome.err, "casebook: table \"nothing\" not found; casebook tables lists them\n");
  EXPECT_EQ(RunCasebook({"shell", "--data", data_}, "\\f jsonl\nSELECT 1 AS one\n").out, "{\"one\":1}\n");
  EXPECT_EQ(RunCasebook({"shell", "--data", data_}, "exit;\nSELECT 1;").out, "");
}

TEST_F(SampleDataTest, RecordsComeBackByteForByte) {
  const std::string sequence = Query({"SELECT MIN(meta_sequence) AS s FROM case_events"}).out.substr(2);
  const Outcome record = RunCasebook({"record", "--data", data_, sequence.substr(0, sequence.size() - 1)});
  ASSERT_EQ(record.code, ExitCode::kOk) << record.err;
  const auto samples = ReadFile(kSource / "samples/case_events.ndjson");
  EXPECT_NE(samples->find(record.out), std::string::npos);
}

TEST_F(SampleDataTest, SoundDataVerify) {
  const Outcome outcome = RunCasebook({"verify", "--data", data_});
  EXPECT_EQ(outcome.code, ExitCode::kOk) << outcome.err;
  EXPECT_NE(outcome.out.find("all is well"), std::string::npos);
}

TEST_F(SampleDataTest, RebuildingChangesNoAnswer) {
  const std::string sql = "SELECT id, detail_event_type, meta_sequence FROM case_events ORDER BY 1, 2, 3";
  const std::string before = Query({sql}).out;
  ASSERT_EQ(RunCasebook({"rebuild", "--data", data_}).code, ExitCode::kOk);
  EXPECT_EQ(Query({sql}).out, before);
}

TEST(CatalogueCommandTest, ImportShowsWhereEachFieldGoes) {
  const fs::path folder = fs::path(::testing::TempDir()) / "catalogue_command_test";
  fs::remove_all(folder);
  fs::create_directories(folder);
  const auto write = [&](const char* name, const std::string& content) {
    EXPECT_TRUE(WriteFileAtomically(RealFileSystem(), folder / name, content).ok());
    return (folder / name).string();
  };
  const std::string fields = write("fields.json", R"({"fields":[
    {"fieldId":"f-1","name":"Level 1","type":"SingleSelect","namespace":"Custom"},
    {"fieldId":"f-2","name":"Area","type":"Text","namespace":"Custom"}]})");
  const std::string options = write("options.json", R"({"options":[{"active":true,"name":"Billing","value":"b"}]})");

  const Outcome outcome = RunCasebook({"catalogue", "import", "--data", (folder / "data").string(), fields,
                                       "f-1=" + options, "--bind", "f-2=complaint_subject"});
  EXPECT_EQ(outcome.code, ExitCode::kOk) << outcome.err;
  EXPECT_NE(outcome.out.find("f-1,Level 1,SingleSelect,level_1,1\n"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("f-2,Area,Text,complaint_subject,0\n"), std::string::npos) << outcome.out;

  EXPECT_EQ(
      RunCasebook({"catalogue", "import", "--data", (folder / "data").string(), fields, "--bind", "f-2=nothing"}).err,
      "casebook: no field can be bound to the column \"nothing\"\n");
  fs::remove_all(folder);
}

}  // namespace
}  // namespace casebook
