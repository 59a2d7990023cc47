#include "landing/landing_reader.h"

#include <algorithm>
#include <utility>

#include "landing/landing_format.h"
#include "landing/segment_reader.h"

namespace casebook {
namespace {

// The segment in which `sequence` must lie, or the first; segments.end() only if there is none.
std::vector<SegmentName>::const_iterator SegmentOf(const std::vector<SegmentName>& segments, uint64_t sequence) {
  const auto after = std::upper_bound(segments.begin(), segments.end(), sequence,
                                      [](uint64_t wanted, const SegmentName& name) { return wanted < name.first_sequence; });
  return after == segments.begin() ? after : std::prev(after);
}

OwnedRecord Own(const LandedRecord& record) {
  return {record.sequence,           record.received_at, std::string(record.source), record.source_offset,
          std::string(record.bytes), record.kind,        std::string(record.reason)};
}

}  // namespace

struct LandingReader::State {
  std::filesystem::path directory;
  uint64_t from_sequence = 1;
  std::optional<SegmentReader> segment;
  uint64_t segment_first_sequence = 0;
  std::vector<LandingProblem> problems;
  size_t segment_problems_told = 0;
  LandedBatch batch;  // of Next()
  size_t given = 0;   // of batch

  Status OpenSegment(const SegmentName& name);
  Result<bool> OpenFirst();
  Result<std::optional<SegmentName>> FindNext() const;
  Status MoveTo(const SegmentName& next);
  Result<bool> Advance(LandedBatch& into);
  void GatherProblems();
};

Status LandingReader::State::OpenSegment(const SegmentName& name) {
  segment.reset();
  segment_problems_told = 0;
  segment_first_sequence = name.first_sequence;
  ASSIGN_OR_RETURN(segment, SegmentReader::Open(name, from_sequence));
  return {};
}

Result<bool> LandingReader::State::OpenFirst() {
  ASSIGN_OR_RETURN(const std::vector<SegmentName> segments, ListSegments(directory));
  const auto first = SegmentOf(segments, from_sequence);
  if (first == segments.end()) return false;
  RETURN_IF_ERROR(OpenSegment(*first));
  RETURN_IF_ERROR(segment->Seek(from_sequence));
  return true;
}

// The segment after the present one.
Result<std::optional<SegmentName>> LandingReader::State::FindNext() const {
  ASSIGN_OR_RETURN(const std::vector<SegmentName> segments, ListSegments(directory));
  for (const SegmentName& name : segments) {
    if (name.first_sequence > segment_first_sequence) return std::optional<SegmentName>(name);
  }
  return std::optional<SegmentName>();
}

Status LandingReader::State::MoveTo(const SegmentName& next) {
  RETURN_IF_ERROR(segment->EndHere());
  GatherProblems();
  const uint64_t expected = segment->expected_sequence();
  if (next.first_sequence > expected) {
    problems.push_back({next.path, 0,
                        "records " + std::to_string(expected) + " to " + std::to_string(next.first_sequence - 1) +
                            " are missing before this segment"});
  }
  return OpenSegment(next);
}

// Adds what comes next to `into`, perhaps nothing; false at the end.
Result<bool> LandingReader::State::Advance(LandedBatch& into) {
  if (!segment) {
    ASSIGN_OR_RETURN(const bool opened, OpenFirst());
    if (!opened) return false;
  }
  ASSIGN_OR_RETURN(bool more, segment->Next(into));
  if (!more) {
    ASSIGN_OR_RETURN(const std::optional<SegmentName> next, FindNext());
    if (!next) {
      GatherProblems();
      return false;
    }
    // The writer may have added to the present one between its end and the listing; now it adds no more.
    ASSIGN_OR_RETURN(more, segment->Next(into));
    if (!more) RETURN_IF_ERROR(MoveTo(*next));
  }
  GatherProblems();
  return true;
}

void LandingReader::State::GatherProblems() {
  const std::vector<LandingProblem>& found = segment->problems();
  problems.insert(problems.end(), found.begin() + static_cast<std::ptrdiff_t>(segment_problems_told), found.end());
  segment_problems_told = found.size();
}

LandingReader::LandingReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
LandingReader::~LandingReader() = default;
LandingReader::LandingReader(LandingReader&& other) noexcept = default;
LandingReader& LandingReader::operator=(LandingReader&& other) noexcept = default;

Result<LandingReader> LandingReader::Open(const std::filesystem::path& directory, uint64_t from_sequence) {
  auto state = std::make_unique<State>();
  state->directory = directory;
  state->from_sequence = from_sequence;
  return LandingReader(std::move(state));
}

Result<std::optional<LandedRecord>> LandingReader::Next() {
  if (state_->given == state_->batch.records.size()) {
    RETURN_IF_ERROR(NextBatch(state_->batch, 1));
    state_->given = 0;
  }
  if (state_->batch.records.empty()) return std::optional<LandedRecord>();
  return std::optional<LandedRecord>(state_->batch.records[state_->given++]);
}

Status LandingReader::NextBatch(LandedBatch& batch, size_t bytes_min) {
  batch.records.clear();
  batch.buffers.clear();
  if (state_->segment) state_->segment->BeginBatch();
  size_t bytes = 0;
  size_t counted = 0;
  while (bytes < bytes_min || batch.records.empty()) {
    ASSIGN_OR_RETURN(const bool more, state_->Advance(batch));
    if (!more) break;
    for (; counted < batch.records.size(); ++counted) bytes += batch.records[counted].bytes.size();
  }
  return {};
}

const std::vector<LandingProblem>& LandingReader::problems() const { return state_->problems; }

Result<OwnedRecord> FindRecord(const std::filesystem::path& directory, uint64_t sequence) {
  const Error not_found = NotFound("record " + std::to_string(sequence) + " not found in " + directory.string());
  ASSIGN_OR_RETURN(const std::vector<SegmentName> segments, ListSegments(directory));
  const auto name = SegmentOf(segments, sequence);
  if (name == segments.end() || name->first_sequence > sequence) return not_found;
  ASSIGN_OR_RETURN(SegmentReader segment, SegmentReader::Open(*name, sequence));
  RETURN_IF_ERROR(segment.Seek(sequence));
  for (;;) {
    LandedBatch batch;
    segment.BeginBatch();
    ASSIGN_OR_RETURN(const bool more, segment.Next(batch));
    if (!batch.records.empty() && batch.records.front().sequence == sequence) return Own(batch.records.front());
    if (!more || segment.expected_sequence() > sequence) break;
  }
  const bool is_last = std::next(name) == segments.end();
  if (is_last && segment.expected_sequence() <= sequence) return not_found;
  return Corrupt("record " + std::to_string(sequence) + " lies in a damaged place of " + name->path.string());
}

namespace {

void Count(const LandedRecord& record, VerifyReport& report) {
  if (report.records == 0) report.first_sequence = record.sequence;
  report.last_sequence = record.sequence;
  ++report.records;
  report.record_bytes += record.bytes.size();
  switch (record.kind) {
    case LandedKind::kRecord: break;
    case LandedKind::kSetAside: ++report.set_aside; break;
    case LandedKind::kStruckOut: ++report.struck_out; break;
  }
}

Result<uint64_t> VerifySegment(const SegmentName& name, VerifyReport& report) {
  ASSIGN_OR_RETURN(SegmentReader segment, SegmentReader::Open(name, 0));
  LandedBatch batch;
  for (;;) {
    batch.records.clear();
    batch.buffers.clear();
    segment.BeginBatch();
    ASSIGN_OR_RETURN(const bool more, segment.Next(batch));
    for (const LandedRecord& record : batch.records) Count(record, report);
    if (!more) break;
  }
  RETURN_IF_ERROR(segment.EndHere());
  ++report.segments;
  report.stored_bytes += segment.file_size();
  report.problems.insert(report.problems.end(), segment.problems().begin(), segment.problems().end());
  return segment.expected_sequence();
}

}  // namespace

Result<VerifyReport> VerifyLog(const std::filesystem::path& directory) {
  VerifyReport report;
  ASSIGN_OR_RETURN(const std::vector<SegmentName> segments, ListSegments(directory));
  uint64_t expected = segments.empty() ? 0 : segments.front().first_sequence;
  for (const SegmentName& name : segments) {
    if (name.first_sequence > expected) {
      report.problems.push_back({name.path, 0,
                                 "records " + std::to_string(expected) + " to " +
                                     std::to_string(name.first_sequence - 1) + " are missing before this segment"});
    }
    ASSIGN_OR_RETURN(expected, VerifySegment(name, report));
  }
  return report;
}

}  // namespace casebook
