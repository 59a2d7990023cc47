#include "tests/source_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace casebook {
namespace {

using ::testing::ElementsAre;

TEST(SourceTreeTest, IncludesAreFoundWithTheirLines) {
  const SourceFile file{"a/b.cc", "a", {"#include \"a/b.h\"", "", "#include <vector>", "// #include <map>"}};

  const std::vector<Include> includes = IncludesOf(file);

  ASSERT_EQ(includes.size(), 2U);
  EXPECT_EQ(includes[0].target, "a/b.h");
  EXPECT_FALSE(includes[0].angled);
  EXPECT_EQ(includes[1].target, "vector");
  EXPECT_EQ(includes[1].line, 3U);
}

TEST(SourceTreeTest, TheLongestFolderWins) {
  const Layers layers =
      ParseLayers({"LAYERS", "", {"# comment", "base:", "engines: base", "engines/duckdb: base engines"}});

  EXPECT_EQ(FolderOf("engines/duckdb/emitter.h", layers), "engines/duckdb");
  EXPECT_EQ(FolderOf("engines/engine.h", layers), "engines");
  EXPECT_EQ(FolderOf("vector", layers), "");
  EXPECT_TRUE(layers.at("engines/duckdb").contains("engines"));
}

TEST(SourceTreeTest, LinksOfALineAreFound) {
  EXPECT_THAT(LinksOf("see [a](docs/a.md) and [b](b.md#part), not (this)"), ElementsAre("docs/a.md", "b.md#part"));
}

}  // namespace
}  // namespace casebook
