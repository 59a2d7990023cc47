// CAST … FORMAT: a function of ours for each pair of types.
#include "base/result.h"
#include "engines/duckdb/emitter_internal.h"

namespace casebook::engines {
namespace {

// The type in a function's name; nullptr where it takes no format.
const char* NameOf(TypeKind kind) {
  switch (kind) {
    case TypeKind::kInt64: return "int";
    case TypeKind::kFloat64: return "float";
    case TypeKind::kNumeric: return "numeric";
    case TypeKind::kBigNumeric: return "bignumeric";
    case TypeKind::kBytes: return "bytes";
    case TypeKind::kDate: return "date";
    case TypeKind::kTime: return "time";
    case TypeKind::kDatetime: return "datetime";
    case TypeKind::kTimestamp: return "timestamp";
    default: return nullptr;
  }
}

}  // namespace

SqlResult<std::string> Emitter::EmitFormatCast(const analysis::Cast& cast) {
  const TypeKind from = cast.operand->type.kind();
  const TypeKind to = cast.type.kind();
  const char* name = NameOf(to == TypeKind::kString ? from : to);
  if (name == nullptr) {
    return UnsupportedSql("CAST from " + cast.operand->type.ToString() + " with FORMAT is not supported", cast.position);
  }
  ASSIGN_OR_RETURN(const std::string operand, Emit(*cast.operand));
  ASSIGN_OR_RETURN(const std::string format, Emit(*cast.format));
  std::string zone = "'UTC'";
  if (cast.time_zone != nullptr) {
    ASSIGN_OR_RETURN(zone, Emit(*cast.time_zone));
  }
  const std::string safe = cast.safe ? "_safe(" : "(";
  const std::string arguments = operand + ", " + format;
  if (to == TypeKind::kString) {
    return "gs_" + std::string(name) + "_as_format" + safe + arguments + (from == TypeKind::kTimestamp ? ", " + zone : "") + ")";
  }
  const std::string call = "gs_format_to_" + std::string(name) + safe + arguments;
  if (to == TypeKind::kBytes) return call + ")";
  ASSIGN_OR_RETURN(const std::string now, DuckDbLiteral({TypeKind::kTimestamp, cast.now}, cast.position));
  return call + ", " + now + ", " + zone + ")";
}

}  // namespace casebook::engines
