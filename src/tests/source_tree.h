// SourceTree: the repository's own files as text, for the checks of the house.
//
// Not a C++ parser: it knows lines and #include directives. Only tests use it.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace casebook {

struct SourceFile {
  std::string path;    // below the repository, as `src/base/file.h`
  std::string folder;  // as src/LAYERS names it: `base`, `engines/duckdb`; "" outside src/
  std::vector<std::string> lines;
};

struct Include {
  std::string target;  // between the quotes or angles
  bool angled = false;
  size_t line = 0;  // from 1
};

// All files below `root` whose names end in one of `endings`; build/, data/ and hidden folders are passed over.
std::vector<SourceFile> ReadSourceTree(const std::filesystem::path& root, const std::vector<std::string_view>& endings);

std::vector<Include> IncludesOf(const SourceFile& file);

// folder → the folders it may include, from the text of src/LAYERS.
using Layers = std::map<std::string, std::set<std::string>>;
Layers ParseLayers(const SourceFile& file);

// The folder of `path` (below src/), the longest that `layers` names; "" where none fits.
std::string FolderOf(std::string_view path, const Layers& layers);

// The targets of `[text](target)` in a Markdown line.
std::vector<std::string> LinksOf(std::string_view line);

}  // namespace casebook
