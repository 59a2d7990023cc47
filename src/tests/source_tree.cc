#include "tests/source_tree.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace casebook {
namespace {

bool IsPassedOver(const std::filesystem::path& name) {
  const std::string text = name.string();
  return text == "build" || text == "data" || (text.starts_with(".") && text != ".ci");
}

std::vector<std::string> ReadLines(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

}  // namespace

std::vector<SourceFile> ReadSourceTree(const std::filesystem::path& root,
                                       const std::vector<std::string_view>& endings) {
  std::vector<SourceFile> files;
  std::filesystem::recursive_directory_iterator entry(root);
  for (; entry != std::filesystem::recursive_directory_iterator(); ++entry) {
    if (entry->is_directory() && IsPassedOver(entry->path().filename())) entry.disable_recursion_pending();
    if (!entry->is_regular_file()) continue;
    const std::string path = entry->path().lexically_relative(root).generic_string();
    const bool wanted = std::ranges::any_of(endings, [&](std::string_view ending) { return path.ends_with(ending); });
    if (wanted) files.push_back({path, "", ReadLines(entry->path())});
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

std::vector<Include> IncludesOf(const SourceFile& file) {
  std::vector<Include> includes;
  for (size_t i = 0; i < file.lines.size(); ++i) {
    const std::string& line = file.lines[i];
    if (!line.starts_with("#include ")) continue;
    const size_t open = line.find_first_of("<\"");
    if (open == std::string::npos) continue;
    const bool angled = line[open] == '<';
    const size_t close = line.find(angled ? '>' : '"', open + 1);
    includes.push_back({line.substr(open + 1, close - open - 1), angled, i + 1});
  }
  return includes;
}

Layers ParseLayers(const SourceFile& file) {
  Layers layers;
  for (const std::string& line : file.lines) {
    if (line.empty() || line.starts_with("#")) continue;
    const size_t colon = line.find(':');
    std::istringstream names(line.substr(colon + 1));
    std::set<std::string>& allowed = layers[line.substr(0, colon)];
    for (std::string name; names >> name;) allowed.insert(name);
  }
  return layers;
}

std::string FolderOf(std::string_view path, const Layers& layers) {
  std::string best;
  for (const auto& [folder, allowed] : layers) {
    if (path.starts_with(folder + "/") && folder.size() > best.size()) best = folder;
  }
  return best;
}

std::vector<std::string> LinksOf(std::string_view line) {
  std::vector<std::string> links;
  for (size_t at = line.find("]("); at != std::string_view::npos; at = line.find("](", at + 2)) {
    const size_t close = line.find(')', at);
    if (close != std::string_view::npos) links.emplace_back(line.substr(at + 2, close - at - 2));
  }
  return links;
}

}  // namespace casebook
