// What always holds of the way from a query's text to the engine's SQL, for every text: a script is refused with a
// message or becomes SQL within the limit; the same script means the same when it is asked again, and when it is
// asked as printed from its tree. Definitions of a script hold for the statements behind them. Nothing is run.
#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/distinct_counts.h"
#include "analysis/definitions.h"
#include "analysis/resolver.h"
#include "analysis/rows_an_id.h"
#include "engines/duckdb/emitter.h"
#include "schema/dataset.h"
#include "sql/parser.h"
#include "sql/printer.h"

namespace casebook::engines {
namespace {

constexpr Timestamp kNow{1743681600'000000};  // 2025-04-03T12:00:00Z

// The dataset, and beside it `every_type`: one column of each type, `an_array` and the like.
class FuzzCatalog final : public Catalog {
 public:
  FuzzCatalog() {
    using K = TypeKind;
    every_type_.name = "every_type";
    Add("i", K::kInt64);
    Add("f", K::kFloat64);
    Add("n", K::kNumeric);
    Add("bn", K::kBigNumeric);
    Add("b", K::kBool);
    Add("s", K::kString);
    Add("by", K::kBytes);
    Add("d", K::kDate);
    Add("dt", K::kDatetime);
    Add("t", K::kTime);
    Add("ts", K::kTimestamp);
    Add("iv", K::kInterval);
    Add("j", K::kJson);
    Add("r", Type::Range(K::kDate));
    const Type row = Type::Struct({{"x", K::kInt64}, {"y", K::kString}});
    Add("st", row);
    Add("ai", Type::Array(K::kInt64));
    Add("af", Type::Array(K::kFloat64));
    Add("as_", Type::Array(K::kString));
    Add("ast", Type::Array(row));
  }

  std::optional<CatalogEntry> FindTable(const std::vector<std::string>& path) const override {
    if (EqualIgnoringCase(path.back(), every_type_.name)) return CatalogEntry{&every_type_, every_type_.name};
    return dataset_.FindTable(path);
  }
  std::vector<std::string> TableNames() const override {
    std::vector<std::string> names = dataset_.TableNames();
    names.push_back(every_type_.name);
    return names;
  }

 private:
  void Add(std::string name, Type type) {
    Column column;
    column.name = std::move(name);
    column.type = std::move(type);
    every_type_.columns.push_back(std::move(column));
  }

  DatasetCatalog dataset_;
  Table every_type_;
};

analysis::ParameterValue Scalar(TypeKind kind, std::string text) {
  analysis::ParameterValue value;
  value.type = kind;
  value.text = std::move(text);
  return value;
}

// `@i`, `@s`, `@d`, `@ts`, `@nothing`, `@ai` and three without names.
analysis::ResolveOptions OptionsWithParameters() {
  analysis::ResolveOptions options;
  options.now = kNow;
  analysis::ParameterValue nothing = Scalar(TypeKind::kString, "");
  nothing.is_null = true;
  analysis::ParameterValue array;
  array.type = Type::Array(TypeKind::kInt64);
  array.parts = {Scalar(TypeKind::kInt64, "1"), Scalar(TypeKind::kInt64, "2")};
  options.named_parameters = {{"i", Scalar(TypeKind::kInt64, "7")},
                              {"s", Scalar(TypeKind::kString, "it's")},
                              {"d", Scalar(TypeKind::kDate, "2025-03-28")},
                              {"ts", Scalar(TypeKind::kTimestamp, "2025-03-28 16:42:10+00")},
                              {"nothing", nothing},
                              {"ai", array}};
  options.positional_parameters = {Scalar(TypeKind::kInt64, "7"), Scalar(TypeKind::kString, "x"), array};
  return options;
}

// What one statement became: the engine's SQL, or why there is none.
struct Outcome {
  bool emitted = false;
  std::string text;
  bool operator==(const Outcome&) const = default;
};

Outcome Refused(std::string_view sql, const sql::SqlError& error) {
  assert(!error.message.empty() && !sql::FormatError(sql, error).empty());
  return {false, error.message};
}

Outcome Translate(std::string_view text, const sql::Query& query, const analysis::ResolveOptions& options) {
  static const FuzzCatalog catalog;
  auto resolved = analysis::Resolve(query, catalog, options);
  if (!resolved.ok()) return Refused(text, resolved.error());
  assert(!analysis::PrintResolved(resolved.value()).empty());
  assert(!resolved.value().output.empty());
  analysis::ReadRowsAnId(resolved.value());
  analysis::CountDistinctTogether(resolved.value());
  auto emitted = EmitDuckDb(resolved.value());
  if (!emitted.ok()) return Refused(text, emitted.error());
  assert(!emitted.value().empty() && emitted.value().size() <= kMaxEngineSqlBytes);
  return {true, std::move(emitted).value()};
}

// The script is taken apart: its definitions move out.
std::vector<Outcome> Translate(std::string_view text, sql::Script& script) {
  analysis::Definitions definitions;
  analysis::ResolveOptions options = OptionsWithParameters();
  options.definitions = &definitions;
  std::vector<Outcome> outcomes;
  for (sql::StatementPtr& statement : script.statements) {
    const sql::Statement* inner = statement.get();
    while (const auto* explain = sql::TryAs<sql::ExplainStatement>(*inner)) inner = explain->statement.get();
    if (const auto* query = sql::TryAs<sql::QueryStatement>(*inner)) {
      outcomes.push_back(Translate(text, *query->query, options));
    } else if (const auto* view = sql::TryAs<sql::CreateView>(*inner)) {
      outcomes.push_back(Translate(text, *view->query, options));
    }
    if (analysis::DefinedName(*statement) != nullptr) definitions.Put(std::move(statement));
  }
  return outcomes;
}

void Check(std::string_view text) {
  auto script = sql::ParseScript(text);
  if (!script.ok()) return;  // the parser has a target of its own
  const std::string printed = sql::Print(script.value());
  const std::vector<Outcome> first = Translate(text, script.value());
  if (std::none_of(first.begin(), first.end(), [](const Outcome& outcome) { return outcome.emitted; })) return;
  auto again = sql::ParseScript(printed);
  if (!again.ok()) {
    assert(again.error().kind == sql::SqlErrorKind::kLimit);
    return;
  }
  assert(Translate(printed, again.value()) == first);
}

}  // namespace
}  // namespace casebook::engines

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  casebook::engines::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
