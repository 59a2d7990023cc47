#include "engines/duckdb/function_rules.h"

#include <array>

#include "analysis/function_id.h"

namespace casebook::engines {

const std::vector<FunctionRule>& RulesOf(FunctionId function) {
  static const auto by_function = [] {
    std::vector<std::vector<FunctionRule>> rules(analysis::kFunctionCount);
    for (const auto family : {OperatorRules(), MathRules(), NetRules(), StringRules(), DateTimeRules(), CollectionRules(), JsonRules()}) {
      for (const FunctionRule& rule : family) rules[static_cast<size_t>(rule.function)].push_back(rule);
    }
    return rules;
  }();
  return by_function[static_cast<size_t>(function)];
}

}  // namespace casebook::engines
