// The functions of GoogleSQL: names, signatures, and which signature a call means.
//
// Built once from functions/*.inc; read-only afterwards. Knows types, no expressions and no engine.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/coercion.h"
#include "analysis/function_id.h"
#include "schema/type.h"

namespace casebook::analysis {

enum class FunctionClass { kOperator, kScalar, kAggregate, kWindow };

// What a signature wants: a type, a type that is the same wherever it stands (T), or no expression at all.
struct TypePattern {
  enum class Kind { kType, kAny, kTemplate, kArrayOfTemplate, kStructWithTemplate, kDatePart, kStep };
  Kind kind = Kind::kType;
  Type type;  // kType; kStructWithTemplate: the array of structs, with BOOL where T stands
};

struct Parameter {
  TypePattern pattern;
  bool optional = false;
  bool repeated = false;  // once or more; neighbours that repeat do so together
  // `[mode => STRING 'strict']`: given by its name alone, and what it is where it is not given. The call has them
  // all, behind its other arguments.
  std::string name;
  std::string preset;
};

struct Signature {
  std::vector<Parameter> parameters;
  TypePattern result;
  std::string text;  // `(STRING, INT64, [INT64])`
};

struct Function {
  FunctionId id{};
  std::string_view name;
  FunctionClass function_class = FunctionClass::kScalar;
  std::vector<Signature> signatures;
};

const Function& GetFunction(FunctionId id);
// Finds a scalar, aggregate or window function by its name, ignoring case; nullptr where there is none.
const Function* FindFunction(std::string_view name);
// Is `name` a function of the language that is refused by its name?
bool IsAbsentFunction(std::string_view name);
// The function whose name is nearest to `name`, or an empty text where none is near.
std::string_view NearestFunction(std::string_view name);

// What a call gives for one parameter.
struct ArgumentType {
  enum class Kind { kExpr, kDatePart, kStep };
  Kind kind = Kind::kExpr;
  CoercibleType type;  // kExpr
  std::string_view name = {};  // `name => value`
};

struct ChosenSignature {
  const Signature* signature = nullptr;
  std::vector<Type> arguments;  // what each argument must become; of a part or a step INT64
  std::vector<const Parameter*> parameters;  // by argument
  Type result;
};

// The signature of `function` that fits `arguments` best; nullopt where none does.
std::optional<ChosenSignature> ChooseSignature(const Function& function, std::span<const ArgumentType> arguments);

// `No matching signature for function SUBSTR for argument types: BOOL. Supported signature: …`.
std::string NoSignatureMessage(const Function& function, std::span<const ArgumentType> arguments);

// The candidate nearest to `name` by edits, ignoring case; empty where none is near enough to be meant.
std::string_view NearestName(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace casebook::analysis
