#include "simulator/delivery.h"

#include <algorithm>

#include "simulator/calendar.h"
#include "simulator/random.h"

namespace casebook {
namespace {

constexpr size_t kChunkBytes = size_t{1} << 20U;
constexpr size_t kKeptCapacity = size_t{4} << 20U;

int64_t DrawDelay(const SimulationConfig::Delivery& delivery, Random& random) {
  double kind = random.Unit();
  if ((kind -= delivery.days_late) < 0) return random.Between(kDayMs / 2, 5 * kDayMs);
  if ((kind -= delivery.very_late) < 0) return random.Between(5 * kMinuteMs, 12 * kHourMs);
  if ((kind -= delivery.late) < 0) return random.Between(3 * kSecondMs, 5 * kMinuteMs);
  return random.Between(200, 3'000);
}

}  // namespace

Delivery::Delivery(std::string feed, const SimulationConfig& config, uint64_t seed, const Output& output)
    : feed_(std::move(feed)), config_(config), seed_(seed), output_(output) {
  for (const char c : feed_) seed_ = Key(seed_, static_cast<uint64_t>(c));
}

void Delivery::Sent(int64_t time) {
  bytes_ << '\n';
  Random random(Key(seed_, ++records_));
  const Item item{time + DrawDelay(config_.delivery, random), record_begin_, bytes_.size() - record_begin_};
  items_.push_back(item);
  if (random.Chance(config_.delivery.duplicates)) {
    ++duplicates_;
    const int64_t again =
        random.Chance(0.8) ? random.Between(500, 2 * kMinuteMs) : random.Between(kMinuteMs, 6 * kHourMs);
    items_.push_back({item.arrives + again, item.begin, item.size});
  }
  record_begin_ = bytes_.size();
}

Status Delivery::WriteItems(OutputFile& file, size_t count) {
  const std::string_view bytes = bytes_.view();
  for (size_t i = 0; i < count; ++i) {
    chunk_ << bytes.substr(items_[i].begin, items_[i].size);
    if (chunk_.size() < kChunkBytes && i + 1 < count) continue;
    RETURN_IF_ERROR(file.Write(chunk_.view()));
    bytes_written_ += chunk_.size();
    chunk_.Clear();
  }
  return {};
}

// Only the items from `first` on, and their bytes, are kept.
void Delivery::KeepFrom(size_t first) {
  items_.erase(items_.begin(), items_.begin() + static_cast<ptrdiff_t>(first));
  next_bytes_.Clear();
  for (Item& item : items_) {
    const uint64_t begin = next_bytes_.size();
    next_bytes_ << bytes_.view().substr(item.begin, item.size);
    item.begin = begin;
  }
  std::swap(bytes_, next_bytes_);
  next_bytes_.Clear();
  next_bytes_.ShrinkTo(kKeptCapacity);
  record_begin_ = bytes_.size();
}

Status Delivery::Flush(int64_t slice_start, int64_t end, bool all) {
  std::ranges::stable_sort(items_, {}, &Item::arrives);
  const auto past = all ? items_.end() : std::ranges::lower_bound(items_, end, {}, &Item::arrives);
  const auto count = static_cast<size_t>(past - items_.begin());
  if (count > 0) {
    TextBuffer day;
    day.Day(slice_start, '-');
    const std::string name = feed_ + "/" + feed_ + "_" + std::string(day.view()) + ".ndjson";
    ASSIGN_OR_RETURN(const auto file, output_.Create(name));
    RETURN_IF_ERROR(WriteItems(*file, count));
    RETURN_IF_ERROR(file->Close());
  }
  KeepFrom(count);
  return {};
}

}  // namespace casebook
