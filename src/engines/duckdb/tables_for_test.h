// A small dataset and a fixed clock, for tests and benchmarks only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/resolver.h"
#include "schema/catalog.h"

namespace casebook::engines {

class TestTables final : public Catalog {
 public:
  TestTables() {
    using K = TypeKind;
    Add("case_events", {{"id", K::kString},
                        {"account", K::kInt64},
                        {"detail_event_type", K::kString},
                        {"detail_case_createddatetime", K::kTimestamp},
                        {"detail_case_fields_status", K::kString},
                        {"detail_case_fields_is_complaint", K::kBool},
                        {"detail_case_fields_complaint_subject", K::kString},
                        {"detail_case_fields_level_1", K::kString},
                        {"meta_enriched_landed_date", K::kDate}});
    Add("agent_dim", {{"agent_arn", K::kString}, {"name", K::kString}, {"level", K::kInt64}, {"rating", K::kFloat64}});
    Add("visits", {{"id", K::kString},
                   {"account", K::kInt64},
                   {"tags", Type::Array(K::kString)},
                   {"place", Type::Struct({{"town", K::kString}, {"code", K::kInt64}})},
                   {"fee", K::kNumeric},
                   {"local_at", K::kDatetime}});
  }

  std::optional<CatalogEntry> FindTable(const std::vector<std::string>& path) const override {
    for (const Table& table : tables_) {
      if (EqualIgnoringCase(table.name, path.back())) return CatalogEntry{&table, table.name};
    }
    return std::nullopt;
  }
  std::vector<std::string> TableNames() const override {
    std::vector<std::string> names;
    for (const Table& table : tables_) names.push_back(table.name);
    return names;
  }

  // Makes the tables in the engine, with a few rows.
  static std::string Ddl() {
    return R"(
      CREATE TABLE case_events (id VARCHAR, account BIGINT, detail_event_type VARCHAR,
        detail_case_createddatetime TIMESTAMP, detail_case_fields_status VARCHAR, detail_case_fields_is_complaint BOOLEAN,
        detail_case_fields_complaint_subject VARCHAR, detail_case_fields_level_1 VARCHAR, meta_enriched_landed_date DATE);
      INSERT INTO case_events VALUES
        ('c1', 7, 'CASE.CREATED', '2025-03-27 10:00:00', 'Open', true, 'Billing', 'Account', '2025-03-28'),
        ('c1', 7, 'CASE.UPDATED', '2025-03-27 10:00:00', 'Open', true, 'Billing', 'Account', '2025-03-28'),
        ('c2', 8, 'CASE.CREATED', '2025-03-27 23:30:00', 'Closed', false, NULL, 'Metering', '2025-03-28'),
        ('c3', NULL, 'CASE.CREATED', '2025-01-02 08:00:00', NULL, true, 'Metering', NULL, '2025-03-28'),
        ('c4', 7, 'CASE.CREATED', '2025-03-28 09:00:00', 'Pending', NULL, NULL, 'Account', '2025-03-27');
      CREATE TABLE agent_dim (agent_arn VARCHAR, name VARCHAR, level BIGINT, rating DOUBLE);
      INSERT INTO agent_dim VALUES ('a1', 'Ada', 1, 4.5), ('a2', 'Bob', 2, NULL), ('a3', 'Cem', 2, 'nan');
      CREATE TABLE visits (id VARCHAR, account BIGINT, tags VARCHAR[], place STRUCT(town VARCHAR, code BIGINT),
        fee DECIMAL(38,9), local_at TIMESTAMP);
      INSERT INTO visits VALUES
        ('v1', 7, ['x', 'y'], {'town': 'York', 'code': 1}, 1.5, '2025-03-30 01:30:00'),
        ('v2', 8, [], {'town': 'Bath', 'code': NULL}, NULL, '2025-10-26 01:30:00'),
        ('v3', NULL, NULL, NULL, -2.5, NULL);
    )";
  }

 private:
  void Add(std::string name, std::vector<std::pair<std::string, Type>> columns) {
    Table table;
    table.name = std::move(name);
    for (auto& [column, type] : columns) {
      Column added;
      added.name = column;
      added.type = type;
      table.columns.push_back(std::move(added));
    }
    tables_.push_back(std::move(table));
  }

  std::vector<Table> tables_;
};

// 2025-03-28 16:42:10.318 UTC.
inline analysis::ResolveOptions TestOptions() {
  analysis::ResolveOptions options;
  options.now = *ParseTimestamp("2025-03-28T16:42:10.318Z");
  return options;
}

}  // namespace casebook::engines
