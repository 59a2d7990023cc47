// Distances between vectors, which are arrays of numbers, or arrays of (place, number) in any order.
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "engines/duckdb/scalar_function.h"

namespace casebook::engines {
namespace {

using Distance = Answer<double>;

struct Sums {
  double product = 0;
  double first = 0;    // of squares
  double second = 0;
  double difference = 0;

  void Add(double a, double b) {
    product += a * b;
    first += a * a;
    second += b * b;
    difference += (a - b) * (a - b);
  }
};

Distance Cosine(const Sums& sums) {
  if (sums.first == 0 || sums.second == 0) return Distance::Fail("Cannot compute cosine distance against zero vector");
  return 1 - sums.product / (std::sqrt(sums.first) * std::sqrt(sums.second));
}
Distance Euclidean(const Sums& sums) { return std::sqrt(sums.difference); }

// The numbers of an array that stands in `cell`; nullptr and a message for a NULL among them.
struct Numbers {
  const double* data = nullptr;
  uint64_t size = 0;
  bool has_null = false;
};
Numbers NumbersOf(const Cell& cell) {
  const auto entry = cell.Plain<duckdb_list_entry>();
  duckdb_vector child = duckdb_list_vector_get_child(cell.vector);
  Numbers numbers{static_cast<const double*>(duckdb_vector_get_data(child)) + entry.offset, entry.length};
  for (uint64_t i = 0; i < entry.length; ++i) numbers.has_null = numbers.has_null || Cell{child, entry.offset + i}.IsNull();
  return numbers;
}

std::string NullElement() { return "Cannot compute a distance with a NULL value"; }

Distance OfDense(const Cells& cells, Distance (*finish)(const Sums&)) {
  if (cells[0].IsNull() || cells[1].IsNull()) return nullptr;
  const Numbers a = NumbersOf(cells[0]);
  const Numbers b = NumbersOf(cells[1]);
  if (a.has_null || b.has_null) return Distance::Fail(NullElement());
  if (a.size != b.size) {
    return Distance::Fail("Array length mismatch: " + std::to_string(a.size) + " and " + std::to_string(b.size));
  }
  Sums sums;
  for (uint64_t i = 0; i < a.size; ++i) sums.Add(a.data[i], b.data[i]);
  return finish(sums);
}
Distance CosineOfDense(const Cells& cells) { return OfDense(cells, Cosine); }
Distance EuclideanOfDense(const Cells& cells) { return OfDense(cells, Euclidean); }

int64_t PlaceAt(const Cell& cell, int64_t) { return cell.Plain<int64_t>(); }
std::string PlaceAt(const Cell& cell, const std::string&) { return std::string(cell.Text()); }

// Both numbers at each place that has one.
template <typename Place>
using Pairs = std::map<Place, std::array<double, 2>>;

// False with the reason where the vector in `cell` is none.
template <typename Place>
bool ReadSparse(const Cell& cell, size_t which, Pairs<Place>& pairs, std::string& why) {
  const auto entry = cell.Plain<duckdb_list_entry>();
  duckdb_vector rows = duckdb_list_vector_get_child(cell.vector);
  duckdb_vector places = duckdb_struct_vector_get_child(rows, 0);
  duckdb_vector numbers = duckdb_struct_vector_get_child(rows, 1);
  std::map<Place, bool> seen;
  for (uint64_t row = entry.offset; row < entry.offset + entry.length; ++row) {
    const Cell place{places, row};
    const Cell number{numbers, row};
    if (Cell{rows, row}.IsNull() || place.IsNull() || number.IsNull()) {
      why = NullElement();
      return false;
    }
    const Place key = PlaceAt(place, Place());
    if (!seen.emplace(key, true).second) {
      why = "Duplicate index found in the input array";
      return false;
    }
    pairs[key][which] = number.Plain<double>();
  }
  return true;
}

template <typename Place>
Distance OfSparse(const Cells& cells, Distance (*finish)(const Sums&)) {
  if (cells[0].IsNull() || cells[1].IsNull()) return nullptr;
  Pairs<Place> pairs;
  std::string why;
  if (!ReadSparse(cells[0], 0, pairs, why) || !ReadSparse(cells[1], 1, pairs, why)) return Distance::Fail(why);
  Sums sums;
  for (const auto& [place, pair] : pairs) sums.Add(pair[0], pair[1]);
  return finish(sums);
}
Distance CosineByNumber(const Cells& cells) { return OfSparse<int64_t>(cells, Cosine); }
Distance EuclideanByNumber(const Cells& cells) { return OfSparse<int64_t>(cells, Euclidean); }
Distance CosineByName(const Cells& cells) { return OfSparse<std::string>(cells, Cosine); }
Distance EuclideanByName(const Cells& cells) { return OfSparse<std::string>(cells, Euclidean); }

}  // namespace

void AddVectors(Registrar& registrar) {
  registrar.AddOverCells("gs_cosine_distance", CosineOfDense);
  registrar.AddOverCells("gs_euclidean_distance", EuclideanOfDense);
  registrar.AddOverCells("gs_cosine_distance_by_number", CosineByNumber);
  registrar.AddOverCells("gs_euclidean_distance_by_number", EuclideanByNumber);
  registrar.AddOverCells("gs_cosine_distance_by_name", CosineByName);
  registrar.AddOverCells("gs_euclidean_distance_by_name", EuclideanByName);
}

}  // namespace casebook::engines
