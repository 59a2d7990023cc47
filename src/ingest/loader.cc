#include "ingest/loader.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <future>
#include <numeric>
#include <thread>

#include "landing/landing_reader.h"
#include "schema/columns.h"

namespace casebook {
namespace {

constexpr char kCatalogueState[] = "field_catalogue";
constexpr char kStaleState[] = "stale_cases_up_to";

// Feeds whose rows have no key of their own, so that a repeated record is known by its bytes.
bool IsUnkeyed(Feed feed) {
  switch (feed) {
    case Feed::kAgentEvents:
    case Feed::kUsers:
    case Feed::kQueues:
    case Feed::kFieldCatalogue: return true;
    case Feed::kCaseEvents:
    case Feed::kContactEvents:
    case Feed::kContactRecords:
    case Feed::kTranscripts:
    case Feed::kUnknown: return false;
  }
  Unreachable();
}

// As many as the machine has processors, within limits: each has rows and buffers of its own.
size_t EnrichingThreads() {
  constexpr size_t kThreadsMax = 16;
  return std::clamp<size_t>(std::thread::hardware_concurrency(), 2, kThreadsMax);
}

RecordOrigin OriginOf(const LandedRecord& record) {
  return {record.sequence, record.received_at, record.source, record.source_offset};
}

// Bytes behind the end of `record` that may be read.
bool HasPadding(const LandedBatch& batch, const LandedRecord& record) {
  for (const std::string& buffer : batch.buffers) {
    const char* begin = buffer.data();
    if (record.bytes.data() < begin || record.bytes.data() > begin + buffer.size()) continue;
    return record.bytes.data() + record.bytes.size() + Enricher::kPadding <= begin + buffer.capacity();
  }
  return false;
}

class BatchList final : public RecordStream {
 public:
  explicit BatchList(std::vector<LandedBatch> batches) : batches_(std::move(batches)) {}
  Result<LandedBatch> Next() override { return next_ == batches_.size() ? LandedBatch() : std::move(batches_[next_++]); }

 private:
  std::vector<LandedBatch> batches_;
  size_t next_ = 0;
};

class PaddedRecord {
 public:
  std::string_view Pad(std::string_view bytes) {
    copy_.reserve(bytes.size() + Enricher::kPadding);
    copy_.assign(bytes);
    return copy_;
  }

 private:
  std::string copy_;
};

Result<int64_t> ReadNumber(TableStore& store, const char* name) {
  ASSIGN_OR_RETURN(const std::string text, store.State(name));
  return text.empty() ? int64_t{0} : std::stoll(text);
}

BatchRows AllRowsOf(const RowBatch& batch) {
  BatchRows all{&batch, std::vector<uint32_t>(batch.size())};
  std::iota(all.rows.begin(), all.rows.end(), 0U);
  return all;
}

std::vector<BatchRows> AllRows(std::span<const EnrichedRows> parts, RowBatch EnrichedRows::*rows) {
  std::vector<BatchRows> all;
  for (const EnrichedRows& part : parts) all.push_back(AllRowsOf(part.*rows));
  return all;
}

void CountIssues(std::span<const BatchRows> parts, IngestReport& report) {
  for (const BatchRows& part : parts) {
    for (const uint32_t row : part.rows) {
      ++report.value_issues[std::string((*part.batch)[ValueIssueColumn::kRule].Text(row))];
    }
  }
}

}  // namespace

// What the threads of one round share.
struct Loader::Round {
  struct Seen {
    Feed feed;
    int64_t content_hash;
  };

  std::vector<EnrichedRows> parts = std::vector<EnrichedRows>(EnrichingThreads());
  std::vector<std::vector<Seen>> unkeyed = std::vector<std::vector<Seen>>(EnrichingThreads());

  std::mutex pulling;
  uint64_t bytes = 0;          // below: guarded by `pulling`
  uint64_t records = 0;
  uint64_t last_sequence = 0;
  Timestamp newest_received{INT64_MIN};
  bool at_end = false;
  Status status;

  std::atomic<bool> met_catalogue = false;

  // Empties it for the next filling. Rows keep their memory, those of tables that this filling did not need give it
  // back: feeds mostly come one after another, and each would hold what it once needed.
  void Clear();
};

void Loader::Round::Clear() {
  for (EnrichedRows& rows : parts) {
    for (RowBatch* batch : {&rows.case_events, &rows.contact_events, &rows.ctr_events, &rows.transcripts, &rows.rejects,
                            &rows.value_issues}) {
      if (batch->empty()) *batch = RowBatch(batch->layout());
    }
    rows.Clear();
  }
  for (auto& seen : unkeyed) seen.clear();
  bytes = 0;
  records = 0;
  last_sequence = 0;
  newest_received = Timestamp{INT64_MIN};
  at_end = false;
  status = {};
  met_catalogue = false;
}

Result<Loader> Loader::Open(TableStore& store, std::filesystem::path log, const EnrichmentSettings& settings) {
  Loader loader(store, std::move(log), settings);
  if (store.position() == 0) loader.known_.BeginEmpty();
  ASSIGN_OR_RETURN(const std::string catalogue, store.State(kCatalogueState));
  if (catalogue.empty()) {
    loader.catalogue_ = std::make_shared<const FieldCatalogue>();
  } else {
    ASSIGN_OR_RETURN(FieldCatalogue known, FieldCatalogue::FromJson(catalogue));
    loader.catalogue_ = std::make_shared<const FieldCatalogue>(std::move(known));
  }
  return loader;
}

FetchRecord Loader::Fetch() const {
  return [this](int64_t sequence) -> Result<std::string> {
    ASSIGN_OR_RETURN(OwnedRecord record, FindRecord(log_, static_cast<uint64_t>(sequence)));
    return std::move(record.bytes);
  };
}

// While one round is written, the next is filled.
Status Loader::Load(RecordStream& stream, const std::function<void(uint64_t)>& tick, IngestReport& report) {
  RETURN_IF_ERROR(store_->BeginLoad());
  Round rounds[2];
  Round* full = &rounds[0];
  Round* next = &rounds[1];
  Status filled = FillRound(stream, tick, *full);
  while (true) {
    const bool is_last = !filled.ok() || full->at_end;
    // A new catalogue is to be known before another record is enriched.
    const bool fills_beside = !is_last && !full->met_catalogue;
    std::future<Status> filling;
    if (fills_beside) filling = std::async(std::launch::async, [&] { return FillRound(stream, tick, *next); });
    Status written;
    if (full->last_sequence != 0) {
      written = stream.AwaitDurable(full->last_sequence);
      if (written.ok()) written = CommitRound(*full, Commit::kRows, report);
    }
    if (fills_beside) filled = filling.get();
    RETURN_IF_ERROR(written);
    if (is_last) return filled;
    if (!fills_beside) filled = FillRound(stream, tick, *next);
    full->Clear();
    std::swap(full, next);
  }
}

Status Loader::FillRound(RecordStream& stream, const std::function<void(uint64_t)>& tick, Round& round) {
  while (enrichers_.size() < round.parts.size()) enrichers_.emplace_back(catalogue_, settings_);
  std::vector<std::thread> threads;
  for (size_t worker = 1; worker < round.parts.size(); ++worker) {
    threads.emplace_back([&, worker] { Work(stream, tick, round, worker); });
  }
  Work(stream, tick, round, 0);
  for (std::thread& thread : threads) thread.join();
  return round.status;
}

void Loader::Work(RecordStream& stream, const std::function<void(uint64_t)>& tick, Round& round, size_t worker) {
  EnrichedRows& rows = round.parts[worker];
  PaddedRecord padded;
  while (!round.met_catalogue) {
    LandedBatch batch;
    {
      const std::lock_guard lock(round.pulling);
      if (round.at_end || round.bytes >= kRoundBytes || round.records >= kRoundRecords) return;
      auto next = stream.Next();
      if (!next.ok()) round.status = next.error();
      if (!next.ok() || next->records.empty()) round.at_end = true;
      if (round.at_end) return;
      batch = std::move(*next);
      for (const LandedRecord& record : batch.records) {
        round.bytes += record.bytes.size();
        bytes_pulled_ += record.bytes.size();
        round.newest_received = std::max(round.newest_received, record.received_at);
      }
      round.records += batch.records.size();
      round.last_sequence = batch.records.back().sequence;
      if (tick) tick(bytes_pulled_);
    }
    for (const LandedRecord& record : batch.records) {
      if (record.kind == LandedKind::kStruckOut) continue;
      const RecordOrigin origin = OriginOf(record);
      if (record.kind == LandedKind::kSetAside) {
        enrichers_[worker].AddSetAside(origin, record.bytes, record.reason, rows);
        continue;
      }
      const std::string_view bytes = HasPadding(batch, record) ? record.bytes : padded.Pad(record.bytes);
      const Feed feed = enrichers_[worker].Add(origin, bytes, rows);
      if (IsUnkeyed(feed)) {
        const auto hash = static_cast<int64_t>(XXH3_64bits(bytes.data(), bytes.size()));
        round.unkeyed[worker].push_back({feed, hash});
      }
    }
    stream.Recycle(std::move(batch));
    // A new catalogue is to be applied as early as may be.
    if (!rows.catalogue_documents.empty()) round.met_catalogue = true;
  }
}

Status Loader::LoadRound(std::vector<LandedBatch> batches, bool with_dimensions, IngestReport& report) {
  BatchList stream(std::move(batches));
  const Commit commit = with_dimensions ? Commit::kRefreshedWithDimensions : Commit::kRefreshed;
  bool met_catalogue = false;
  for (bool at_end = false; !at_end;) {
    if (enrichers_.empty()) enrichers_.emplace_back(catalogue_, settings_);
    if (small_round_ == nullptr) {
      RETURN_IF_ERROR(store_->BeginSmallRounds());
      small_round_ = std::make_shared<Round>();
      known_.ExpectManyRounds();
    }
    small_round_->Clear();
    Work(stream, {}, *small_round_, 0);
    at_end = small_round_->at_end;
    met_catalogue |= small_round_->met_catalogue;
    if (small_round_->last_sequence != 0) RETURN_IF_ERROR(CommitRound(*small_round_, commit, report));
  }
  return met_catalogue ? Finish() : Status();
}

Status Loader::CommitRound(Round& round, Commit commit, IngestReport& report) {
  const Status written = WriteRound(round, commit, report);
  if (!written.ok()) known_.ForgetRecent();
  return written;
}

Status Loader::WriteRound(Round& round, Commit commit, IngestReport& report) {
  RETURN_IF_ERROR(store_->Begin());
  ASSIGN_OR_RETURN(RoundChange change, Deduplicate(round.parts, *store_, Fetch(), known_));
  RETURN_IF_ERROR(WriteRows(change, round, report));
  RETURN_IF_ERROR(CountUnkeyed(round, report));
  RETURN_IF_ERROR(MergeCatalogue(round));
  const auto position = static_cast<int64_t>(round.last_sequence);
  if (commit == Commit::kRows) {
    RETURN_IF_ERROR(store_->Commit(position, round.newest_received));
  } else {
    const bool with_dimensions = commit == Commit::kRefreshedWithDimensions;
    RETURN_IF_ERROR(store_->CommitRefreshed(position, round.newest_received, with_dimensions));
  }
  for (const EnrichedRows& part : round.parts) {
    for (size_t feed = 0; feed < kFeedCount; ++feed) {
      report.feeds[feed].read += part.records[feed];
      report.feeds[feed].set_aside += part.set_aside[feed];
    }
  }
  for (size_t feed = 0; feed < kFeedCount; ++feed) report.feeds[feed].added += change.added[feed];
  report.bytes += round.bytes;
  return {};
}

Status Loader::WriteRows(RoundChange& change, Round& round, IngestReport& report) {
  const std::pair<StoredTable, const TableChange*> keyed[] = {{StoredTable::kCaseEvents, &change.case_events},
                                                              {StoredTable::kContactEvents, &change.contact_events},
                                                              {StoredTable::kCtrEvents, &change.ctr_events},
                                                              {StoredTable::kTranscripts, &change.transcripts}};
  for (const auto& [table, part] : keyed) {
    RETURN_IF_ERROR(store_->DeleteRecords(table, part->delete_sequences));
    RETURN_IF_ERROR(store_->ForgetConflicts(table, part->superseded_keys));
    RETURN_IF_ERROR(store_->Insert(table, part->insert));
  }
  RETURN_IF_ERROR(store_->Insert(StoredTable::kRejects, change.new_rejects));
  for (const auto& [sha256, times] : change.known_rejects) {
    RETURN_IF_ERROR(store_->CountRejectAgain(sha256, times));
  }
  RETURN_IF_ERROR(store_->Insert(StoredTable::kValueIssues, change.value_issues));
  RETURN_IF_ERROR(store_->InsertNew(StoredTable::kValueIssues, change.dimension_issues));
  const std::vector<BatchRows> all_conflicts = {AllRowsOf(change.conflicts)};
  RETURN_IF_ERROR(store_->InsertNew(StoredTable::kValueIssues, all_conflicts));
  const std::pair<StoredTable, RowBatch EnrichedRows::*> observed[] = {
      {StoredTable::kAgentObservations, &EnrichedRows::agent_observations},
      {StoredTable::kQueueObservations, &EnrichedRows::queue_observations},
      {StoredTable::kListings, &EnrichedRows::listings}};
  for (const auto& [table, rows] : observed) {
    RETURN_IF_ERROR(store_->InsertNew(table, AllRows(round.parts, rows)));
  }
  CountIssues(change.value_issues, report);
  CountIssues(change.dimension_issues, report);
  CountIssues(all_conflicts, report);
  return {};
}

Status Loader::CountUnkeyed(Round& round, IngestReport& report) {
  RowBatch seen(StoredLayout(StoredTable::kSeenRecords));
  for (const auto& part : round.unkeyed) {
    for (const Round::Seen& record : part) {
      seen[SeenRecordColumn::kFeed].AppendText(FeedName(record.feed));
      seen[SeenRecordColumn::kContentHash].AppendInt64(record.content_hash);
      seen.EndRow();
    }
  }
  const std::vector<BatchRows> rows = {AllRowsOf(seen)};
  for (const Feed feed : {Feed::kAgentEvents, Feed::kUsers, Feed::kQueues, Feed::kFieldCatalogue}) {
    ASSIGN_OR_RETURN(const uint64_t added, store_->CountUnseen(FeedName(feed), rows));
    report.feeds[static_cast<size_t>(feed)].added += added;
  }
  return store_->InsertNew(StoredTable::kSeenRecords, rows);
}

Status Loader::MergeCatalogue(const Round& round) {
  FieldCatalogue merged = *catalogue_;
  bool is_changed = false;
  for (const EnrichedRows& part : round.parts) {
    for (const CatalogueDocument& document : part.catalogue_documents) {
      ASSIGN_OR_RETURN(merged, merged.MergedWith(document.text));
      is_changed = true;
    }
  }
  if (!is_changed) return {};
  RETURN_IF_ERROR(store_->SetState(kCatalogueState, merged.ToJson()));
  if (merged.Fingerprint() != catalogue_->Fingerprint()) {
    RETURN_IF_ERROR(store_->SetState(kStaleState, std::to_string(round.last_sequence)));
  }
  catalogue_ = std::make_shared<const FieldCatalogue>(std::move(merged));
  enrichers_.clear();
  return {};
}

Status Loader::Finish() {
  ASSIGN_OR_RETURN(const int64_t stale, ReadNumber(*store_, kStaleState));
  if (stale > 0) RETURN_IF_ERROR(EnrichCasesAnew(stale));
  RETURN_IF_ERROR(store_->EndLoad());
  return store_->Refresh();
}

// Replaces the rows of all case events up to a sequence by what the present catalogue makes of their records.
Status Loader::EnrichCasesAnew(int64_t up_to) {
  RETURN_IF_ERROR(store_->Begin());
  ASSIGN_OR_RETURN(const std::vector<int64_t> sequences, store_->CaseEventSequences(up_to));
  RETURN_IF_ERROR(store_->DeleteCaseEvents(up_to));
  if (!sequences.empty()) {
    ASSIGN_OR_RETURN(LandingReader reader, LandingReader::Open(log_, static_cast<uint64_t>(sequences.front())));
    Enricher enricher(catalogue_, settings_);
    EnrichedRows rows;
    PaddedRecord padded;
    const auto write = [&]() -> Status {
      RETURN_IF_ERROR(store_->Insert(StoredTable::kCaseEvents, AllRows(std::span(&rows, 1), &EnrichedRows::case_events)));
      RETURN_IF_ERROR(
          store_->Insert(StoredTable::kValueIssues, AllRows(std::span(&rows, 1), &EnrichedRows::value_issues)));
      rows.Clear();
      return {};
    };
    uint64_t bytes = 0;
    auto wanted = sequences.begin();
    while (wanted != sequences.end()) {
      ASSIGN_OR_RETURN(const std::optional<LandedRecord> record, reader.Next());
      if (!record) break;
      while (wanted != sequences.end() && *wanted < static_cast<int64_t>(record->sequence)) ++wanted;
      if (wanted == sequences.end() || *wanted != static_cast<int64_t>(record->sequence)) continue;
      enricher.Add(OriginOf(*record), padded.Pad(record->bytes), rows);
      bytes += record->bytes.size();
      if (bytes >= kRoundBytes) {
        RETURN_IF_ERROR(write());
        bytes = 0;
      }
    }
    RETURN_IF_ERROR(write());
  }
  RETURN_IF_ERROR(store_->SetState(kStaleState, "0"));
  return store_->CommitKeepingPosition();
}

}  // namespace casebook
