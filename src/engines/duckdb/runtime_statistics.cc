// Sums, means, variances and correlations of FLOAT64, in a wider float: what overflows on the way but not at the end
// is no error, and a variance beyond FLOAT64 is infinite.
#include <cmath>

#include "engines/duckdb/aggregate_function.h"

namespace casebook::engines {
namespace {

struct Sum {
  using Arguments = std::tuple<double>;
  long double sum = 0;
  int64_t count = 0;
  bool only_finite = true;

  void Add(double value) {
    sum += static_cast<long double>(value);
    ++count;
    only_finite = only_finite && std::isfinite(value);
  }
  void Merge(const Sum& other) {
    sum += other.sum;
    count += other.count;
    only_finite = only_finite && other.only_finite;
  }
  Answer<double> Finish() const {
    if (count == 0) return nullptr;
    const auto result = static_cast<double>(sum);
    if (only_finite && !std::isfinite(result)) return Answer<double>::Fail("double overflow in SUM");
    return result;
  }
};

// Deviations from the mean as they come, and joined where several have counted.
struct Deviations {
  using Arguments = std::tuple<double>;
  long double mean = 0;
  long double squares = 0;
  int64_t count = 0;
  bool only_finite = true;

  void Add(double value) {
    ++count;
    if (!std::isfinite(value)) {
      only_finite = false;
      return;
    }
    const long double off = static_cast<long double>(value) - mean;
    mean += off / static_cast<long double>(count);
    squares += off * (static_cast<long double>(value) - mean);
  }
  void Merge(const Deviations& other) {
    if (other.count == 0) return;
    const auto here = static_cast<long double>(count);
    const auto there = static_cast<long double>(other.count);
    const long double off = other.mean - mean;
    count += other.count;
    const auto both = static_cast<long double>(count);
    squares += other.squares + off * off * here * there / both;
    mean += off * there / both;
    only_finite = only_finite && other.only_finite;
  }
  // Divided by the count less `spare`; the root of it or as it is.
  Answer<double> Spread(int64_t spare, bool root) const {
    if (count <= spare) return nullptr;
    if (!only_finite) return std::nan("");
    const long double variance = squares / static_cast<long double>(count - spare);
    return static_cast<double>(root ? std::sqrt(variance) : variance);
  }
};
struct VarPop : Deviations {
  Answer<double> Finish() const { return Spread(0, false); }
};
struct VarSamp : Deviations {
  Answer<double> Finish() const { return Spread(1, false); }
};
struct StddevPop : Deviations {
  Answer<double> Finish() const { return Spread(0, true); }
};
struct StddevSamp : Deviations {
  Answer<double> Finish() const { return Spread(1, true); }
};

// The same of pairs.
struct Pairs {
  using Arguments = std::tuple<double, double>;
  long double mean_x = 0;
  long double mean_y = 0;
  long double squares_x = 0;
  long double squares_y = 0;
  long double products = 0;
  int64_t count = 0;
  bool only_finite = true;

  void Add(double x, double y) {
    ++count;
    if (!std::isfinite(x) || !std::isfinite(y)) {
      only_finite = false;
      return;
    }
    const auto number = static_cast<long double>(count);
    const long double off_x = static_cast<long double>(x) - mean_x;
    const long double off_y = static_cast<long double>(y) - mean_y;
    mean_x += off_x / number;
    mean_y += off_y / number;
    const long double rest_y = static_cast<long double>(y) - mean_y;
    squares_x += off_x * (static_cast<long double>(x) - mean_x);
    squares_y += off_y * rest_y;
    products += off_x * rest_y;
  }
  void Merge(const Pairs& other) {
    if (other.count == 0) return;
    const auto here = static_cast<long double>(count);
    const auto there = static_cast<long double>(other.count);
    count += other.count;
    const auto both = static_cast<long double>(count);
    const long double off_x = other.mean_x - mean_x;
    const long double off_y = other.mean_y - mean_y;
    const long double weight = here * there / both;
    squares_x += other.squares_x + off_x * off_x * weight;
    squares_y += other.squares_y + off_y * off_y * weight;
    products += other.products + off_x * off_y * weight;
    mean_x += off_x * there / both;
    mean_y += off_y * there / both;
    only_finite = only_finite && other.only_finite;
  }
  Answer<double> Covariance(int64_t spare) const {
    if (count <= spare) return nullptr;
    if (!only_finite) return std::nan("");
    return static_cast<double>(products / static_cast<long double>(count - spare));
  }
};
struct CovarPop : Pairs {
  Answer<double> Finish() const { return Covariance(0); }
};
struct CovarSamp : Pairs {
  Answer<double> Finish() const { return Covariance(1); }
};
struct Corr : Pairs {
  Answer<double> Finish() const {
    if (count < 2) return nullptr;
    if (!only_finite) return std::nan("");
    return static_cast<double>(products / (std::sqrt(squares_x) * std::sqrt(squares_y)));
  }
};

}  // namespace

Status AddStatistics(duckdb_connection connection) {
  RETURN_IF_ERROR(AddAggregate<Sum>(connection, "gs_float_sum"));
  RETURN_IF_ERROR(AddAggregate<VarPop>(connection, "gs_var_pop"));
  RETURN_IF_ERROR(AddAggregate<VarSamp>(connection, "gs_var_samp"));
  RETURN_IF_ERROR(AddAggregate<StddevPop>(connection, "gs_stddev_pop"));
  RETURN_IF_ERROR(AddAggregate<StddevSamp>(connection, "gs_stddev_samp"));
  RETURN_IF_ERROR(AddAggregate<CovarPop>(connection, "gs_covar_pop"));
  RETURN_IF_ERROR(AddAggregate<CovarSamp>(connection, "gs_covar_samp"));
  return AddAggregate<Corr>(connection, "gs_corr");
}

}  // namespace casebook::engines
