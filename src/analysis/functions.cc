#include "analysis/functions.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cctype>
#include <unordered_map>

#include "base/result.h"
#include "schema/table.h"

namespace casebook::analysis {
namespace {

// Reads the signatures of functions/*.inc: `(STRING, [INT64], T...) -> ARRAY<T>; …`.
class SignatureReader {
 public:
  explicit SignatureReader(std::string_view text) : text_(text) {}

  std::vector<Signature> ReadAll() {
    std::vector<Signature> all;
    while (!text_.empty()) {
      all.push_back(ReadSignature());
      if (!text_.empty()) Skip("; ");
    }
    return all;
  }

 private:
  Signature ReadSignature() {
    Signature signature;
    const std::string_view start = text_;
    Skip("(");
    while (!text_.starts_with(")")) {
      if (!signature.parameters.empty()) Skip(", ");
      signature.parameters.push_back(ReadParameter());
    }
    Skip(")");
    signature.text = start.substr(0, start.size() - text_.size());
    Skip(" -> ");
    signature.result = ReadPattern();
    return signature;
  }

  Parameter ReadParameter() {
    Parameter parameter;
    parameter.optional = TrySkip("[");
    if (const size_t arrow = text_.find(" => "); parameter.optional && arrow < text_.find(']')) {
      parameter.name = text_.substr(0, arrow);
      text_.remove_prefix(arrow + 4);
    }
    parameter.pattern = ReadPattern();
    parameter.repeated = TrySkip("...");
    if (parameter.optional && TrySkip(" ")) {
      parameter.preset = text_.substr(0, text_.find(']'));
      text_.remove_prefix(parameter.preset.size());
    }
    if (parameter.optional) Skip("]");
    return parameter;
  }

  TypePattern ReadPattern() {
    using Kind = TypePattern::Kind;
    if (TrySkip("ARRAY<STRUCT<value T, ")) return {Kind::kStructWithTemplate, ReadTop()};
    if (TrySkip("ARRAY<T>")) return {Kind::kArrayOfTemplate, {}};
    if (TrySkip("ARRAY<")) {
      Type element = ReadScalar();
      Skip(">");
      return {Kind::kType, Type::Array(element)};
    }
    if (TrySkip("ANY")) return {Kind::kAny, {}};
    if (TrySkip("PART")) return {Kind::kDatePart, {}};
    if (TrySkip("STEP")) return {Kind::kStep, {}};
    if (text_.starts_with("T") && !text_.starts_with("TIME")) {
      Skip("T");
      return {Kind::kTemplate, {}};
    }
    return {Kind::kType, ReadScalar()};
  }

  Type ReadTop() {
    const size_t space = text_.find(' ');
    const std::string name(text_.substr(0, space));
    text_.remove_prefix(space + 1);
    Type count = ReadScalar();
    Skip(">>");
    return Type::Array(Type::Struct({{"value", TypeKind::kBool}, {name, count}}));
  }

  Type ReadScalar() {
    if (TrySkip("RANGE<")) {
      Type element = ReadScalar();
      Skip(">");
      return Type::Range(std::move(element));
    }
    if (TrySkip("STRUCT<")) {
      std::vector<Type::Field> fields;
      while (!TrySkip(">")) {
        if (!fields.empty()) Skip(", ");
        fields.push_back({"", ReadScalar()});
      }
      return Type::Struct(std::move(fields));
    }
    // TIMESTAMP before TIME, BIGNUMERIC apart from NUMERIC by its first letter.
    constexpr std::array kinds = {TypeKind::kInt64,    TypeKind::kFloat64,   TypeKind::kNumeric, TypeKind::kBigNumeric,
                                  TypeKind::kBool,     TypeKind::kString,    TypeKind::kBytes,   TypeKind::kDatetime,
                                  TypeKind::kDate,     TypeKind::kTimestamp, TypeKind::kTime,    TypeKind::kInterval,
                                  TypeKind::kJson};
    for (const TypeKind kind : kinds) {
      if (TrySkip(TypeKindName(kind))) return kind;
    }
    Unreachable();
  }

  bool TrySkip(std::string_view word) {
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }
  void Skip(std::string_view word) {
    const bool there = TrySkip(word);
    assert(there);
    (void)there;
  }

  std::string_view text_;
};

std::string UpperCase(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return upper;
}

struct Registry {
  std::vector<Function> functions;  // by FunctionId
  std::unordered_map<std::string, FunctionId> by_name;  // upper case

  Registry() {
    functions.reserve(kFunctionCount);
#define CASEBOOK_FUNCTION(id, name, kind, signatures) Add(FunctionId::id, name, FunctionClass::kind, signatures);
#define CASEBOOK_ALIAS(name, id) by_name.emplace(name, FunctionId::id);
#include "analysis/functions/all.inc"
  }

  void Add(FunctionId id, std::string_view name, FunctionClass kind, std::string_view signatures) {
    functions.push_back({id, name, kind, SignatureReader(signatures).ReadAll()});
    if (kind != FunctionClass::kOperator) by_name.emplace(name, id);
  }
};

const Registry& Functions() {
  static const Registry registry;
  return registry;
}

// How one signature takes a call.
class Matcher {
 public:
  Matcher(const Signature& signature, std::span<const ArgumentType> arguments)
      : signature_(signature), arguments_(arguments) {}

  // The price, or nullopt where it does not fit.
  std::optional<int> Match(ChosenSignature& chosen) {
    if (!PairUp() || !SolveTemplate()) return std::nullopt;
    int cost = 0;
    chosen.signature = &signature_;
    chosen.arguments.clear();
    for (size_t i = 0; i < arguments_.size(); ++i) {
      const auto price = Take(i, chosen);
      if (!price) return std::nullopt;
      cost += *price;
    }
    chosen.parameters = parameters_;
    chosen.result = ResultType();
    return cost;
  }

 private:
  using Kind = TypePattern::Kind;

  // Gives each argument its parameter.
  bool PairUp() {
    size_t next = 0;
    for (const ArgumentType& argument : arguments_) {
      if (!argument.name.empty()) {
        if (!PairByName(argument)) return false;
        continue;
      }
      while (next < signature_.parameters.size() && !Takes(signature_.parameters[next], argument)) {
        if (!signature_.parameters[next].optional) return false;
        ++next;
      }
      if (next >= signature_.parameters.size()) return false;
      Pair(signature_.parameters[next]);
      next = After(next);
    }
    return RestMayBeMissing(next);
  }

  void Pair(const Parameter& parameter) {
    parameters_.push_back(&parameter);
    patterns_.push_back(&parameter.pattern);
  }

  bool PairByName(const ArgumentType& argument) {
    for (const Parameter& parameter : signature_.parameters) {
      if (parameter.name.empty() || !EqualIgnoringCase(parameter.name, argument.name)) continue;
      if (std::find(parameters_.begin(), parameters_.end(), &parameter) != parameters_.end()) return false;
      Pair(parameter);
      return true;
    }
    return false;
  }

  // The parameter behind number `i`; behind the last that repeats stands the first that does.
  size_t After(size_t i) const {
    const auto& all = signature_.parameters;
    if (!all[i].repeated) return i + 1;
    if (i + 1 < all.size() && all[i + 1].repeated) return i + 1;
    while (i > 0 && all[i - 1].repeated) --i;
    return i;
  }

  bool RestMayBeMissing(size_t next) const {
    const auto& all = signature_.parameters;
    for (; next < all.size(); ++next) {
      const bool first_of_group = all[next].repeated && (next == 0 || !all[next - 1].repeated);
      const bool had_one = std::find(parameters_.begin(), parameters_.end(), &all[next]) != parameters_.end();
      if (first_of_group && had_one) {
        while (next + 1 < all.size() && all[next + 1].repeated) ++next;
        continue;
      }
      if (!all[next].optional) return false;
    }
    return true;
  }

  static bool Takes(const Parameter& parameter, const ArgumentType& argument) {
    if (!parameter.name.empty()) return false;
    switch (argument.kind) {
      case ArgumentType::Kind::kDatePart: return parameter.pattern.kind == Kind::kDatePart;
      case ArgumentType::Kind::kStep: return parameter.pattern.kind == Kind::kStep;
      case ArgumentType::Kind::kExpr:
        return parameter.pattern.kind != Kind::kDatePart && parameter.pattern.kind != Kind::kStep;
    }
    Unreachable();
  }

  bool SolveTemplate() {
    std::vector<CoercibleType> types;
    bool any = false;
    for (size_t i = 0; i < arguments_.size(); ++i) {
      const CoercibleType& type = arguments_[i].type;
      if (patterns_[i]->kind == Kind::kTemplate) {
        types.push_back(type);
        any = true;
      } else if (patterns_[i]->kind == Kind::kArrayOfTemplate) {
        any = true;
        if (type.untyped_null || type.untyped_empty_array) continue;
        if (!type.type.IsArray()) return false;
        types.insert(types.end(), type.parts.begin(), type.parts.end());
        if (type.parts.empty()) types.push_back({.type = type.type.element()});
      }
    }
    if (!any) return true;
    auto solved = CommonSupertype(types);
    if (!solved) return false;
    template_ = *solved;
    return true;
  }

  std::optional<int> Take(size_t i, ChosenSignature& chosen) {
    switch (patterns_[i]->kind) {
      case Kind::kDatePart:
      case Kind::kStep: chosen.arguments.emplace_back(TypeKind::kInt64); return 0;
      case Kind::kAny: chosen.arguments.push_back(arguments_[i].type.type); return 0;
      case Kind::kTemplate: chosen.arguments.push_back(template_); break;
      case Kind::kArrayOfTemplate:
        if (template_.IsArray()) return std::nullopt;
        chosen.arguments.push_back(Type::Array(template_));
        break;
      case Kind::kStructWithTemplate: return std::nullopt;
      case Kind::kType: chosen.arguments.push_back(patterns_[i]->type); break;
    }
    // NULL / 2 is a number rather than an INTERVAL.
    constexpr int kUnlikely = 1000;
    const bool unlikely = arguments_[i].type.untyped_null && chosen.arguments.back().kind() == TypeKind::kInterval;
    const auto cost = CoercionCost(arguments_[i].type, chosen.arguments.back());
    return unlikely && cost ? std::optional<int>(*cost + kUnlikely) : cost;
  }

  Type ResultType() const {
    switch (signature_.result.kind) {
      case Kind::kTemplate: return template_;
      case Kind::kArrayOfTemplate: return template_.IsArray() ? template_ : Type::Array(template_);
      case Kind::kStructWithTemplate: {
        auto fields = signature_.result.type.element().fields();
        fields[0].type = template_;
        return Type::Array(Type::Struct(fields));
      }
      default: return signature_.result.type;
    }
  }

  const Signature& signature_;
  std::span<const ArgumentType> arguments_;
  std::vector<const Parameter*> parameters_;  // by argument
  std::vector<const TypePattern*> patterns_;
  Type template_;
};

std::string ArgumentText(const ArgumentType& argument) {
  switch (argument.kind) {
    case ArgumentType::Kind::kDatePart: return "DATE_TIME_PART";
    case ArgumentType::Kind::kStep: return "INTERVAL INT64 DATE_TIME_PART";
    case ArgumentType::Kind::kExpr: return argument.type.untyped_null ? "NULL" : argument.type.type.ToString();
  }
  Unreachable();
}

// Edits (insert, delete, change) between two names, ignoring case; stops counting above `limit`.
size_t EditDistance(std::string_view a, std::string_view b, size_t limit) {
  if (a.size() > b.size() + limit || b.size() > a.size() + limit) return limit + 1;
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const bool same = std::tolower(static_cast<unsigned char>(a[i - 1])) == std::tolower(static_cast<unsigned char>(b[j - 1]));
      const size_t change = diagonal + (same ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({change, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

const Function& GetFunction(FunctionId id) { return Functions().functions[static_cast<size_t>(id)]; }

const Function* FindFunction(std::string_view name) {
  const auto found = Functions().by_name.find(UpperCase(name));
  return found == Functions().by_name.end() ? nullptr : &GetFunction(found->second);
}

bool IsAbsentFunction(std::string_view name) {
  constexpr std::string_view kAbsent[] = {
#define CASEBOOK_ABSENT(name) name,
#include "analysis/functions/absent.inc"
#undef CASEBOOK_ABSENT
  };
  const std::string upper = UpperCase(name);
  // Families of which there is nothing.
  for (const char* family : {"ST_", "S2_", "KEYS.", "AEAD.", "DETERMINISTIC_", "KLL_QUANTILES.", "HLL_COUNT.", "ML.", "AI.",
                             "ZSTD_", "DIFFERENTIAL_PRIVACY_", "ANON_", "H3_", "OBJ.", "BAG_OF_"}) {
    if (upper.starts_with(family)) return true;
  }
  return std::find(std::begin(kAbsent), std::end(kAbsent), upper) != std::end(kAbsent);
}

std::string_view NearestFunction(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Function& function : Functions().functions) {
    if (function.function_class != FunctionClass::kOperator) names.push_back(function.name);
  }
  return NearestName(name, names);
}

std::optional<ChosenSignature> ChooseSignature(const Function& function, std::span<const ArgumentType> arguments) {
  std::optional<ChosenSignature> best;
  int best_cost = 0;
  ChosenSignature tried;
  for (const Signature& signature : function.signatures) {
    const auto cost = Matcher(signature, arguments).Match(tried);
    if (!cost || (best && *cost >= best_cost)) continue;
    best = tried;
    best_cost = *cost;
    if (best_cost == 0) break;
  }
  return best;
}

std::string NoSignatureMessage(const Function& function, std::span<const ArgumentType> arguments) {
  const bool is_operator = function.function_class == FunctionClass::kOperator;
  const char* kind = is_operator ? "operator " : function.function_class == FunctionClass::kScalar ? "function "
                                 : function.function_class == FunctionClass::kAggregate ? "aggregate function "
                                                                                          : "analytic function ";
  std::string message = std::string("No matching signature for ") + kind + std::string(function.name);
  if (arguments.empty()) {
    message += " with no arguments";
  } else {
    message += " for argument types: ";
    for (size_t i = 0; i < arguments.size(); ++i) message += (i > 0 ? ", " : "") + ArgumentText(arguments[i]);
  }
  message += function.signatures.size() == 1 ? ". Supported signature: " : ". Supported signatures: ";
  for (size_t i = 0; i < function.signatures.size(); ++i) {
    message += (i > 0 ? "; " : "") + std::string(function.name) + function.signatures[i].text;
  }
  return message;
}

std::string_view NearestName(std::string_view name, std::span<const std::string_view> candidates) {
  const size_t limit = name.size() <= 2 ? 1 : std::min<size_t>(3, (name.size() + 2) / 4 + 1);
  std::string_view nearest;
  size_t nearest_distance = limit + 1;
  for (const std::string_view candidate : candidates) {
    const size_t distance = EditDistance(name, candidate, limit);
    if (distance >= nearest_distance || distance >= name.size()) continue;
    nearest = candidate;
    nearest_distance = distance;
  }
  return nearest;
}

}  // namespace casebook::analysis
