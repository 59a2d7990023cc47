#include "bench/differential_ask.h"

#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <string>

namespace casebook::differential {
namespace {

using conformance::CaseSet;
using conformance::Json;

// A folder of its own, removed at the end.
class TemporaryFolder {
 public:
  static Result<TemporaryFolder> Make() {
    std::string name = (std::filesystem::temp_directory_path() / "casebook-differential-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) return IoError("cannot make a temporary folder \"" + name + "\"");
    return TemporaryFolder(name);
  }
  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

Status Run(const std::filesystem::path& program, const std::string& questions, const std::string& answers) {
  const pid_t pid = fork();
  if (pid < 0) return IoError("cannot fork");
  if (pid == 0) {
    execl(program.c_str(), program.c_str(), "-f", questions.c_str(), "--out", answers.c_str(), nullptr);
    _exit(127);
  }
  int status = 0;
  if (waitpid(pid, &status, 0) != pid) return IoError("cannot wait for the evaluator");
  if (!WIFEXITED(status) || WEXITSTATUS(status) == 127) {
    return IoError("cannot run the evaluator \"" + program.string() + "\"");
  }
  return {};
}

Status WriteQuestions(const CaseSet& set, const std::filesystem::path& path) {
  std::ofstream file(path);
  for (size_t i = 0; i < set.cases.size(); ++i) {
    const conformance::Case& item = set.cases[i];
    file << conformance::ToLine({{"id", item.id}, {"sql", item.sql}, {"time_zone", item.time_zone}}) << '\n';
  }
  file.close();
  return file ? Status() : IoError("cannot write file \"" + path.string() + "\"");
}

Status ReadAnswers(CaseSet& set, const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string line;
  for (conformance::Case& item : set.cases) {
    const bool read = static_cast<bool>(std::getline(file, line));
    const Json json = read ? Json::parse(line, nullptr, false) : Json();
    if (!json.is_object() || json.value("id", "") != item.id || !json.contains("answer")) {
      return IoError("the evaluator gave no answer to question " + item.id);
    }
    item.expected = json["answer"];
  }
  return {};
}

}  // namespace

Status AskAll(const std::filesystem::path& program, CaseSet& set) {
  ASSIGN_OR_RETURN(const TemporaryFolder folder, TemporaryFolder::Make());
  const std::filesystem::path questions = folder.path() / "questions.ndjson";
  const std::filesystem::path answers = folder.path() / "answers.ndjson";
  RETURN_IF_ERROR(WriteQuestions(set, questions));
  RETURN_IF_ERROR(Run(program, questions.string(), answers.string()));
  return ReadAnswers(set, answers);
}

}  // namespace casebook::differential
