#include "rows/survey_ratings.h"

#include <algorithm>

#include "rows/connect_values.h"
#include "schema/table.h"

namespace casebook {
namespace {

bool IsThere(const JsonValue& value) { return !value.IsAbsent() && !(value.IsString() && Trimmed(value.text).empty()); }

// The index of `name` in `names`, to which it is added if it is new. Keys that differ in case alone are one.
size_t IndexIn(std::vector<std::string>& names, const std::string& name) {
  const auto known = std::find_if(names.begin(), names.end(),
                                  [&](const std::string& other) { return EqualIgnoringCase(other, name); });
  if (known != names.end()) return static_cast<size_t>(known - names.begin());
  names.push_back(name);
  return names.size() - 1;
}

}  // namespace

SurveyRatings::SurveyRatings(const EnrichmentSettings& settings) : inner_shape_(std::span<const std::string_view>()) {
  AddFlat(settings.csat_agent_rating_keys, agent_);
  AddFlat(settings.csat_resolution_rating_keys, resolution_);
  AddInner(settings.csat_agent_rating_inner_keys, agent_);
  AddInner(settings.csat_resolution_rating_inner_keys, resolution_);
  for (const std::string& key : settings.csat_container_keys) AddContainer(key);
  inner_shape_ = JsonShape(std::vector<std::string_view>(inner_keys_.begin(), inner_keys_.end()));
  inner_values_.resize(inner_keys_.size());
}

void SurveyRatings::AddFlat(const std::vector<std::string>& keys, Rating& rating) {
  for (std::string key : keys) {
    rating.flat.push_back(IndexIn(paths_, key));
    // Flow authors write both `csatResults_agentRating` and `csatResults-agentRating`.
    std::replace(key.begin(), key.end(), '_', '-');
    rating.flat.push_back(IndexIn(paths_, key));
  }
}

void SurveyRatings::AddInner(const std::vector<std::string>& keys, Rating& rating) {
  for (const std::string& key : keys) rating.inner.push_back(IndexIn(inner_keys_, key));
}

void SurveyRatings::AddContainer(const std::string& key) {
  Container container{.path = IndexIn(paths_, key), .first_inner = paths_.size()};
  for (const std::string& inner : inner_keys_) paths_.push_back(key + '/' + inner);
  containers_.push_back(container);
}

template <typename ValueAt>
void SurveyRatings::FindInner(ValueAt value_at) {
  for (Rating* rating : {&agent_, &resolution_}) {
    for (const size_t index : rating->inner) {
      if (rating->found.IsAbsent() && IsThere(value_at(index))) rating->found = value_at(index);
    }
  }
}

MaybeFault SurveyRatings::ReadInner(std::string_view text) {
  inner_text_.assign(text);
  inner_text_.append(kJsonPadding, ' ');
  if (auto fault = inner_reader_.Open(std::string_view(inner_text_).substr(0, text.size()))) return fault;
  return inner_reader_.Read(inner_shape_, inner_values_);
}

void SurveyRatings::Find(const ContactRecordReader& record, std::string_view column, ValueIssues& issues) {
  for (Rating* rating : {&agent_, &resolution_}) {
    rating->found = JsonValue();
    for (const size_t path : rating->flat) {
      if (rating->found.IsAbsent() && IsThere(record.Attribute(path))) rating->found = record.Attribute(path);
    }
  }
  const auto container = std::find_if(containers_.begin(), containers_.end(), [&](const Container& candidate) {
    return IsThere(record.Attribute(candidate.path));
  });
  if (container == containers_.end()) return;

  const JsonValue& held = record.Attribute(container->path);
  if (held.kind == JsonKind::kObject) {
    FindInner([&](size_t index) -> const JsonValue& { return record.Attribute(container->first_inner + index); });
  } else if (held.IsString() && !ReadInner(Trimmed(held.text))) {
    FindInner([&](size_t index) -> const JsonValue& { return inner_values_[index]; });
  } else {
    issues.Add(column, rule::kNotAnObject, held.text);
  }
}

}  // namespace casebook
