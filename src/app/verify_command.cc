// `casebook verify` and `casebook record`: looking at the landing log.
#include <memory>
#include <string>

#include "app/commands.h"
#include "app/data_folder.h"
#include "app/progress_line.h"
#include "ingest/ingest.h"

namespace casebook {
namespace {

struct LogOptions {
  std::string data;
  uint64_t sequence = 0;
};

constexpr const char* kVerifyFooter =
    R"(Reads every record of the landing log, compares its checksum, and asks whether the tables hold what the log holds.
Changes nothing. Ends with 1 where something is wrong.

Example:
  casebook verify --data data
)";

constexpr const char* kRecordFooter =
    R"(SEQUENCE is the column meta_sequence (sequence in rejects) of the row whose origin is asked for.

Examples:
  casebook record --data data 17
  casebook record --data data 17 | python3 -m json.tool
)";

void PrintCheck(const DataCheck& check, const Console& console) {
  console.out << "log: " << check.log_records << " records, " << ByteText(check.log_bytes) << ", " << check.segments
              << (check.segments == 1 ? " segment" : " segments") << ", up to sequence " << check.log_position << '\n'
              << "tables: up to sequence " << check.tables_position << '\n';
  std::vector<std::vector<AnswerValue>> rows;
  for (const auto& [table, count] : check.table_rows) rows.push_back({table, static_cast<int64_t>(count)});
  TableStyle style = console.Style();
  style.row_count = false;
  if (!rows.empty()) {
    WriteRows(*MakeRowWriter(OutputFormat::kTable, console.out, style),
              {{"table", TypeKind::kString}, {"rows", TypeKind::kInt64}}, rows);
  }
}

ExitCode RunVerify(const LogOptions& options, Console& console) {
  const auto check = Verify(options.data);
  if (!check.ok()) return console.Fail(check.error());
  PrintCheck(*check, console);
  if (check->problems.empty()) {
    console.out << "all is well\n";
    return console.Finish(ExitCode::kOk);
  }
  console.out.flush();
  for (const std::string& problem : check->problems) console.err << "casebook: " << problem << '\n';
  return console.Finish(ExitCode::kError);
}

ExitCode RunRecord(const LogOptions& options, Console& console) {
  const auto record = ReadRecord(options.data, options.sequence);
  if (!record.ok()) return console.Fail(record.error());
  console.out.write(record->data(), static_cast<std::streamsize>(record->size()));
  if (console.out_is_terminal && !record->ends_with('\n')) console.out << '\n';
  return console.Finish(ExitCode::kOk);
}

}  // namespace

void AddVerifyCommand(CLI::App& app, Console& console, ExitCode& code) {
  const auto options = std::make_shared<LogOptions>();
  CLI::App* command = app.add_subcommand("verify", "Check every checksum, and the tables against the log");
  AddDataOption(*command, options->data);
  command->footer(kVerifyFooter);
  command->callback([options, &console, &code] { code = RunVerify(*options, console); });
}

void AddRecordCommand(CLI::App& app, Console& console, ExitCode& code) {
  const auto options = std::make_shared<LogOptions>();
  CLI::App* command = app.add_subcommand("record", "Print one record, byte for byte as it was received");
  AddDataOption(*command, options->data);
  command->add_option("SEQUENCE", options->sequence, "Its number in the landing log")
      ->required()
      ->check([](const std::string& text) {
        const bool is_number = text.find_first_not_of("0123456789") == std::string::npos;
        return is_number ? std::string() : "\"" + text + "\" is not the number of a record";
      });
  command->footer(kRecordFooter);
  command->callback([options, &console, &code] { code = RunRecord(*options, console); });
}

}  // namespace casebook
