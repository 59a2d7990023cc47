#include "app/progress_line.h"

#include <array>
#include <cstdio>

namespace casebook {
namespace {

constexpr std::chrono::milliseconds kShowEvery{200};
constexpr double kBytesPerMegabyte = 1e6;
constexpr double kSecondsBeforeGuess = 1.0;  // a rate measured over less says little

std::string Print(const char* format, double value) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), format, value);
  return text.data();
}

std::string DurationText(double seconds) {
  const auto whole = static_cast<int64_t>(seconds + 0.5);
  std::array<char, 48> text{};
  if (whole >= 3600) {
    std::snprintf(text.data(), text.size(), "%lld:%02lld:%02lld", static_cast<long long>(whole / 3600),
                  static_cast<long long>(whole / 60 % 60), static_cast<long long>(whole % 60));
  } else {
    std::snprintf(text.data(), text.size(), "%lld:%02lld", static_cast<long long>(whole / 60),
                  static_cast<long long>(whole % 60));
  }
  return text.data();
}

}  // namespace

std::string ByteText(uint64_t bytes) {
  const auto number = static_cast<double>(bytes);
  if (bytes < 1000) return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
  if (bytes < 1'000'000) return Print("%.0f kB", number / 1e3);
  if (bytes < 1'000'000'000) return Print("%.1f MB", number / 1e6);
  return Print("%.2f GB", number / 1e9);
}

std::string ProgressText(const IngestProgress& progress, uint64_t bytes_since_start, double seconds) {
  std::string text = progress.stage;
  if (progress.total > 0) {
    const double share = static_cast<double>(progress.done) / static_cast<double>(progress.total);
    text += Print("  %3.0f%%", 100 * (share < 1 ? share : 1));
  } else if (progress.done > 0) {
    text += "  " + ByteText(progress.done);
  }
  if (seconds <= 0 || bytes_since_start == 0) return text;
  const double rate = static_cast<double>(bytes_since_start) / seconds;
  text += Print("  %.1f MB/s", rate / kBytesPerMegabyte);
  if (progress.total > progress.done && seconds >= kSecondsBeforeGuess) {
    text += "  " + DurationText(static_cast<double>(progress.total - progress.done) / rate) + " left";
  }
  return text;
}

ProgressCallback ProgressLine::Callback() {
  if (!is_terminal_) return {};
  return [this](const IngestProgress& progress) { Update(progress, std::chrono::steady_clock::now()); };
}

void ProgressLine::Update(const IngestProgress& progress, Time now) {
  if (!is_terminal_) return;
  if (stage_ != progress.stage) {
    stage_ = progress.stage;
    stage_start_ = now;
    stage_done_ = progress.done;
    last_.reset();
  }
  if (last_ && now - *last_ < kShowEvery) return;
  last_ = now;
  const double seconds = std::chrono::duration<double>(now - stage_start_).count();
  out_ << "\r\x1b[K" << ProgressText(progress, progress.done - stage_done_, seconds) << std::flush;
  is_shown_ = true;
}

void ProgressLine::Clear() {
  if (is_shown_) out_ << "\r\x1b[K" << std::flush;
  is_shown_ = false;
}

}  // namespace casebook
