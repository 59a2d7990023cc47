#include "engines/duckdb/scalar_function.h"

#include "engines/duckdb/aggregate_function.h"
#include "engines/duckdb/register_functions.h"

namespace casebook::engines {
namespace {

using VariadicFunction = Answer<std::string> (*)(const std::vector<std::string_view>&);

struct KnownVariadic {
  VariadicFunction function;
  bool safe;
};

void ExecuteVariadic(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
  const auto& known = *static_cast<const KnownVariadic*>(duckdb_scalar_function_get_extra_info(info));
  const idx_t columns = duckdb_data_chunk_get_column_count(input);
  const idx_t rows = duckdb_data_chunk_get_size(input);
  duckdb_vector_ensure_validity_writable(output);
  uint64_t* out_valid = duckdb_vector_get_validity(output);
  std::vector<std::string_view> texts(columns);
  for (idx_t row = 0; row < rows; ++row) {
    bool all_there = true;
    for (idx_t i = 0; i < columns; ++i) {
      duckdb_vector vector = duckdb_data_chunk_get_vector(input, i);
      uint64_t* valid = duckdb_vector_get_validity(vector);
      if (valid != nullptr && !duckdb_validity_row_is_valid(valid, row)) {
        all_there = false;
        break;
      }
      texts[i] = ReadText(duckdb_vector_get_data(vector), row);
    }
    if (!all_there) {
      duckdb_validity_set_row_invalid(out_valid, row);
      continue;
    }
    const Answer<std::string> answer = known.function(texts);
    if (answer.error != nullptr && !known.safe) {
      duckdb_scalar_function_set_error(info, answer.error->c_str());
      return;
    }
    if (answer.is_null) {
      duckdb_validity_set_row_invalid(out_valid, row);
    } else {
      Slot<std::string>::Write(output, row, answer.value);
    }
  }
}

}  // namespace

void Registrar::Finish(duckdb_scalar_function scalar, const std::string& name) {
  if (duckdb_register_scalar_function(connection_, scalar) != DuckDBSuccess && status_.ok()) {
    status_ = RuntimeError("cannot register function \"" + name + "\" with the engine");
  }
  duckdb_destroy_scalar_function(&scalar);
}

void Registrar::AddVariadic(const char* name, VariadicFunction function) {
  for (const bool safe : {false, true}) {
    const std::string full_name = std::string(name) + (safe ? "_safe" : "");
    duckdb_scalar_function scalar = duckdb_create_scalar_function();
    duckdb_scalar_function_set_name(scalar, full_name.c_str());
    duckdb_logical_type text = duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR);
    duckdb_scalar_function_set_varargs(scalar, text);
    duckdb_scalar_function_set_return_type(scalar, text);
    duckdb_destroy_logical_type(&text);
    duckdb_scalar_function_set_extra_info(scalar, new KnownVariadic{function, safe},
                                          [](void* known) { delete static_cast<KnownVariadic*>(known); });
    duckdb_scalar_function_set_function(scalar, ExecuteVariadic);
    Finish(scalar, full_name);
  }
}

Status RegisterFunctions(duckdb_connection connection) {
  Registrar registrar(connection);
  AddArithmetic(registrar);
  AddNumeric(registrar);
  AddBigNumeric(registrar);
  AddDecimalFunctions(registrar);
  AddPercentiles(registrar);
  AddCasts(registrar);
  AddStrings(registrar);
  AddBytes(registrar);
  AddBits(registrar);
  AddHashes(registrar);
  AddNet(registrar);
  AddRangeBucket(registrar);
  AddRegexps(registrar);
  AddDates(registrar);
  AddIntervals(registrar);
  AddRanges(registrar);
  AddCastFormats(registrar);
  AddFormats(registrar);
  AddFormat(registrar);
  AddJson(registrar);
  AddJsonCasts(registrar);
  AddJsonEdits(registrar);
  AddCodePoints(registrar);
  AddLike(registrar);
  AddSearch(registrar);
  AddSeries(registrar);
  AddFrames(registrar);
  AddVectors(registrar);
  AddCollation(registrar);
  AddPublicSuffix(registrar);
  AddJsonContains(registrar);
  RETURN_IF_ERROR(registrar.status());
  RETURN_IF_ERROR(AddDecimalAggregates(connection));
  return AddStatistics(connection);
}

}  // namespace casebook::engines
