// `casebook catalogue import`: what the API says of the fields of cases becomes one catalogue document, which is
// ingested like any other record.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/commands.h"
#include "app/data_folder.h"
#include "app/progress_line.h"
#include "base/clock.h"
#include "base/file.h"
#include "ingest/ingest.h"
#include "queries/value_text.h"
#include "rows/field_catalogue.h"

namespace casebook {
namespace {

namespace fs = std::filesystem;

struct ImportOptions {
  std::string data;
  std::vector<std::string> files;
  std::vector<std::string> bindings;
  std::string format;
};

constexpr const char* kFooter =
    R"(FILE is an answer of ListFields or BatchGetField, a field catalogue, or FIELD_ID=FILE for an answer of
ListFieldOptions, which does not say whose options it holds. Fields are bound to columns by their display names;
--bind decides otherwise. What was imported before stays; of two statements on one field the newer counts.

Prints which field is shown where. A field without a column is in the JSON column other_fields.

Examples:
  aws connectcases list-fields --domain-id $DOMAIN > fields.json
  aws connectcases list-field-options --domain-id $DOMAIN --field-id $STATUS > status.json
  casebook catalogue import --data data fields.json $STATUS=status.json
  casebook catalogue import --data data fields.json --bind 7f3c1a52-9b1e-4c0f-8a65-2f1d0c9b8e77=complaint_subject
)";

// `left=right`; kInvalid without both.
Result<std::pair<std::string, std::string>> Split(const std::string& text, std::string_view spelling) {
  const size_t at = text.find('=');
  if (at == 0 || at == std::string::npos || at + 1 == text.size()) {
    return Invalid("\"" + text + "\" is not spelt " + std::string(spelling));
  }
  return std::make_pair(text.substr(0, at), text.substr(at + 1));
}

Result<std::string> ReadDocument(const std::string& input) {
  const bool names_a_field = !fs::exists(input) && input.find('=') != std::string::npos;
  if (!names_a_field) return ReadFile(input);
  ASSIGN_OR_RETURN(const auto parts, Split(input, "FIELD_ID=FILE"));
  ASSIGN_OR_RETURN(const std::string answer, ReadFile(parts.second));
  return OptionsOfField(answer, parts.first);
}

// A catalogue document that binds one field, said now.
Result<std::string> BindingDocument(const std::string& text) {
  ASSIGN_OR_RETURN(const auto parts, Split(text, "FIELD_ID=COLUMN"));
  const auto column = FieldColumn(parts.second);
  if (!column) return Invalid("no field can be bound to the column \"" + parts.second + "\"");
  std::string document = "{\"fields\":[{\"fieldId\":";
  AppendJsonQuoted(parts.first, document);
  document += ",\"column\":";
  AppendJsonQuoted(FieldColumnSuffix(*column), document);
  document += ",\"lastModifiedTime\":";
  AppendJsonQuoted(FormatTimestamp(SystemClock().Now()), document);
  return document + "}]}";
}

Result<FieldCatalogue> Join(const ImportOptions& options) {
  FieldCatalogue catalogue;
  for (const std::string& file : options.files) {
    const auto document = ReadDocument(file);
    if (!document.ok()) return document.error();
    auto merged = catalogue.MergedWith(*document);
    if (!merged.ok()) return Error{merged.error().code, file + ": " + merged.error().message};
    catalogue = std::move(merged).value();
  }
  for (const std::string& binding : options.bindings) {
    ASSIGN_OR_RETURN(const std::string document, BindingDocument(binding));
    ASSIGN_OR_RETURN(catalogue, catalogue.MergedWith(document));
  }
  return catalogue;
}

// A folder that goes with it.
class TemporaryFolder {
 public:
  static Result<std::unique_ptr<TemporaryFolder>> Make() {
    std::error_code error;
    std::string path = fs::temp_directory_path(error) / "casebook-XXXXXX";
    if (error || mkdtemp(path.data()) == nullptr) return SystemError("could not make", path);
    return std::make_unique<TemporaryFolder>(path);
  }
  explicit TemporaryFolder(fs::path path) : path_(std::move(path)) {}
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

Result<IngestReport> IngestDocument(const std::string& data, const std::string& document, Console& console) {
  ASSIGN_OR_RETURN(const auto folder, TemporaryFolder::Make());
  const fs::path file = folder->path() / "field_catalogue.json";
  RETURN_IF_ERROR(WriteFileAtomically(RealFileSystem(), file, document));
  ProgressLine progress(console.err, console.err_is_terminal);
  IngestOptions options;
  options.data = data;
  options.inputs = {file.string()};
  options.progress = progress.Callback();
  return Ingest(options);
}

std::string_view TypeName(CaseFieldType type) {
  switch (type) {
    case CaseFieldType::kUnknown: return "";
    case CaseFieldType::kText: return "Text";
    case CaseFieldType::kNumber: return "Number";
    case CaseFieldType::kBoolean: return "Boolean";
    case CaseFieldType::kDateTime: return "DateTime";
    case CaseFieldType::kSingleSelect: return "SingleSelect";
    case CaseFieldType::kUrl: return "Url";
    case CaseFieldType::kUser: return "User";
  }
  Unreachable();
}

void PrintBindings(const FieldCatalogue& catalogue, OutputFormat format, const Console& console) {
  std::vector<std::vector<AnswerValue>> rows;
  for (const FieldBinding& field : catalogue.bindings()) {
    const std::string column = field.column ? std::string(FieldColumnSuffix(*field.column)) : "";
    rows.push_back({field.id, field.display_name, std::string(TypeName(field.type)),
                    column.empty() ? AnswerValue() : AnswerValue(column), static_cast<int64_t>(field.options.size())});
  }
  WriteRows(*MakeRowWriter(format, console.out, console.Style()),
            {{"field_id", TypeKind::kString},
             {"display_name", TypeKind::kString},
             {"type", TypeKind::kString},
             {"bound_to", TypeKind::kString},
             {"options", TypeKind::kInt64}},
            rows);
}

ExitCode RunImport(const ImportOptions& options, Console& console) {
  const auto catalogue = Join(options);
  if (!catalogue.ok()) return console.Fail(catalogue.error());
  const auto report = IngestDocument(options.data, catalogue->ToJson(), console);
  if (!report.ok()) return console.Fail(report.error());
  PrintBindings(*catalogue, FormatFor(console, options.format), console);
  return console.Finish(ExitCode::kOk);
}

}  // namespace

void AddCatalogueCommand(CLI::App& app, Console& console, ExitCode& code) {
  const auto options = std::make_shared<ImportOptions>();
  CLI::App* catalogue = app.add_subcommand("catalogue", "What the field ids of cases mean: names, columns, options");
  catalogue->require_subcommand(1);
  CLI::App* command = catalogue->add_subcommand("import", "Join the API's answers into the field catalogue");
  AddDataOption(*command, options->data);
  command->add_option("FILE", options->files, "Answers of the API, or FIELD_ID=FILE")->required();
  command->add_option("--bind", options->bindings, "Show a field in a column, whatever its name; as often as needed")
      ->type_name("FIELD_ID=COLUMN")
      ->allow_extra_args(false);
  AddFormatOption(*command, options->format);
  command->footer(kFooter);
  command->callback([options, &console, &code] { code = RunImport(*options, console); });
}

}  // namespace casebook
