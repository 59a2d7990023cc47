// Expressions: random typed expressions made from the signatures that the resolver knows.
//
// Writes GoogleSQL; runs nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/functions.h"
#include "bench/random.h"
#include "schema/type.h"

namespace casebook::differential {

struct Column {
  std::string name;
  Type type;
};

// `operators`, `conditional`, `math`, `string`, `date_time`, `array`, `json`, `net`, `casts`.
std::vector<std::string_view> ExpressionFamilies();

class Expressions {
 public:
  explicit Expressions(Random& random) : random_(&random) {}

  // What expressions may read; literals alone without.
  void set_columns(std::vector<Column> columns) { columns_ = std::move(columns); }

  // A call of a function of `family` and of any type.
  std::string Call(std::string_view family, int depth);
  std::string OfType(const Type& type, int depth);
  Type AnyType();
  Type AnyScalarType();

 private:
  std::string Leaf(const Type& type);
  std::string Cast(const Type& type, int depth);
  std::string Write(const analysis::Function& function, const analysis::Signature& signature, const Type& t, int depth);
  std::vector<std::string> Arguments(const analysis::Function& function, const analysis::Signature& signature,
                                     const Type& t, int depth);
  std::string Argument(const analysis::Function& function, const analysis::Signature& signature, size_t place,
                       const Type& t, int depth);
  std::string Operator(analysis::FunctionId id, std::string_view name, const std::vector<std::string>& arguments);
  std::string Extract(const analysis::Signature& signature, const std::string& operand);

  Random* random_;  // borrowed
  std::vector<Column> columns_;
};

}  // namespace casebook::differential
