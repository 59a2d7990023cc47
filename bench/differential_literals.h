// Literals: values at the edges of their types, as GoogleSQL writes them.
//
// Knows types and what texts functions read, no functions.
#pragma once

#include <string>

#include "bench/random.h"
#include "schema/type.h"

namespace casebook::differential {

// What a STRING is read as: a random text would come to an error nearly always.
enum class Meaning {
  kText,
  kTimeZone,
  kRegexp,
  kLikePattern,
  kJsonText,
  kJsonPath,
  kDateFormat,
  kTimeFormat,
  kPrintFormat,
  kWeekday,
  kHost,
  kNormalMode,
  kRoundMode,
  kNumber,
  kDateText,
};

// A literal of `type`, NULL now and then; always of that very type.
std::string Literal(const Type& type, Random& random);
// A literal of a kind that sums and products of a few rows do not overflow; never NULL.
std::string MildLiteral(const Type& type, Random& random);
std::string TextLiteral(Meaning meaning, Random& random);
// A count of characters, days or elements: small, sometimes negative or zero.
std::string SmallInteger(Random& random);

// A format of FORMAT that takes a value of `kind`.
std::string PrintFormatFor(TypeKind kind, Random& random);

// A part that values of `kind` have, mostly; `DAY`, `WEEK(MONDAY)`.
std::string DatePart(TypeKind kind, Random& random);

}  // namespace casebook::differential
