// CatalogueReader: the documents that a field catalogue is merged from. Used by FieldCatalogue alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "events/json.h"
#include "rows/field_catalogue.h"

namespace casebook {

class CatalogueReader {
 public:
  explicit CatalogueReader(FieldCatalogue::Fields& fields) : fields_(fields) {}

  // Merges what `document` says into the fields.
  Status Merge(std::string_view document);

 private:
  Status MergeOpened();
  Status MergeAnswer(const JsonValue& answer);
  Status MergeFields(const JsonValue& list, int64_t document_time);
  Status MergeField(std::span<const JsonValue> values, int64_t document_time);
  Status MergeOptions(FieldCatalogue::Field& field, std::string_view field_id, const JsonValue& list, int64_t time);
  void MergeOption(FieldCatalogue::Field& field, std::string_view field_id, std::span<const JsonValue> values,
                   int64_t time);
  void MergeSaid(FieldCatalogue::Field& field, std::string_view attribute, const JsonValue& value,
                 const JsonValue& time, const JsonValue& sha256);

  FieldCatalogue::Fields& fields_;
  JsonReader reader_;
  int depth_ = 0;
};

}  // namespace casebook
