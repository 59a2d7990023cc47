// Goal: what CONTRIBUTING.md promises about the sources is true of every one of them.
// Method: read them all and look; a failure names the file and the line.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

#include "tests/source_tree.h"

namespace casebook {
namespace {

constexpr size_t kMaxLines = 900;
const std::filesystem::path kRoot = CASEBOOK_SOURCE_DIR;

const std::set<std::string> kWritingSide = {"landing", "events", "rows", "ingest"};
const std::set<std::string> kReadingSide = {"sql", "analysis", "engines/duckdb", "queries"};

class HouseTest : public ::testing::Test {
 protected:
  HouseTest() : layers_(ParseLayers(ReadSourceTree(kRoot / "src", {"LAYERS"}).at(0))) {
    for (SourceFile& file : ReadSourceTree(kRoot / "src", {".h", ".cc"})) {
      file.folder = FolderOf(file.path, layers_);
      sources_.push_back(std::move(file));
    }
  }

  bool IsSource(const std::string& path) const {
    return std::ranges::any_of(sources_, [&](const SourceFile& file) { return file.path == path; });
  }

  Layers layers_;
  std::vector<SourceFile> sources_;  // paths below src/
};

TEST_F(HouseTest, EveryFolderHasALineInLayers) {
  for (const SourceFile& file : sources_) EXPECT_NE(file.folder, "") << file.path << " lies in no folder of src/LAYERS";
}

TEST_F(HouseTest, LayersNameOnlyFoldersAbove) {
  std::set<std::string> above;
  const SourceFile file = ReadSourceTree(kRoot / "src", {"LAYERS"}).at(0);
  for (const std::string& line : file.lines) {
    if (line.empty() || line.starts_with("#")) continue;
    const std::string folder = line.substr(0, line.find(':'));
    for (const std::string& name : layers_.at(folder)) {
      EXPECT_TRUE(above.contains(name)) << folder << " may not include " << name << ", which stands below it";
    }
    above.insert(folder);
  }
}

TEST_F(HouseTest, FoldersIncludeOnlyWhatLayersAllow) {
  for (const SourceFile& file : sources_) {
    if (file.folder.empty()) continue;  // told by another test
    for (const Include& include : IncludesOf(file)) {
      const std::string target = FolderOf(include.target, layers_);
      if (include.angled || target == file.folder) continue;
      EXPECT_TRUE(layers_.at(file.folder).contains(target))
          << file.path << ":" << include.line << " includes \"" << include.target << "\"";
    }
  }
}

TEST_F(HouseTest, WritingAndReadingSideNeverMeet) {
  for (const std::string& writer : kWritingSide) {
    for (const std::string& reader : kReadingSide) {
      EXPECT_FALSE(layers_.at(writer).contains(reader)) << writer << " may include " << reader;
      EXPECT_FALSE(layers_.at(reader).contains(writer)) << reader << " may include " << writer;
    }
  }
}

TEST_F(HouseTest, LibrariesStayInTheirFolders) {
  for (const SourceFile& file : sources_) {
    for (const Include& include : IncludesOf(file)) {
      const std::string at = file.path + ":" + std::to_string(include.line);
      if (include.target.starts_with("simdjson")) {
        EXPECT_EQ(file.folder, "events") << at;
      }
      if (include.target == "duckdb.h") {
        EXPECT_TRUE(file.folder == "duckdb" || file.folder == "engines/duckdb") << at;
      }
    }
  }
}

// With CMakeLists.txt beside this file: every header compiles alone.
TEST_F(HouseTest, ASourceIncludesItsOwnHeaderFirst) {
  for (const SourceFile& file : sources_) {
    if (!file.path.ends_with(".cc")) continue;
    const std::string stem = file.path.substr(0, file.path.size() - 3);
    std::string header = stem + ".h";
    if (!IsSource(header) && stem.ends_with("_test") && !IsSource(stem.substr(0, stem.size() - 5) + ".cc")) {
      header = stem.substr(0, stem.size() - 5) + ".h";
    }
    if (!IsSource(header)) continue;
    const std::vector<Include> includes = IncludesOf(file);
    ASSERT_FALSE(includes.empty()) << file.path;
    EXPECT_EQ(includes[0].target, header) << file.path << ":" << includes[0].line;
  }
}

// CMake takes up every .cc of a folder that has a CMakeLists.txt with casebook_folder().
TEST_F(HouseTest, EverySourceIsBuilt) {
  for (const SourceFile& file : sources_) {
    if (!file.path.ends_with(".cc")) continue;
    const std::filesystem::path folder = (kRoot / "src" / file.path).parent_path();
    EXPECT_TRUE(std::filesystem::exists(folder / "CMakeLists.txt")) << file.path << " is built by nobody";
  }
}

TEST_F(HouseTest, EveryFuzzTargetHasACorpus) {
  for (const SourceFile& file : sources_) {
    if (!file.path.ends_with("_fuzz.cc")) continue;
    const std::filesystem::path corpus = kRoot / "src/tests/corpus" / std::filesystem::path(file.path).stem();
    EXPECT_TRUE(std::filesystem::is_directory(corpus) && !std::filesystem::is_empty(corpus)) << corpus;
  }
}

TEST_F(HouseTest, ADisabledTestSaysWhy) {
  for (const SourceFile& file : sources_) {
    if (file.path == "tests/house_test.cc") continue;
    for (size_t i = 0; i < file.lines.size(); ++i) {
      const std::string& line = file.lines[i];
      const bool is_disabled =
          line.find("DISABLED_") != std::string::npos || line.find("GTEST_SKIP()") != std::string::npos;
      const bool says_why = line.find("GTEST_SKIP() <<") != std::string::npos ||
                            (i > 0 && file.lines[i - 1].find("// ") != std::string::npos);
      EXPECT_TRUE(!is_disabled || says_why) << file.path << ":" << i + 1;
    }
  }
}

TEST_F(HouseTest, NoFileIsTooLongToRead) {
  for (const SourceFile& file : sources_) EXPECT_LE(file.lines.size(), kMaxLines) << file.path;
}

TEST(DocumentsTest, RelativeLinksLeadSomewhere) {
  for (const SourceFile& page : ReadSourceTree(kRoot, {".md"})) {
    for (size_t i = 0; i < page.lines.size(); ++i) {
      for (const std::string& link : LinksOf(page.lines[i])) {
        const std::string target = link.substr(0, link.find('#'));
        if (target.empty() || target.find("://") != std::string::npos) continue;
        const std::filesystem::path path = (kRoot / page.path).parent_path() / target;
        EXPECT_TRUE(std::filesystem::exists(path)) << page.path << ":" << i + 1 << " links to " << link;
      }
    }
  }
}

}  // namespace
}  // namespace casebook
