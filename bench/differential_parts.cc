#include "bench/differential_parts.h"

#include <utility>

namespace casebook::differential {
namespace {

constexpr std::string_view kFamilies[] = {"intervals", "ranges", "documents", "structs", "recursion", "pivots"};

class Parts {
 public:
  explicit Parts(Random& random) : random_(random) {}

  std::string Write(std::string_view family) {
    if (family == "intervals") return Intervals();
    if (family == "ranges") return Ranges();
    if (family == "documents") return Documents();
    if (family == "structs") return Structs();
    if (family == "recursion") return Recursion();
    return Pivots();
  }

 private:
  template <size_t kSize>
  std::string Pick(const char* const (&choices)[kSize]) {
    return choices[random_.Below(kSize)];
  }
  std::string Number(int64_t low, int64_t high) {
    return std::to_string(low + static_cast<int64_t>(random_.Below(static_cast<uint64_t>(high - low + 1))));
  }
  static std::string List(const std::vector<std::string>& items) {
    std::string list;
    for (const std::string& item : items) list += (list.empty() ? "" : ", ") + item;
    return list;
  }

  // --- Intervals

  std::string Interval(int depth) {
    static constexpr const char* kParts[] = {"YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND"};
    static constexpr const char* kSpans[] = {
        "'1-2 3 4:5:6.789' YEAR TO SECOND", "'-1-2 -3 -4:5:6' YEAR TO SECOND", "'10-11' YEAR TO MONTH", "'3 25' DAY TO HOUR",
        "'-0 0:0:0.000001' DAY TO SECOND", "'90:59' MINUTE TO SECOND", "'1 40' MONTH TO DAY", "'0-0 0 0:0:0' YEAR TO SECOND"};
    static constexpr const char* kJustify[] = {"JUSTIFY_HOURS", "JUSTIFY_DAYS", "JUSTIFY_INTERVAL"};
    const uint64_t kind = random_.Below(depth <= 0 ? 3 : 10);
    switch (kind) {
      case 0: return "INTERVAL " + Number(-40, 40) + " " + Pick(kParts);
      case 1: return std::string("INTERVAL ") + Pick(kSpans);
      case 2:
        return "MAKE_INTERVAL(year => " + Number(-2, 2) + ", month => " + Number(-14, 14) + ", day => " + Number(-40, 40) +
               ", hour => " + Number(-30, 30) + ", second => " + Number(-100, 4000) + ")";
      case 3: return "(" + Interval(depth - 1) + (random_.Chance(0.5) ? " + " : " - ") + Interval(depth - 1) + ")";
      case 4: return "(" + Interval(depth - 1) + " * " + Number(-3, 5) + ")";
      case 5: return "(" + Interval(depth - 1) + " / " + Number(1, 7) + ")";
      case 6: return "(-" + Interval(depth - 1) + ")";
      case 7: return Pick(kJustify) + "(" + Interval(depth - 1) + ")";
      case 8: return "(" + Time(0) + " - " + Time(0) + ")";
      default: return "IF(" + Interval(depth - 1) + " < " + Interval(depth - 1) + ", " + Interval(0) + ", " + Interval(0) + ")";
    }
  }
  // A TIMESTAMP; the two sides of a difference are alike.
  std::string Time(int depth) {
    static constexpr const char* kTimes[] = {"TIMESTAMP '2024-02-29 23:59:59.999999'", "TIMESTAMP '2023-12-31 00:00:00'",
                                             "TIMESTAMP '1970-01-01 00:00:00'", "TIMESTAMP '2024-03-31 01:30:00+02'"};
    if (depth <= 0) return Pick(kTimes);
    return "TIMESTAMP_ADD(" + Time(depth - 1) + ", INTERVAL " + Number(-500, 500) + " HOUR)";
  }

  std::string Intervals() {
    static constexpr const char* kParts[] = {"YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND"};
    static constexpr const char* kDates[] = {"DATE '2024-01-31'", "DATE '2023-02-28'", "DATE '2024-02-29'", "DATE '1999-12-31'"};
    static constexpr const char* kDatetimes[] = {"DATETIME '2024-01-31 12:34:56.5'", "DATETIME '2024-02-29 00:00:00'"};
    static constexpr const char* kCompare[] = {"=", "!=", "<", "<=", ">", ">="};
    const std::string sign = random_.Chance(0.5) ? " + " : " - ";
    switch (random_.Below(9)) {
      case 0: return "SELECT EXTRACT(" + Pick(kParts) + " FROM " + Interval(2) + ") AS v";
      case 1: return "SELECT CAST(" + Interval(2) + " AS STRING) AS v, FORMAT('%T', " + Interval(1) + ") AS w";
      case 2: return "SELECT " + Interval(1) + " " + Pick(kCompare) + " " + Interval(1) + " AS v";
      case 3: return "SELECT " + Pick(kDates) + sign + Interval(1) + " AS v";
      case 4: return "SELECT " + Pick(kDatetimes) + sign + Interval(1) + " AS v";
      case 5:
        return "SELECT " + Time(1) + sign + "INTERVAL " + Number(-90, 90) + " " +
               (random_.Chance(0.5) ? "MINUTE" : "DAY") + " AS v";
      case 6: return "SELECT MIN(x) AS a, MAX(x) AS b, COUNT(DISTINCT x) AS c FROM UNNEST([" + List({Interval(1), Interval(0), Interval(0)}) + "]) AS x";
      case 7: return "SELECT SUM(x) AS a, AVG(x) AS b FROM UNNEST([" + List({Interval(0), Interval(0), "NULL"}) + "]) AS x";
      default: return "SELECT " + Interval(3) + " AS v";
    }
  }

  // --- Ranges

  std::string Bound(const std::string& type, const char* year) {
    if (random_.Chance(0.15)) return "NULL";
    const std::string day = (random_.Chance(0.1) ? "2024" : std::string(year)) + "-0" + Number(1, 9) + "-" + Number(10, 28);
    if (type == "DATE") return "DATE '" + day + "'";
    return type + " '" + day + " " + Number(10, 23) + ":00:00'";
  }
  std::string Range(const std::string& type) {
    if (random_.Chance(0.05)) return "CAST(NULL AS RANGE<" + type + ">)";
    if (random_.Chance(0.3)) {
      const std::string low = random_.Chance(0.2) ? "UNBOUNDED" : "2023-0" + Number(1, 9) + "-11";
      const std::string high = random_.Chance(0.2) ? "UNBOUNDED" : "2024-0" + Number(1, 9) + "-11";
      return "RANGE<" + type + "> '[" + low + ", " + high + ")'";
    }
    return "RANGE(" + Bound(type, "2023") + ", " + Bound(type, "2024") + ")";
  }
  std::string Ranges() {
    static constexpr const char* kTypes[] = {"DATE", "DATETIME", "TIMESTAMP"};
    static constexpr const char* kCompare[] = {"=", "!=", "<", "<=", ">", ">="};
    const std::string type = Pick(kTypes);
    switch (random_.Below(8)) {
      case 0: return "SELECT RANGE_START(r) AS a, RANGE_END(r) AS b FROM (SELECT " + Range(type) + " AS r)";
      case 1: return "SELECT RANGE_OVERLAPS(" + Range(type) + ", " + Range(type) + ") AS v";
      case 2: return "SELECT RANGE_INTERSECT(" + Range(type) + ", " + Range(type) + ") AS v";
      case 3: return "SELECT " + Range(type) + " " + Pick(kCompare) + " " + Range(type) + " AS v";
      case 4: return "SELECT CAST(" + Range(type) + " AS STRING) AS v";
      case 5: return "SELECT r, COUNT(*) AS c FROM UNNEST([" + List({Range(type), Range(type), Range(type)}) + "]) AS r GROUP BY r";
      case 6: return "SELECT r FROM UNNEST([" + List({Range(type), Range(type), Range(type)}) + "]) AS r ORDER BY r";
      default:
        return "SELECT GENERATE_RANGE_ARRAY(RANGE<DATE> '[2024-01-0" + Number(1, 9) + ", 2024-02-0" + Number(1, 9) +
               ")', INTERVAL " + Number(1, 12) + " DAY" + (random_.Chance(0.3) ? ", FALSE" : "") + ") AS v";
    }
  }

  // --- JSON

  std::string JsonText(int depth) {
    static constexpr const char* kLeaves[] = {"1", "-0", "1.5", "1e3", "true", "false", "null", "\"x\"", "\"\"", "\"a b\"", "\"12\"",
                                              "9007199254740993", "\"é\"", "1e400", "0.1", "\"true\"", "-1.0"};
    static constexpr const char* kKeys[] = {"a", "b", "c d", "", "A"};
    const uint64_t kind = random_.Below(depth <= 0 ? 1 : 4);
    if (kind == 0) return depth > 1 || !random_.Chance(0.02) ? Pick(kLeaves) : "1e400";
    std::string text;
    const uint64_t count = random_.Below(4);
    for (uint64_t i = 0; i < count; ++i) {
      text += i > 0 ? "," : "";
      if (kind > 1) text += "\"" + Pick(kKeys) + "\":";
      text += JsonText(depth - 1);
    }
    return kind == 1 ? "[" + text + "]" : "{" + text + "}";
  }
  std::string Path() {
    static constexpr const char* kSteps[] = {".a", ".b", "[0]", "[1]", ".A", ".c"};
    std::string path = "$";
    for (uint64_t i = random_.Below(4); i > 0; --i) path += Pick(kSteps);
    return path;
  }
  std::string Documents() {
    static constexpr const char* kReaders[] = {"JSON_VALUE", "JSON_QUERY", "JSON_EXTRACT", "JSON_EXTRACT_SCALAR", "JSON_QUERY_ARRAY",
                                               "JSON_VALUE_ARRAY", "JSON_EXTRACT_ARRAY", "JSON_EXTRACT_STRING_ARRAY"};
    static constexpr const char* kLax[] = {"LAX_INT64", "LAX_FLOAT64", "LAX_STRING", "LAX_BOOL", "INT64", "FLOAT64", "STRING", "BOOL"};
    const std::string text = JsonText(3);
    const std::string json = "PARSE_JSON('" + text + "', wide_number_mode => 'round')";
    switch (random_.Below(11)) {
      case 0: return "SELECT " + Pick(kReaders) + "('" + text + "', '" + Path() + "') AS v";
      case 1: return "SELECT " + Pick(kReaders) + "(" + json + ", '" + Path() + "') AS v";
      case 2: return "SELECT TO_JSON_STRING(" + json + (random_.Chance(0.3) ? ", TRUE" : "") + ") AS v";
      case 3: return "SELECT JSON_TYPE(" + json + ") AS v, " + json + ".a AS w, " + json + "[0] AS x";
      case 4: return "SELECT " + Pick(kLax) + "(" + json + ".a) AS v";
      case 5: return "SELECT JSON_SET(" + json + ", '" + Path() + "', " + Number(-3, 3) + ") AS v";
      case 6: return "SELECT JSON_REMOVE(" + json + ", '" + Path() + "') AS v";
      case 7: return "SELECT JSON_STRIP_NULLS(" + json + (random_.Chance(0.4) ? ", remove_empty => TRUE" : "") + ") AS v";
      case 8: return "SELECT JSON_ARRAY_APPEND(" + json + ", '" + Path() + "', 'new') AS v";
      case 9: return "SELECT JSON_ARRAY_INSERT(" + json + ", '" + Path() + "[1]', " + Number(0, 9) + ") AS v";
      default:
        return "SELECT TO_JSON(STRUCT(" + Number(-5, 5) + " AS a, [" + Number(0, 3) + ", NULL] AS b, NUMERIC '1.50' AS c, DATE '2024-01-02' AS d, " + json +
               " AS e)) AS v";
    }
  }

  // --- Arrays of structs

  std::string Rows() {
    std::string sql;
    const uint64_t count = 1 + random_.Below(4);
    for (uint64_t row = 0; row < count; ++row) {
      std::string array;
      const uint64_t size = random_.Below(4);
      for (uint64_t i = 0; i < size; ++i) {
        const std::string x = random_.Chance(0.2) ? "CAST(NULL AS INT64)" : Number(-2, 3);
        const std::string y = random_.Chance(0.2) ? "CAST(NULL AS STRING)" : "'" + std::string(1, static_cast<char>('a' + random_.Below(3))) + "'";
        array += (i > 0 ? ", " : "") + std::string("STRUCT(") + x + (i == 0 ? " AS x, " : ", ") + y + (i == 0 ? " AS y)" : ")");
      }
      sql += (row > 0 ? " UNION ALL SELECT " : "SELECT ") + std::to_string(row + 1) + " AS id, ARRAY<STRUCT<x INT64, y STRING>>[" + array + "] AS a";
    }
    return "WITH t AS (" + sql + ") ";
  }
  std::string Structs() {
    static constexpr const char* kQueries[] = {
        "SELECT id, x, y, o FROM t, UNNEST(a) WITH OFFSET AS o",
        "SELECT id, e.x AS x FROM t LEFT JOIN t.a AS e ON e.x > 0",
        "SELECT id, ARRAY(SELECT AS STRUCT y, x + 1 AS z FROM UNNEST(a) WHERE x IS NOT NULL ORDER BY x, y) AS v FROM t",
        "SELECT id, a[SAFE_OFFSET(1)].y AS v, a[SAFE_ORDINAL(1)].x AS w, ARRAY_LENGTH(a) AS n FROM t",
        "SELECT id, (SELECT SUM(x) FROM UNNEST(a)) AS v, (SELECT STRING_AGG(y, '' ORDER BY o) FROM UNNEST(a) WITH OFFSET AS o) AS w FROM t",
        "SELECT id, EXISTS(SELECT 1 FROM UNNEST(a) AS e WHERE e.x = id) AS v, 'a' IN (SELECT y FROM UNNEST(a)) AS w FROM t",
        "SELECT id, ARRAY_CONCAT(a, ARRAY_REVERSE(a)) AS v FROM t",
        "SELECT id, TO_JSON_STRING(a) AS v, FORMAT('%T', a) AS w FROM t",
        "SELECT y, COUNT(*) AS c, ARRAY_AGG(STRUCT(id AS id, x AS x) ORDER BY id, x) AS v FROM t, UNNEST(a) GROUP BY y",
        "SELECT id, (SELECT AS STRUCT MIN(x) AS l, MAX(y) AS h FROM UNNEST(a)) AS v FROM t",
        "SELECT id, a[SAFE_OFFSET(0)] = a[SAFE_OFFSET(1)] AS v, a[SAFE_OFFSET(0)] IN (STRUCT(1, 'a'), (2, 'b')) AS w FROM t",
        "SELECT id, ARRAY(SELECT DISTINCT y FROM UNNEST(a) WHERE y IS NOT NULL ORDER BY y) AS v FROM t",
        "SELECT id, (SELECT COUNT(*) FROM UNNEST(a) AS e, UNNEST(a) AS f WHERE e.x < f.x) AS v FROM t",
        "SELECT t.id AS id, (SELECT e.y FROM UNNEST(t.a) AS e WITH OFFSET AS o ORDER BY e.x DESC, o LIMIT 1) AS v FROM t",
        "SELECT id, ROW_NUMBER() OVER (PARTITION BY y ORDER BY id, x, o) AS v, x FROM t, UNNEST(a) WITH OFFSET AS o",
        "SELECT ARRAY_CONCAT_AGG(a ORDER BY id) AS v FROM t",
        "SELECT id, ARRAY(SELECT IF(x > 0, STRUCT(x AS p, y AS q), STRUCT(0, 'none')) FROM UNNEST(a) WITH OFFSET AS o ORDER BY o) AS v FROM t",
        "SELECT id, x, SUM(x) OVER (PARTITION BY id ORDER BY o ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS v FROM t, UNNEST(a) WITH OFFSET AS o",
    };
    return Rows() + Pick(kQueries);
  }

  // --- Recursion

  std::string Recursion() {
    const std::string set = random_.Chance(0.4) ? "UNION DISTINCT" : "UNION ALL";
    static constexpr const char* kSteps[] = {"n + 1", "n * 2", "n + 2", "2 * n - 1"};
    static constexpr const char* kEnds[] = {"SELECT n, s FROM r", "SELECT COUNT(*) AS c, SUM(n) AS t FROM r", "SELECT MAX(s) AS m FROM r WHERE n > 2",
                                            "SELECT a.n AS n, b.n AS m FROM r AS a JOIN r AS b ON a.n = b.n + 1"};
    if (random_.Chance(0.5)) {
      return "WITH RECURSIVE r AS (SELECT " + Number(1, 3) + " AS n, 'a' AS s " + set + " SELECT " + Pick(kSteps) +
             ", CONCAT(s, 'b') FROM r WHERE n BETWEEN 2 AND " + Number(3, 20) + ") " + Pick(kEnds);
    }
    std::string edges;
    const uint64_t count = 2 + random_.Below(6);
    for (uint64_t i = 0; i < count; ++i) {
      const std::string from = Number(1, 4);
      edges += (i > 0 ? ", " : "") + std::string("STRUCT(") + from + (i == 0 ? " AS f, " : ", ") + Number(2, 5) + (i == 0 ? " AS t)" : ")");
    }
    return "WITH RECURSIVE e AS (SELECT f, t FROM UNNEST([" + edges + "])), r AS (SELECT 1 AS x, 0 AS d UNION DISTINCT SELECT e.t, r.d + 1 FROM r JOIN e ON e.f = r.x WHERE r.d < " +
           Number(1, 4) + ") SELECT x, MIN(d) AS d, COUNT(*) AS c FROM r GROUP BY x";
  }

  // --- Pivots

  std::string Pivots() {
    std::string rows;
    const uint64_t count = 1 + random_.Below(7);
    for (uint64_t i = 0; i < count; ++i) {
      const std::string k = random_.Chance(0.15) ? "CAST(NULL AS STRING)" : std::string("'") + static_cast<char>('p' + random_.Below(3)) + "'";
      const std::string v = random_.Chance(0.15) ? "CAST(NULL AS INT64)" : Number(-3, 9);
      rows += (i > 0 ? " UNION ALL SELECT " : "SELECT ") + Number(1, 3) + (i == 0 ? " AS g, " : ", ") + k + (i == 0 ? " AS k, " : ", ") + v +
              (i == 0 ? " AS v" : "");
    }
    static constexpr const char* kAggregates[] = {"SUM(v) AS s", "COUNT(*) AS c", "MIN(v) AS l", "AVG(v) AS m", "COUNT(v) AS n", "MAX(v + g) AS h",
                                                  "COUNTIF(v > 2) AS i"};
    static constexpr const char* kIn[] = {"'p', 'q'", "'p' AS x, 'q' AS y, 'r'", "'q' AS only", "'p', 'none' AS z", "CONCAT('p', '') AS e"};
    static constexpr const char* kUnpivots[] = {"UNPIVOT(x FOR n IN (g, v))", "UNPIVOT INCLUDE NULLS(x FOR n IN (g, v))",
                                                "UNPIVOT EXCLUDE NULLS(x FOR n IN (v AS 'vee', g AS 'gee'))", "UNPIVOT(x FOR n IN (g AS 1, v AS 2))",
                                                "UNPIVOT((x, y) FOR n IN ((g, v) AS 'gv'))"};
    if (random_.Chance(0.35)) return "SELECT * FROM (" + rows + ") " + Pick(kUnpivots);
    std::string aggregates = Pick(kAggregates);
    if (random_.Chance(0.4)) aggregates += ", " + Pick(kAggregates);
    return "SELECT * FROM (" + rows + ") PIVOT(" + aggregates + " FOR " + (random_.Chance(0.2) ? "CONCAT(k, '')" : "k") + " IN (" + Pick(kIn) + "))";
  }

  Random& random_;
};

}  // namespace

std::vector<std::string_view> PartFamilies() { return {std::begin(kFamilies), std::end(kFamilies)}; }

std::string PartQuestion(std::string_view family, Random& random) { return Parts(random).Write(family); }

}  // namespace casebook::differential
