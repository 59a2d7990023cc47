#include "simulator/config.h"

#include <gtest/gtest.h>

#include "simulator/simulation_test_support.h"

namespace casebook {
namespace {

Result<SimulationConfig> Read(std::string_view text) {
  SimulatedFolder folder;
  return ReadSimulationConfig(folder.WriteConfig(text));
}

std::string Refusal(std::string_view text) {
  const auto config = Read(text);
  if (!config.ok()) return config.error().message;
  const Status status = CheckSimulationConfig(*config);
  return status.ok() ? "" : status.error().message;
}

TEST(SimulationConfigTest, DefaultsAreInOrder) { EXPECT_TRUE(CheckSimulationConfig({}).ok()); }

TEST(SimulationConfigTest, AFileChangesWhatItNames) {
  const auto config = Read(R"(
[staff]
comfort = 0.5
minimum = 1
[arrivals]
weekdays = [1, 1, 1, 1, 1, 0, 0]
[[storm]]
name = "frost"
at = 0.25
hours = 12
factor = 3.5
intent = "prepayment_top_up"
)");
  ASSERT_TRUE(config.ok()) << config.error().message;
  EXPECT_EQ(config->staff.comfort, 0.5);
  EXPECT_EQ(config->staff.minimum, 1);
  EXPECT_EQ(config->arrivals.weekdays[6], 0);
  ASSERT_EQ(config->storms.size(), 1U);
  EXPECT_EQ(config->storms[0].name, "frost");
  EXPECT_EQ(config->cases.reopened, SimulationConfig{}.cases.reopened);
  EXPECT_TRUE(CheckSimulationConfig(*config).ok());
}

// The page shows a whole configuration file; what it shows must be the defaults.
TEST(SimulationConfigTest, TheDocumentedParametersAreTheDefaults) {
  const std::string page = FileBytes(std::filesystem::path(CASEBOOK_SOURCE_DIR) / "docs/simulator.md");
  const size_t begin = page.find("```toml\n");
  ASSERT_NE(begin, std::string::npos);
  const auto config = Read(page.substr(begin + 8, page.find("```", begin + 8) - begin - 8));
  ASSERT_TRUE(config.ok()) << config.error().message;
  EXPECT_EQ(*config, SimulationConfig{});
}

TEST(SimulationConfigTest, WhatIsNotKnownIsRefusedByName) {
  EXPECT_EQ(Refusal("[staff]\ncomfrot = 1\n"), "simulation parameter staff.comfrot in line 2 is not known");
  EXPECT_NE(Refusal("[stuff]\n").find("stuff"), std::string::npos);
  EXPECT_NE(Refusal("[arrivals]\nmonths = [1]\n").find("12 numbers"), std::string::npos);
  EXPECT_NE(Refusal("[staff]\nminimum = 1.5\n").find("is not whole"), std::string::npos);
  EXPECT_NE(Refusal("[staff\n").find("line 1"), std::string::npos);
}

TEST(SimulationConfigTest, ValuesOutOfRangeAreRefusedByName) {
  EXPECT_NE(Refusal("[cases]\nopen_at_end = 2\n").find("cases.open_at_end"), std::string::npos);
  EXPECT_NE(Refusal("[volume]\ncase_events_per_case = 1\n").find("volume.case_events_per_case"), std::string::npos);
  EXPECT_NE(Refusal("[[storm]]\nname = \"x\"\nintent = \"y\"\n").find("unknown intent y"), std::string::npos);
}

TEST(SimulationConfigTest, AFileThatIsNotThereIsAnError) {
  EXPECT_FALSE(ReadSimulationConfig("/nonexistent/simulator.toml").ok());
}

}  // namespace
}  // namespace casebook
