// SUM, AVG, variances and correlations of NUMERIC and BIGNUMERIC: from exact sums of values and products, rounded once.
//
// A running sum may pass the range of the type, as long as the answer does not.
#include <cmath>
#include <optional>

#include "engines/duckdb/aggregate_function.h"
#include "engines/duckdb/bignumeric.h"
#include "engines/duckdb/numeric.h"

namespace casebook::engines {
namespace {

// Values as units in two's complement; `kSum` and `kProducts` words hold sums of 2^64 values, and of as many products.
template <typename T>
struct Decimal;
template <>
struct Decimal<Numeric> {
  static constexpr size_t kSum = 4;
  static constexpr size_t kProducts = 5;
  static constexpr const char* kName = "numeric";
  static constexpr size_t kScale = 9;
  static WideUint<2> Units(Numeric value) { return WideUint<2>::FromWord2(static_cast<UInt128>(value.billionths)); }
  static std::optional<Numeric> From(const WideUint<kSum>& sum) {
    const auto magnitude = sum.Magnitude();
    if (magnitude.BitLength() > 127) return std::nullopt;
    const auto billionths = static_cast<Int128>((static_cast<UInt128>(magnitude.words[1]) << 64U) | magnitude.words[0]);
    if (billionths > kMaxNumeric) return std::nullopt;
    return Numeric{sum.IsNegative() ? -billionths : billionths};
  }
};
template <>
struct Decimal<BigNumeric> {
  static constexpr size_t kSum = 5;
  static constexpr size_t kProducts = 9;
  static constexpr const char* kName = "BIGNUMERIC";
  static constexpr size_t kScale = kBigScale;
  static WideUint<4> Units(const BigNumeric& value) { return value.units; }
  static std::optional<BigNumeric> From(const WideUint<kSum>& sum) { return WithSign(sum.Magnitude(), sum.IsNegative()); }
};

template <typename T>
using SumOf = WideUint<Decimal<T>::kSum>;
template <typename T>
using ProductsOf = WideUint<Decimal<T>::kProducts>;

template <typename T>
Answer<T> InRange(const SumOf<T>& sum, const char* function) {
  const auto result = Decimal<T>::From(sum);
  if (!result) return Answer<T>::Fail(std::string(Decimal<T>::kName) + " overflow: " + function);
  return *result;
}

template <typename T>
struct Total {
  using Arguments = std::tuple<T>;
  SumOf<T> sum;
  uint64_t count = 0;

  void Add(const T& value) {
    sum += Decimal<T>::Units(value).template Extended<Decimal<T>::kSum>();
    ++count;
  }
  void Merge(const Total& other) {
    sum += other.sum;
    count += other.count;
  }
};
template <typename T>
struct Sum : Total<T> {
  Answer<T> Finish() const {
    if (this->count == 0) return nullptr;
    return InRange<T>(this->sum, "SUM");
  }
};
template <typename T>
struct Average : Total<T> {
  Answer<T> Finish() const {
    if (this->count == 0) return nullptr;
    const auto mean = RoundedQuotient(this->sum.Magnitude(), SumOf<T>(this->count));
    return InRange<T>(this->sum.IsNegative() ? mean.Negated() : mean, "AVG");
  }
};

// --- Variances -------------------------------------------------------------------------------------

// Within a unit in the last place, in a type with the range that products need.
template <size_t N>
long double ToReal(const WideUint<N>& number) {
  if (number.IsNegative()) return -ToReal(number.Negated());
  const size_t bits = number.BitLength();
  if (bits <= 64) return static_cast<long double>(number.words[0]);
  return std::ldexp(static_cast<long double>((number >> (bits - 64)).words[0]), static_cast<int>(bits - 64));
}

template <size_t N>
WideUint<N * 2> SignedProduct(const WideUint<N>& a, const WideUint<N>& b) {
  const auto product = Product(a.Magnitude(), b.Magnitude());
  return a.IsNegative() != b.IsNegative() ? product.Negated() : product;
}

template <typename T>
ProductsOf<T> ProductOf(const T& a, const T& b) {
  return SignedProduct(Decimal<T>::Units(a), Decimal<T>::Units(b)).template Extended<Decimal<T>::kProducts>();
}

// n * sum(a b) - sum(a) * sum(b).
template <typename T>
long double Central(uint64_t n, const SumOf<T>& a, const SumOf<T>& b, const ProductsOf<T>& products) {
  constexpr size_t kWide = Decimal<T>::kSum * 2 + 1;
  auto scaled = products.Magnitude().template Resized<kWide>();
  scaled *= n;
  if (products.IsNegative()) scaled = scaled.Negated();
  return ToReal(scaled - SignedProduct(a, b).template Extended<kWide>());
}

// A central sum of products over n and n - spare, in whole numbers instead of units.
template <typename T>
long double Divided(long double central, uint64_t n, uint64_t spare) {
  const long double one = std::pow(10.0L, static_cast<long double>(Decimal<T>::kScale));
  return central / static_cast<long double>(n) / static_cast<long double>(n - spare) / one / one;
}

template <typename T>
struct Spread {
  using Arguments = std::tuple<T>;
  SumOf<T> sum;
  ProductsOf<T> squares;
  uint64_t count = 0;

  void Add(const T& value) {
    sum += Decimal<T>::Units(value).template Extended<Decimal<T>::kSum>();
    squares += ProductOf(value, value);
    ++count;
  }
  void Merge(const Spread& other) {
    sum += other.sum;
    squares += other.squares;
    count += other.count;
  }
  Answer<double> Variance(uint64_t spare, bool root) const {
    if (count <= spare) return nullptr;
    const long double variance = Divided<T>(Central<T>(count, sum, sum, squares), count, spare);
    return static_cast<double>(root ? std::sqrt(variance) : variance);
  }
};
template <typename T, uint64_t kSpare, bool kRoot>
struct Variance : Spread<T> {
  Answer<double> Finish() const { return Spread<T>::Variance(kSpare, kRoot); }
};

template <typename T>
struct Pairs {
  using Arguments = std::tuple<T, T>;
  SumOf<T> sum_x;
  SumOf<T> sum_y;
  ProductsOf<T> products;
  ProductsOf<T> squares_x;
  ProductsOf<T> squares_y;
  uint64_t count = 0;

  void Add(const T& x, const T& y) {
    sum_x += Decimal<T>::Units(x).template Extended<Decimal<T>::kSum>();
    sum_y += Decimal<T>::Units(y).template Extended<Decimal<T>::kSum>();
    products += ProductOf(x, y);
    squares_x += ProductOf(x, x);
    squares_y += ProductOf(y, y);
    ++count;
  }
  void Merge(const Pairs& other) {
    sum_x += other.sum_x;
    sum_y += other.sum_y;
    products += other.products;
    squares_x += other.squares_x;
    squares_y += other.squares_y;
    count += other.count;
  }
};
template <typename T, uint64_t kSpare>
struct Covariance : Pairs<T> {
  Answer<double> Finish() const {
    if (this->count <= kSpare) return nullptr;
    const long double central = Central<T>(this->count, this->sum_x, this->sum_y, this->products);
    return static_cast<double>(Divided<T>(central, this->count, kSpare));
  }
};
template <typename T>
struct Correlation : Pairs<T> {
  Answer<double> Finish() const {
    if (this->count < 2) return nullptr;
    const long double xy = Central<T>(this->count, this->sum_x, this->sum_y, this->products);
    const long double x = Central<T>(this->count, this->sum_x, this->sum_x, this->squares_x);
    const long double y = Central<T>(this->count, this->sum_y, this->sum_y, this->squares_y);
    return static_cast<double>(xy / (std::sqrt(x) * std::sqrt(y)));
  }
};

template <typename T>
Status AddFamily(duckdb_connection connection, const std::string& prefix) {
  RETURN_IF_ERROR(AddAggregate<Sum<T>>(connection, prefix + "sum"));
  RETURN_IF_ERROR(AddAggregate<Average<T>>(connection, prefix + "avg"));
  RETURN_IF_ERROR((AddAggregate<Variance<T, 0, false>>(connection, prefix + "var_pop")));
  RETURN_IF_ERROR((AddAggregate<Variance<T, 1, false>>(connection, prefix + "var_samp")));
  RETURN_IF_ERROR((AddAggregate<Variance<T, 0, true>>(connection, prefix + "stddev_pop")));
  RETURN_IF_ERROR((AddAggregate<Variance<T, 1, true>>(connection, prefix + "stddev_samp")));
  RETURN_IF_ERROR((AddAggregate<Covariance<T, 0>>(connection, prefix + "covar_pop")));
  RETURN_IF_ERROR((AddAggregate<Covariance<T, 1>>(connection, prefix + "covar_samp")));
  return AddAggregate<Correlation<T>>(connection, prefix + "corr");
}

}  // namespace

Status AddDecimalAggregates(duckdb_connection connection) {
  RETURN_IF_ERROR(AddFamily<Numeric>(connection, "gs_numeric_"));
  return AddFamily<BigNumeric>(connection, "gs_bignumeric_");
}

}  // namespace casebook::engines
