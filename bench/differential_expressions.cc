#include "bench/differential_expressions.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "bench/differential_literals.h"

namespace casebook::differential {
namespace {

using analysis::Function;
using analysis::FunctionClass;
using analysis::FunctionId;
using analysis::Signature;
using Pattern = analysis::TypePattern::Kind;
using Id = FunctionId;

constexpr double kSafeChance = 0.08;
constexpr double kBigNumericChance = 0.5;

struct Family {
  std::string_view name;
  std::vector<FunctionId> ids;
};

// Without those whose answers change from call to call, those that the evaluator of 2023 does not know or answers
// wrongly, and those that no query can write.
bool IsAsked(FunctionId id) {
  static constexpr auto kLeftOut = std::to_array<FunctionId>(
      {Id::kCurrentDate, Id::kCurrentDatetime, Id::kCurrentTime, Id::kCurrentTimestamp, Id::kRand, Id::kGenerateUuid,
       Id::kSessionUser, Id::kError, Id::kEditDistance, Id::kContainsSubstr, Id::kJsonKeys, Id::kJsonInt64Array,
       Id::kJsonFloat64Array, Id::kJsonBoolArray, Id::kJsonStringArray, Id::kLaxInt64Array, Id::kLaxFloat64Array,
       Id::kLaxBoolArray, Id::kLaxStringArray, Id::kSplitSubstr, Id::kRegexpExtractGroups, Id::kToBase32,
       Id::kFromBase32, Id::kRangeContains, Id::kExp, Id::kLn, Id::kLog, Id::kLog10, Id::kPow, Id::kCaseValue,
       Id::kLikeAnyOf, Id::kLikeAllOf, Id::kJsonFlatten, Id::kMakeIntervalPart, Id::kNetPublicSuffix,
       Id::kNetRegDomain, Id::kNullIfZero, Id::kZeroIfNull, Id::kPi, Id::kAddMonths, Id::kMonthsBetween,
       Id::kNextDay, Id::kPercentilePlaceBelow, Id::kPercentilePlaceAbove, Id::kPercentilePlace, Id::kPercentileBetween,
       Id::kFrameKeys, Id::kFrameStep, Id::kFitDecimal, Id::kFitText,
       Id::kArrayFilter, Id::kArrayTransform, Id::kArrayZip, Id::kFlatten, Id::kArraySum, Id::kArrayAvg,
       Id::kOnlyElement, Id::kLet, Id::kJsonContains, Id::kCosineDistance, Id::kEuclideanDistance, Id::kRegexpMatch,
       Id::kPiNumeric, Id::kPiBigNumeric, Id::kCollationKey});
  return std::find(kLeftOut.begin(), kLeftOut.end(), id) == kLeftOut.end();
}

const std::vector<Family>& Families() {
  static const std::vector<Family> families = [] {
    std::vector<Family> all;
#define CASEBOOK_FUNCTION(id, name, kind, signatures) FunctionId::id,
#define CASEBOOK_ALIAS(name, id)
    all.push_back({"operators", {
#include "analysis/functions/operators.inc"
                   }});
    all.push_back({"conditional", {
#include "analysis/functions/conditional.inc"
                   }});
    all.push_back({"math", {
#include "analysis/functions/math.inc"
                   }});
    all.push_back({"string", {
#include "analysis/functions/string.inc"
                   }});
    all.push_back({"date_time", {
#include "analysis/functions/date_time.inc"
                   }});
    all.push_back({"array", {
#include "analysis/functions/array.inc"
                   }});
    all.push_back({"json", {
#include "analysis/functions/json.inc"
                   }});
    all.push_back({"net", {
#include "analysis/functions/net.inc"
                   }});
#undef CASEBOOK_FUNCTION
#undef CASEBOOK_ALIAS
    for (Family& family : all) std::erase_if(family.ids, [](FunctionId id) { return !IsAsked(id); });
    return all;
  }();
  return families;
}

bool StartsWith(std::string_view text, std::string_view start) { return text.starts_with(start); }

// What the STRING at `place` of a call is read as; kText where any text will do.
Meaning MeaningOf(const Function& function, size_t place) {
  const std::string_view name = function.name;
  if (StartsWith(name, "FORMAT_") || StartsWith(name, "PARSE_")) {
    if (name == "PARSE_JSON") return Meaning::kJsonText;
    if (name == "PARSE_NUMERIC" || name == "PARSE_BIGNUMERIC") return Meaning::kNumber;
    if (place == 0) return name.ends_with("_DATE") ? Meaning::kDateFormat : Meaning::kTimeFormat;
    if (StartsWith(name, "PARSE_") && place == 1) return Meaning::kDateText;
    return Meaning::kTimeZone;
  }
  if (StartsWith(name, "REGEXP_")) return place == 1 ? Meaning::kRegexp : Meaning::kText;
  if (StartsWith(name, "JSON_")) return place == 0 ? Meaning::kJsonText : Meaning::kJsonPath;
  if (StartsWith(name, "LIKE")) return place > 0 ? Meaning::kLikePattern : Meaning::kText;
  if (StartsWith(name, "NET.")) return Meaning::kHost;
  switch (function.id) {
    case Id::kFormat: return place == 0 ? Meaning::kPrintFormat : Meaning::kText;
    case Id::kNextDay: return Meaning::kWeekday;
    case Id::kRound: return Meaning::kRoundMode;
    case Id::kDate:
    case Id::kDatetime:
    case Id::kTimestamp:
    case Id::kTime: return place == 0 ? Meaning::kDateText : Meaning::kTimeZone;
    case Id::kString:
    case Id::kExtract:
    case Id::kDateTrunc:
    case Id::kDatetimeTrunc:
    case Id::kTimestampTrunc: return Meaning::kTimeZone;
    default: return Meaning::kText;
  }
}

// Must the argument be a literal, or is it read as something?
bool IsRead(const Function& function, size_t place) { return MeaningOf(function, place) != Meaning::kText; }

// Counts would make answers too long, or always errors.
bool TakesCounts(FunctionId id) {
  switch (id) {
    case Id::kRepeat:
    case Id::kLpad:
    case Id::kRpad:
    case Id::kGenerateArray:
    case Id::kSubstr:
    case Id::kLeft:
    case Id::kRight:
    case Id::kInstr:
    case Id::kRegexpExtract:
    case Id::kRegexpInstr:
    case Id::kArraySlice:
    case Id::kArrayOffset:
    case Id::kArrayOrdinal:
    case Id::kArraySafeOffset:
    case Id::kArraySafeOrdinal:
    case Id::kShiftLeft:
    case Id::kShiftRight:
    case Id::kRound:
    case Id::kTrunc:
    case Id::kJsonField:
    case Id::kNetIpTrunc:
    case Id::kNetIpNetMask:
    case Id::kTime:
    case Id::kDate:
    case Id::kDatetime:
    case Id::kMakeInterval:
    case Id::kAddMonths: return true;
    default: return false;
  }
}

// Arrays that would grow past any answer.
bool IsLong(FunctionId id) {
  return id == Id::kGenerateDateArray || id == Id::kGenerateTimestampArray || id == Id::kGenerateRangeArray;
}

// Does the evaluator of 2023 want a path where it may be left out today?
bool WantsPath(FunctionId id) { return id == Id::kJsonQuery || id == Id::kJsonExtract; }

const Signature& PickSignature(const Function& function, Random& random) {
  const auto& all = function.signatures;
  const Signature& first = all[random.Below(all.size())];
  const bool big = first.text.find("BIGNUMERIC") != std::string::npos;
  return big && !random.Chance(kBigNumericChance) ? all[0] : first;
}

// T where `pattern` is to be `type`; nullopt where it cannot be. A pattern without T is told by the type alone.
std::optional<Type> TemplateFor(const analysis::TypePattern& pattern, const Type& type, const Type& any) {
  switch (pattern.kind) {
    case Pattern::kType: return pattern.type == type ? std::optional(any) : std::nullopt;
    case Pattern::kTemplate: return type;
    case Pattern::kArrayOfTemplate: return type.IsArray() ? std::optional(type.element()) : std::nullopt;
    default: return std::nullopt;
  }
}

TypeKind KindOfFirst(const Signature& signature) {
  return signature.parameters.empty() ? TypeKind::kDate : signature.parameters[0].pattern.type.kind();
}

std::string Joined(const std::vector<std::string>& parts, std::string_view separator, size_t from = 0) {
  std::string text;
  for (size_t i = from; i < parts.size(); ++i) text += (i > from ? std::string(separator) : "") + parts[i];
  return text;
}

Type CastableTo(TypeKind to, Random& random) {
  static constexpr TypeKind kNumbers[] = {TypeKind::kInt64, TypeKind::kFloat64, TypeKind::kNumeric, TypeKind::kString};
  static constexpr TypeKind kIntegers[] = {TypeKind::kInt64,   TypeKind::kFloat64, TypeKind::kNumeric,
                                           TypeKind::kString, TypeKind::kBool};
  static constexpr TypeKind kTimes[] = {TypeKind::kDate, TypeKind::kDatetime, TypeKind::kTimestamp, TypeKind::kString};
  static constexpr TypeKind kTimeOfDay[] = {TypeKind::kTime, TypeKind::kDatetime, TypeKind::kTimestamp,
                                            TypeKind::kString};
  static constexpr TypeKind kAll[] = {
      TypeKind::kInt64, TypeKind::kFloat64,  TypeKind::kNumeric, TypeKind::kBool,      TypeKind::kBytes,
      TypeKind::kDate,  TypeKind::kDatetime, TypeKind::kTime,    TypeKind::kTimestamp, TypeKind::kInterval};
  switch (to) {
    case TypeKind::kInt64: return random.Pick(kIntegers);
    case TypeKind::kFloat64:
    case TypeKind::kNumeric:
    case TypeKind::kBigNumeric: return random.Pick(kNumbers);
    case TypeKind::kDate:
    case TypeKind::kDatetime:
    case TypeKind::kTimestamp: return random.Pick(kTimes);
    case TypeKind::kTime: return random.Pick(kTimeOfDay);
    case TypeKind::kString: return random.Pick(kAll);
    default: return Type(TypeKind::kString);
  }
}

// ` FORMAT '…'` now and then, where the evaluator has it.
std::string CastFormat(TypeKind from, TypeKind to, Random& random) {
  static constexpr const char* kDates[] = {"'YYYY-MM-DD'", "'DD MON YYYY'", "'Day, Month DD'", "'YY-Q'", "'DDD'", "'D'", "'YYY'", "'WW'"};
  static constexpr const char* kTimes[] = {"'HH24:MI:SS'", "'HH12:MI AM'", "'SSSSS'", "'HH24:MI:SS.FF3'", "'FF6'"};
  static constexpr const char* kNumbers[] = {"'999'", "'000.00'", "'9,999.9'", "'S999'", "'$99.99'", "'9.9EEEE'", "'XXXX'", "'B999'", "'999MI'", "'999PR'", "'FM999.9'", "'V99'"};
  static constexpr const char* kBytes[] = {"'HEX'", "'BASE64'", "'UTF8'", "'ASCII'", "'BASE2'", "'BASE8'"};
  if (to != TypeKind::kString || !random.Chance(0.3)) return "";
  switch (from) {
    case TypeKind::kDate: return std::string(" FORMAT ") + random.Pick(kDates);
    case TypeKind::kTime: return std::string(" FORMAT ") + random.Pick(kTimes);
    case TypeKind::kDatetime:
    case TypeKind::kTimestamp:
      return std::string(" FORMAT ") + (random.Chance(0.5) ? random.Pick(kDates) : random.Pick(kTimes));
    case TypeKind::kInt64:
    case TypeKind::kNumeric:
    case TypeKind::kFloat64: return std::string(" FORMAT ") + random.Pick(kNumbers);
    case TypeKind::kBytes: return std::string(" FORMAT ") + random.Pick(kBytes);
    default: return "";
  }
}

bool IsCompared(std::string_view name) {
  return name == "=" || name == "!=" || name == "<" || name == "<=" || name == ">" || name == ">=" ||
         name == "BETWEEN" || name == "IN" || name == "IN UNNEST" || name == "GREATEST" || name == "LEAST" ||
         name == "NULLIF" || name == "RANGE_BUCKET" || name == "ARRAY_IS_DISTINCT" || name.starts_with("IS ");
}

}  // namespace

std::vector<std::string_view> ExpressionFamilies() {
  std::vector<std::string_view> names;
  for (const Family& family : Families()) names.push_back(family.name);
  names.push_back("casts");
  return names;
}

Type Expressions::AnyScalarType() {
  static constexpr TypeKind kKinds[] = {
      TypeKind::kInt64,  TypeKind::kFloat64, TypeKind::kNumeric,  TypeKind::kBool,      TypeKind::kString,
      TypeKind::kBytes,  TypeKind::kDate,    TypeKind::kDatetime, TypeKind::kTime,      TypeKind::kTimestamp,
      TypeKind::kString, TypeKind::kInt64,   TypeKind::kInterval};
  return random_->Pick(kKinds);
}

Type Expressions::AnyType() {
  const uint64_t choice = random_->Below(12);
  if (choice == 0) return Type::Array(AnyScalarType());
  if (choice == 1) return Type(TypeKind::kJson);
  if (choice == 2) return Type::Struct({{"a", AnyScalarType()}, {"b", AnyScalarType()}});
  return AnyScalarType();
}

std::string Expressions::Leaf(const Type& type) {
  std::vector<const Column*> fitting;
  for (const Column& column : columns_) {
    if (column.type == type) fitting.push_back(&column);
  }
  if (!fitting.empty() && random_->Chance(0.7)) return fitting[random_->Below(fitting.size())]->name;
  return Literal(type, *random_);
}

std::string Expressions::Cast(const Type& type, int depth) {
  if (type.kind() == TypeKind::kJson || type.IsArray() || type.IsStruct()) return Leaf(type);
  const Type from = random_->Chance(0.9) ? CastableTo(type.kind(), *random_) : AnyScalarType();
  std::string operand = OfType(from, depth - 1);
  if (from.kind() == TypeKind::kString && random_->Chance(0.7)) {
    // The text of a value is a text of the type most of the time.
    const double chance = random_->Chance(0.5) ? 0.5 : 0;
    operand = random_->Chance(0.7)     ? "CAST(" + Leaf(type) + " AS STRING)"
              : random_->Chance(chance) ? TextLiteral(Meaning::kNumber, *random_)
                                        : TextLiteral(Meaning::kDateText, *random_);
  }
  return std::string(random_->Chance(0.3) ? "SAFE_CAST(" : "CAST(") + operand + " AS " + type.ToString() +
         CastFormat(from.kind(), type.kind(), *random_) + ")";
}

std::string Expressions::Call(std::string_view family, int depth) {
  if (family == "casts") return Cast(AnyScalarType(), depth);
  for (const Family& each : Families()) {
    if (each.name != family) continue;
    const Function& function = analysis::GetFunction(each.ids[random_->Below(each.ids.size())]);
    if (function.id == Id::kCaseWhen) {
      const Type type = AnyScalarType();
      return Operator(Id::kCaseWhen, "CASE",
                      {OfType(Type(TypeKind::kBool), depth - 1), OfType(type, depth - 1), OfType(type, depth - 1)});
    }
    const Signature& signature = PickSignature(function, *random_);
    const Type t = function.id == Id::kNullIf || IsCompared(function.name) ? AnyScalarType() : AnyType();
    return Write(function, signature, t, depth);
  }
  return "NULL";
}

std::string Expressions::OfType(const Type& type, int depth) {
  if (depth <= 0 || random_->Chance(0.45)) return Leaf(type);
  if (random_->Chance(0.1)) return Cast(type, depth);
  const Type any = AnyScalarType();
  std::vector<std::pair<const Function*, const Signature*>> fitting;
  for (const Family& family : Families()) {
    for (const FunctionId id : family.ids) {
      const Function& function = analysis::GetFunction(id);
      for (const Signature& signature : function.signatures) {
        if (!IsLong(id) && TemplateFor(signature.result, type, any)) fitting.emplace_back(&function, &signature);
      }
    }
  }
  if (fitting.empty()) return Leaf(type);
  const auto [function, signature] = fitting[random_->Below(fitting.size())];
  const std::optional<Type> t = TemplateFor(signature->result, type, any);
  if (IsCompared(function->name) && (t->kind() == TypeKind::kJson || t->IsArray() || t->IsStruct())) return Leaf(type);
  if (t->IsArray()) return Leaf(type);  // arrays of arrays are none of the language
  return Write(*function, *signature, *t, depth);
}

std::vector<std::string> Expressions::Arguments(const Function& function, const Signature& signature, const Type& t,
                                                int depth) {
  std::vector<std::string> arguments;
  const size_t count = signature.parameters.size();
  for (size_t i = 0; i < count; ++i) {
    const analysis::Parameter& parameter = signature.parameters[i];
    if (!parameter.name.empty()) break;
    if (parameter.optional && !WantsPath(function.id) && random_->Chance(0.5)) break;
    arguments.push_back(Argument(function, signature, i, t, depth));
    if (!parameter.repeated) continue;
    const bool pairs = i + 1 < count && signature.parameters[i + 1].repeated;
    const uint64_t more = random_->Below(3);
    if (pairs) arguments.push_back(Argument(function, signature, i + 1, t, depth));
    for (uint64_t again = 0; again < more; ++again) {
      arguments.push_back(Argument(function, signature, i, t, depth));
      if (pairs) arguments.push_back(Argument(function, signature, i + 1, t, depth));
    }
    if (pairs) ++i;
  }
  return arguments;
}

std::string Expressions::Argument(const Function& function, const Signature& signature, size_t place, const Type& t,
                                  int depth) {
  const analysis::TypePattern& pattern = signature.parameters[place].pattern;
  const TypeKind first = KindOfFirst(signature);
  switch (pattern.kind) {
    case Pattern::kDatePart: return DatePart(first, *random_);
    case Pattern::kStep: {
      const std::string part = DatePart(first, *random_);
      return "INTERVAL " + SmallInteger(*random_) + " " + part.substr(0, part.find('('));
    }
    case Pattern::kTemplate: return OfType(t, depth - 1);
    case Pattern::kArrayOfTemplate: return OfType(Type::Array(t.IsArray() ? t.element() : t), depth - 1);
    case Pattern::kAny: return OfType(function.id == Id::kFormat ? AnyScalarType() : AnyType(), depth - 1);
    default: break;
  }
  const TypeKind kind = pattern.type.kind();
  if (kind == TypeKind::kString && IsRead(function, place)) return TextLiteral(MeaningOf(function, place), *random_);
  if (TakesCounts(function.id) && kind != TypeKind::kString && kind != TypeKind::kBytes && random_->Chance(0.9)) {
    if (kind == TypeKind::kInt64) return SmallInteger(*random_);
    if (function.id == Id::kGenerateArray) return MildLiteral(pattern.type, *random_);
  }
  return OfType(pattern.type, IsLong(function.id) ? 0 : depth - 1);
}

std::string Expressions::Write(const Function& function, const Signature& signature, const Type& t, int depth) {
  std::vector<std::string> arguments = Arguments(function, signature, t, depth);
  if (function.id == Id::kFormat && random_->Chance(0.9)) {
    const Type type = random_->Chance(0.2) ? AnyType() : AnyScalarType();
    return "FORMAT(" + PrintFormatFor(type.kind(), *random_) + ", " + OfType(type, depth - 1) + ")";
  }
  if (function.id == Id::kExtract) return Extract(signature, arguments[0]);
  if (function.id == Id::kNormalize || function.id == Id::kNormalizeAndCasefold) {
    if (random_->Chance(0.7)) arguments.push_back(TextLiteral(Meaning::kNormalMode, *random_));
  }
  if (function.function_class == FunctionClass::kOperator) return Operator(function.id, function.name, arguments);
  const bool safe = random_->Chance(kSafeChance) && function.id != Id::kIf && function.id != Id::kIfNull &&
                    function.id != Id::kCoalesce && function.id != Id::kNullIf;
  return (safe && !function.name.starts_with("NET.") ? "SAFE." : "") + std::string(function.name) + "(" +
         Joined(arguments, ", ") + ")";
}

std::string Expressions::Extract(const Signature& signature, const std::string& operand) {
  const TypeKind kind = KindOfFirst(signature);
  static constexpr const char* kDayParts[] = {"DAYOFWEEK", "DAYOFYEAR"};
  std::string part = DatePart(kind, *random_);
  if (kind == TypeKind::kInterval) {
    static constexpr const char* kOwn[] = {"YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "MILLISECOND"};
    part = random_->Pick(kOwn);
  } else if (kind != TypeKind::kTime && random_->Chance(0.2)) {
    part = random_->Pick(kDayParts);
  }
  std::string zone;
  if (kind == TypeKind::kTimestamp && random_->Chance(0.5)) {
    zone = " AT TIME ZONE " + TextLiteral(Meaning::kTimeZone, *random_);
  }
  return "EXTRACT(" + part + " FROM " + operand + zone + ")";
}

std::string Expressions::Operator(FunctionId id, std::string_view name, const std::vector<std::string>& arguments) {
  const auto& a = arguments;
  const auto at = [&](std::string_view how) { return "(" + a[0] + ")[" + std::string(how) + "(" + a[1] + ")]"; };
  switch (id) {
    case Id::kNegate: return "(- " + a[0] + ")";
    case Id::kPlus: return "(+ " + a[0] + ")";
    case Id::kBitNot: return "(~ " + a[0] + ")";
    case Id::kNot: return "(NOT " + a[0] + ")";
    case Id::kIsNull:
    case Id::kIsTrue:
    case Id::kIsFalse: return "(" + a[0] + " " + std::string(name) + ")";
    case Id::kBetween: return "(" + a[0] + " BETWEEN " + a[1] + " AND " + a[2] + ")";
    case Id::kIn:
    case Id::kLikeAny:
    case Id::kLikeAll: return "(" + a[0] + " " + std::string(name) + " (" + Joined(a, ", ", 1) + "))";
    case Id::kInArray: return "(" + a[0] + " IN UNNEST(" + a[1] + "))";
    case Id::kArrayOffset: return at("OFFSET");
    case Id::kArrayOrdinal: return at("ORDINAL");
    case Id::kArraySafeOffset: return at("SAFE_OFFSET");
    case Id::kArraySafeOrdinal: return at("SAFE_ORDINAL");
    case Id::kJsonField: return "(" + a[0] + ")[" + a[1] + "]";
    case Id::kCaseWhen: return "CASE WHEN " + a[0] + " THEN " + a[1] + " ELSE " + a[2] + " END";
    default: break;
  }
  if (a.size() == 1) return "(" + a[0] + ")";
  return "(" + Joined(a, " " + std::string(name) + " ") + ")";
}

}  // namespace casebook::differential
