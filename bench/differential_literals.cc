#include "bench/differential_literals.h"

#include <utility>

#include "base/result.h"

namespace casebook::differential {
namespace {

constexpr double kNullChance = 0.06;
constexpr uint64_t kMaxElements = 4;

constexpr const char* kIntegers[] = {"0", "1", "-1", "2", "3", "7", "-5", "10", "31", "64", "100", "255", "1000", "-128",
    "12345", "86400", "2147483648", "-2147483649", "4503599627370497", "9007199254740993", "9223372036854775807",
    "CAST('-9223372036854775808' AS INT64)"};
constexpr const char* kSmall[] = {"0", "1", "2", "3", "4", "5", "-1", "-2", "-3", "10", "17"};
constexpr const char* kFloats[] = {"0.0", "-0.0", "1.0", "-1.0", "0.5", "-2.5", "1.5", "3.7", "0.1", "1e-7", "1e15", "1e16", "123456.789",
    "1e21", "1e308", "-1e308", "5e-324", "2.2250738585072014e-308", "9007199254740993.0", "9.223372036854775807e18",
    "CAST('NaN' AS FLOAT64)", "CAST('inf' AS FLOAT64)", "CAST('-inf' AS FLOAT64)"};
constexpr const char* kNumerics[] = {"0", "1", "-1", "0.5", "-0.5", "1.5", "2.5", "1.000000001", "-0.000000001", "123.456", "-99.99",
    "1000000", "99999999999999999999999999999.999999999", "-99999999999999999999999999999.999999999", "12345678901234567890.123456789"};
constexpr const char* kBigNumerics[] = {"0", "1", "-1.5", "0.00000000000000000000000000000000000001", "123.456",
    "12345678901234567890123456789012345678", "-578960446186580977117854925043439539266.34992332820282019728792003956564819968"};
constexpr const char* kTexts[] = {"''", "'a'", "'abc'", "'ABC'", "' a b '", "'Zoë'", "'ß'", "'日本語'", "'e\\u0301'", "'😀x'", "'a,b,,c'", "'%'", "'a_c'",
    "'\\n'", "'1'", "'-12.5'", "'true'", "'2024-02-29'", "'NaN'", "'abcabc'", "'İı'", "'foo bar-baz'", "'\\\\'", "'x@y.com'", "'0x1F'", "'1e3'"};
constexpr const char* kBytes[] = {"b''", "b'a'", "b'abc'", "b'\\x00\\xff'", "b'\\xe6\\x97\\xa5'", "b'ABC'", "b'\\x80'", "b'a,b'", "b'\\x0f\\xf0'", "b'abcd'",
    "b'\\x01\\x02\\x03\\x04'", "b'0123456789abcdef'"};
constexpr const char* kDates[] = {"1970-01-01", "0001-01-01", "9999-12-31", "2024-02-29", "2023-02-28", "2024-12-30", "2021-01-03", "2020-12-31",
    "1969-12-31", "1900-03-01", "2024-03-31", "2000-01-31", "2015-01-01"};
constexpr const char* kTimes[] = {"00:00:00", "23:59:59.999999", "12:00:00", "01:02:03.5", "12:34:56.000001", "00:00:00.1", "02:30:00"};
constexpr const char* kInstants[] = {"2024-03-31 01:00:00+00", "2024-03-31 00:59:59.999999+00", "2024-10-27 00:30:00+00", "2024-10-27 01:30:00+00",
    "2024-03-10 10:00:00+00", "2024-11-03 09:30:00+00", "1970-01-01 00:00:00+00", "1969-12-31 23:59:59.999999+00", "0001-01-01 00:00:00+00",
    "9999-12-31 23:59:59.999999+00", "2024-02-29 12:34:56.789+00", "1883-11-18 12:00:00+00", "2016-12-31 23:59:59+00"};
constexpr const char* kIntervals[] = {"INTERVAL 0 DAY", "INTERVAL 1 DAY", "INTERVAL -1 MONTH", "INTERVAL 13 MONTH", "INTERVAL 25 HOUR", "INTERVAL '0:0:0.000001' HOUR TO SECOND",
    "INTERVAL '1-2 3 4:5:6.789' YEAR TO SECOND", "INTERVAL '-1-2 3 -4:5:6' YEAR TO SECOND", "INTERVAL 10000 YEAR", "INTERVAL -3660000 DAY", "INTERVAL 90 MINUTE", "INTERVAL 2 WEEK", "INTERVAL 1 QUARTER"};
constexpr const char* kJsons[] = {"null", "true", "1", "-1.5", "\"a\"", "\"\"", "[]", "{}", "[1, 2, null]", "{\"a\": 1, \"b\": [true, {\"c\": \"x\"}]}", "1e20", "\"12\"",
    "[\"a\", \"b\"]", "{\"a\": null}", "9007199254740993", "\"日本\"", "{\"b\": 2, \"a\": {\"b\": []}}", "1.0", "\"true\"", "18446744073709551615"};
constexpr const char* kJsonTexts[] = {"'null'", "'true'", "'1'", "'-1.50'", "'\"a\"'", "'[]'", "'{}'", "'[1, 2, null]'", "'{\"a\": 1, \"b\": [true, {\"c\": \"x\"}]}'", "'1e20'", "'{'",
    "' [ \"a\" , \"\\\\u00e9\" ] '", "'{\"a\":{\"b\":null}}'", "''", "'{\"a\":1,\"a\":2}'", "'1.0'", "'[1,]'"};
constexpr const char* kPaths[] = {"'$'", "'$.a'", "'$.b'", "'$[0]'", "'$[1]'", "'$.a.b'", "'$.b[1].c'", "'$.\"a\"'", "'$.x'", "'$.b[9]'"};
constexpr const char* kZones[] = {"'UTC'", "'America/Los_Angeles'", "'Europe/London'", "'+05:30'", "'Asia/Kolkata'", "'-08'", "'Australia/Lord_Howe'", "'America/New_York'"};
constexpr const char* kRegexps[] = {"r'a'", "r'b+'", "r'^a'", "r'(a)b'", "r'[a-c]'", "r''", "r'\\d+'", "r'.'", "r'(?i)ABC'", "r'\\pL'", "r'x|y'", "r'a*'", "r'('", "r'\\b'", "r'(a)|(b)'", "r'c$'"};
constexpr const char* kLikes[] = {"'%'", "'a%'", "'%b%'", "'_'", "'a_c'", "''", "'\\\\%'", "'%\\\\'", "'日%'", "'abc'", "'%_%'"};
constexpr const char* kDateFormats[] = {"'%Y-%m-%d'", "'%F'", "'%d %b %Y'", "'%j'", "'%A %e %B'", "'%G-W%V-%u'", "'%y%m%d'", "'%U %W %w'", "'%Q'", "'%D'", "'%C'", "'%x'", "'%%'", "'%E4Y'", "'%h %g'", "'%s'"};
constexpr const char* kTimeFormats[] = {"'%H:%M:%S'", "'%T'", "'%E*S'", "'%E3S'", "'%I:%M %p'", "'%Y-%m-%d %H:%M:%E6S'", "'%R'", "'%c'", "'%X'", "'%k %l'", "'%F %T %z'", "'%Ez'", "'%Z'", "'%s'", "'%r'", "'%P'"};
constexpr const char* kPrints[] = {"'%d'", "'%5d|'", "'%-8s|'", "'%s'", "'%t'", "'%T'", "'%f'", "'%.2f'", "'%e'", "'%g'", "'%x'", "'%X'", "'%o'", "'%\\'d'", "'%05d'", "'%+d'", "'%%'", "'%10t'", "'%i'", "'%.3s'", "'%p'", "'%P'", "'% d'", "'%#x'", "'%G'", "'%.0e'"};
constexpr const char* kWeekdays[] = {"'MONDAY'", "'Sun'", "'tue'", "'friday'", "'SA'"};
constexpr const char* kHosts[] = {"'http://a.b.com/x'", "'1.2.3.4'", "'::1'", "'2001:db8::ff00:42:8329'", "'a@b.org'", "'https://user:p@www.google.co.uk:80/'", "'256.1.1.1'", "''", "'//x.y'", "'mailto:?to=a'"};
constexpr const char* kNormals[] = {"NFC", "NFKC", "NFD", "NFKD"};
constexpr const char* kRounds[] = {"'ROUND_HALF_EVEN'", "'ROUND_HALF_AWAY_FROM_ZERO'"};
constexpr const char* kNumbers[] = {"'0'", "'1'", "'-1.5'", "' 12 '", "'1e3'", "'1,234.5'", "'- 3'", "'.5'", "'5.'", "'1.0000000005'", "'abc'", "''", "'12-'", "'+7'"};
constexpr const char* kDateTexts[] = {"'2024-02-29'", "'2024-02-29 12:34:56.789'", "'12:34:56'", "'29 Feb 2024'", "'060'", "'2024-1-5'", "'2024-02-29T01:02:03Z'", "'2024-02-29 01:02:03+05:30'", "'2024-02-29 01:02:03 America/New_York'", "'2023-02-29'", "'24:00:00'", "'02:03 AM'", "'240229'"};
constexpr const char* kDateParts[] = {"DAY", "WEEK", "WEEK(MONDAY)", "WEEK(THURSDAY)", "ISOWEEK", "MONTH", "QUARTER", "YEAR", "ISOYEAR"};
constexpr const char* kTimeParts[] = {"HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND"};

std::string Quoted(const char* type, const std::string& text) { return std::string(type) + " '" + text + "'"; }

std::string DatetimeText(Random& random) { return std::string(random.Pick(kDates)) + " " + random.Pick(kTimes); }

std::string ArrayLiteral(const Type& type, Random& random) {
  std::string text = type.ToString() + "[";
  const uint64_t count = random.Below(kMaxElements);
  for (uint64_t i = 0; i < count; ++i) text += (i > 0 ? ", " : "") + Literal(type.element(), random);
  return text + "]";
}

std::string StructLiteral(const Type& type, Random& random) {
  std::string text = type.ToString() + "(";
  for (size_t i = 0; i < type.fields().size(); ++i) {
    text += (i > 0 ? ", " : "") + Literal(type.fields()[i].type, random);
  }
  return text + ")";
}

// One in four ends is open; the ends may be the wrong way round.
std::string RangeLiteral(const Type& type, Random& random) {
  const auto end = [&] {
    if (random.Chance(0.25)) return std::string("UNBOUNDED");
    if (type.element().kind() == TypeKind::kDate) return std::string(random.Pick(kDates));
    if (type.element().kind() == TypeKind::kDatetime) return DatetimeText(random);
    return std::string(random.Pick(kInstants));
  };
  std::string start = end();
  std::string stop = end();
  const bool both = start != "UNBOUNDED" && stop != "UNBOUNDED";
  if (both && stop < start && random.Chance(0.95)) std::swap(start, stop);
  return type.ToString() + " '[" + start + ", " + stop + ")'";
}

std::string Present(const Type& type, Random& random) {
  switch (type.kind()) {
    case TypeKind::kInt64: return random.Pick(kIntegers);
    case TypeKind::kFloat64: return random.Pick(kFloats);
    case TypeKind::kNumeric: return Quoted("NUMERIC", random.Pick(kNumerics));
    case TypeKind::kBigNumeric: return Quoted("BIGNUMERIC", random.Pick(kBigNumerics));
    case TypeKind::kBool: return random.Chance(0.5) ? "TRUE" : "FALSE";
    case TypeKind::kString: return random.Pick(kTexts);
    case TypeKind::kBytes: return random.Pick(kBytes);
    case TypeKind::kDate: return Quoted("DATE", random.Pick(kDates));
    case TypeKind::kDatetime: return Quoted("DATETIME", DatetimeText(random));
    case TypeKind::kTime: return Quoted("TIME", random.Pick(kTimes));
    case TypeKind::kTimestamp: return Quoted("TIMESTAMP", random.Pick(kInstants));
    case TypeKind::kInterval: return random.Pick(kIntervals);
    case TypeKind::kJson: return Quoted("JSON", random.Pick(kJsons));
    case TypeKind::kArray: return ArrayLiteral(type, random);
    case TypeKind::kStruct: return StructLiteral(type, random);
    case TypeKind::kRange: return RangeLiteral(type, random);
  }
  Unreachable();
}

}  // namespace

std::string Literal(const Type& type, Random& random) {
  if (random.Chance(kNullChance)) return "CAST(NULL AS " + type.ToString() + ")";
  return Present(type, random);
}

std::string MildLiteral(const Type& type, Random& random) {
  static constexpr const char* kMildFloats[] = {"0.0", "1.0", "-1.5", "2.25", "100.5", "0.125"};
  static constexpr const char* kMildNumerics[] = {"0", "1", "-1.5", "2.25", "100.000000001"};
  if (type.kind() == TypeKind::kInt64) return random.Pick(kSmall);
  if (type.kind() == TypeKind::kFloat64) return random.Pick(kMildFloats);
  if (type.kind() == TypeKind::kNumeric) return Quoted("NUMERIC", random.Pick(kMildNumerics));
  return Present(type, random);
}

std::string TextLiteral(Meaning meaning, Random& random) {
  switch (meaning) {
    case Meaning::kText: return random.Pick(kTexts);
    case Meaning::kTimeZone: return random.Pick(kZones);
    case Meaning::kRegexp: return random.Pick(kRegexps);
    case Meaning::kLikePattern: return random.Pick(kLikes);
    case Meaning::kJsonText: return random.Pick(kJsonTexts);
    case Meaning::kJsonPath: return random.Pick(kPaths);
    case Meaning::kDateFormat: return random.Pick(kDateFormats);
    case Meaning::kTimeFormat: return random.Chance(0.5) ? random.Pick(kTimeFormats) : random.Pick(kDateFormats);
    case Meaning::kPrintFormat: return random.Pick(kPrints);
    case Meaning::kWeekday: return random.Pick(kWeekdays);
    case Meaning::kHost: return random.Pick(kHosts);
    case Meaning::kNormalMode: return random.Pick(kNormals);
    case Meaning::kRoundMode: return random.Pick(kRounds);
    case Meaning::kNumber: return random.Pick(kNumbers);
    case Meaning::kDateText: return random.Pick(kDateTexts);
  }
  Unreachable();
}

std::string SmallInteger(Random& random) { return random.Pick(kSmall); }

std::string PrintFormatFor(TypeKind kind, Random& random) {
  static constexpr const char* kIntegerFormats[] = {"'%d'", "'%5d|'", "'%-6d|'", "'%05d'", "'%+d'", "'% d'", "'%x'", "'%X'", "'%o'", "'%#x'", "'%\\'d'", "'%i'", "'%.3d'", "'%12t'"};
  static constexpr const char* kFloatFormats[] = {"'%f'", "'%.2f'", "'%e'", "'%g'", "'%G'", "'%.0e'", "'%10.3f|'", "'%-10.1e|'", "'%+.3g'", "'%\\'.2f'", "'%F'", "'%E'", "'%#g'", "'%.0f'", "'%.15g'"};
  static constexpr const char* kTextFormats[] = {"'%s'", "'%-8s|'", "'%8s|'", "'%.3s'", "'%5.2s|'", "'%t'", "'%T'"};
  static constexpr const char* kAnyFormats[] = {"'%t'", "'%T'", "'%20t|'", "'%-40T|'"};
  static constexpr const char* kJsonFormats[] = {"'%p'", "'%P'", "'%t'", "'%T'"};
  if (random.Chance(0.35)) return random.Pick(kAnyFormats);
  if (kind == TypeKind::kInt64) return random.Pick(kIntegerFormats);
  if (kind == TypeKind::kFloat64 || kind == TypeKind::kNumeric) return random.Pick(kFloatFormats);
  if (kind == TypeKind::kString) return random.Pick(kTextFormats);
  if (kind == TypeKind::kJson) return random.Pick(kJsonFormats);
  return random.Pick(kAnyFormats);
}

std::string DatePart(TypeKind kind, Random& random) {
  const bool time = kind == TypeKind::kTime || (kind != TypeKind::kDate && random.Chance(0.4));
  return time ? random.Pick(kTimeParts) : random.Pick(kDateParts);
}

}  // namespace casebook::differential
