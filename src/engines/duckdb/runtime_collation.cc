// Keys that sort text as the rules of a language do: ORDER BY … COLLATE.
#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "engines/duckdb/scalar_function.h"
#include "schema/table.h"

namespace casebook::engines {
namespace {

// nullptr where `name` is no collation: `und:ci`, `en-us-u-kn-true`, `de:cs`.
std::unique_ptr<icu::Collator> MakeCollator(std::string_view name) {
  const size_t colon = name.find(':');
  std::string_view tag = name.substr(0, colon);
  const std::string_view attribute = colon == std::string_view::npos ? "" : name.substr(colon + 1);
  const bool ignores_case = EqualIgnoringCase(attribute, "ci");
  if (colon != std::string_view::npos && !ignores_case && !EqualIgnoringCase(attribute, "cs")) return nullptr;
  if (EqualIgnoringCase(tag, "unicode")) tag = "und";
  UErrorCode error = U_ZERO_ERROR;
  const icu::Locale locale = icu::Locale::forLanguageTag(icu::StringPiece(tag.data(), static_cast<int32_t>(tag.size())), error);
  if (U_FAILURE(error) || locale.isBogus() || tag.empty()) return nullptr;
  std::unique_ptr<icu::Collator> collator(icu::Collator::createInstance(locale, error));
  if (U_FAILURE(error) || collator == nullptr) return nullptr;
  if (ignores_case) collator->setStrength(icu::Collator::SECONDARY);
  return collator;
}

// A query uses few, and each thread its own.
const icu::Collator* CollatorOf(std::string_view name) {
  thread_local std::map<std::string, std::unique_ptr<icu::Collator>, std::less<>> known;
  auto found = known.find(name);
  if (found == known.end()) found = known.emplace(std::string(name), MakeCollator(name)).first;
  return found->second.get();
}

// Are texts sorted by their code points?
bool IsBinary(std::string_view name) {
  return name.empty() || EqualIgnoringCase(name, "binary") || EqualIgnoringCase(name, "unicode") ||
         EqualIgnoringCase(name, "unicode:cs");
}

Answer<Bytes> CollationKey(std::string_view text, std::string_view name) {
  if (IsBinary(name)) return Bytes{std::string(text)};
  const icu::Collator* collator = CollatorOf(name);
  if (collator == nullptr) return Answer<Bytes>::Fail("COLLATE has invalid collation name '" + std::string(name) + "'");
  const auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  Bytes key;
  const int32_t size = collator->getSortKey(wide, nullptr, 0);
  key.bytes.resize(static_cast<size_t>(size));
  collator->getSortKey(wide, reinterpret_cast<uint8_t*>(key.bytes.data()), size);
  return key;
}

}  // namespace

void AddCollation(Registrar& registrar) { registrar.Add("gs_collation_key", CollationKey); }

}  // namespace casebook::engines
