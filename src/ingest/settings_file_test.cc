#include "ingest/settings_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace casebook {
namespace {

class SettingsFileTest : public testing::Test {
 protected:
  SettingsFileTest() { std::filesystem::create_directories(folder_); }
  ~SettingsFileTest() override { std::filesystem::remove_all(folder_); }

  Result<DataSettings> Read(const std::string& content) {
    std::ofstream(folder_ / "casebook.toml") << content;
    return ReadSettings(folder_);
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("casebook_settings_test_" + std::to_string(::getpid()));
};

TEST_F(SettingsFileTest, WithoutAFileTheDefaultsHold) {
  const DataSettings settings = ReadSettings(folder_).value();
  EXPECT_EQ(settings.tables.closed_statuses, (std::vector<std::string>{"Closed", "Resolved"}));
  EXPECT_EQ(settings.enrichment.account_width, 8);
}

TEST_F(SettingsFileTest, SettingsAreReadAndChangeTheRules) {
  const DataSettings defaults = ReadSettings(folder_).value();
  const DataSettings settings = Read("[cases]\nclosed_statuses = [\"Done\"]\naccount_width = 10\n").value();
  EXPECT_EQ(settings.tables.closed_statuses, std::vector<std::string>{"Done"});
  EXPECT_EQ(settings.enrichment.account_width, 10);
  EXPECT_NE(settings.tables.rules, defaults.tables.rules);
}

TEST_F(SettingsFileTest, WhatIsWrongIsNamedWithItsPlace) {
  const std::string file = (folder_ / "casebook.toml").string();
  EXPECT_EQ(Read("[cases]\nclosed = []\n").error().message,
            "setting cases.closed is no setting (" + file + ", line 2, column 10)");
  EXPECT_EQ(Read("[cases]\naccount_width = 0\n").error().message,
            "setting cases.account_width takes a whole number from 1 to 18 (" + file + ", line 2, column 17)");
  EXPECT_FALSE(Read("[cases\n").ok());
}

}  // namespace
}  // namespace casebook
