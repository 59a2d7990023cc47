// Lists and values of type JSON as answers of scalar functions. For runtime_*.cc.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engines/duckdb/scalar_function.h"

namespace casebook::engines {

struct JsonText {
  std::string text;
};
template <>
struct Slot<JsonText> {
  static duckdb_logical_type Type() {
    duckdb_logical_type type = duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR);
    duckdb_logical_type_set_alias(type, "JSON");
    return type;
  }
  static void Write(duckdb_vector vector, idx_t row, const JsonText& json) {
    duckdb_vector_assign_string_element_len(vector, row, json.text.data(), json.text.size());
  }
};

// Elements may be NULL.
template <typename T>
using List = std::vector<std::optional<T>>;

template <typename T>
struct Slot<List<T>> {
  static duckdb_logical_type Type() {
    duckdb_logical_type element = Slot<T>::Type();
    duckdb_logical_type list = duckdb_create_list_type(element);
    duckdb_destroy_logical_type(&element);
    return list;
  }
  static void Write(duckdb_vector vector, idx_t row, const List<T>& elements) {
    const idx_t begin = duckdb_list_vector_get_size(vector);
    duckdb_list_vector_reserve(vector, begin + elements.size());
    duckdb_list_vector_set_size(vector, begin + elements.size());
    duckdb_vector child = duckdb_list_vector_get_child(vector);
    for (size_t i = 0; i < elements.size(); ++i) {
      if (elements[i]) {
        Slot<T>::Write(child, begin + i, *elements[i]);
      } else {
        duckdb_vector_ensure_validity_writable(child);
        duckdb_validity_set_row_invalid(duckdb_vector_get_validity(child), begin + i);
      }
    }
    static_cast<duckdb_list_entry*>(duckdb_vector_get_data(vector))[row] = {begin, elements.size()};
  }
};

}  // namespace casebook::engines
