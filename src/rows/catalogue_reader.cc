#include "rows/catalogue_reader.h"

#include <array>
#include <charconv>
#include <span>
#include <utility>

#include "base/checksum.h"
#include "base/timestamp.h"
#include "base/utf8.h"
#include "rows/value_reader.h"

namespace casebook {
namespace {

// Answers inside a document that holds several; no answer holds answers of its own kind.
constexpr int kMaxAnswerDepth = 2;

enum RootSlot {
  kRootFieldId,
  kRootOptions,
  kRootFields,
  kRootTime,
  kListFields,
  kBatchGetField,
  kListFieldOptions
};
const JsonShape& RootShape() {
  static const JsonShape shape{"fieldId",    "options",       "fields",          "lastModifiedTime",
                               "ListFields", "BatchGetField", "ListFieldOptions"};
  return shape;
}

enum FieldSlot {
  kFieldId,
  kName,
  kType,
  kNamespace,
  kColumn,
  kFieldTime,
  kOptions,
  kFirstSaid,  // three for each of kSaidAttributes: value, time, sha256
};
constexpr std::array<std::string_view, 4> kAttributes = {"name", "type", "namespace", "column"};
const JsonShape& FieldShape() {
  static const JsonShape shape{
      "fieldId",
      "name",
      "type",
      "namespace",
      "column",
      "lastModifiedTime",
      "options",
      "said/name/value",
      "said/name/time",
      "said/name/sha256",
      "said/type/value",
      "said/type/time",
      "said/type/sha256",
      "said/namespace/value",
      "said/namespace/time",
      "said/namespace/sha256",
      "said/column/value",
      "said/column/time",
      "said/column/sha256",
  };
  return shape;
}

enum OptionSlot {
  kOptionValue,
  kOptionName,
  kOptionActive,
  kOptionTime,
  kOptionSha256
};
const JsonShape& OptionShape() {
  static const JsonShape shape{"value", "name", "active", "time", "sha256"};
  return shape;
}

Error Translated(const RecordFault& fault) { return Invalid("the catalogue document cannot be read: " + fault.detail); }

// A time as the API gives it: seconds since 1970, or text.
int64_t SourceTime(const JsonValue& value, int64_t otherwise) {
  std::optional<Timestamp> time;
  if (value.kind == JsonKind::kNumber) time = TimestampFromEpoch(value.text);
  if (value.IsString()) time = ParseTimestamp(value.text);
  return time ? time->micros : otherwise;
}

// Microseconds as ToJson() writes them.
int64_t StoredTime(const JsonValue& value) {
  const std::optional<int64_t> micros = value.kind == JsonKind::kNumber ? Int64FromText(value.text) : std::nullopt;
  return micros.value_or(INT64_MIN);
}

// The hash of a statement: of a JSON object of its parts, in the order given.
std::string StatementHash(std::initializer_list<std::pair<std::string_view, std::string_view>> parts) {
  std::string text = "{";
  for (const auto& [key, value] : parts) {
    if (text.size() > 1) text.push_back(',');
    AppendJsonString(key, text);
    text.push_back(':');
    AppendJsonString(value, text);
  }
  return Sha256Hex(text + "}");
}

}  // namespace

Status CatalogueReader::Merge(std::string_view document) {
  std::string copy = IsValidUtf8(document) ? std::string(document) : ReplaceInvalidUtf8(document);
  const size_t size = copy.size();
  copy.append(kJsonPadding, ' ');
  if (auto fault = reader_.Open(std::string_view(copy).substr(0, size))) return Translated(*fault);
  return MergeOpened();
}

Status CatalogueReader::MergeOpened() {
  std::array<JsonValue, 7> root;
  if (auto fault = reader_.Read(RootShape(), root)) return Translated(*fault);
  const int64_t time = SourceTime(root[kRootTime], FieldCatalogue::kNoTime);
  bool any = false;
  if (root[kRootFields].kind == JsonKind::kArray) {
    any = true;
    RETURN_IF_ERROR(MergeFields(root[kRootFields], time));
  }
  if (root[kRootOptions].kind == JsonKind::kArray) {
    any = true;
    const std::string field_id(Trimmed(root[kRootFieldId].StringText()));
    if (field_id.empty()) return Invalid("the answer holds options but no fieldId that says whose");
    RETURN_IF_ERROR(MergeOptions(fields_[field_id], field_id, root[kRootOptions], time));
  }
  for (const RootSlot slot : {kListFields, kBatchGetField, kListFieldOptions}) {
    if (root[slot].IsAbsent()) continue;
    any = true;
    RETURN_IF_ERROR(MergeAnswer(root[slot]));
  }
  if (!any) return Invalid("no field catalogue: it has neither fields nor options");
  return {};
}

// An answer under its operation's name, or several in a list.
Status CatalogueReader::MergeAnswer(const JsonValue& answer) {
  if (depth_ == kMaxAnswerDepth) return Invalid("no field catalogue: answers inside answers");
  std::vector<std::string> texts;
  if (answer.kind == JsonKind::kObject) texts.emplace_back(answer.text);
  auto fault = reader_.ForEachValue(answer, [&](const JsonValue& element) { texts.emplace_back(element.text); });
  if (fault) return Translated(*fault);
  for (const std::string& text : texts) {
    CatalogueReader inner(fields_);
    inner.depth_ = depth_ + 1;
    RETURN_IF_ERROR(inner.Merge(text));
  }
  return {};
}

Status CatalogueReader::MergeFields(const JsonValue& list, int64_t document_time) {
  Status status;
  auto fault = reader_.ForEachElement(list, FieldShape(), [&](std::span<const JsonValue> values) {
    if (status.ok()) status = MergeField(values, document_time);
  });
  if (fault) return Translated(*fault);
  return status;
}

Status CatalogueReader::MergeField(std::span<const JsonValue> values, int64_t document_time) {
  const std::string field_id(Trimmed(values[kFieldId].StringText()));
  if (field_id.empty()) return Invalid("a field of the catalogue document has no fieldId");
  const int64_t time = SourceTime(values[kFieldTime], document_time);
  FieldCatalogue::Field& field = fields_[field_id];
  const std::string sha256 = StatementHash({{"column", values[kColumn].StringText()},
                                            {"fieldId", field_id},
                                            {"lastModifiedTime", values[kFieldTime].text},
                                            {"name", values[kName].StringText()},
                                            {"namespace", values[kNamespace].StringText()},
                                            {"type", values[kType].StringText()}});
  for (size_t i = 0; i < kAttributes.size(); ++i) {
    const JsonValue& value = values[kName + i];
    if (value.IsString())
      FieldCatalogue::Say(field, kAttributes[i], {{time, sha256}, std::string(Trimmed(value.text))});
    const size_t said = kFirstSaid + 3 * i;
    MergeSaid(field, kAttributes[i], values[said], values[said + 1], values[said + 2]);
  }
  return MergeOptions(field, field_id, values[kOptions], time);
}

void CatalogueReader::MergeSaid(FieldCatalogue::Field& field, std::string_view attribute, const JsonValue& value,
                                const JsonValue& time, const JsonValue& sha256) {
  if (!value.IsString()) return;
  FieldCatalogue::Say(field, attribute,
                      {{StoredTime(time), std::string(sha256.StringText())}, std::string(value.text)});
}

Status CatalogueReader::MergeOptions(FieldCatalogue::Field& field, std::string_view field_id, const JsonValue& list,
                                     int64_t time) {
  auto fault = reader_.ForEachElement(
      list, OptionShape(), [&](std::span<const JsonValue> values) { MergeOption(field, field_id, values, time); });
  if (fault) return Translated(*fault);
  return {};
}

void CatalogueReader::MergeOption(FieldCatalogue::Field& field, std::string_view field_id,
                                  std::span<const JsonValue> values, int64_t time) {
  const std::string_view value = Trimmed(values[kOptionValue].StringText());
  const std::string_view name = Trimmed(values[kOptionName].StringText());
  if (value.empty() || name.empty()) return;
  const bool active = values[kOptionActive].IsAbsent() || values[kOptionActive].IsTrue();
  FieldCatalogue::Stamp stamp;
  if (values[kOptionSha256].IsString()) {
    stamp = {StoredTime(values[kOptionTime]), std::string(values[kOptionSha256].text)};
  } else {
    stamp = {time,
             StatementHash(
                 {{"active", active ? "true" : "false"}, {"fieldId", field_id}, {"name", name}, {"value", value}})};
  }
  FieldCatalogue::SayOption(field, value, {std::move(stamp), std::string(name)}, active);
}

Result<std::string> OptionsOfField(std::string_view answer, std::string_view field_id) {
  std::string copy(answer);
  copy.append(kJsonPadding, ' ');
  JsonReader reader;
  std::array<JsonValue, 7> root;
  if (auto fault = reader.Open(std::string_view(copy).substr(0, answer.size()))) return Translated(*fault);
  if (auto fault = reader.Read(RootShape(), root)) return Translated(*fault);
  if (root[kRootOptions].kind != JsonKind::kArray) return Invalid("the answer holds no options");
  std::string document = "{\"fieldId\":";
  AppendJsonString(field_id, document);
  document += ",\"options\":";
  document += root[kRootOptions].text;
  return document + "}";
}

}  // namespace casebook
