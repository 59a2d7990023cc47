// Type: GoogleSQL's types, shared by the tables, the resolver and the answers.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace casebook {

enum class TypeKind {
  kInt64,
  kFloat64,
  kNumeric,
  kBigNumeric,
  kBool,
  kString,
  kBytes,
  kDate,
  kDatetime,
  kTime,
  kTimestamp,
  kInterval,
  kJson,
  kArray,   // one element type
  kStruct,  // fields, whose names may be empty
  kRange,   // one element type: DATE, DATETIME or TIMESTAMP
};

class Type {
 public:
  struct Field;

  Type() = default;  // INT64
  Type(TypeKind kind);  // NOLINT: implicit by design; a scalar kind

  static Type Array(Type element);
  static Type Range(Type element);
  static Type Struct(std::vector<Field> fields);

  TypeKind kind() const { return kind_; }
  bool IsArray() const { return kind_ == TypeKind::kArray; }
  bool IsStruct() const { return kind_ == TypeKind::kStruct; }
  // The element of an ARRAY or RANGE.
  const Type& element() const;
  // The fields of a STRUCT.
  const std::vector<Field>& fields() const;

  // As in messages and CAST: `ARRAY<STRUCT<a INT64, b STRING>>`.
  std::string ToString() const;

  bool operator==(const Type& other) const;  // field names count, ignoring case

 private:
  TypeKind kind_ = TypeKind::kInt64;
  std::shared_ptr<const std::vector<Field>> parts_;  // shared by copies of the type; immutable
};

struct Type::Field {
  std::string name;
  Type type;
};

// `INT64`, `STRING`, …; for kArray, kStruct and kRange the bare word.
const char* TypeKindName(TypeKind kind);

}  // namespace casebook
