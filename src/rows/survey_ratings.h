// SurveyRatings: where in a contact record's attributes the two ratings of the customer survey stand.
//
// Contact flows write them in three shapes (docs/formats.md); the names are settings. Used by ctr_rows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/contact_record.h"
#include "rows/settings.h"
#include "rows/value_reader.h"

namespace casebook {

class SurveyRatings {
 public:
  explicit SurveyRatings(const EnrichmentSettings& settings);

  // What the ContactRecordReader must read below `Attributes`.
  const std::vector<std::string>& attribute_paths() const { return paths_; }

  // Finds the ratings of the record that `record` holds. Text that should be a JSON object and is none is an
  // issue of `column`.
  void Find(const ContactRecordReader& record, std::string_view column, ValueIssues& issues);

  // Absent where there is none; live as long as the values of the record, and until the next Find().
  const JsonValue& agent() const { return agent_.found; }
  const JsonValue& resolution() const { return resolution_.found; }

 private:
  struct Container {
    size_t path = 0;         // of the attribute, an index of paths_
    size_t first_inner = 0;  // of the first of its keys there; the others follow as in inner_keys_
  };
  struct Rating {
    std::vector<size_t> flat;   // indexes of paths_, the first that is there counts
    std::vector<size_t> inner;  // indexes of inner_keys_, likewise
    JsonValue found;
  };

  void AddFlat(const std::vector<std::string>& keys, Rating& rating);
  void AddInner(const std::vector<std::string>& keys, Rating& rating);
  void AddContainer(const std::string& key);
  // Reads `text`, which should be a JSON object, into inner_values_.
  MaybeFault ReadInner(std::string_view text);
  // Looks for what is not found yet, in values that stand as inner_keys_ do.
  template <typename ValueAt>
  void FindInner(ValueAt value_at);

  std::vector<std::string> paths_;
  std::vector<std::string> inner_keys_;
  std::vector<Container> containers_;
  Rating agent_;
  Rating resolution_;
  JsonShape inner_shape_;
  std::vector<JsonValue> inner_values_;
  JsonReader inner_reader_;
  std::string inner_text_;
};

}  // namespace casebook
