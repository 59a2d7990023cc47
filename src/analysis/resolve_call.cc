// Calls: their arguments, date parts and the signature that fits.
#include <algorithm>

#include "analysis/resolver_internal.h"
#include "base/result.h"

namespace casebook::analysis {
namespace {

std::string FunctionName(const sql::Path& path) {
  std::string name;
  for (const auto& part : path.names) name += (name.empty() ? "" : ".") + part.text;
  return name;
}

bool Compares(FunctionId function) {
  switch (function) {
    case FunctionId::kEqual:
    case FunctionId::kNotEqual:
    case FunctionId::kIn:
    case FunctionId::kInArray:
    case FunctionId::kNullIf:
    case FunctionId::kArrayIncludes:
    case FunctionId::kArrayIncludesAny:
    case FunctionId::kArrayIncludesAll:
    case FunctionId::kIsDistinctFrom:
    case FunctionId::kIsNotDistinctFrom: return true;
    default: return false;
  }
}

// Of CONCAT and ||: are all the parts text or of types with one way to be written? || wants some text among them.
bool WritesParts(FunctionId function, const std::vector<ExprPtr>& parts) {
  bool has_string = function == FunctionId::kConcat;
  for (const ExprPtr& part : parts) {
    switch (part->type.kind()) {
      case TypeKind::kString: has_string = true; break;
      case TypeKind::kInt64:
      case TypeKind::kFloat64:
      case TypeKind::kNumeric:
      case TypeKind::kBigNumeric:
      case TypeKind::kBool:
      case TypeKind::kDate:
      case TypeKind::kDatetime:
      case TypeKind::kTime:
      case TypeKind::kTimestamp:
      case TypeKind::kInterval: break;
      default: return false;
    }
  }
  return has_string;
}

// Are they the elements of the first argument that are compared?
bool ComparesElements(FunctionId function) {
  return function == FunctionId::kArrayIncludes || function == FunctionId::kArrayIncludesAny ||
         function == FunctionId::kArrayIncludesAll || function == FunctionId::kArrayMin ||
         function == FunctionId::kArrayMax;
}

bool Orders(FunctionId function) {
  switch (function) {
    case FunctionId::kLess:
    case FunctionId::kLessOrEqual:
    case FunctionId::kGreater:
    case FunctionId::kGreaterOrEqual:
    case FunctionId::kBetween:
    case FunctionId::kGreatest:
    case FunctionId::kLeast:
    case FunctionId::kMin:
    case FunctionId::kMax:
    case FunctionId::kArrayMin:
    case FunctionId::kArrayMax:
    case FunctionId::kRangeBucket: return true;
    default: return false;
  }
}

// Does `function` take a date part as its argument number `i`, and nothing else?
bool TakesPart(const Function& function, size_t i) {
  return std::any_of(function.signatures.begin(), function.signatures.end(), [&](const Signature& signature) {
    return i < signature.parameters.size() && signature.parameters[i].pattern.kind == TypePattern::Kind::kDatePart;
  });
}

bool TakesNormalizeMode(FunctionId function, size_t i) {
  return i == 1 && (function == FunctionId::kNormalize || function == FunctionId::kNormalizeAndCasefold);
}

bool TakesStep(const Function& function, size_t i) {
  return std::any_of(function.signatures.begin(), function.signatures.end(), [&](const Signature& signature) {
    return i < signature.parameters.size() && signature.parameters[i].pattern.kind == TypePattern::Kind::kStep;
  });
}

// A part as an argument is written like a name or, `WEEK(MONDAY)`, like a call.
std::optional<DatePart> PartOf(const sql::Expr& expr) {
  if (const auto* path = sql::TryAs<sql::PathExpr>(expr); path != nullptr && path->path.names.size() == 1) {
    return FindDatePart(path->path.names.front().text);
  }
  const auto* call = sql::TryAs<sql::CallExpr>(expr);
  if (call == nullptr || call->arguments.size() != 1 || call->function.names.size() != 1) return std::nullopt;
  if (call->arguments.front().value == nullptr) return std::nullopt;
  const auto* day = sql::TryAs<sql::PathExpr>(*call->arguments.front().value);
  if (day == nullptr || day->path.names.size() != 1) return std::nullopt;
  return FindDatePart(call->function.names.front().text, day->path.names.front().text);
}

bool IsSubDay(DatePart part) {
  switch (part) {
    case DatePart::kMicrosecond:
    case DatePart::kMillisecond:
    case DatePart::kSecond:
    case DatePart::kMinute:
    case DatePart::kHour: return true;
    default: return false;
  }
}

enum class PartUse { kExtract, kTruncate, kDifference, kStep, kOther };

PartUse UseOfPart(FunctionId function) {
  switch (function) {
    case FunctionId::kExtract: return PartUse::kExtract;
    case FunctionId::kDateTrunc:
    case FunctionId::kDatetimeTrunc:
    case FunctionId::kTimestampTrunc:
    case FunctionId::kTimeTrunc:
    case FunctionId::kLastDay: return PartUse::kTruncate;
    case FunctionId::kDateDiff:
    case FunctionId::kDatetimeDiff:
    case FunctionId::kTimestampDiff:
    case FunctionId::kTimeDiff: return PartUse::kDifference;
    case FunctionId::kDateAdd:
    case FunctionId::kDateSub:
    case FunctionId::kDatetimeAdd:
    case FunctionId::kDatetimeSub:
    case FunctionId::kTimestampAdd:
    case FunctionId::kTimestampSub:
    case FunctionId::kTimeAdd:
    case FunctionId::kTimeSub:
    case FunctionId::kGenerateDateArray:
    case FunctionId::kGenerateTimestampArray: return PartUse::kStep;
    default: return PartUse::kOther;
  }
}

bool IsWeek(DatePart part) { return part >= DatePart::kWeekSunday && part <= DatePart::kIsoWeek; }

// Which parts a type has, as the manual lists them.
bool PartFits(PartUse use, TypeKind type, DatePart part) {
  const bool whole = part == DatePart::kDate || part == DatePart::kTime || part == DatePart::kDatetime;
  const bool of_day = part == DatePart::kDayOfWeek || part == DatePart::kDayOfYear;
  if (whole || of_day) {
    if (use != PartUse::kExtract || type == TypeKind::kTime || type == TypeKind::kInterval) return false;
    if (of_day) return true;
    if (type == TypeKind::kTimestamp) return true;
    return type == TypeKind::kDatetime && part != DatePart::kDatetime;
  }
  if (type == TypeKind::kTime) return IsSubDay(part);
  if (type == TypeKind::kInterval) {
    return IsSubDay(part) || part == DatePart::kDay || part == DatePart::kMonth || part == DatePart::kYear;
  }
  if (type == TypeKind::kDate && IsSubDay(part)) return false;
  if (use == PartUse::kStep) {
    if (part == DatePart::kIsoWeek || part == DatePart::kIsoYear) return false;
    if (IsWeek(part)) return part == DatePart::kWeekSunday && type != TypeKind::kTimestamp;
    return type != TypeKind::kTimestamp || IsSubDay(part) || part == DatePart::kDay;
  }
  if (use == PartUse::kDifference && type == TypeKind::kTimestamp) return IsSubDay(part) || part == DatePart::kDay;
  return true;
}

}  // namespace

SqlResult<ExprPtr> Resolver::ResolveCall(const sql::CallExpr& call, const ExprContext& context) {
  if (const sql::CreateFunction* defined = FindDefinedFunction(call.function)) {
    return ResolveDefinedCall(call, *defined, context);
  }
  const std::string name = FunctionName(call.function);
  const Function* function = FindFunction(name);
  if (function == nullptr) {
    if (IsAbsentFunction(name)) return UnsupportedSql("Function " + name + " is not supported", call.range.begin);
    std::string message = "Function not found: " + name;
    const std::string_view nearest = NearestFunction(name);
    if (!nearest.empty()) message += "; Did you mean " + std::string(nearest) + "?";
    return InvalidSql(message, call.range.begin);
  }
  if (function->id == FunctionId::kMakeInterval && !call.over) return ResolveMakeInterval(call, context);
  for (const sql::Argument& argument : call.arguments) {
    if (argument.name && function->function_class != FunctionClass::kScalar) {
      return UnsupportedSql("Named argument " + argument.name->text + " of function " + name + " is not supported",
                            argument.range.begin);
    }
    if (argument.kind != sql::ArgumentKind::kExpr) {
      return InvalidSql("Function " + name + " does not take a table argument", argument.range.begin);
    }
    if (argument.alias && function->id != FunctionId::kArrayZip) {
      return InvalidSql("Unexpected function call argument alias found at " + name, argument.range.begin);
    }
  }
  return ResolveKnownCall(call, *function, context);
}

SqlResult<ExprPtr> Resolver::ResolveKnownCall(const sql::CallExpr& call, const Function& function,
                                              const ExprContext& context) {
  const uint32_t position = call.range.begin;
  const std::string name(function.name);
  const bool aggregate = function.function_class == FunctionClass::kAggregate;
  if (call.over) {
    if (!aggregate && function.function_class != FunctionClass::kWindow) {
      return InvalidSql("Function " + name + " does not support an OVER clause", position);
    }
    return ResolveWindow(call, function, context);
  }
  if (aggregate) return ResolveAggregate(call, function, context);
  const bool is_percentile = function.id == FunctionId::kPercentileCont || function.id == FunctionId::kPercentileDisc;
  if (is_percentile) return ResolveAggregate(call, function, context);
  if (function.function_class == FunctionClass::kWindow) {
    return InvalidSql("Analytic function " + name + " cannot be called without an OVER clause", position);
  }
  if (call.distinct) return InvalidSql("Function " + name + " does not support DISTINCT", position);
  if (!call.order_by.empty() || call.limit || call.having || call.where != nullptr || call.nulls != sql::NullHandling::kUnspecified) {
    return InvalidSql("Function " + name + " does not support aggregate modifiers", position);
  }
  if (ReadsItsArguments(function.id)) return ResolveArrayCall(call, function, context);
  std::vector<ExprPtr> arguments;
  std::optional<DatePart> part;
  std::vector<ArgumentType> types;
  RETURN_IF_ERROR(ResolveArguments(call, function, context, arguments, part, types));
  if (CatchesErrors(function.id)) return ResolveCatch(function, std::move(arguments), std::move(types), call.safe, position);
  if (function.id == FunctionId::kRange) RETURN_IF_ERROR(CheckRange(arguments, position));
  return FinishCall(function, std::move(arguments), std::move(types), part, call.safe, position);
}

// Arguments that are date parts are no expressions; `types` keeps their places.
SqlStatus Resolver::ResolveArguments(const sql::CallExpr& call, const Function& function, const ExprContext& context,
                                     std::vector<ExprPtr>& arguments, std::optional<DatePart>& part,
                                     std::vector<ArgumentType>& types) {
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    const sql::Expr& value = *call.arguments[i].value;
    if (TakesPart(function, i)) {
      if (const auto found = PartOf(value)) {
        part = found;
        types.push_back({ArgumentType::Kind::kDatePart, {}});
        continue;
      }
      if (value.kind == sql::ExprKind::kPath) {
        return InvalidSql("A valid date part name is required but found " +
                              sql::As<sql::PathExpr>(value).path.names.back().text, value.range.begin);
      }
    }
    if (TakesStep(function, i)) {
      const auto* interval = sql::TryAs<sql::IntervalExpr>(value);
      const auto found = interval == nullptr ? std::nullopt : FindDatePart(interval->part.text);
      if (interval != nullptr && !interval->to_part && found) {
        ASSIGN_OR_RETURN(ExprPtr step, ResolveStep(*interval, context));
        part = found;
        types.push_back({ArgumentType::Kind::kStep, {}});
        arguments.push_back(std::move(step));
        continue;
      }
    }
    if (TakesNormalizeMode(function.id, i)) {
      ASSIGN_OR_RETURN(ExprPtr mode, ResolveNormalizeMode(value));
      types.push_back({ArgumentType::Kind::kExpr, CoercibleOf(*mode), "mode"});
      arguments.push_back(std::move(mode));
      continue;
    }
    ASSIGN_OR_RETURN(ExprPtr argument, ResolveExpr(value, context));
    types.push_back({ArgumentType::Kind::kExpr, CoercibleOf(*argument)});
    if (call.arguments[i].name) {
      types.back().name = call.arguments[i].name->text;
      RETURN_IF_ERROR(CheckArgumentName(call, function, i));
    } else if (i > 0 && call.arguments[i - 1].name) {
      return InvalidSql("Positional argument cannot follow a named argument", call.arguments[i].range.begin);
    }
    arguments.push_back(std::move(argument));
  }
  return Nothing{};
}

// `NFKC`: a word that is no name of anything.
SqlResult<ExprPtr> Resolver::ResolveNormalizeMode(const sql::Expr& expr) {
  const auto* path = sql::TryAs<sql::PathExpr>(expr);
  if (path != nullptr && path->path.names.size() == 1) {
    for (const char* mode : {"NFC", "NFD", "NFKC", "NFKD"}) {
      if (EqualIgnoringCase(mode, path->path.names.front().text)) return Text(mode, expr.range.begin);
    }
  }
  return InvalidSql("Argument is not a valid NORMALIZE mode", expr.range.begin);
}

SqlStatus Resolver::CheckArgumentName(const sql::CallExpr& call, const Function& function, size_t i) {
  const std::string& name = call.arguments[i].name->text;
  const uint32_t position = call.arguments[i].range.begin;
  for (size_t before = 0; before < i; ++before) {
    const auto& other = call.arguments[before].name;
    if (other && EqualIgnoringCase(other->text, name)) {
      return InvalidSql("Duplicate named argument " + name + " found in call to function " + std::string(function.name),
                        position);
    }
  }
  for (const Signature& signature : function.signatures) {
    for (const Parameter& parameter : signature.parameters) {
      if (!parameter.name.empty() && EqualIgnoringCase(parameter.name, name)) return Nothing{};
    }
  }
  // GoogleSQL's PARSE_TIMESTAMP(…, precision => 12): finer than a microsecond, which is BigQuery's finest here.
  if (EqualIgnoringCase(name, "precision")) {
    return UnsupportedSql("Named argument " + name + " of function " + std::string(function.name) + " is not supported",
                          position);
  }
  return InvalidSql("Named argument " + name + " not found in signature for call to function " +
                        std::string(function.name), position);
}

// Puts the arguments with names behind the others, in the order of the signature, with what those are that were
// not given.
SqlStatus Resolver::ArrangeNamed(const ChosenSignature& chosen, std::vector<ExprPtr>& arguments, uint32_t position) {
  std::vector<ExprPtr> arranged;
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (chosen.parameters[i]->name.empty()) arranged.push_back(std::move(arguments[i]));
  }
  for (const Parameter& parameter : chosen.signature->parameters) {
    if (parameter.name.empty()) continue;
    const auto given = std::find(chosen.parameters.begin(), chosen.parameters.end(), &parameter);
    if (given != chosen.parameters.end()) {
      arranged.push_back(std::move(arguments[static_cast<size_t>(given - chosen.parameters.begin())]));
      continue;
    }
    std::string_view text = parameter.preset;
    if (text.starts_with("'")) text = text.substr(1, text.size() - 2);
    auto literal = std::make_unique<Literal>();
    ASSIGN_OR_RETURN(literal->value, ReadConstant(text, parameter.pattern.type, position));
    literal->type = parameter.pattern.type;
    literal->position = position;
    arranged.push_back(std::move(literal));
  }
  arguments = std::move(arranged);
  return Nothing{};
}

SqlStatus Resolver::CheckPart(const Function& function, const std::vector<ExprPtr>& arguments, DatePart part,
                              uint32_t position) {
  if (arguments.empty()) return Nothing{};
  const TypeKind type = arguments.front()->type.kind();
  if (function.id == FunctionId::kLastDay && (IsSubDay(part) || part == DatePart::kDay)) {
    return InvalidSql("LAST_DAY does not support the " + std::string(DatePartName(part)) + " date part", position);
  }
  if (!PartFits(UseOfPart(function.id), type, part)) {
    const std::string name(function.name);
    return InvalidSql(name + " does not support the " + std::string(DatePartName(part)) + " date part" +
                          (type == TypeKind::kDate || UseOfPart(function.id) != PartUse::kExtract
                               ? "" : " for type " + arguments.front()->type.ToString()), position);
  }
  return Nothing{};
}

SqlResult<ExprPtr> Resolver::MakeCall(FunctionId function, std::vector<ExprPtr> arguments, uint32_t position) {
  std::vector<ArgumentType> types;
  for (const ExprPtr& argument : arguments) types.push_back({ArgumentType::Kind::kExpr, CoercibleOf(*argument)});
  return FinishCall(GetFunction(function), std::move(arguments), std::move(types), std::nullopt, false, position);
}

SqlResult<Type> Resolver::FitSignature(const Function& function, std::vector<ExprPtr>& arguments,
                                       std::vector<ArgumentType> types, uint32_t position) {
  if (function.id == FunctionId::kConcat || function.id == FunctionId::kConcatOperator) {
    // Those take whatever has one way to be written.
    const bool writes = WritesParts(function.id, arguments);
    for (size_t i = 0; writes && i < arguments.size(); ++i) {
      const auto* literal = TryAs<Literal>(*arguments[i]);
      if (arguments[i]->type.kind() == TypeKind::kString || (literal != nullptr && literal->untyped)) continue;
      arguments[i] = MakeCast(std::move(arguments[i]), Type(TypeKind::kString), false, false);
      types[i].type = CoercibleOf(*arguments[i]);
    }
  }
  if (function.id == FunctionId::kArrayConcat || function.id == FunctionId::kArrayConcatAgg) {
    for (const ArgumentType& type : types) {
      if (!type.type.untyped_null) continue;
      return InvalidSql("The argument to ARRAY_CONCAT (or ARRAY_CONCAT_AGG) must be an array type but was NULL", position);
    }
  }
  auto chosen = ChooseSignature(function, types);
  if (!chosen) return InvalidSql(NoSignatureMessage(function, types), position);
  size_t next = 0;
  for (size_t i = 0; i < types.size(); ++i) {
    if (types[i].kind == ArgumentType::Kind::kDatePart) continue;
    RETURN_IF_ERROR(CoerceTo(arguments[next++], chosen->arguments[i], "Argument"));
  }
  const bool names = std::any_of(chosen->signature->parameters.begin(), chosen->signature->parameters.end(),
                                 [](const Parameter& parameter) { return !parameter.name.empty(); });
  if (names) RETURN_IF_ERROR(ArrangeNamed(*chosen, arguments, position));
  if (!arguments.empty()) {
    const Type& first = ComparesElements(function.id) ? arguments.front()->type.element() : arguments.front()->type;
    const bool fits = (!Compares(function.id) || SupportsEquality(first)) &&
                      (!Orders(function.id) || SupportsOrdering(first));
    if (!fits) {
      if (function.function_class == FunctionClass::kOperator) {
        return InvalidSql(std::string(function.name == "=" || function.name == "!=" ? "Equality" : "Comparison") +
                              " is not defined for arguments of type " + first.ToString(), position);
      }
      return InvalidSql(std::string(function.name) + " is not defined for arguments of type " + first.ToString(),
                        position);
    }
  }
  return chosen->result;
}

SqlResult<ExprPtr> Resolver::FinishCall(const Function& function, std::vector<ExprPtr> arguments,
                                        std::vector<ArgumentType> types, std::optional<DatePart> part, bool safe,
                                        uint32_t position) {
  ASSIGN_OR_RETURN(const Type result, FitSignature(function, arguments, std::move(types), position));
  if (function.id == FunctionId::kLastDay && !part) part = DatePart::kMonth;
  if (part) RETURN_IF_ERROR(CheckPart(function, arguments, *part, position));
  if (function.id == FunctionId::kCurrentDate || function.id == FunctionId::kCurrentDatetime ||
      function.id == FunctionId::kCurrentTime || function.id == FunctionId::kCurrentTimestamp) {
    return ResolveCurrent(function.id, arguments, position);
  }
  if (function.id == FunctionId::kPiBigNumeric) {
    return ExprPtr(NewLiteral(result, std::string("3.1415926535897932384626433832795028842"), position, false));
  }
  if (function.id == FunctionId::kTypeOf) return Text(arguments.front()->type.ToString(), position);
  if (function.id == FunctionId::kTimestamp && arguments.size() == 1 &&
      arguments.front()->type.kind() == TypeKind::kString) {
    // Without a zone beside it the text may name its own, as in a cast.
    return MakeCast(std::move(arguments.front()), TypeKind::kTimestamp, safe, false);
  }
  if (function.id == FunctionId::kDate && arguments.size() == 1 && arguments.front()->type.kind() == TypeKind::kString) {
    // The day of the text's instant, which a text with a zone of its own may have on another day.
    return MakeCast(MakeCast(std::move(arguments.front()), TypeKind::kTimestamp, safe, false), TypeKind::kDate, safe, false);
  }
  auto call = std::make_unique<Call>();
  call->function = function.id;
  call->type = result;
  if (function.id == FunctionId::kRegexpExtractGroups) {
    ASSIGN_OR_RETURN(call->type, GroupsType(arguments, position));
  }
  call->position = position;
  call->part = part;
  call->safe = safe;
  call->arguments = std::move(arguments);
  if (function.id == FunctionId::kInArray || function.id == FunctionId::kArrayOffset) {
    // The names of struct fields are those of the array.
    if (function.id == FunctionId::kArrayOffset) call->type = call->arguments.front()->type.element();
  }
  AddDefaultOrigin(*call);
  if (!UtcByDefault()) AddDefaultZone(*call);
  return ExprPtr(std::move(call));
}

// Where a function takes a zone and none is given, the default one is given.
void Resolver::AddDefaultZone(Call& call) {
  if (call.arguments.empty()) return;
  const TypeKind first = call.arguments.front()->type.kind();
  size_t zone_at = 1;
  switch (call.function) {
    case FunctionId::kDate:
    case FunctionId::kDatetime:
    case FunctionId::kTime:
    case FunctionId::kString:
    case FunctionId::kDateTrunc:
    case FunctionId::kDatetimeTrunc:
    case FunctionId::kTimestampTrunc:
    case FunctionId::kExtract:
      if (first != TypeKind::kTimestamp) return;
      break;
    case FunctionId::kTimestamp:
      if (first == TypeKind::kTimestamp || first == TypeKind::kString) return;
      break;
    case FunctionId::kFormatDate:
    case FunctionId::kFormatDatetime:
    case FunctionId::kFormatTimestamp:
      if (call.arguments[1]->type.kind() != TypeKind::kTimestamp) return;
      zone_at = 2;
      break;
    case FunctionId::kParseTimestamp: zone_at = 2; break;
    default: return;
  }
  if (call.arguments.size() == zone_at) call.arguments.push_back(Text(options_.default_time_zone, call.position));
}

SqlResult<ExprPtr> Resolver::ResolveCurrent(FunctionId function, std::vector<ExprPtr>& arguments, uint32_t position) {
  const Zone* zone = zone_;
  if (!arguments.empty()) {
    const auto* name = TryAs<Literal>(*arguments.front());
    if (name == nullptr || name->value.is_null()) {
      return UnsupportedSql("CURRENT_DATE with a time zone that is no literal is not supported", position);
    }
    zone = Zone::Find(name->value.text());
    if (zone == nullptr) return InvalidSql("Invalid time zone: " + name->value.text(), position);
  }
  const int64_t local = zone->ToLocal(options_.now.micros);
  const int64_t day = (local >= 0 ? local : local - (kDayMicros - 1)) / kDayMicros;
  auto literal = std::make_unique<Literal>();
  literal->position = position;
  switch (function) {
    case FunctionId::kCurrentDate: literal->value = {TypeKind::kDate, day}; break;
    case FunctionId::kCurrentDatetime: literal->value = {TypeKind::kDatetime, local}; break;
    case FunctionId::kCurrentTime: literal->value = {TypeKind::kTime, local - day * kDayMicros}; break;
    default: literal->value = {TypeKind::kTimestamp, options_.now.micros}; break;
  }
  literal->type = literal->value.type;
  return ExprPtr(std::move(literal));
}

}  // namespace casebook::analysis
