#include "ingest/intake.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "ingest/land_text.h"
#include "rows/enricher.h"

namespace casebook {
namespace {

// Of the buffers for what does not stand in the input as it is landed.
constexpr size_t kAsideBytes = size_t{64} << 10U;

}  // namespace

Intake::Intake(LandingLog& log, std::vector<IntakeFile> files, const Clock& clock)
    : log_(log), reader_(std::move(files), clock), durable_(log.synced_sequence()),
      sync_thread_([this] { RunSyncs(); }), thread_([this] { Run(); }) {}

Intake::~Intake() {
  {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
  }
  changed_.notify_all();
  thread_.join();
  sync_thread_.join();
}

void Intake::Run() {
  Status result;
  while (result.ok()) {
    std::optional<CutRecords> cut = reader_.Next();
    if (!cut) break;
    result = LandAll(std::move(*cut));
  }
  if (result.ok()) result = BeginSync();
  End(result);
}

void Intake::End(const Status& result) {
  const std::lock_guard lock(mutex_);
  if (result_.ok()) result_ = result;
  ended_ = true;
  changed_.notify_all();
}

Status Intake::LandAll(CutRecords cut) {
  filling_ = {.batch = std::move(cut.batch)};
  for (const NewRecord& record : cut.records) {
    RETURN_IF_ERROR(LandValue(record, [this](const NewRecord& landed) { return Land(landed); }));
  }
  return HandOn();
}

Status Intake::Land(const NewRecord& record) {
  ASSIGN_OR_RETURN(const uint64_t sequence, log_.Append(record));
  filling_.Add(record, sequence);
  unsynced_bytes_ += record.bytes.size();
  return unsynced_bytes_ >= kSyncBytes ? BeginSync() : Status();
}

// Copies `bytes` to where they stay with the batch.
std::string_view Intake::Filling::Keep(std::string_view bytes) {
  const size_t needed = bytes.size() + Enricher::kPadding;
  const bool has_room = batch.buffers.size() > 1 && batch.buffers.back().capacity() - batch.buffers.back().size() >= needed;
  if (!has_room) batch.buffers.emplace_back().reserve(std::max(kAsideBytes, needed));
  std::string& aside = batch.buffers.back();
  aside.append(bytes);
  return std::string_view(aside).substr(aside.size() - bytes.size());
}

void Intake::Filling::Add(const NewRecord& record, uint64_t sequence) {
  const std::string& read = batch.buffers.front();
  const std::less_equal<const char*> not_after;
  const bool stays = not_after(read.data(), record.bytes.data()) && not_after(record.bytes.data(), read.data() + read.size());
  const bool same_source = !batch.records.empty() && batch.records.back().source == record.source;
  LandedRecord landed;
  landed.sequence = sequence;
  landed.received_at = record.received_at;
  landed.source = same_source ? batch.records.back().source : Keep(record.source);
  landed.source_offset = record.source_offset;
  landed.bytes = stays ? record.bytes : Keep(record.bytes);
  landed.kind = record.kind;
  landed.reason = record.reason.empty() ? std::string_view() : Keep(record.reason);
  batch.records.push_back(landed);
  record_bytes += record.bytes.size();
}

Status Intake::HandOn() {
  std::unique_lock lock(mutex_);
  if (landed_bytes_ >= kMaxWaitingBytes) {
    // Whoever takes the records may be waiting for them to be durable.
    lock.unlock();
    RETURN_IF_ERROR(BeginSync());
    lock.lock();
  }
  changed_.wait(lock, [this] { return cancelled_ || !result_.ok() || landed_bytes_ < kMaxWaitingBytes; });
  if (cancelled_) return IoError("the intake was cancelled");
  if (!result_.ok()) return result_;
  landed_bytes_ += filling_.record_bytes;
  landed_.push_back(std::exchange(filling_, {}).batch);
  changed_.notify_all();
  return {};
}

Result<LandedBatch> Intake::Next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return ended_ || !landed_.empty(); });
  if (landed_.empty()) {
    if (!result_.ok()) return result_.error();
    return LandedBatch();
  }
  LandedBatch batch = std::move(landed_.front());
  landed_.pop_front();
  for (const LandedRecord& record : batch.records) landed_bytes_ -= record.bytes.size();
  changed_.notify_all();
  return batch;
}

// --- Durability ---------------------------------------------------------------------------------------------

Status Intake::BeginSync() {
  ASSIGN_OR_RETURN(PendingSync pending, log_.BeginSync());
  unsynced_bytes_ = 0;
  const std::lock_guard lock(mutex_);
  wanted_sync_ = std::move(pending);
  changed_.notify_all();
  return {};
}

void Intake::RunSyncs() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return wanted_sync_ || ended_; });
    if (!wanted_sync_) return;
    const PendingSync pending = *std::exchange(wanted_sync_, std::nullopt);
    lock.unlock();
    const Status waited = pending.Wait();
    lock.lock();
    if (waited.ok()) durable_ = std::max(durable_, pending.sequence());
    if (!waited.ok() && result_.ok()) result_ = waited;
    changed_.notify_all();
  }
}

Status Intake::AwaitDurable(uint64_t sequence) {
  std::unique_lock lock(mutex_);
  // At the end the last sync may still be on its way.
  changed_.wait(lock, [&] { return durable_ > sequence || !result_.ok(); });
  return durable_ > sequence ? Status() : result_;
}

}  // namespace casebook
