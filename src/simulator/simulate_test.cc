#include "simulator/simulate.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include <zlib.h>

#include "base/checksum.h"
#include "simulator/case_fields.h"
#include "simulator/simulation_test_support.h"

namespace casebook {
namespace {

// Relative path → SHA-256.
std::map<std::string, std::string> Digests(const SimulatedFolder& folder) {
  std::map<std::string, std::string> digests;
  for (const auto& file : folder.Files()) {
    digests[std::filesystem::relative(file, folder.path())] = Sha256Hex(FileBytes(file));
  }
  return digests;
}

SimulationOptions SmallOptions(const SimulatedFolder& folder, uint64_t seed = 7) {
  return {.cases = 300,
          .days = 20,
          .scale = {},
          .until = {},
          .seed = seed,
          .out = folder.path(),
          .config = {},
          .progress = {}};
}

std::string Unzipped(const std::filesystem::path& path) {
  const gzFile file = gzopen(path.c_str(), "rb");
  std::string bytes;
  char chunk[65536];
  for (int count = 0; (count = gzread(file, chunk, sizeof(chunk))) > 0;)
    bytes.append(chunk, static_cast<size_t>(count));
  gzclose(file);
  return bytes;
}

TEST(SimulateTest, TheSameSeedGivesTheSameBytes) {
  SimulatedFolder first;
  SimulatedFolder second;
  MustSimulate(SmallOptions(first));
  MustSimulate(SmallOptions(second));
  EXPECT_EQ(Digests(first), Digests(second));
}

TEST(SimulateTest, AnotherSeedGivesOtherBytes) {
  SimulatedFolder first;
  SimulatedFolder second;
  MustSimulate(SmallOptions(first, 7));
  MustSimulate(SmallOptions(second, 8));
  const auto one = Digests(first);
  const auto other = Digests(second);
  EXPECT_NE(one.begin()->second, other.begin()->second);
  EXPECT_NE(one, other);
}

// Goal: bytes do not depend on compiler, libraries or machine. Method: the hash of one feed as it was once made.
TEST(SimulateTest, BytesAreTheSameOnEveryMachine) {
  SimulatedFolder folder;
  SimulationOptions options = SmallOptions(folder, 1);
  options.cases = 20;
  options.days = 3;
  MustSimulate(options);
  std::string all;
  for (const auto& file : folder.Files()) all += FileBytes(file);
  EXPECT_EQ(Sha256Hex(all), "3567c5bb303f328991fca86bb207c6fe6b11d8784218ef26b38cf8ad571e6df2");
}

TEST(SimulateTest, CountsAreExact) {
  for (const auto& [cases, days] :
       std::vector<std::pair<uint64_t, int>>{{1, 1}, {5, 300}, {40, 1}, {333, 9}, {800, 45}}) {
    SimulatedFolder folder;
    SimulationOptions options = SmallOptions(folder, cases);
    options.cases = cases;
    options.days = days;
    const SimulationSummary summary = MustSimulate(options);
    std::set<std::string> case_events, contact_events, contacts, case_ids, event_contacts;
    folder.EachRecord("case_events", [&](const SimpleJson& record) {
      case_events.insert(record["id"].text());
      if (record["detail/eventType"].text() == "CASE.CREATED") case_ids.insert(record["detail/case/caseId"].text());
    });
    folder.EachRecord("contact_events", [&](const SimpleJson& record) {
      contact_events.insert(record["id"].text());
      event_contacts.insert(record["detail/contactId"].text());
    });
    folder.EachRecord("ctr_events", [&](const SimpleJson& record) { contacts.insert(record["ContactId"].text()); });
    const auto count = static_cast<double>(cases);
    EXPECT_EQ(case_ids.size(), cases);
    EXPECT_EQ(case_events.size(), static_cast<size_t>(count * 8.25 + 0.5));
    EXPECT_EQ(contact_events.size(), static_cast<size_t>(count * 18.75 + 0.5));
    EXPECT_EQ(contacts.size(), static_cast<size_t>(count * 2.375 + 0.5));
    EXPECT_EQ(contacts, event_contacts);
    EXPECT_EQ(summary.cases, cases);
  }
}

TEST(SimulateTest, AScaleIsThatPartOfTheDescribedDataset) {
  SimulatedFolder folder;
  SimulationOptions options = SmallOptions(folder);
  options.scale = 0.001;
  options.config = folder.WriteConfig("[staff]\nminimum = 1\n");
  const SimulationSummary summary = MustSimulate(options);
  EXPECT_EQ(summary.cases, 800U);
  EXPECT_EQ(summary.contacts, 1'900U);
  EXPECT_EQ(summary.feeds[0].records, 6'600U);
  EXPECT_EQ(summary.feeds[1].records, 15'000U);
}

TEST(SimulateTest, EveryLineIsOneRecordOfItsKind) {
  const std::map<std::string, std::vector<std::string>> shapes = {
      {"case_events",
       {"version", "id", "detail-type", "source", "account", "time", "region", "resources/1", "detail/eventType",
        "detail/approximateChangeTime", "detail/performedBy/iamPrincipalArn"}},
      {"contact_events",
       {"version", "id", "detail-type", "source", "account", "time", "region", "resources/1", "detail/eventType",
        "detail/contactId", "detail/channel", "detail/instanceArn", "detail/initiationMethod",
        "detail/initiationTimestamp", "detail/tags"}},
      {"ctr_events",
       {"AWSAccountId", "AWSContactTraceRecordFormatVersion", "Agent", "Attributes/intent", "Channel", "ContactId",
        "DisconnectTimestamp", "InitiationMethod", "InitiationTimestamp", "LastUpdateTimestamp", "Queue", "Recordings",
        "SegmentAttributes", "TransferCompletedTimestamp"}},
      {"agent_events",
       {"AWSAccountId", "AgentARN", "CurrentAgentSnapshot/AgentStatus/Name", "EventId", "EventTimestamp", "EventType",
        "PreviousAgentSnapshot", "Version"}},
      {"contact_lens", {"Version", "Channel", "CustomerMetadata/ContactId", "Participants/1", "Transcript/0/Content"}},
      {"reference", {}}};
  SimulatedFolder folder;
  SimulationOptions options = SmallOptions(folder);
  options.config = folder.WriteConfig("[delivery]\ntranscripts = 0.1\n");
  MustSimulate(options);
  for (const auto& [feed, keys] : shapes) {
    uint64_t lines = 0;
    folder.EachRecord(feed, [&, &feed = feed, &keys = keys](const SimpleJson& record) {
      ++lines;
      for (const std::string& key : keys) EXPECT_TRUE(record.Has(key)) << feed << " lacks " << key;
    });
    EXPECT_GT(lines, 3U) << feed;
  }
}

TEST(SimulateTest, RowsAreOfTheSizesOfRealOnes) {
  SimulatedFolder folder;
  MustSimulate(SmallOptions(folder));
  const auto expect_between = [&](const std::string& feed, size_t least, size_t most) {
    folder.EachLine(feed, [&](const std::string& line) {
      EXPECT_GE(line.size(), least);
      EXPECT_LE(line.size(), most);
    });
  };
  expect_between("case_events", 800, 4'300);
  expect_between("contact_events", 750, 2'400);
  expect_between("ctr_events", 1'000, 4'800);
}

TEST(SimulateTest, ABitMoreThanOneRecordInAHundredComesTwice) {
  SimulatedFolder folder;
  SimulationOptions options = SmallOptions(folder);
  options.cases = 2'000;
  MustSimulate(options);
  uint64_t lines = 0;
  uint64_t again = 0;
  std::map<std::string, std::string> seen;  // id → hash of the line
  folder.EachLine("contact_events", [&](const std::string& line) {
    ++lines;
    const std::string id = line.substr(line.find("\"id\":\""), 44);
    const auto [place, is_new] = seen.try_emplace(id, Sha256Hex(line));
    if (is_new) return;
    ++again;
    EXPECT_EQ(place->second, Sha256Hex(line));
  });
  EXPECT_NEAR(static_cast<double>(again) / static_cast<double>(lines), 0.013, 0.003);
}

TEST(SimulateTest, RecordsComeOutOfOrderAndSomeLate) {
  SimulatedFolder folder;
  SimulationOptions options = SmallOptions(folder);
  options.cases = 2'000;
  MustSimulate(options);
  uint64_t backwards = 0;
  uint64_t an_hour_back = 0;
  int64_t latest = 0;
  folder.EachRecord("case_events", [&](const SimpleJson& record) {
    const int64_t time = TimeOf(record["detail/approximateChangeTime"]);
    if (time < latest) ++backwards;
    if (time < latest - 3'600'000) ++an_hour_back;
    latest = std::max(latest, time);
  });
  EXPECT_GT(backwards, 100U);
  EXPECT_GT(an_hour_back, 20U);
}

TEST(SimulateTest, GzipHoldsTheSameBytes) {
  SimulatedFolder plain;
  SimulatedFolder packed;
  MustSimulate(SmallOptions(plain));
  SimulationOptions options = SmallOptions(packed);
  options.gzip = true;
  MustSimulate(options);
  for (const auto& file : plain.Files()) {
    const auto twin = packed.path() / (std::filesystem::relative(file, plain.path()).string() + ".gz");
    EXPECT_EQ(FileBytes(file), Unzipped(twin)) << twin;
  }
}

TEST(SimulateTest, OnlyTheLaterCatalogueKnowsTheFieldOfLaterMaking) {
  SimulatedFolder folder;
  MustSimulate(SmallOptions(folder));
  const std::string key = std::string(case_fields::kSupportNeed);
  EXPECT_EQ(FileBytes(folder.path() / "reference/field_catalogue_1.json").find(key), std::string::npos);
  EXPECT_NE(FileBytes(folder.path() / "reference/field_catalogue_2.json").find(key), std::string::npos);
  const int64_t half = ParseTimestamp("2026-06-20T00:00:00Z")->micros / 1000;
  uint64_t with_field = 0;
  folder.EachRecord("case_events", [&](const SimpleJson& record) {
    if (!record.Has("detail/case/fields")) return;
    const bool has = record.Has("detail/case/fields/" + key);
    EXPECT_EQ(has, TimeOf(record["detail/approximateChangeTime"]) >= half);
    if (has) ++with_field;
  });
  EXPECT_GT(with_field, 100U);
}

TEST(SimulateTest, EveryFieldAndOptionIsInTheCatalogue) {
  SimulatedFolder folder;
  MustSimulate(SmallOptions(folder));
  std::map<std::string, std::set<std::string>> options;
  std::string text = FileBytes(folder.path() / "reference/field_catalogue_2.json");
  text.pop_back();
  const auto parsed = SimpleJson::Parse(text);
  ASSERT_TRUE(parsed);
  for (const auto& [index, field] : (*parsed)["fields"].members()) {
    auto& known = options[field["fieldId"].text()];
    for (const auto& [at, option] : field["options"].members()) known.insert(option["value"].text());
  }
  folder.EachRecord("case_events", [&](const SimpleJson& record) {
    for (const auto& [id, field] : record["detail/case/fields"].members()) {
      ASSERT_TRUE(options.contains(id)) << id;
      if (options[id].empty()) continue;
      EXPECT_TRUE(options[id].contains(field["value/stringValue"].text())) << id << field["value/stringValue"].text();
    }
  });
}

// Goal: memory does not grow with the length of the period. Method: twice the days at the same rate.
TEST(SimulateTest, WhatIsRememberedDoesNotGrowWithTime) {
  const auto pending = [](int days) {
    SimulatedFolder folder;
    SimulationOptions options = SmallOptions(folder);
    options.days = days;
    options.cases = static_cast<uint64_t>(days) * 5;
    options.config = folder.WriteConfig("storm = []\n[staff]\nminimum = 1\n[cases]\nopen_at_end = 1\n");
    return MustSimulate(options);
  };
  const SimulationSummary once = pending(240);
  const SimulationSummary twice = pending(480);
  EXPECT_LT(static_cast<double>(twice.pending_max), 1.5 * static_cast<double>(once.pending_max));
  EXPECT_LT(twice.waiting_bytes_max, 3 * once.waiting_bytes_max);
}

TEST(SimulateTest, AFolderThatHoldsSomethingIsRefused) {
  SimulatedFolder folder;
  std::filesystem::create_directories(folder.path() / "mine");
  const auto summary = Simulate(SmallOptions(folder));
  ASSERT_FALSE(summary.ok());
  EXPECT_NE(summary.error().message.find("is not empty"), std::string::npos);
}

TEST(SimulateTest, OptionsThatMakeNoSenseAreRefused) {
  SimulatedFolder folder;
  SimulationOptions options = SmallOptions(folder);
  options.cases = 0;
  EXPECT_FALSE(Simulate(options).ok());
  options.cases = 10;
  options.days = 0;
  EXPECT_FALSE(Simulate(options).ok());
  options.days = 3;
  options.scale = 0;
  EXPECT_FALSE(Simulate(options).ok());
  EXPECT_FALSE(std::filesystem::exists(folder.path()));
}

TEST(SimulateTest, ProgressComesAfterEachDay) {
  SimulatedFolder folder;
  SimulationOptions options = SmallOptions(folder);
  std::vector<int> days;
  uint64_t bytes = 0;
  options.progress = [&](const SimulationProgress& progress) {
    days.push_back(progress.days_done);
    EXPECT_EQ(progress.days, 20);
    EXPECT_GE(progress.bytes, bytes);
    bytes = progress.bytes;
  };
  const SimulationSummary summary = MustSimulate(options);
  EXPECT_EQ(days.size(), 20U);
  EXPECT_EQ(bytes, summary.bytes);
}

}  // namespace
}  // namespace casebook
