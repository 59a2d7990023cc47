// NET.PUBLIC_SUFFIX and NET.REG_DOMAIN, of a host.
//
// The suffixes are those of the list that the machine has (Debian's package publicsuffix), without the private ones.
// A host is compared as IDNA writes it and answered as it was given.
#include <unicode/idna.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "engines/duckdb/scalar_function.h"

namespace casebook::engines {
namespace {

using Text = Answer<std::string>;

constexpr const char* kListFile = "/usr/share/publicsuffix/public_suffix_list.dat";

// With the letters of ASCII alone, in lower case; what is no good name is let through.
std::string ToAscii(std::string_view host) {
  static const std::unique_ptr<icu::IDNA> idna = [] {
    UErrorCode error = U_ZERO_ERROR;
    return std::unique_ptr<icu::IDNA>(icu::IDNA::createUTS46Instance(UIDNA_NONTRANSITIONAL_TO_ASCII, error));
  }();
  if (idna == nullptr) return std::string(host);
  std::string ascii;
  icu::StringByteSink<std::string> sink(&ascii);
  icu::IDNAInfo info;
  UErrorCode error = U_ZERO_ERROR;
  idna->nameToASCII_UTF8(icu::StringPiece(host.data(), static_cast<int32_t>(host.size())), sink, info, error);
  return U_FAILURE(error) ? std::string(host) : ascii;
}

struct SuffixList {
  std::unordered_set<std::string> suffixes;
  std::unordered_set<std::string> wildcards;   // `ck` of `*.ck`
  std::unordered_set<std::string> exceptions;  // `www.ck` of `!www.ck`

  void Add(std::string_view rule) {
    if (rule.starts_with("*.")) {
      wildcards.insert(ToAscii(rule.substr(2)));
    } else if (rule.starts_with("!")) {
      exceptions.insert(ToAscii(rule.substr(1)));
    } else {
      suffixes.insert(ToAscii(rule));
    }
  }
};

// nullptr where the machine has no list.
const SuffixList* Suffixes() {
  static const std::unique_ptr<const SuffixList> list = []() -> std::unique_ptr<const SuffixList> {
    std::ifstream file(kListFile);
    if (!file) return nullptr;
    auto read = std::make_unique<SuffixList>();
    std::string line;
    while (std::getline(file, line) && line.find("===END ICANN DOMAINS===") == std::string::npos) {
      line.erase(std::min(line.find_first_of(" \t\r"), line.size()));
      if (!line.empty() && !line.starts_with("//")) read->Add(line);
    }
    return read;
  }();
  return list.get();
}

// The places where labels begin.
std::vector<size_t> LabelStarts(std::string_view host) {
  std::vector<size_t> starts = {0};
  for (size_t dot = host.find('.'); dot != std::string_view::npos; dot = host.find('.', dot + 1)) starts.push_back(dot + 1);
  return starts;
}

// How many labels of `host` are its suffix; 0: it has none.
size_t SuffixLabels(const SuffixList& list, const std::string& host) {
  const std::vector<size_t> starts = LabelStarts(host);
  const size_t count = starts.size();
  for (size_t i = 0; i < count; ++i) {
    const std::string candidate = host.substr(starts[i]);
    if (list.exceptions.contains(candidate)) return count - i - 1;
    if (list.suffixes.contains(candidate)) return count - i;
    const bool has_label = i + 1 < count && starts[i + 1] > starts[i] + 1;
    if (has_label && list.wildcards.contains(host.substr(starts[i + 1]))) return count - i;
  }
  return list.wildcards.contains(host.substr(starts.back())) ? 1 : 0;
}

// The suffix of a host and `more` labels in front of it.
Text SuffixWith(std::string_view host, size_t more) {
  const SuffixList* list = Suffixes();
  if (list == nullptr) return Text::Fail(std::string("The list of public suffixes is not there: ") + kListFile);
  const size_t begin = host.find_first_not_of('.');
  if (begin == std::string_view::npos) return nullptr;
  const size_t end = host.find_last_not_of('.') + 1;
  const std::string_view dot = end < host.size() ? "." : "";
  const std::string_view core = host.substr(begin, end - begin);
  const std::string ascii = ToAscii(core);
  if (ascii.starts_with('.')) return nullptr;
  const size_t suffix = SuffixLabels(*list, ascii);
  if (suffix == 0) return nullptr;
  const std::vector<size_t> normal = LabelStarts(ascii);
  if (more > 0) {
    if (suffix >= normal.size()) return nullptr;
    const size_t first = normal.size() - suffix - 1;
    if (normal[first + 1] == normal[first] + 1) return nullptr;  // nothing between two dots
  }
  const std::vector<size_t> starts = LabelStarts(core);
  const size_t labels = std::min(suffix + more, starts.size());
  return std::string(core.substr(starts[starts.size() - labels])).append(dot);
}
Text PublicSuffix(std::string_view host) { return SuffixWith(host, 0); }
Text RegDomain(std::string_view host) { return SuffixWith(host, 1); }

}  // namespace

void AddPublicSuffix(Registrar& registrar) {
  registrar.Add("gs_public_suffix", PublicSuffix);
  registrar.Add("gs_reg_domain", RegDomain);
}

}  // namespace casebook::engines
