// Trees of whole queries, from files: `query`, a line `-- tree`, the tree, an empty line between cases.
//
// CASEBOOK_UPDATE_GOLDEN=1 rewrites the trees; `git diff` is the review.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "sql/equal.h"
#include "sql/parser.h"
#include "sql/printer.h"
#include "sql/tree_string.h"

namespace casebook::sql {
namespace {

constexpr std::string_view kTreeLine = "-- tree\n";

struct GoldenCase {
  std::string sql;
  std::string tree;
};

std::filesystem::path Folder() { return std::filesystem::path(CASEBOOK_SOURCE_DIR) / "src/sql/testdata"; }

std::string ReadText(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<GoldenCase> ReadCases(const std::filesystem::path& path) {
  std::vector<GoldenCase> cases;
  const std::string text = ReadText(path);
  size_t at = 0;
  while (at < text.size()) {
    const size_t tree = text.find(kTreeLine, at);
    if (tree == std::string::npos) break;
    const size_t begin = tree + kTreeLine.size();
    const size_t blank = std::min(text.find("\n\n", begin == 0 ? 0 : begin - 1), text.size() - 1);
    cases.push_back({text.substr(at, tree - at), text.substr(begin, blank + 1 - begin)});
    at = blank + 2;
  }
  return cases;
}

// The tree of `sql`, or the message and the excerpt of its error.
std::string TreeOf(const std::string& sql) {
  const auto script = ParseScript(sql);
  return script.ok() ? TreeToString(script.value()) : FormatError(sql, script.error()) + "\n";
}

bool Updating() {
  const char* update = std::getenv("CASEBOOK_UPDATE_GOLDEN");
  return update != nullptr && std::string_view(update) == "1";
}

void Rewrite(const std::filesystem::path& path, const std::vector<GoldenCase>& cases) {
  std::ofstream file(path, std::ios::binary);
  bool first = true;
  for (const GoldenCase& one : cases) {
    file << (first ? "" : "\n") << one.sql << kTreeLine << TreeOf(one.sql);
    first = false;
  }
}

std::vector<std::filesystem::path> Files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(Folder())) {
    if (entry.path().extension() == ".sql-test") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

class GoldenTest : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(GoldenTest, TreesAreAsRecorded) {
  const auto cases = ReadCases(GetParam());
  ASSERT_FALSE(cases.empty());
  if (Updating()) return Rewrite(GetParam(), cases);
  for (const GoldenCase& one : cases) EXPECT_EQ(TreeOf(one.sql), one.tree) << one.sql;
}

// Goal: printing loses nothing. Method: every query of the files is parsed, printed and parsed again.
TEST_P(GoldenTest, PrintedQueriesParseToTheSameTree) {
  for (const GoldenCase& one : ReadCases(GetParam())) {
    const auto script = ParseScript(one.sql);
    if (!script.ok()) continue;
    const std::string printed = Print(script.value());
    const auto again = ParseScript(printed);
    ASSERT_TRUE(again.ok()) << printed << "\n" << FormatError(printed, again.error());
    EXPECT_TRUE(SameTree(script.value(), again.value())) << one.sql << "\nprinted as\n" << printed;
  }
}

std::string NameOf(const testing::TestParamInfo<std::filesystem::path>& file) {
  std::string name = file.param.stem().string();
  std::erase(name, '-');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Files, GoldenTest, testing::ValuesIn(Files()), NameOf);

}  // namespace
}  // namespace casebook::sql
