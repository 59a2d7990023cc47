#include "bench/conformance_workers.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string>

#include "bench/conformance_runner.h"

namespace casebook::conformance {
namespace {

using Clock = std::chrono::steady_clock;

constexpr rlim_t kMaxAddressSpace = rlim_t{6} << 30U;
constexpr uint64_t kNoCase = ~uint64_t{0};

bool WriteAll(int fd, const void* data, size_t size) {
  const char* at = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t written = send(fd, at, size, MSG_NOSIGNAL);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    at += written;
    size -= static_cast<size_t>(written);
  }
  return true;
}

bool ReadAll(int fd, void* data, size_t size) {
  char* at = static_cast<char*>(data);
  while (size > 0) {
    const ssize_t got = read(fd, at, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += got;
    size -= static_cast<size_t>(got);
  }
  return true;
}

void LimitItself() {
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  const rlimit memory{kMaxAddressSpace, kMaxAddressSpace};
  setrlimit(RLIMIT_AS, &memory);
}

// The worker's whole life: reads the number of a case, writes what it came to, its length first.
[[noreturn]] void Work(const CaseSet& set, int fd) {
  LimitItself();
  auto runner = Runner::Open(set);
  if (!runner.ok()) {
    std::fprintf(stderr, "conformance: %s\n", runner.error().message.c_str());
    _exit(1);
  }
  uint64_t number = 0;
  while (!runner->is_spent() && ReadAll(fd, &number, sizeof number)) {
    const std::string line = ToLine(runner->Run(set.cases[number]));
    const uint64_t length = line.size();
    if (!WriteAll(fd, &length, sizeof length) || !WriteAll(fd, line.data(), line.size())) break;
  }
  _exit(0);
}

struct Worker {
  pid_t pid = -1;
  int fd = -1;
  uint64_t running = kNoCase;
  Clock::time_point deadline;
  std::string received;
};

class Pool {
 public:
  Pool(const CaseSet& set, const WorkerOptions& options) : set_(set), options_(options) {
    workers_.resize(static_cast<size_t>(std::max(1, options.jobs)));
  }
  ~Pool() {
    for (Worker& worker : workers_) End(worker);
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  Status Run(const std::vector<size_t>& chosen, const std::function<void(size_t, Json)>& done) {
    size_t next = 0;
    size_t ended = 0;
    while (ended < chosen.size()) {
      for (Worker& worker : workers_) {
        if (worker.running != kNoCase || next == chosen.size()) continue;
        RETURN_IF_ERROR(Give(worker, chosen[next++]));
      }
      Wait();
      for (Worker& worker : workers_) {
        if (worker.running == kNoCase) continue;
        const size_t number = worker.running;
        if (std::optional<Json> got = Take(worker)) {
          worker.running = kNoCase;
          ++ended;
          done(number, std::move(*got));
        }
      }
    }
    return {};
  }

 private:
  Status Start(Worker& worker) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return IoError("cannot make a socket pair");
    worker.pid = fork();
    if (worker.pid < 0) return IoError(std::string("cannot fork: ") + std::strerror(errno));
    if (worker.pid == 0) {
      close(ends[0]);
      for (const Worker& other : workers_) {
        if (other.fd >= 0) close(other.fd);
      }
      Work(set_, ends[1]);
    }
    close(ends[1]);
    worker.fd = ends[0];
    worker.received.clear();
    return {};
  }

  void End(Worker& worker) {
    if (worker.pid < 0) return;
    kill(worker.pid, SIGKILL);
    waitpid(worker.pid, nullptr, 0);
    close(worker.fd);
    worker.pid = worker.fd = -1;
  }

  // A worker that ended by itself since its last case is replaced.
  Status Give(Worker& worker, uint64_t number) {
    char byte = 0;
    if (worker.pid >= 0 && recv(worker.fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0) End(worker);
    for (int attempt = 0; attempt < 2; ++attempt) {
      if (worker.pid < 0) RETURN_IF_ERROR(Start(worker));
      worker.running = number;
      worker.deadline = Clock::now() + options_.time_limit;
      if (WriteAll(worker.fd, &number, sizeof number)) return {};
      End(worker);
    }
    return IoError("workers end as soon as they start");
  }

  void Wait() {
    std::vector<pollfd> fds;
    auto deadline = Clock::time_point::max();
    for (const Worker& worker : workers_) {
      if (worker.running == kNoCase) continue;
      fds.push_back({worker.fd, POLLIN, 0});
      deadline = std::min(deadline, worker.deadline);
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    poll(fds.data(), fds.size(), static_cast<int>(std::max<int64_t>(0, left) + 1));
  }

  // What the worker's case came to, if it has come to anything yet.
  std::optional<Json> Take(Worker& worker) {
    char buffer[65536];
    while (true) {
      const ssize_t got = recv(worker.fd, buffer, sizeof buffer, MSG_DONTWAIT);
      if (got > 0) {
        worker.received.append(buffer, static_cast<size_t>(got));
        continue;
      }
      if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) break;
      if (std::optional<Json> whole = TakeWhole(worker)) return whole;
      return Died(worker);
    }
    if (std::optional<Json> whole = TakeWhole(worker)) return whole;
    if (Clock::now() < worker.deadline) return std::nullopt;
    End(worker);
    return Crash("timed out after " + std::to_string(options_.time_limit.count()) + " s");
  }

  static std::optional<Json> TakeWhole(Worker& worker) {
    uint64_t length = 0;
    if (worker.received.size() < sizeof length) return std::nullopt;
    std::memcpy(&length, worker.received.data(), sizeof length);
    if (worker.received.size() < sizeof length + length) return std::nullopt;
    Json json = Json::parse(worker.received.substr(sizeof length, length));
    worker.received.erase(0, sizeof length + length);
    return json;
  }

  Json Died(Worker& worker) {
    int status = 0;
    waitpid(worker.pid, &status, 0);
    close(worker.fd);
    worker.pid = worker.fd = -1;
    if (WIFSIGNALED(status)) return Crash(std::string("died: ") + strsignal(WTERMSIG(status)));
    return Crash("died: exit " + std::to_string(WEXITSTATUS(status)));
  }

  static Json Crash(const std::string& message) { return {{"error", message}, {"kind", "runtime"}, {"crashed", true}}; }

  const CaseSet& set_;
  const WorkerOptions& options_;
  std::vector<Worker> workers_;
};

}  // namespace

Status RunAll(const CaseSet& set, const std::vector<size_t>& chosen, const WorkerOptions& options,
              const std::function<void(size_t, Json)>& done) {
  return Pool(set, options).Run(chosen, done);
}

}  // namespace casebook::conformance
