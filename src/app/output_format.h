// OutputFormat: the ways in which rows are printed; docs/output.md.
#pragma once

#include <optional>
#include <string_view>

namespace casebook {

enum class OutputFormat {
  kTable,
  kCsv,
  kTsv,
  kJson,
  kJsonl,
  kMarkdown
};

inline constexpr std::string_view kFormatNames = "table, csv, tsv, json, jsonl, markdown";

constexpr std::optional<OutputFormat> FormatOf(std::string_view name) {
  if (name == "table") return OutputFormat::kTable;
  if (name == "csv") return OutputFormat::kCsv;
  if (name == "tsv") return OutputFormat::kTsv;
  if (name == "json") return OutputFormat::kJson;
  if (name == "jsonl") return OutputFormat::kJsonl;
  if (name == "markdown") return OutputFormat::kMarkdown;
  return std::nullopt;
}

}  // namespace casebook
