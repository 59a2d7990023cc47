// What the landing log still holds after the disk failed or the machine stopped, at every single operation.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "landing/landing_log.h"
#include "landing/landing_reader.h"

namespace casebook {
namespace {

namespace fs = std::filesystem;

std::string Slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The twin of the real file system that fails at one operation and keeps only what was synced.
//
// Names are as durable as content: a file that was created, renamed or removed without SyncDirectory() may be
// found as before.
class FaultyFiles final : public FileSystem {
 public:
  // The operation that fails, counted from 0; an append writes half of its bytes before it fails.
  explicit FaultyFiles(size_t fails_at) : fails_at_(fails_at) {}

  bool failed() const { return failed_; }
  // The disk obeys again.
  void Heal() { fails_at_ = ~size_t{0}; }

  Result<std::unique_ptr<AppendFile>> OpenForAppend(const fs::path& path) override {
    RETURN_IF_ERROR(Try("open"));
    if (!fs::exists(path)) NoteName(path);
    ASSIGN_OR_RETURN(std::unique_ptr<AppendFile> file, RealFileSystem().OpenForAppend(path));
    if (!synced_.contains(path)) synced_[path] = fs::file_size(path);
    return std::unique_ptr<AppendFile>(std::make_unique<File>(*this, path, std::move(file)));
  }
  Status Rename(const fs::path& from, const fs::path& to) override {
    RETURN_IF_ERROR(Try("rename"));
    NoteName(from);
    NoteName(to);
    synced_[to] = synced_[from];
    return RealFileSystem().Rename(from, to);
  }
  Status Remove(const fs::path& path) override {
    RETURN_IF_ERROR(Try("remove"));
    NoteName(path);
    return RealFileSystem().Remove(path);
  }
  Status Truncate(const fs::path& path, uint64_t size) override {
    RETURN_IF_ERROR(Try("truncate"));
    synced_[path] = std::min<uint64_t>(synced_[path], size);
    return RealFileSystem().Truncate(path, size);
  }
  Status SyncDirectory(const fs::path&) override {
    RETURN_IF_ERROR(Try("sync directory"));
    names_before_.clear();
    return {};
  }

  // The machine stops: of what was not synced, `random` says what is left.
  void Crash(std::mt19937& random) {
    for (const auto& [path, synced] : synced_) {
      if (!fs::exists(path)) continue;
      const uint64_t size = fs::file_size(path);
      if (size > synced) fs::resize_file(path, synced + random() % (size - synced + 1));
    }
    for (const auto& [path, content] : names_before_) {
      if (random() % 2 == 0) continue;
      fs::remove(path);
      if (content) std::ofstream(path, std::ios::binary) << *content;
    }
  }

 private:
  class File final : public AppendFile {
   public:
    File(FaultyFiles& files, fs::path path, std::unique_ptr<AppendFile> real)
        : files_(files), path_(std::move(path)), real_(std::move(real)) {}
    Status Append(std::string_view bytes) override {
      if (Status status = files_.Try("append"); !status.ok()) {
        static_cast<void>(real_->Append(bytes.substr(0, bytes.size() / 2)).ok());
        return status;
      }
      return real_->Append(bytes);
    }
    Status Sync() override {
      RETURN_IF_ERROR(files_.Try("sync"));
      files_.synced_[path_] = fs::file_size(path_);
      return {};
    }

   private:
    FaultyFiles& files_;
    fs::path path_;
    std::unique_ptr<AppendFile> real_;
  };

  // Once the disk has failed, it goes on failing.
  Status Try(const char* what) {
    if (operations_++ < fails_at_) return {};
    failed_ = true;
    return IoError(std::string("could not ") + what + ": no space left on device");
  }
  void NoteName(const fs::path& path) {
    if (names_before_.contains(path)) return;
    names_before_[path] = fs::exists(path) ? std::optional<std::string>(Slurp(path)) : std::nullopt;
  }

  size_t fails_at_;
  size_t operations_ = 0;
  bool failed_ = false;
  std::map<fs::path, uint64_t> synced_;
  std::map<fs::path, std::optional<std::string>> names_before_;
};

constexpr LandingLogOptions kSmall{.segment_bytes = 1500, .block_bytes = 400};
constexpr size_t kRecords = 60;

std::string Text(uint64_t sequence) { return "record number " + std::to_string(sequence); }

class LandingCrashTest : public testing::Test {
 protected:
  LandingCrashTest() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    directory_ = fs::temp_directory_path() / ("casebook_crash_" + std::string(test->name()));
  }
  ~LandingCrashTest() override { fs::remove_all(directory_); }

  enum class Syncs { kAtOnce, kWhileRecordsAreAppended };

  // Appends, syncs and packs until something fails; tells up to where records were accepted.
  uint64_t Write(FileSystem& files, Syncs syncs = Syncs::kAtOnce) const {
    auto log = LandingLog::Open(directory_, files, kSmall);
    if (!log.ok()) return 1;
    uint64_t accepted = log->synced_sequence();
    std::optional<PendingSync> pending;
    const auto sync = [&]() -> Status {
      if (pending) RETURN_IF_ERROR(std::exchange(pending, std::nullopt)->Wait());
      if (log->next_sequence() % 3 != 0) return {};
      if (syncs == Syncs::kAtOnce) return log->Sync();
      ASSIGN_OR_RETURN(pending, log->BeginSync());
      return {};
    };
    while (log->next_sequence() <= kRecords) {
      const std::string text = Text(log->next_sequence());
      if (!log->Append({.source = "file", .received_at = {}, .bytes = text, .reason = ""}).ok()) break;
      if (!sync().ok()) break;
      accepted = std::max(accepted, log->synced_sequence());
      if (log->next_sequence() % 20 == 0 && !log->CompressSealed().ok()) break;
    }
    return accepted;
  }

  void ExpectSoundUpTo(uint64_t accepted, size_t fails_at) const {
    auto reader = LandingReader::Open(directory_).value();
    uint64_t expected = 1;
    for (;;) {
      const auto record = reader.Next().value();
      if (!record) break;
      ASSERT_EQ(record->sequence, expected) << "operation " << fails_at;
      ASSERT_EQ(record->bytes, Text(expected));
      ++expected;
    }
    EXPECT_GE(expected, accepted) << "operation " << fails_at;
    EXPECT_TRUE(reader.problems().empty()) << "operation " << fails_at << ": " << Describe(reader.problems()[0]);
  }

  // Runs `check` with a disk that fails at each operation in turn, until one run meets no failure.
  void ForEachFailure(const std::function<void(FaultyFiles&, size_t)>& check) {
    for (size_t fails_at = 0;; ++fails_at) {
      fs::remove_all(directory_);
      FaultyFiles files(fails_at);
      check(files, fails_at);
      if (!files.failed()) {
        EXPECT_GT(fails_at, 50U);
        return;
      }
    }
  }

  fs::path directory_;
};

// Goal: whichever operation fails, and however much of what was not synced is lost with it, no accepted
// record is lost, none is changed, and the log goes on.
TEST_F(LandingCrashTest, CrashAtAnyOperationLosesNoAcceptedRecord) {
  std::mt19937 random(1);
  ForEachFailure([&](FaultyFiles& files, size_t fails_at) {
    const uint64_t accepted = Write(files);
    files.Crash(random);
    if (fs::exists(directory_)) ExpectSoundUpTo(accepted, fails_at);

    EXPECT_EQ(Write(RealFileSystem()), kRecords + 1 - (kRecords + 1) % 3);
    ExpectSoundUpTo(accepted, fails_at);
  });
}

// Goal: the same where the disk is waited for while further records, and segments, are begun.
TEST_F(LandingCrashTest, CrashWhileASyncIsPendingLosesNoAcceptedRecord) {
  std::mt19937 random(2);
  ForEachFailure([&](FaultyFiles& files, size_t fails_at) {
    const uint64_t accepted = Write(files, Syncs::kWhileRecordsAreAppended);
    files.Crash(random);
    if (fs::exists(directory_)) ExpectSoundUpTo(accepted, fails_at);

    EXPECT_EQ(Write(RealFileSystem(), Syncs::kWhileRecordsAreAppended), kRecords + 1 - (kRecords + 1) % 3);
    ExpectSoundUpTo(accepted, fails_at);
  });
}

// Goal: what a failed sync did not accept is not accepted by a later one.
TEST_F(LandingCrashTest, NoSyncSucceedsAfterAFailedOne) {
  fs::remove_all(directory_);
  FaultyFiles files(6);
  auto log = LandingLog::Open(directory_, files, {}).value();
  Status waited;
  while (waited.ok()) {
    ASSERT_TRUE(log.Append({.source = "file", .received_at = {}, .bytes = "one", .reason = ""}).ok());
    const auto pending = log.BeginSync();
    waited = pending.ok() ? pending->Wait() : Status(pending.error());
  }
  files.Heal();
  EXPECT_EQ(log.Sync().error().code, ErrorCode::kIo);
  EXPECT_EQ(log.Sync().error().code, ErrorCode::kIo);
}

// Goal: a full disk stops the intake but spoils nothing: once there is room, the reopened log goes on.
TEST_F(LandingCrashTest, FailureWithoutACrashLosesNoAcceptedRecord) {
  ForEachFailure([&](FaultyFiles& files, size_t fails_at) {
    const uint64_t accepted = Write(files);
    if (fs::exists(directory_)) ExpectSoundUpTo(accepted, fails_at);
    files.Heal();
    EXPECT_EQ(Write(files), kRecords + 1 - (kRecords + 1) % 3);
    ExpectSoundUpTo(accepted, fails_at);
  });
}

// Goal: after a failure the log says so at every call, and accepts nothing.
TEST_F(LandingCrashTest, FailureStaysUntilTheLogIsOpenedAnew) {
  fs::remove_all(directory_);
  FaultyFiles files(8);
  auto log = LandingLog::Open(directory_, files, kSmall).value();
  Status synced;
  while (synced.ok()) {
    ASSERT_TRUE(log.Append({.source = "file", .received_at = {}, .bytes = "one", .reason = ""}).ok());
    synced = log.Sync();
  }
  files.Heal();
  const uint64_t accepted = log.synced_sequence();
  EXPECT_EQ(log.next_sequence(), accepted);
  EXPECT_EQ(log.Sync().error().code, ErrorCode::kIo);
  EXPECT_EQ(log.Append({.source = "file", .received_at = {}, .bytes = "two", .reason = ""}).error().code, ErrorCode::kIo);
  EXPECT_EQ(VerifyLog(directory_).value().records, accepted - 1);
}

}  // namespace
}  // namespace casebook
