// `casebook simulate`: the feeds of a contact centre that does not exist.
#include <charconv>
#include <memory>
#include <string>

#include "app/commands.h"
#include "app/progress_line.h"
#include "app/row_writer.h"
#include "simulator/simulate.h"

namespace casebook {
namespace {

struct SimulateArguments {
  SimulationOptions options;
  std::string until;
  std::string scale;
  std::string out;
  std::string config;
};

constexpr const char* kSimulateFooter = R"(
DIR must be empty or not be there. It gets reference/ (field catalogues, users, queues), case_events/,
contact_events/, ctr_events/, agent_events/ and contact_lens/ with a file a day, and junifer/ (accounts and
customers of a billing system, CSV). With --out - all that Amazon Connect would send goes to standard output.

The same call gives the same bytes. Parameters of the model: docs/simulator.md.

Examples:
  casebook simulate --cases 5000 --days 60 --seed 1 --out feeds
  casebook simulate --scale 0.1 --gzip --out feeds
  casebook simulate --cases 1000 --days 30 --out - | casebook ingest --data data -
)";

Result<double> ReadScale(const std::string& text) {
  if (text == "full") return 1.0;
  double scale = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), scale);
  if (error != std::errc() || end != text.data() + text.size()) {
    return Invalid("scale \"" + text + "\" is neither full nor a number");
  }
  return scale;
}

Result<SimulationOptions> ReadOptions(const SimulateArguments& arguments) {
  SimulationOptions options = arguments.options;
  options.out = arguments.out;
  if (!arguments.config.empty()) options.config = arguments.config;
  if (!arguments.scale.empty()) {
    ASSIGN_OR_RETURN(options.scale, ReadScale(arguments.scale));
  }
  if (!arguments.until.empty()) {
    options.until = ParseTimestamp(arguments.until);
    if (!options.until)
      return Invalid("end of the period \"" + arguments.until + "\" is no time like 2026-06-30T00:00:00Z");
  }
  return options;
}

void PrintSummary(const SimulationSummary& summary, const Console& console) {
  std::vector<std::vector<AnswerValue>> rows;
  const auto whole = [](uint64_t count) { return static_cast<int64_t>(count); };
  for (const FeedSummary& feed : summary.feeds) {
    rows.push_back({feed.name, whole(feed.records), whole(feed.duplicates), whole(feed.bytes)});
  }
  TableStyle style = console.Style();
  style.row_count = false;
  WriteRows(*MakeRowWriter(OutputFormat::kTable, console.out, style),
            {{"feed", TypeKind::kString},
             {"records", TypeKind::kInt64},
             {"sent_twice", TypeKind::kInt64},
             {"bytes", TypeKind::kInt64}},
            rows);
  const auto percent = [](uint64_t part, uint64_t all) { return all == 0 ? 0 : (part * 1000 / all + 5) / 10; };
  console.out << summary.cases << " cases, " << summary.contacts << " contacts, " << summary.agents << " agents, "
              << ByteText(summary.bytes) << "\n"
              << summary.calls_queued
              << " calls queued: " << percent(summary.calls_answered_in_time, summary.calls_queued)
              << " % answered within 120 s, " << percent(summary.calls_abandoned, summary.calls_queued)
              << " % abandoned; agents busy " << static_cast<int>(summary.occupancy * 100 + 0.5)
              << " % of their time\n";
}

ExitCode RunSimulate(const SimulateArguments& arguments, Console& console) {
  auto options = ReadOptions(arguments);
  if (!options.ok()) return console.Fail(options.error());
  ProgressLine progress(console.err, console.err_is_terminal);
  options->progress = [show = progress.Callback()](const SimulationProgress& now) {
    if (!show) return;
    // What the days that are left will bring is not known; that they bring as much as those before is a guess.
    const auto total = static_cast<double>(now.bytes) * now.days / now.days_done;
    show({.stage = "simulating", .done = now.bytes, .total = static_cast<uint64_t>(total)});
  };
  const auto summary = Simulate(*options);
  progress.Clear();
  if (!summary.ok()) return console.Fail(summary.error());
  if (options->out != "-") PrintSummary(*summary, console);
  return console.Finish(ExitCode::kOk);
}

}  // namespace

void AddSimulateCommand(CLI::App& app, Console& console, ExitCode& code) {
  const auto arguments = std::make_shared<SimulateArguments>();
  SimulationOptions& options = arguments->options;
  CLI::App* command = app.add_subcommand("simulate", "Write the feeds of a contact centre that does not exist");
  auto* cases =
      command->add_option("--cases", options.cases, "How many cases are opened (default 10000)")->type_name("N");
  auto* days = command->add_option("--days", options.days, "Over how many days (default 60)")->type_name("N");
  command
      ->add_option("--scale", arguments->scale,
                   "full: 6.6 million case events, 15 million contact events, 1.9 million contacts over two years; "
                   "0.1: a tenth of that")
      ->type_name("SCALE")
      ->excludes(cases)
      ->excludes(days);
  command->add_option("--until", arguments->until, "End of the period (default 2026-06-30T00:00:00Z)")
      ->type_name("TIME");
  command->add_option("--seed", options.seed, "Another seed, another centre (default 1)")->type_name("N");
  command->add_option("--out", arguments->out, "A folder of its own, or - for standard output")
      ->type_name("DIR")
      ->required();
  command->add_flag("--gzip", options.gzip, "Compress every file");
  command->add_option("--config", arguments->config, "Parameters of the model, TOML")->type_name("FILE");
  command->footer(kSimulateFooter);
  command->callback([arguments, &console, &code] { code = RunSimulate(*arguments, console); });
}

}  // namespace casebook
