#include "app/line_editor.h"

#include <histedit.h>
#include <sys/stat.h>

#include <cerrno>
#include <clocale>
#include <cstdio>
#include <vector>

#include "app/completion.h"
#include "app/interrupt.h"

namespace casebook {
namespace {

constexpr int kMaxHistory = 1000;
constexpr size_t kMaxCandidatesShown = 100;

}  // namespace

struct LineEditor::State {
  std::string history_file;
  std::string prompt;
  std::string earlier;
  EditLine* editor = nullptr;
  History* history = nullptr;
  HistEvent event{};

  static State& Of(EditLine* editor) {
    void* state = nullptr;
    el_get(editor, EL_CLIENTDATA, &state);
    return *static_cast<State*>(state);
  }

  static const char* Prompt(EditLine* editor) { return Of(editor).prompt.c_str(); }
  static unsigned char OnTab(EditLine* editor, int) { return Of(editor).CompleteWord(); }

  unsigned char CompleteWord() {
    const LineInfo* line = el_line(editor);
    const std::string before(line->buffer, line->cursor);
    const Completion completion = Complete(earlier + before);
    if (completion.candidates.empty()) return CC_REFRESH_BEEP;
    const std::string word = before.substr(before.size() - completion.word_length);
    std::string start = CommonStart(completion.candidates);
    if (start.size() <= word.size() && completion.candidates.size() > 1) {
      Show(completion.candidates);
      return CC_REDISPLAY;
    }
    if (completion.candidates.size() == 1) start += ' ';
    if (!word.empty()) el_deletestr(editor, static_cast<int>(word.size()));
    return el_insertstr(editor, start.c_str()) == -1 ? CC_REFRESH_BEEP : CC_REFRESH;
  }

  static void Show(const std::vector<std::string>& candidates) {
    std::string text = "\n";
    for (size_t i = 0; i < candidates.size() && i < kMaxCandidatesShown; ++i) text += candidates[i] + "  ";
    if (candidates.size() > kMaxCandidatesShown) text += "…";
    std::fprintf(stdout, "%s\n", text.c_str());
    std::fflush(stdout);
  }
};

LineEditor::LineEditor(std::string history_file) : state_(std::make_unique<State>()) {
  std::setlocale(LC_CTYPE, "");
  state_->history_file = std::move(history_file);
  state_->history = history_init();
  history(state_->history, &state_->event, H_SETSIZE, kMaxHistory);
  history(state_->history, &state_->event, H_SETUNIQUE, 1);
  if (!state_->history_file.empty()) history(state_->history, &state_->event, H_LOAD, state_->history_file.c_str());

  state_->editor = el_init("casebook", stdin, stdout, stderr);
  el_set(state_->editor, EL_CLIENTDATA, state_.get());
  el_set(state_->editor, EL_PROMPT, State::Prompt);
  el_set(state_->editor, EL_EDITOR, "emacs");
  el_set(state_->editor, EL_HIST, history, state_->history);
  el_set(state_->editor, EL_ADDFN, "casebook-complete", "complete a word", State::OnTab);
  el_set(state_->editor, EL_BIND, "^I", "casebook-complete", nullptr);
  el_set(state_->editor, EL_BIND, "^R", "em-inc-search-prev", nullptr);
  el_source(state_->editor, nullptr);  // the user's own ~/.editrc
}

LineEditor::~LineEditor() {
  el_end(state_->editor);
  history_end(state_->history);
}

LineEnd LineEditor::Read(const std::string& prompt, std::string_view earlier, std::string& line) {
  const InterruptFlag interrupt;
  state_->prompt = prompt;
  state_->earlier = earlier;
  int length = 0;
  const char* text = el_gets(state_->editor, &length);
  if (interrupt.is_set()) {
    el_reset(state_->editor);
    std::fputs("^C\n", stdout);
    return LineEnd::kInterrupted;
  }
  if (text == nullptr || length <= 0) return LineEnd::kEnd;
  line.assign(text, static_cast<size_t>(length));
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
  return LineEnd::kLine;
}

void LineEditor::Remember(const std::string& statement) {
  history(state_->history, &state_->event, H_ENTER, statement.c_str());
  if (state_->history_file.empty()) return;
  // At once: a terminal may be closed without a word. Readable by nobody else: statements may name customers.
  const mode_t mask = umask(S_IRWXG | S_IRWXO);
  history(state_->history, &state_->event, H_SAVE, state_->history_file.c_str());
  umask(mask);
}

}  // namespace casebook
