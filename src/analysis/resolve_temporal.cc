// Intervals, ranges and CAST … FORMAT: what of them a query writes in its own grammar.
#include <array>

#include "analysis/interval.h"
#include "analysis/resolver_internal.h"
#include "base/result.h"
#include "schema/table.h"

namespace casebook::analysis {
namespace {

ExprPtr ConstantOf(Value value, uint32_t position) {
  auto literal = std::make_unique<Literal>();
  literal->type = value.type;
  literal->value = std::move(value);
  literal->position = position;
  return literal;
}

const std::string* LiteralText(const Expr& expr) {
  const auto* literal = TryAs<Literal>(expr);
  if (literal == nullptr || literal->value.is_null() || literal->type.kind() != TypeKind::kString) return nullptr;
  return &literal->value.text();
}

SqlError NoDatePart(const sql::Identifier& name) {
  return InvalidSql("A valid date part name is required but found " + name.text, name.range.begin);
}

SqlResult<ExprPtr> IntervalConstant(const std::string& text, DatePart from, std::optional<DatePart> to,
                                    uint32_t position) {
  const auto value = ParseIntervalLiteral(text, from, to);
  if (!value) return InvalidSql("Invalid INTERVAL value '" + text + "'", position);
  return ConstantOf({TypeKind::kInterval, *value}, position);
}

constexpr std::string_view kSpace = " \t\n\r\f\v";

bool HasSpaceAround(std::string_view text) {
  return !text.empty() && (kSpace.find(text.front()) != std::string_view::npos ||
                           kSpace.find(text.back()) != std::string_view::npos);
}

bool IsNumber(TypeKind kind) {
  return kind == TypeKind::kInt64 || kind == TypeKind::kFloat64 || kind == TypeKind::kNumeric ||
         kind == TypeKind::kBigNumeric;
}

bool IsTemporal(TypeKind kind) {
  return kind == TypeKind::kDate || kind == TypeKind::kTime || kind == TypeKind::kDatetime ||
         kind == TypeKind::kTimestamp;
}

// Which casts take a FORMAT.
bool TakesFormat(TypeKind from, TypeKind to) {
  if (to == TypeKind::kString) return IsTemporal(from) || IsNumber(from) || from == TypeKind::kBytes;
  return from == TypeKind::kString && (IsTemporal(to) || to == TypeKind::kBytes);
}

}  // namespace

// --- Intervals -------------------------------------------------------------------------------------

SqlResult<ExprPtr> Resolver::ResolveInterval(const sql::IntervalExpr& interval, const ExprContext& context) {
  const uint32_t position = interval.range.begin;
  const auto part = FindDatePart(interval.part.text);
  if (!part) return NoDatePart(interval.part);
  std::optional<DatePart> to_part;
  if (interval.to_part) {
    to_part = FindDatePart(interval.to_part->text);
    if (!to_part) return NoDatePart(*interval.to_part);
    if (!IsIntervalSpan(*part, *to_part)) {
      return InvalidSql("Invalid interval datetime fields: " + std::string(DatePartName(*part)) + " TO " +
                            std::string(DatePartName(*to_part)), position);
    }
  }
  if (!IsIntervalPart(*part)) {
    return InvalidSql("Unsupported interval datetime field " + std::string(DatePartName(*part)), position);
  }
  ASSIGN_OR_RETURN(ExprPtr value, ResolveExpr(*interval.value, context));
  if (const std::string* text = LiteralText(*value)) return IntervalConstant(*text, *part, to_part, position);
  if (to_part) {
    return InvalidSql("Invalid interval literal. Expected INTERVAL keyword to be followed by a STRING literal", position);
  }
  RETURN_IF_ERROR(CoerceTo(value, TypeKind::kInt64, "INTERVAL"));
  auto call = std::make_unique<Call>();
  call->function = FunctionId::kMakeIntervalPart;
  call->type = TypeKind::kInterval;
  call->position = position;
  call->part = part;
  call->arguments.push_back(std::move(value));
  return ExprPtr(std::move(call));
}

// The number of `INTERVAL n PART` as functions like DATE_ADD take it.
SqlResult<ExprPtr> Resolver::ResolveStep(const sql::IntervalExpr& interval, const ExprContext& context) {
  ASSIGN_OR_RETURN(ExprPtr step, ResolveExpr(*interval.value, context));
  if (const std::string* text = LiteralText(*step)) {
    ASSIGN_OR_RETURN(const ExprPtr days, IntervalConstant(*text, DatePart::kMicrosecond, std::nullopt, step->position));
    return Int64(std::get<IntervalValue>(As<Literal>(*days).value.data).micros, step->position);
  }
  RETURN_IF_ERROR(CoerceTo(step, TypeKind::kInt64, "INTERVAL"));
  return step;
}

// MAKE_INTERVAL([year], [month], …): by place, then by name; what is not given is 0.
SqlResult<ExprPtr> Resolver::ResolveMakeInterval(const sql::CallExpr& call, const ExprContext& context) {
  constexpr std::array<std::string_view, 6> kNames = {"year", "month", "day", "hour", "minute", "second"};
  std::vector<ExprPtr> arguments(kNames.size());
  bool named = false;
  size_t next = 0;
  for (const sql::Argument& argument : call.arguments) {
    size_t place = next++;
    if (argument.name) {
      named = true;
      for (place = 0; place < kNames.size() && !EqualIgnoringCase(kNames[place], argument.name->text);) ++place;
      if (place == kNames.size()) {
        return InvalidSql("Named argument " + argument.name->text + " not found in signature for call to function " +
                              "MAKE_INTERVAL", argument.range.begin);
      }
    } else if (named) {
      return InvalidSql("Call to function MAKE_INTERVAL must not specify positional arguments after named arguments",
                        argument.range.begin);
    }
    if (place >= kNames.size() || argument.kind != sql::ArgumentKind::kExpr) {
      return InvalidSql("No matching signature for function MAKE_INTERVAL", argument.range.begin);
    }
    if (arguments[place] != nullptr) {
      return InvalidSql("Argument " + std::string(kNames[place]) + " of function MAKE_INTERVAL is given twice",
                        argument.range.begin);
    }
    ASSIGN_OR_RETURN(arguments[place], ResolveExpr(*argument.value, context));
  }
  for (ExprPtr& argument : arguments) {
    if (argument == nullptr) argument = Int64(0, call.range.begin);
  }
  std::vector<ArgumentType> types;
  for (const ExprPtr& argument : arguments) types.push_back({ArgumentType::Kind::kExpr, CoercibleOf(*argument)});
  return FinishCall(GetFunction(FunctionId::kMakeInterval), std::move(arguments), std::move(types), std::nullopt,
                    call.safe, call.range.begin);
}

// Buckets of a TIMESTAMP are counted from a day that begins at another instant in every zone.
void Resolver::AddDefaultOrigin(Call& call) {
  constexpr int64_t kOriginDay = -7305;  // 1950-01-01
  const bool has_buckets = call.function == FunctionId::kDateBucket || call.function == FunctionId::kDatetimeBucket ||
                           call.function == FunctionId::kTimestampBucket;
  if (!has_buckets || call.arguments.size() != 2 || call.arguments[0]->type.kind() != TypeKind::kTimestamp) return;
  const int64_t origin = DefaultZone().ToUtc(kOriginDay * kDayMicros);
  call.arguments.push_back(ConstantOf({TypeKind::kTimestamp, origin}, call.position));
}

// --- Ranges ----------------------------------------------------------------------------------------

bool Resolver::IsRangeElement(const Type& type) {
  return type.kind() == TypeKind::kDate || type.kind() == TypeKind::kDatetime || type.kind() == TypeKind::kTimestamp;
}

// The bounds of RANGE() coerce to nothing but the other's type, and that only where they are NULL.
SqlStatus Resolver::CheckRange(const std::vector<ExprPtr>& arguments, uint32_t position) {
  const Type* type = nullptr;
  for (const ExprPtr& argument : arguments) {
    if (CoercibleOf(*argument).untyped_null) continue;
    if (!IsRangeElement(argument->type)) {
      return InvalidSql(argument->type.ToString() + " is not supported by RANGE()", position);
    }
    if (type != nullptr && !(*type == argument->type)) {
      return InvalidSql("RANGE() arguments must be of the same type", position);
    }
    type = &argument->type;
  }
  if (type == nullptr) return InvalidSql("at least one of RANGE() arguments must be typed", position);
  return Nothing{};
}

SqlResult<ExprPtr> Resolver::ReadRange(std::string_view text, const Type& type, uint32_t position) {
  const auto invalid = [&](const std::string& why) { return InvalidSql("Invalid RANGE literal value: " + why, position); };
  if (!text.starts_with('[') || !text.ends_with(')')) return invalid("must be formatted as [START, END)");
  const std::string_view inside = text.substr(1, text.size() - 2);
  const size_t comma = inside.find(", ");
  if (comma == std::string_view::npos) return invalid("START and END must be divided by \", \"");
  auto call = std::make_unique<Call>();
  call->function = FunctionId::kRange;
  call->type = type;
  call->position = position;
  std::optional<int64_t> bounds[2];
  const std::string_view parts[] = {inside.substr(0, comma), inside.substr(comma + 2)};
  for (size_t i = 0; i < 2; ++i) {
    if (HasSpaceAround(parts[i])) return invalid("a bound has spaces around it");
    Value value{type.element(), {}};
    if (!EqualIgnoringCase(parts[i], "UNBOUNDED") && !EqualIgnoringCase(parts[i], "NULL")) {
      ASSIGN_OR_RETURN(value, ReadConstant(parts[i], type.element(), position));
      bounds[i] = value.integer();
    }
    call->arguments.push_back(ConstantOf(std::move(value), position));
  }
  if (bounds[0] && bounds[1] && *bounds[0] >= *bounds[1]) {
    return invalid("Range start element must be smaller than range end element");
  }
  return ExprPtr(std::move(call));
}

// --- CAST … FORMAT ---------------------------------------------------------------------------------

SqlStatus Resolver::ResolveCastFormat(const sql::CastExpr& cast, Cast& result, const ExprContext& context) {
  if (cast.format == nullptr) {
    if (cast.time_zone == nullptr) return Nothing{};
    return InvalidSql("AT TIME ZONE without FORMAT is not allowed", cast.time_zone->range.begin);
  }
  const TypeKind from = result.operand->type.kind();
  const TypeKind to = result.type.kind();
  if (!TakesFormat(from, to)) {
    return InvalidSql("FORMAT is not allowed for cast from " + result.operand->type.ToString() + " to " +
                          result.type.ToString(), cast.format->range.begin);
  }
  ASSIGN_OR_RETURN(result.format, ResolveExpr(*cast.format, context));
  RETURN_IF_ERROR(CoerceTo(result.format, TypeKind::kString, "FORMAT"));
  result.now = options_.now.micros;
  if (cast.time_zone == nullptr) {
    if (result.time_zone == nullptr && !UtcByDefault()) {
      result.time_zone = Text(options_.default_time_zone, result.position);
    }
    return Nothing{};
  }
  if (from != TypeKind::kTimestamp && to != TypeKind::kTimestamp) {
    return InvalidSql("AT TIME ZONE is not allowed for cast from " + result.operand->type.ToString() + " to " +
                          result.type.ToString(), cast.time_zone->range.begin);
  }
  ASSIGN_OR_RETURN(result.time_zone, ResolveExpr(*cast.time_zone, context));
  return CoerceTo(result.time_zone, TypeKind::kString, "AT TIME ZONE");
}

}  // namespace casebook::analysis
