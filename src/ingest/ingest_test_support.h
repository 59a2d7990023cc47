// A data folder for tests, and all its tables as text.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "duckdb/connection.h"
#include "ingest/ingest.h"
#include "schema/dataset.h"

namespace casebook {

namespace fs = std::filesystem;

inline constexpr char kNow[] = "TIMESTAMP '2025-04-03 12:00:00'";

inline fs::path Samples() { return fs::path(CASEBOOK_SOURCE_DIR) / "samples"; }

// Columns that tell of the arrival and so may differ between equal tables.
inline constexpr std::string_view kOfArrival[] = {"meta_received_at", "meta_sequence", "meta_enriched_landed_date",
                                           "received_at",      "source_offset", "linked_at",
                                           "times",            "sequence"};

inline bool IsOfArrival(const std::string& table, const std::string& column) {
  // In the dimensions `source` is what is known, elsewhere where a record came from.
  if (column == "source") return table == "rejects" || table == "value_issues";
  return std::find(std::begin(kOfArrival), std::end(kOfArrival), column) != std::end(kOfArrival);
}

// A data folder that is gone with the test.
class DataFolder {
 public:
  DataFolder() {
    static int number = 0;
    path_ = fs::temp_directory_path() / ("casebook_ingest_test_" + std::to_string(::getpid()) + "_" + std::to_string(++number));
    fs::remove_all(path_);
  }
  ~DataFolder() { fs::remove_all(path_); }
  DataFolder(const DataFolder&) = delete;
  DataFolder& operator=(const DataFolder&) = delete;

  const fs::path& path() const { return path_; }

  IngestReport Ingest(const std::vector<std::string>& inputs) const {
    auto report = casebook::Ingest({.data = path_, .inputs = inputs, .catalogue = {}, .progress = {}});
    EXPECT_TRUE(report.ok()) << report.error().message;
    return report.ok() ? *report : IngestReport();
  }

  std::string Text(const std::string& sql) const {
    auto database = Database::Open(DatabasePath(path_), {.read_only = true});
    if (!database.ok()) return "error: " + database.error().message;
    Connection connection = database->Connect().value();
    const Status set = connection.Execute(std::string("SET schema = 'amazon_connect_enriched'; SET VARIABLE casebook_now = ") + kNow);
    if (!set.ok()) return "error: " + set.error().message;
    auto text = connection.QueryText(sql);
    return text.ok() ? *text : "error: " + text.error().message;
  }

  // All tables as text, without what tells of the arrival.
  std::string Dump() const {
    std::string dump;
    for (const Table& table : DatasetTables()) {
      std::string columns;
      for (const Column& column : table.columns) {
        if (IsOfArrival(table.name, column.name)) continue;
        columns += (columns.empty() ? "" : ", ") + QuoteIdentifier(column.name);
      }
      dump += "== " + table.name + "\n" +
              Text("SELECT string_agg(r, chr(10) ORDER BY r) FROM (SELECT CAST(t AS VARCHAR) AS r FROM (SELECT " + columns +
                   " FROM " + table.name + ") AS t)") + "\n";
    }
    return dump;
  }

  fs::path Write(const std::string& name, const std::string& content) const {
    fs::create_directories(path_.string() + "_input");
    const fs::path file = fs::path(path_.string() + "_input") / name;
    std::ofstream(file, std::ios::binary) << content;
    return file;
  }

 private:
  fs::path path_;
};

// All records of the samples, one JSON value a line.
inline std::vector<std::string> SampleLines() {
  std::vector<std::string> lines;
  for (const char* name : {"case_events.ndjson", "contact_events.ndjson", "ctr_events.ndjson"}) {
    std::ifstream file(Samples() / name);
    for (std::string line; std::getline(file, line);) lines.push_back(line);
  }
  for (const char* name : {"case_field_catalogue.json", "users_api.json", "queues_api.json", "agent_event.json",
                           "contact_lens_voice.json", "contact_lens_chat.json", "firehose_request.json"}) {
    lines.push_back(ReadFile(Samples() / name).value());
  }
  return lines;
}

}  // namespace casebook
