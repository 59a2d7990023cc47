#include "ingest/deduplicate.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <bit>
#include <limits>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/checksum.h"
#include "events/canonical_json.h"
#include "schema/columns.h"

namespace casebook {
namespace {

uint64_t HashOf(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

struct TextHash {
  size_t operator()(std::string_view text) const { return HashOf(text); }
};

// One row of the round, or a stored one, as a candidate for its key.
struct Candidate {
  static constexpr size_t kStored = std::numeric_limits<size_t>::max();

  size_t part = kStored;
  uint32_t row = 0;
  int64_t sequence = 0;
  int64_t content_hash = 0;
  int64_t version = 0;

  bool IsStored() const { return part == kStored; }
};

// The columns by which a table's rows are told apart.
template <typename Column>
struct KeyColumns {
  StoredTable table;
  std::string_view shown_name;
  RowBatch EnrichedRows::*rows;
  KnownRecords::OfTable KnownRecords::*known;
  Column key;
  Column content_hash;
  Column sequence;
};

int64_t VersionOf(const RowBatch& batch, CtrColumn, size_t row) {
  const ColumnVector& version = batch[CtrColumn::kLastUpdateTimestamp];
  return version.IsNull(row) ? std::numeric_limits<int64_t>::min() : version.Int64(row);
}
int64_t VersionOf(const RowBatch&, CaseColumn, size_t) { return 0; }
int64_t VersionOf(const RowBatch&, ContactColumn, size_t) { return 0; }

void AddConflict(RowBatch& conflicts, std::string_view table, std::string_view key, std::string_view loser_sha256) {
  conflicts[ValueIssueColumn::kTableName].AppendText(table);
  conflicts[ValueIssueColumn::kRowId].AppendText(key);
  conflicts[ValueIssueColumn::kRule].AppendText("conflicting_content");
  conflicts[ValueIssueColumn::kText].AppendText(loser_sha256);
  conflicts.EndRow();
}

// The best record of each key met so far: a hash table of the keys' rows, without a copy of the keys.
class Winners {
 public:
  explicit Winners(size_t rows_max) : slots_(std::bit_ceil(2 * rows_max + 1)) { winners_.reserve(rows_max); }

  struct Winner {
    std::string_view key;
    uint64_t hash;
    Candidate candidate;
  };

  // The winner for `key`; `candidate` where there was none.
  std::pair<Winner*, bool> TryAdd(std::string_view key, uint64_t hash, const Candidate& candidate) {
    uint32_t& slot = slots_[Slot(key, hash)];
    if (slot != 0) return {&winners_[slot - 1], false};
    winners_.push_back({key, hash, candidate});
    slot = static_cast<uint32_t>(winners_.size());
    return {&winners_.back(), true};
  }
  // nullptr where there is none.
  Winner* Find(std::string_view key, uint64_t hash) {
    const uint32_t slot = slots_[Slot(key, hash)];
    return slot == 0 ? nullptr : &winners_[slot - 1];
  }
  std::vector<Winner>& all() { return winners_; }
  const std::vector<Winner>& all() const { return winners_; }
  // Of the hash table; nothing is found afterwards.
  std::vector<uint32_t> TakePlaces() { return std::exchange(slots_, {}); }

 private:
  size_t Slot(std::string_view key, uint64_t hash) const {
    size_t at = hash & (slots_.size() - 1);
    while (slots_[at] != 0 && !Is(winners_[slots_[at] - 1], key, hash)) at = (at + 1) & (slots_.size() - 1);
    return at;
  }
  static bool Is(const Winner& winner, std::string_view key, uint64_t hash) {
    return winner.hash == hash && winner.key == key;
  }

  std::vector<uint32_t> slots_;  // open addressing; place in winners_ plus one, 0: free
  std::vector<Winner> winners_;
};

// Chooses one record for each key.
template <typename Column>
class KeyedTable {
 public:
  KeyedTable(const KeyColumns<Column>& columns, std::span<EnrichedRows> parts, const FetchRecord& fetch,
             KnownRecords& known, RowBatch& conflicts)
      : columns_(columns), parts_(parts), fetch_(fetch), known_(known.*columns.known), conflicts_(conflicts),
        winners_(CountRows()) {}

  Status Run(TableStore& store, TableChange& change, std::unordered_set<int64_t>& dropped) {
    RETURN_IF_ERROR(ChooseInRound());
    RETURN_IF_ERROR(ChooseAgainstStored(store, change));
    Collect(change, dropped);
    for (const auto& [key, losers] : losers_) {
      for (const std::string& sha256 : losers) AddConflict(conflicts_, columns_.shown_name, key, sha256);
    }
    return {};
  }

 private:
  // From so many rows on it is cheaper to read all stored keys once than to have the engine look for each round's.
  static constexpr size_t kRowsWorthReadingKeys = 50'000;
  // The same from so many rounds on, however small.
  static constexpr size_t kRoundsWorthReadingKeys = 8;

  const RowBatch& Rows(size_t part) const { return parts_[part].*columns_.rows; }

  size_t CountRows() const {
    size_t rows = 0;
    for (size_t part = 0; part < parts_.size(); ++part) rows += Rows(part).size();
    return rows;
  }

  Status ChooseInRound() {
    for (size_t part = 0; part < parts_.size(); ++part) {
      const RowBatch& batch = Rows(part);
      for (uint32_t row = 0; row < batch.size(); ++row) {
        const Candidate candidate{part, row, batch[columns_.sequence].Int64(row),
                                  batch[columns_.content_hash].Int64(row), VersionOf(batch, columns_.key, row)};
        const std::string_view key = batch[columns_.key].Text(row);
        const auto [winner, is_new] = winners_.TryAdd(key, HashOf(key), candidate);
        if (!is_new) RETURN_IF_ERROR(Choose(key, winner->candidate, candidate));
      }
    }
    return {};
  }

  // What is known of a key lies anywhere in much memory: it is fetched while the keys before are looked at.
  void Prefetch(size_t winner) const {
    constexpr size_t kAhead = 16;
    const std::vector<Winners::Winner>& all = winners_.all();
    if (winner + kAhead >= all.size()) return;
    known_.keys.Prefetch(all[winner + kAhead].hash);
  }

  // The round's winners whose keys may be stored, as rows, for the question which of them are. Not those that came not long
  // ago, byte for byte: of them the stored one stays.
  std::vector<BatchRows> RowsToAskFor() {
    std::vector<BatchRows> rows(parts_.size());
    for (size_t part = 0; part < parts_.size(); ++part) rows[part].batch = &Rows(part);
    for (size_t i = 0; i < winners_.all().size(); ++i) {
      Prefetch(i);
      auto& [key, hash, candidate] = winners_.all()[i];
      if (!known_.keys.MayHold(hash)) continue;
      if (known_.recent.IsStored(hash, candidate.content_hash)) {
        candidate.part = Candidate::kStored;
      } else {
        rows[candidate.part].rows.push_back(candidate.row);
      }
    }
    return rows;
  }

  Status ReadKnownKeys(TableStore& store) {
    known_.keys.BeginEmpty();
    return store.ForEachKey(columns_.table, [this](std::string_view key) { known_.keys.Add(HashOf(key)); });
  }

  Status ChooseAgainstStored(TableStore& store, TableChange& change) {
    const size_t asked = std::max(winners_.all().size(), kRowsWorthReadingKeys / kRoundsWorthReadingKeys);
    if (!winners_.all().empty() && !known_.keys.is_complete() && known_.keys.CountAsked(asked) >= kRowsWorthReadingKeys) {
      RETURN_IF_ERROR(ReadKnownKeys(store));
    }
    const std::vector<BatchRows> rows = RowsToAskFor();
    ASSIGN_OR_RETURN(const std::vector<KnownRow> known, store.FindKnown(columns_.table, rows));
    for (const KnownRow& stored : known) {
      Winners::Winner* winner = winners_.Find(stored.key, HashOf(stored.key));
      if (winner == nullptr) continue;  // another key of the same hash
      const Candidate candidate{Candidate::kStored, 0, stored.sequence, stored.content_hash, stored.version};
      if (stored.version < winner->candidate.version) change.superseded_keys.push_back(stored.key);
      RETURN_IF_ERROR(Choose(winner->key, winner->candidate, candidate));
      if (!winner->candidate.IsStored()) change.delete_sequences.push_back(stored.sequence);
    }
    std::vector<RecentContents::Row> contents;
    contents.reserve(winners_.all().size());
    for (size_t i = 0; i < winners_.all().size(); ++i) {
      Prefetch(i);
      const Winners::Winner& winner = winners_.all()[i];
      known_.keys.Add(winner.hash);
      contents.push_back({winner.hash, winner.candidate.content_hash});
    }
    known_.recent.AddRound(winners_.TakePlaces(), std::move(contents));
    return {};
  }

  // Sets `winner` to the better of two records for `key`.
  Status Choose(std::string_view key, Candidate& winner, const Candidate& other) {
    if (winner.version != other.version) {
      if (other.version < winner.version) return {};
      // What lost among older versions is no conflict any more.
      losers_.erase(key);
      winner = other;
      return {};
    }
    if (winner.content_hash == other.content_hash) {
      // The same bytes: the first to come stays, and a stored one came before.
      if (other.IsStored() || (!winner.IsStored() && other.sequence < winner.sequence)) winner = other;
      return {};
    }
    return ChooseByContent(key, winner, other);
  }

  // The greater SHA-256 of the canonical JSON wins; of one content in two spellings the greater of the bytes.
  Status ChooseByContent(std::string_view key, Candidate& winner, const Candidate& other) {
    ASSIGN_OR_RETURN(const std::string winner_bytes, fetch_(winner.sequence));
    ASSIGN_OR_RETURN(const std::string other_bytes, fetch_(other.sequence));
    const std::string winner_sha256 = CanonicalSha256Hex(winner_bytes);
    const std::string other_sha256 = CanonicalSha256Hex(other_bytes);
    if (winner_sha256 == other_sha256) {
      if (Sha256(other_bytes) > Sha256(winner_bytes)) winner = other;
      return {};
    }
    const bool other_wins = other_sha256 > winner_sha256;
    losers_[key].insert(other_wins ? winner_sha256 : other_sha256);
    if (other_wins) winner = other;
    return {};
  }

  void Collect(TableChange& change, std::unordered_set<int64_t>& dropped) {
    std::vector<std::vector<bool>> wins(parts_.size());
    for (size_t part = 0; part < parts_.size(); ++part) wins[part].resize(Rows(part).size());
    for (const Winners::Winner& winner : winners_.all()) {
      if (!winner.candidate.IsStored()) wins[winner.candidate.part][winner.candidate.row] = true;
    }
    change.insert.resize(parts_.size());
    for (size_t part = 0; part < parts_.size(); ++part) {
      const RowBatch& batch = Rows(part);
      change.insert[part].batch = &batch;
      change.insert[part].rows.reserve(batch.size());
      for (uint32_t row = 0; row < batch.size(); ++row) {
        if (wins[part][row]) {
          change.insert[part].rows.push_back(row);
        } else {
          dropped.insert(batch[columns_.sequence].Int64(row));
        }
      }
    }
  }

  const KeyColumns<Column>& columns_;
  std::span<EnrichedRows> parts_;
  const FetchRecord& fetch_;
  KnownRecords::OfTable& known_;
  RowBatch& conflicts_;
  Winners winners_;
  std::unordered_map<std::string_view, std::set<std::string>, TextHash> losers_;  // hashes, of the newest version
};

// One Contact Lens file: the redacted before the original, then the greater hash.
struct TranscriptFile {
  bool is_redacted = false;
  std::string content_sha256;
  int64_t sequence = 0;
  bool is_stored = false;

  bool IsBetterThan(const TranscriptFile& other) const {
    if (is_redacted != other.is_redacted) return is_redacted;
    if (content_sha256 != other.content_sha256) return content_sha256 > other.content_sha256;
    return is_stored != other.is_stored ? is_stored : sequence < other.sequence;
  }
};

using TranscriptFiles = std::unordered_map<std::string, TranscriptFile>;

void Offer(TranscriptFiles& files, std::string key, const TranscriptFile& file) {
  const auto [best, is_new] = files.try_emplace(std::move(key), file);
  if (!is_new && file.IsBetterThan(best->second)) best->second = file;
}

Status DeduplicateTranscripts(std::span<EnrichedRows> parts, TableStore& store, RoundChange& change,
                              std::unordered_set<int64_t>& dropped) {
  TranscriptFiles files;
  std::vector<BatchRows> all(parts.size());
  for (size_t part = 0; part < parts.size(); ++part) {
    const RowBatch& batch = parts[part].transcripts;
    all[part].batch = &batch;
    for (uint32_t row = 0; row < batch.size(); ++row) {
      all[part].rows.push_back(row);
      Offer(files, std::string(batch[TranscriptColumn::kContactId].Text(row)),
            {batch[TranscriptColumn::kIsRedacted].Int64(row) != 0,
             std::string(batch[TranscriptColumn::kContentSha256].Text(row)),
             batch[TranscriptColumn::kSequence].Int64(row)});
    }
  }
  ASSIGN_OR_RETURN(const std::vector<KnownRow> known, store.FindKnown(StoredTable::kTranscripts, all));
  for (const KnownRow& stored : known) {
    Offer(files, stored.key, {stored.is_redacted, stored.content_sha256, stored.sequence, true});
    if (!files[stored.key].is_stored) change.transcripts.delete_sequences.push_back(stored.sequence);
  }
  std::unordered_set<int64_t> kept;
  change.transcripts.insert.resize(parts.size());
  for (size_t part = 0; part < parts.size(); ++part) {
    const RowBatch& batch = parts[part].transcripts;
    change.transcripts.insert[part].batch = &batch;
    for (uint32_t row = 0; row < batch.size(); ++row) {
      const TranscriptFile& best = files[std::string(batch[TranscriptColumn::kContactId].Text(row))];
      const int64_t sequence = batch[TranscriptColumn::kSequence].Int64(row);
      if (!best.is_stored && best.sequence == sequence) {
        change.transcripts.insert[part].rows.push_back(row);
        kept.insert(sequence);
      } else {
        dropped.insert(sequence);
      }
    }
  }
  change.added[static_cast<size_t>(Feed::kTranscripts)] = kept.size();
  return {};
}

// One row a byte string: the first that came, counted.
Status DeduplicateRejects(std::span<EnrichedRows> parts, TableStore& store, RoundChange& change) {
  struct Group {
    size_t part;
    uint32_t row;
    int64_t sequence;
    int64_t times;
  };
  std::unordered_map<std::string, Group> groups;
  for (size_t part = 0; part < parts.size(); ++part) {
    const RowBatch& batch = parts[part].rejects;
    for (uint32_t row = 0; row < batch.size(); ++row) {
      const int64_t sequence = batch[RejectColumn::kSequence].Int64(row);
      const auto [group, is_new] = groups.try_emplace(std::string(batch[RejectColumn::kRecordSha256].Text(row)),
                                                      Group{part, row, sequence, 0});
      ++group->second.times;
      if (sequence < group->second.sequence) {
        group->second.part = part;
        group->second.row = row;
        group->second.sequence = sequence;
      }
    }
  }
  std::vector<BatchRows> rows(parts.size());
  for (size_t part = 0; part < parts.size(); ++part) rows[part].batch = &parts[part].rejects;
  for (const auto& [sha256, group] : groups) rows[group.part].rows.push_back(group.row);
  ASSIGN_OR_RETURN(const std::vector<KnownRow> known, store.FindKnown(StoredTable::kRejects, rows));
  for (const KnownRow& stored : known) {
    const auto group = groups.find(stored.key);
    change.known_rejects.emplace_back(stored.key, group->second.times);
    groups.erase(group);
  }
  change.new_rejects.resize(parts.size());
  for (size_t part = 0; part < parts.size(); ++part) change.new_rejects[part].batch = &parts[part].rejects;
  for (const auto& [sha256, group] : groups) {
    change.new_rejects[group.part].rows.push_back(group.row);
    // A row stands for itself; the rest of its group is added once it is stored.
    if (group.times > 1) change.known_rejects.emplace_back(sha256, group.times - 1);
  }
  return {};
}

// Issues go where their rows go. Those of agents and queues have no row of their own to follow.
void SortValueIssues(std::span<const EnrichedRows> parts, const std::unordered_set<int64_t>& dropped,
                     RoundChange& change) {
  change.value_issues.resize(parts.size());
  change.dimension_issues.resize(parts.size());
  for (size_t part = 0; part < parts.size(); ++part) {
    const RowBatch& batch = parts[part].value_issues;
    change.value_issues[part].batch = &batch;
    change.dimension_issues[part].batch = &batch;
    for (uint32_t row = 0; row < batch.size(); ++row) {
      const std::string_view table = batch[ValueIssueColumn::kTableName].Text(row);
      if (table == "agent_dim" || table == "queue_dim") {
        change.dimension_issues[part].rows.push_back(row);
      } else if (!dropped.contains(batch[ValueIssueColumn::kSequence].Int64(row))) {
        change.value_issues[part].rows.push_back(row);
      }
    }
  }
}

uint64_t CountRows(const std::vector<BatchRows>& parts) {
  uint64_t rows = 0;
  for (const BatchRows& part : parts) rows += part.rows.size();
  return rows;
}

constexpr KeyColumns<CaseColumn> kCaseKeys{StoredTable::kCaseEvents, "case_events",         &EnrichedRows::case_events,
                                           &KnownRecords::case_events, CaseColumn::kEventId, CaseColumn::kContentHash,
                                           CaseColumn::kSequence};
constexpr KeyColumns<ContactColumn> kContactKeys{
    StoredTable::kContactEvents,   "contact_events",        &EnrichedRows::contact_events,
    &KnownRecords::contact_events, ContactColumn::kEventId, ContactColumn::kContentHash,
    ContactColumn::kSequence};
constexpr KeyColumns<CtrColumn> kCtrKeys{StoredTable::kCtrEvents, "ctr_events",           &EnrichedRows::ctr_events,
                                         &KnownRecords::ctr_events, CtrColumn::kContactId, CtrColumn::kContentHash,
                                         CtrColumn::kSequence};

}  // namespace

Result<RoundChange> Deduplicate(std::span<EnrichedRows> parts, TableStore& store, const FetchRecord& fetch,
                                KnownRecords& known) {
  RoundChange change;
  std::unordered_set<int64_t> dropped;
  RowBatch& conflicts = change.conflicts;
  RETURN_IF_ERROR(KeyedTable(kCaseKeys, parts, fetch, known, conflicts).Run(store, change.case_events, dropped));
  RETURN_IF_ERROR(KeyedTable(kContactKeys, parts, fetch, known, conflicts).Run(store, change.contact_events, dropped));
  RETURN_IF_ERROR(KeyedTable(kCtrKeys, parts, fetch, known, conflicts).Run(store, change.ctr_events, dropped));
  RETURN_IF_ERROR(DeduplicateTranscripts(parts, store, change, dropped));
  RETURN_IF_ERROR(DeduplicateRejects(parts, store, change));
  SortValueIssues(parts, dropped, change);
  change.added[static_cast<size_t>(Feed::kCaseEvents)] = CountRows(change.case_events.insert);
  change.added[static_cast<size_t>(Feed::kContactEvents)] = CountRows(change.contact_events.insert);
  change.added[static_cast<size_t>(Feed::kContactRecords)] = CountRows(change.ctr_events.insert);
  return change;
}

}  // namespace casebook
