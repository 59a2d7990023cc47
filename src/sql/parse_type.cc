#include "sql/parser_internal.h"

namespace casebook::sql {

SqlResult<TypeName> Parser::ParseType() {
  const Nest nest(*this);
  if (nest.TooDeep()) return TooDeep();
  const uint32_t begin = Here();
  TypeName type;
  if (At("ARRAY")) {
    ASSIGN_OR_RETURN(type, ParseElementType(TypeNameKind::kArray));
  } else if (At("RANGE")) {
    ASSIGN_OR_RETURN(type, ParseElementType(TypeNameKind::kRange));
  } else if (At("STRUCT")) {
    ASSIGN_OR_RETURN(type, ParseStructType());
  } else if (AcceptBoth("ANY", "TYPE")) {
    type.kind = TypeNameKind::kAnyType;
  } else if (At("INTERVAL")) {  // reserved, and a type
    type.name.names.push_back({std::string(Peek().text), false, {Peek().begin, Peek().end}});
    Skip();
    type.name.range = Since(begin);
  } else {
    ASSIGN_OR_RETURN(type.name, ParsePath());
  }
  RETURN_IF_ERROR(ParseTypeSuffix(type));
  type.range = Since(begin);
  return type;
}

SqlResult<TypeName> Parser::ParseElementType(TypeNameKind kind) {
  Skip();
  TypeName type;
  type.kind = kind;
  RETURN_IF_ERROR(Expect("<"));
  ASSIGN_OR_RETURN(type.fields.emplace_back().type, ParseType());
  RETURN_IF_ERROR(Expect(">"));
  return type;
}

SqlResult<TypeName> Parser::ParseStructType() {
  Skip();
  TypeName type;
  type.kind = TypeNameKind::kStruct;
  RETURN_IF_ERROR(Expect("<"));
  if (Accept(">")) return type;
  RETURN_IF_ERROR(CommaList([&]() -> SqlStatus {
    TypeName::Field field;
    const bool named = AtName() && (AtName(1) || At("ARRAY", 1) || At("STRUCT", 1) || At("RANGE", 1) || At("INTERVAL", 1));
    if (named) {
      ASSIGN_OR_RETURN(field.name, ParseName());
    }
    ASSIGN_OR_RETURN(field.type, ParseType());
    type.fields.push_back(std::move(field));
    return Nothing();
  }));
  RETURN_IF_ERROR(Expect(">"));
  return type;
}

// `(10, 2)` and `COLLATE 'und:ci'` after a type.
SqlStatus Parser::ParseTypeSuffix(TypeName& type) {
  if (type.kind == TypeNameKind::kNamed && Accept("(")) {
    RETURN_IF_ERROR(CommaList([&]() -> SqlStatus {
      if (!AtKind(TokenKind::kInt) && !At("MAX")) return Unexpected();
      type.parameters.push_back(At("MAX") ? "MAX" : std::string(Peek().text));
      Skip();
      return Nothing();
    }));
    RETURN_IF_ERROR(Expect(")"));
  }
  if (Accept("COLLATE")) {
    if (!AtKind(TokenKind::kString)) return Unexpected();
    ASSIGN_OR_RETURN(type.collation, Decode(Peek()));
    Skip();
  }
  return Nothing();
}

}  // namespace casebook::sql
