#include "bench/differential_queries.h"

#include <algorithm>

#include "bench/differential_expressions.h"
#include "bench/differential_literals.h"
#include "bench/differential_parts.h"

namespace casebook::differential {
namespace {

using conformance::Case;
using conformance::CaseSet;

constexpr int kMaxDepth = 3;
constexpr int kQueryDepth = 2;
constexpr int kMaxRows = 7;
// Nested calls carry an error in the last place further than one call does.
constexpr int kUlpBits = 8;

constexpr std::string_view kQueryFamilies[] = {"aggregates", "windows", "joins", "sets", "subqueries", "sorts", "rows"};

// A query over `t`, whose `id` is one for each row, and `u`, whose `i` and `s` are often those of `t`.
class Queries {
 public:
  explicit Queries(Random& random) : random_(random), expressions_(random) {}

  std::string Write(std::string_view family) {
    expressions_.set_columns(Columns("t"));
    const std::string tables = "WITH t AS (" + Rows(true) + "), u AS (" + Rows(false) + ") ";
    if (family == "aggregates") return tables + Aggregates();
    if (family == "windows") return tables + Windows();
    if (family == "joins") return tables + Joins();
    if (family == "sets") return tables + Sets();
    if (family == "subqueries") return tables + Subqueries();
    if (family == "sorts") return tables + Sorts();
    return tables + "SELECT t.id AS id, " + Any(kQueryDepth) + " AS e FROM t WHERE " + Bool(kQueryDepth);
  }

 private:
  static std::vector<Column> Columns(const std::string& table) {
    return {{table + ".id", Type(TypeKind::kInt64)}, {table + ".i", Type(TypeKind::kInt64)},
            {table + ".f", Type(TypeKind::kFloat64)}, {table + ".n", Type(TypeKind::kNumeric)},
            {table + ".s", Type(TypeKind::kString)}, {table + ".d", Type(TypeKind::kDate)},
            {table + ".ts", Type(TypeKind::kTimestamp)}, {table + ".b", Type(TypeKind::kBool)}};
  }

  std::string Rows(bool wide) {
    const auto columns = Columns("t");
    const uint64_t count = 1 + random_.Below(kMaxRows);
    std::string sql;
    for (uint64_t row = 0; row < count; ++row) {
      sql += (row > 0 ? " UNION ALL SELECT " : "SELECT ") + std::to_string(row + 1) + " AS id";
      for (size_t i = 1; i < columns.size(); ++i) {
        if (!wide && i != 1 && i != 4) continue;
        const Type& type = columns[i].type;
        const bool is_null = random_.Chance(0.15);
        sql += ", " + (is_null ? "CAST(NULL AS " + type.ToString() + ")" : MildLiteral(type, random_)) + " AS " +
               columns[i].name.substr(2);
      }
    }
    return sql;
  }

  template <size_t kSize>
  std::string Pick(const char* const (&choices)[kSize]) {
    return choices[random_.Below(kSize)];
  }
  std::string Any(int depth) { return expressions_.OfType(expressions_.AnyScalarType(), depth); }
  std::string Of(TypeKind kind, int depth = 1) { return expressions_.OfType(Type(kind), depth); }
  std::string Bool(int depth) { return expressions_.OfType(Type(TypeKind::kBool), depth); }
  std::string Key() {
    static constexpr const char* kKeys[] = {"t.i", "t.s", "t.d", "t.b", "t.n", "t.ts", "t.f", "MOD(t.id, 2)", "t.i > 1"};
    return Pick(kKeys);
  }
  std::string Direction() {
    static constexpr const char* kDirections[] = {"", " DESC", " ASC", " NULLS LAST", " DESC NULLS FIRST"};
    return Pick(kDirections);
  }

  std::string Aggregate() {
    const std::string distinct = random_.Chance(0.25) ? "DISTINCT " : "";
    static constexpr const char* kNumbers[] = {"t.i", "t.n", "t.f", "t.id", "t.i * t.id"};
    static constexpr const char* kValues[] = {"t.i", "t.n", "t.f", "t.s", "t.d", "t.ts", "t.b"};
    static constexpr const char* kMoments[] = {"STDDEV", "STDDEV_POP", "VARIANCE", "VAR_POP"};
    static constexpr const char* kPairs[] = {"CORR", "COVAR_POP", "COVAR_SAMP"};
    static constexpr const char* kBits[] = {"BIT_AND", "BIT_OR", "BIT_XOR"};
    static constexpr const char* kNulls[] = {"", " IGNORE NULLS"};
    switch (random_.Below(14)) {
      case 0: return "COUNT(*)";
      case 1: return "COUNT(" + distinct + Pick(kValues) + ")";
      case 2: return "SUM(" + distinct + Pick(kNumbers) + ")";
      case 3: return "AVG(" + distinct + Pick(kNumbers) + ")";
      case 4: return "MIN(" + Pick(kValues) + ")";
      case 5: return "MAX(" + Pick(kValues) + ")";
      case 6: return Pick(kMoments) + "(" + Pick(kNumbers) + ")";
      case 7: return Pick(kPairs) + "(t.f, " + Pick(kNumbers) + ")";
      case 8: return Pick(kBits) + "(t.i)";
      case 9: return "COUNTIF(" + Bool(1) + ")";
      case 10: return random_.Chance(0.5) ? "LOGICAL_AND(t.b)" : "LOGICAL_OR(t.b)";
      case 11: return "STRING_AGG(t.s, '|' ORDER BY t.id" + std::string(random_.Chance(0.3) ? " DESC LIMIT 2)" : ")");
      case 12: return "ARRAY_AGG(" + Pick(kValues) + " IGNORE NULLS ORDER BY t.id)";
      default: return "ARRAY_TO_STRING(ARRAY_AGG(t.s" + Pick(kNulls) + " ORDER BY t.s" + Direction() + ", t.id), ',', 'N')";
    }
  }

  std::string Aggregates() {
    const std::string where = random_.Chance(0.3) ? " WHERE " + Bool(1) : "";
    if (random_.Chance(0.1)) return "SELECT DISTINCT " + Key() + " AS k, " + Key() + " AS l FROM t" + where;
    if (random_.Chance(0.1)) return "SELECT * FROM (SELECT t.i AS i, t.b AS b, t.n AS n FROM t) PIVOT(SUM(n) AS s, COUNT(*) AS c FOR b IN (TRUE, FALSE AS other))";
    if (random_.Chance(0.1)) return "SELECT " + expressions_.OfType(expressions_.AnyScalarType(), 2) + " AS k, COUNT(*) AS c, MIN(t.id) AS a FROM t" + where + " GROUP BY k";
    if (random_.Chance(0.25)) return "SELECT " + Aggregate() + " AS a, " + Aggregate() + " AS c FROM t" + where;
    std::string sql = "SELECT " + Key() + " AS k, " + Aggregate() + " AS a, " + Aggregate() + " AS c FROM t" + where;
    sql += " GROUP BY k";
    if (random_.Chance(0.3)) sql += " HAVING COUNT(*) > 1 OR MIN(t.id) < 3";
    return sql;
  }

  std::string Frame() {
    static constexpr const char* kFrames[] = {
        "", "", " ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING", " ROWS UNBOUNDED PRECEDING",
        " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING", " ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING",
        " RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING",
        " ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING", " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"};
    return Pick(kFrames);
  }

  std::string Windows() {
    static constexpr const char* kRanks[] = {"ROW_NUMBER()", "RANK()", "DENSE_RANK()", "PERCENT_RANK()", "CUME_DIST()",
        "NTILE(3)", "LAG(t.s)", "LEAD(t.i, 2, -1)", "LAG(t.d, 1)", "LEAD(t.f, 0)"};
    static constexpr const char* kFramed[] = {"FIRST_VALUE(t.s)", "LAST_VALUE(t.i)", "NTH_VALUE(t.n, 2)", "SUM(t.i)", "AVG(t.n)",
        "COUNT(t.s)", "COUNT(*)", "MIN(t.d)", "MAX(t.f)", "FIRST_VALUE(t.s IGNORE NULLS)", "LAST_VALUE(t.i IGNORE NULLS)",
        "STRING_AGG(t.s, '|')", "SUM(t.f)", "LOGICAL_OR(t.b)", "COUNTIF(t.i > 0)", "VAR_SAMP(t.i)", "BIT_XOR(t.i)", "NTH_VALUE(t.s, 1 IGNORE NULLS)"};
    const std::string partition = random_.Chance(0.5) ? "PARTITION BY " + PartitionKey() + " " : "";
    const bool ranks = random_.Chance(0.4);
    // Without the id ties are in no order, so that only what is the same for all of them is asked.
    static constexpr const char* kPeers[] = {"RANK()", "DENSE_RANK()", "PERCENT_RANK()", "CUME_DIST()", "COUNT(*)", "SUM(t.i)", "MAX(t.s)"};
    if (random_.Chance(0.25)) {
      return "SELECT t.id AS id, " + Pick(kPeers) + " OVER (" + partition + "ORDER BY " + PartitionKey() + Direction() +
             ") AS w FROM t";
    }
    static constexpr const char* kPercentiles[] = {"PERCENTILE_CONT(t.f, 0.5)", "PERCENTILE_CONT(t.n, NUMERIC '0.25')",
        "PERCENTILE_DISC(t.i, 0.5)", "PERCENTILE_DISC(t.s, 0.9)", "PERCENTILE_CONT(t.f, 0.3 RESPECT NULLS)"};
    // Ranges over one number; all rows of a frame count, so that ties do not matter.
    static constexpr const char* kRanges[] = {"RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING", "RANGE BETWEEN 2 PRECEDING AND CURRENT ROW",
        "RANGE BETWEEN CURRENT ROW AND 3 FOLLOWING", "RANGE UNBOUNDED PRECEDING", "RANGE BETWEEN 5 PRECEDING AND 2 PRECEDING", "RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING"};
    if (random_.Chance(0.2)) {
      static constexpr const char* kCalls[] = {"COUNT(*)", "SUM(t.i)", "MAX(t.s)", "AVG(t.n)", "COUNT(t.f)", "MIN(t.ts)"};
      return "SELECT t.id AS id, " + Pick(kCalls) + " OVER (" + partition + "ORDER BY t." + (random_.Chance(0.5) ? "i" : "n") +
             (random_.Chance(0.5) ? " DESC " : " ") + Pick(kRanges) + ") AS w FROM t";
    }
    if (random_.Chance(0.1)) {
      return "SELECT k, SUM(c) OVER (ORDER BY k" + Direction() + ") AS a, RANK() OVER (ORDER BY c) AS r FROM (SELECT " +
             PartitionKey() + " AS k, COUNT(*) AS c FROM t GROUP BY k)";
    }
    if (random_.Chance(0.1)) {
      return "SELECT t.id AS id, " + Pick(kPercentiles) + " OVER (" + partition + ") AS w FROM t";
    }
    const std::string order = "ORDER BY " + Key() + Direction() + ", t.id";
    const std::string call = ranks ? Pick(kRanks) : Pick(kFramed);
    std::string sql = "SELECT t.id AS id, " + call + " OVER (" + partition + order + (ranks ? "" : Frame()) + ") AS w FROM t";
    if (random_.Chance(0.15)) sql += " WHERE TRUE QUALIFY w IS NOT NULL";
    return sql;
  }

  std::string PartitionKey() {
    static constexpr const char* kKeys[] = {"t.i", "t.s", "t.d", "t.b", "t.n", "MOD(t.id, 2)"};
    return Pick(kKeys);
  }

  std::string Joins() {
    static constexpr const char* kJoins[] = {"JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN"};
    static constexpr const char* kConditions[] = {"t.i = u.i", "t.s = u.s", "t.id = u.id", "t.i < u.i", "t.id = u.id AND t.b",
        "t.i IS NOT DISTINCT FROM u.i", "t.s = u.s OR t.i = u.i", "t.i = u.i AND u.s != 'a'", "CAST(t.i AS FLOAT64) = u.i"};
    const std::string join = Pick(kJoins);
    const bool cross = join == "CROSS JOIN";
    if (!cross && random_.Chance(0.25)) {
      const std::string key = random_.Chance(0.5) ? "i" : "s";
      return "SELECT " + key + ", t.id AS a, u.id AS c FROM t " + join + " u USING (" + key + ")";
    }
    if (!cross && random_.Chance(0.1)) return "SELECT * FROM (SELECT id, i FROM t) AS x " + join + " u USING (id)";
    std::string sql = "SELECT t.id AS a, u.id AS c, " + Any(1) + " AS e FROM t " + join + " u";
    if (!cross) sql += " ON " + Pick(kConditions);
    if (random_.Chance(0.3)) sql += " WHERE " + Bool(1);
    return sql;
  }

  std::string Sets() {
    static constexpr const char* kOperators[] = {"UNION ALL", "UNION DISTINCT", "INTERSECT DISTINCT", "EXCEPT DISTINCT"};
    static constexpr const char* kPairs[][2] = {{"i", "s"}, {"s", "i"}, {"f", "i"}, {"n", "i"}, {"i", "i"}, {"b", "i > 0"}, {"s", "s"}, {"NULL", "i"}, {"i", "1.5"}};
    const auto& left = kPairs[random_.Below(std::size(kPairs))];
    const std::string first = std::string("SELECT ") + left[0] + " AS x FROM t";
    const std::string a = left[0];
    const std::string second = a == "s" ? "SELECT s FROM u" : a == "b" ? "SELECT i > 0 FROM u" : "SELECT " + std::string(random_.Chance(0.2) ? "NULL" : "i") + " FROM u";
    std::string sql = first + " " + Pick(kOperators) + " " + second;
    if (random_.Chance(0.3)) sql = "(" + sql + ") " + Pick(kOperators) + " " + second;
    if (random_.Chance(0.2)) sql = "SELECT COUNT(*) AS c, COUNT(x) AS d FROM (" + sql + ")";
    return sql;
  }

  std::string Subqueries() {
    switch (random_.Below(13)) {
      case 8: return "SELECT * FROM (SELECT t.id AS id, t.i AS a, t.i + t.id AS b FROM t) UNPIVOT(x FOR y IN (a, b))";
      case 9: return "SELECT t.id AS id, t.n > ANY_VALUE(t.n) OVER () AS e, (SELECT SUM(x) FROM UNNEST([t.i, t.id]) AS x) AS c FROM t WHERE t.id = 1";
      case 10: return "SELECT id, ARRAY_LENGTH(a) AS n, a FROM (SELECT t.b AS id, ARRAY_AGG(STRUCT(t.id AS id, t.s AS s) ORDER BY t.id) AS a FROM t GROUP BY id)";
      case 11: return "SELECT x.id AS id, x.s AS s FROM (SELECT ARRAY_AGG(t ORDER BY t.id LIMIT 3) AS a FROM t), UNNEST(a) AS x WHERE x.i IS NOT NULL";
      case 12: return "SELECT t.id AS id, TO_JSON_STRING(t) AS e, FORMAT('%T', STRUCT(t.i, t.s, t.f, t.d, t.ts)) AS f FROM t";
      case 0: return "SELECT t.id AS id, EXISTS(SELECT 1 FROM u WHERE u.i = t.i) AS e FROM t WHERE " + Bool(1);
      case 1: return "SELECT t.id AS id, t.i IN (SELECT u.i FROM u) AS e FROM t";
      case 2: return "SELECT t.id AS id, t.i NOT IN (SELECT u.i FROM u WHERE u.id < t.id) AS e FROM t";
      case 3: return "SELECT t.id AS id, (SELECT MAX(u.s) FROM u WHERE u.id >= t.id) AS e, (SELECT COUNT(*) FROM u WHERE u.i > t.i) AS c FROM t";
      case 4: return "SELECT t.id AS id, ARRAY(SELECT u.id FROM u WHERE u.id <= t.id ORDER BY u.i" + Direction() + ", u.id) AS e FROM t";
      case 5: return "SELECT t.id AS id, x, o FROM t, UNNEST([t.i, t.id, 7]) AS x WITH OFFSET AS o WHERE x IS NOT NULL";
      case 6: return "SELECT t.id AS id, p.a, p.b FROM t LEFT JOIN UNNEST([STRUCT(t.id AS a, t.s AS b), (2, 'q')]) AS p ON p.a = t.i";
      default: return "SELECT t.id AS id, (SELECT AS STRUCT t.i AS a, " + Any(1) + " AS b) AS e, (SELECT u.id FROM u ORDER BY u.id LIMIT 1) AS c FROM t";
    }
  }

  std::string Sorts() {
    std::string sql = "SELECT t.id AS id, " + Key() + " AS k FROM t ORDER BY k" + Direction();
    if (random_.Chance(0.3)) sql += ", " + Key() + Direction();
    sql += ", t.id";
    if (random_.Chance(0.4)) sql += " LIMIT 3";
    if (sql.ends_with("LIMIT 3") && random_.Chance(0.5)) sql += " OFFSET 1";
    return sql;
  }

  Random& random_;
  Expressions expressions_;
};

std::string Question(std::string_view family, Random& random) {
  const auto parts = PartFamilies();
  if (std::find(parts.begin(), parts.end(), family) != parts.end()) return PartQuestion(family, random);
  const auto expressions = ExpressionFamilies();
  if (std::find(expressions.begin(), expressions.end(), family) == expressions.end()) {
    return Queries(random).Write(family);
  }
  const int depth = 1 + static_cast<int>(random.Below(kMaxDepth));
  return "SELECT " + Expressions(random).Call(family, depth) + " AS v";
}

}  // namespace

std::vector<std::string_view> QuestionFamilies() {
  std::vector<std::string_view> families = ExpressionFamilies();
  families.insert(families.end(), std::begin(kQueryFamilies), std::end(kQueryFamilies));
  const std::vector<std::string_view> parts = PartFamilies();
  families.insert(families.end(), parts.begin(), parts.end());
  return families;
}

Result<CaseSet> MakeQuestions(const QuestionOptions& options) {
  std::vector<std::string_view> families = QuestionFamilies();
  if (!options.family.empty()) {
    if (std::find(families.begin(), families.end(), options.family) == families.end()) {
      std::string known;
      for (const std::string_view family : families) known += (known.empty() ? "" : ", ") + std::string(family);
      return NotFound("no family \"" + options.family + "\"; there are " + known);
    }
    families = {options.family};
  }
  Random seeds(options.seed);
  CaseSet set;
  for (size_t i = 0; i < options.count; ++i) {
    Random random(seeds.Next());
    Case& item = set.cases.emplace_back();
    const std::string_view family = families[i % families.size()];
    item.id = std::to_string(options.seed) + "-" + std::to_string(i + 1);
    item.area = family;
    item.time_zone = "UTC";
    item.ulp_bits = kUlpBits;
    item.sql = Question(family, random);
  }
  return set;
}

}  // namespace casebook::differential
