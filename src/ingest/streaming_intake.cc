#include "ingest/streaming_intake.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "ingest/land_text.h"
#include "rows/enricher.h"

namespace casebook {
namespace {

// Changes of so many bytes are written to the database's file together; before, they are in its log of changes.
constexpr const char* kCheckpointRarely = "SET checkpoint_threshold = '256MB'";
constexpr int kRoundsBetweenSorts = 60;

// A round waits at least so many times as long as the last one took: readers have the processors most of the time.
constexpr int kWaitARound = 4;

// A batch of one record, with its memory.
LandedBatch BatchOf(const NewRecord& record, uint64_t sequence) {
  LandedBatch batch;
  std::string& buffer = batch.buffers.emplace_back();
  buffer.reserve(record.bytes.size() + record.source.size() + record.reason.size() + Enricher::kPadding);
  buffer.append(record.bytes).append(record.source).append(record.reason);
  const std::string_view all = buffer;
  LandedRecord landed;
  landed.sequence = sequence;
  landed.received_at = record.received_at;
  landed.source_offset = record.source_offset;
  landed.kind = record.kind;
  landed.bytes = all.substr(0, record.bytes.size());
  landed.source = all.substr(record.bytes.size(), record.source.size());
  landed.reason = all.substr(record.bytes.size() + record.source.size());
  batch.records.push_back(landed);
  return batch;
}

size_t BytesOf(const std::vector<LandedBatch>& batches) {
  size_t bytes = 0;
  for (const LandedBatch& batch : batches) bytes += batch.records.front().bytes.size();
  return bytes;
}

}  // namespace

Result<std::unique_ptr<StreamingIntake>> StreamingIntake::Open(const StreamingOptions& options) {
  RETURN_IF_ERROR(MakeDataFolder(options.data));
  std::vector<std::string> notes;
  ASSIGN_OR_RETURN(WritingSession session, OpenWritingSession(options.data, notes, options.memory_limit_mb));
  std::unique_ptr<StreamingIntake> intake(new StreamingIntake(options, std::move(session)));
  RETURN_IF_ERROR(intake->Start());
  return intake;
}

StreamingIntake::StreamingIntake(const StreamingOptions& options, WritingSession session)
    : options_(options), session_(std::move(session)) {}

Status StreamingIntake::Start() {
  ASSIGN_OR_RETURN(loader_, Loader::Open(session_.store, LogPath(options_.data), session_.settings.enrichment));
  IngestReport earlier;
  RETURN_IF_ERROR(CatchUp(options_.data, session_.store, *loader_, {}, earlier));
  RETURN_IF_ERROR(loader_->Finish());
  RETURN_IF_ERROR(session_.store.connection().Execute(kCheckpointRarely));
  synced_ = loaded_ = flushed_ = static_cast<uint64_t>(session_.store.position());
  thread_ = std::thread([this] { Run(); });
  return {};
}

StreamingIntake::~StreamingIntake() {
  const Status ignored = Close();
  static_cast<void>(ignored);
}

// --- Appending ----------------------------------------------------------------------------------------------

Result<uint64_t> StreamingIntake::Append(std::span<const std::string_view> texts, std::string_view source) {
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return durable_bytes_ < kMaxWaitingBytes || is_closing_ || !result_.ok(); });
    if (!result_.ok()) return result_.error();
    if (is_closing_) return Invalid("the intake is closed");
  }
  uint64_t last = 0;
  {
    const std::lock_guard lock(log_mutex_);
    const Clock& clock = options_.clock != nullptr ? *options_.clock : system_clock_;
    const Timestamp now = clock.Now();
    for (const std::string_view text : texts) {
      RETURN_IF_ERROR(LandText(source, text, now, [this](const NewRecord& record) { return Land(record); }));
    }
    last = session_.log.next_sequence() - 1;
  }
  RETURN_IF_ERROR(Sync(last));
  return last;
}

Status StreamingIntake::Land(const NewRecord& record) {
  ASSIGN_OR_RETURN(const uint64_t sequence, session_.log.Append(record));
  appended_.push_back(BatchOf(record, sequence));
  return {};
}

// The first who comes syncs for all who have appended by then; the others wait for him.
Status StreamingIntake::Sync(uint64_t up_to) {
  std::unique_lock lock(mutex_);
  while (synced_ < up_to) {
    if (!result_.ok()) return result_.error();
    if (is_syncing_) {
      changed_.wait(lock);
      continue;
    }
    is_syncing_ = true;
    lock.unlock();
    std::vector<LandedBatch> durable;
    Status synced;
    uint64_t last = 0;
    {
      const std::lock_guard log_lock(log_mutex_);
      synced = session_.log.Sync();
      last = session_.log.next_sequence() - 1;
      durable.swap(appended_);
    }
    lock.lock();
    is_syncing_ = false;
    if (synced.ok()) {
      if (durable_.empty()) first_waiting_ = std::chrono::steady_clock::now();
      durable_bytes_ += BytesOf(durable);
      counts_.appended += durable.size();
      std::move(durable.begin(), durable.end(), std::back_inserter(durable_));
      synced_ = last;
    } else {
      result_ = synced;
    }
    changed_.notify_all();
  }
  return {};
}

// --- Rounds -------------------------------------------------------------------------------------------------

void StreamingIntake::Run() {
  int rounds_without_dimensions = 0;
  std::chrono::steady_clock::duration wait = options_.round_wait;
  std::unique_lock lock(mutex_);
  while (true) {
    const auto is_due = [this] {
      return is_closing_ || flush_to_ > flushed_ || durable_.size() >= options_.round_records;
    };
    changed_.wait(lock, [&] { return is_due() || !durable_.empty(); });
    changed_.wait_until(lock, first_waiting_ + wait, is_due);
    if (is_closing_ && durable_.empty()) return;
    const bool is_wanted = flush_to_ > flushed_;
    const bool with_dimensions = is_wanted || ++rounds_without_dimensions >= options_.dimension_rounds;
    if (with_dimensions) rounds_without_dimensions = 0;
    std::vector<LandedBatch> batches;
    batches.swap(durable_);
    const size_t bytes = durable_bytes_;
    const uint64_t last = batches.empty() ? loaded_ : batches.back().records.back().sequence;
    const size_t records = batches.size();
    lock.unlock();
    const auto begin = std::chrono::steady_clock::now();
    Status status = Round(std::move(batches), with_dimensions);
    if (status.ok() && is_wanted) status = loader_->Finish();
    const auto took = std::chrono::steady_clock::now() - begin;
    const double seconds = std::chrono::duration<double>(took).count();
    wait = std::max<std::chrono::steady_clock::duration>(options_.round_wait, kWaitARound * took);
    lock.lock();
    durable_bytes_ -= bytes;
    if (status.ok()) loaded_ = last;
    if (status.ok() && is_wanted) flushed_ = last;
    if (!status.ok()) result_ = status;
    counts_.loaded += status.ok() ? records : 0;
    ++counts_.rounds;
    counts_.seconds += seconds;
    counts_.longest = std::max(counts_.longest, seconds);
    changed_.notify_all();
    if (!status.ok()) return;
  }
}

Status StreamingIntake::Round(std::vector<LandedBatch> batches, bool with_dimensions) {
  if (counts_.rounds % kRoundsBetweenSorts == 0) RETURN_IF_ERROR(session_.store.SortCases());
  if (batches.empty()) return {};
  IngestReport report;
  return loader_->LoadRound(std::move(batches), with_dimensions, report);
}

Status StreamingIntake::Flush() {
  std::unique_lock lock(mutex_);
  const uint64_t wanted = synced_;
  flush_to_ = std::max(flush_to_, wanted);
  changed_.notify_all();
  changed_.wait(lock, [&] { return flushed_ >= wanted || !result_.ok(); });
  return result_;
}

Status StreamingIntake::Close() {
  if (!thread_.joinable()) return result_;
  const Status flushed = Flush();
  {
    const std::lock_guard lock(mutex_);
    is_closing_ = true;
    changed_.notify_all();
  }
  thread_.join();
  RETURN_IF_ERROR(flushed);
  IngestReport report;
  RETURN_IF_ERROR(FinishTables(options_.data, session_.store, *loader_, {}, report));
  ASSIGN_OR_RETURN(const uint64_t compressed, session_.log.CompressSealed());
  static_cast<void>(compressed);
  return {};
}

StreamingIntake::Counts StreamingIntake::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

}  // namespace casebook
