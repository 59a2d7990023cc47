// Goal: numbers, bits, hashes and addresses are answered as GoogleSQL answers them.
// Method: edge values with answers known from GoogleSQL, and properties over many values, run on the engine.
#include "engines/duckdb/execution_for_test.h"

namespace casebook::engines {
namespace {

class ExecutionNumbersTest : public ExecutionTest {};

TEST_F(ExecutionNumbersTest, AddressesAreReadAndWritten) {
  EXPECT_EQ(Value("NET.IP_FROM_STRING('10.1.2.3'), NET.IP_FROM_STRING('ab::')"),
            "x'0a010203' | x'00ab0000000000000000000000000000'\n");
  EXPECT_EQ(Value("NET.IP_TO_STRING(NET.IP_FROM_STRING('1:0:0:2:0:0:0:3'))"), "\"1:0:0:2::3\"\n");
  EXPECT_EQ(Value("NET.IP_TO_STRING(NET.IP_FROM_STRING('::ffff:9.8.7.6'))"), "\"::ffff:9.8.7.6\"\n");
  EXPECT_TRUE(Fails("NET.IP_TO_STRING(b'123')"));
}

TEST_F(ExecutionNumbersTest, WhatIsNoAddressFailsOrIsNullWhereSafe) {
  for (const char* text : {"''", "'1.2.3'", "'01.2.3.4'", "' 1.2.3.4'", "'1::2::3'", "'::1%eth0'", "'12345::'", "'1.2.3.4\\x00'"}) {
    EXPECT_TRUE(Fails("NET.IP_FROM_STRING(" + std::string(text) + ")")) << text;
    EXPECT_EQ(Value("NET.SAFE_IP_FROM_STRING(" + std::string(text) + ")"), "null\n") << text;
  }
}

TEST_F(ExecutionNumbersTest, TruncatingAnAddressIsMaskingIt) {
  for (int bits = 0; bits <= 32; ++bits) {
    const std::string n = std::to_string(bits);
    EXPECT_EQ(Value("NET.IP_TRUNC(b'\\xa5\\x5a\\xff\\x81', " + n + ") = b'\\xa5\\x5a\\xff\\x81' & NET.IP_NET_MASK(4, " + n + ")"),
              "true\n") << n;
    EXPECT_EQ(Value("BIT_COUNT(NET.IP_NET_MASK(16, 4 * " + n + ")) - 4 * " + n), "0\n") << n;
  }
  EXPECT_TRUE(Fails("NET.IP_NET_MASK(4, 33)"));
  EXPECT_TRUE(Fails("NET.IP_NET_MASK(5, 1)"));
  EXPECT_TRUE(Fails("NET.IP_TRUNC(b'1234', -1)"));
}

TEST_F(ExecutionNumbersTest, Ipv4IsANumber) {
  EXPECT_EQ(Value("NET.IPV4_FROM_INT64(-1), NET.IPV4_FROM_INT64(16909060)"), "x'ffffffff' | x'01020304'\n");
  EXPECT_EQ(Value("NET.IPV4_TO_INT64(NET.IPV4_FROM_INT64(4294967295))"), "4294967295\n");
  EXPECT_TRUE(Fails("NET.IPV4_FROM_INT64(4294967296)"));
  EXPECT_TRUE(Fails("NET.IPV4_TO_INT64(b'123')"));
}

TEST_F(ExecutionNumbersTest, TheHostOfAUrlStandsBetweenSchemeAndPath) {
  const auto host = [&](const std::string& url) { return Value("NET.HOST(r'" + url + "')"); };
  EXPECT_EQ(host("https://user:p@ss@Desk.Example.com:8080/a?b#c"), "\"Desk.Example.com\"\n");
  EXPECT_EQ(host("  //desk.example.com "), "\"desk.example.com\"\n");
  EXPECT_EQ(host("desk.example.com/https://other"), "\"desk.example.com\"\n");
  EXPECT_EQ(host("http:\\\\desk.example.com\\x"), "\"desk.example.com\"\n");
  EXPECT_EQ(host("http://[::1]:80/"), "\"[::1]\"\n");
  EXPECT_EQ(host("http://..a..b."), "\"a..b.\"\n");
  for (const char* none : {"", "/a/b", "http://", "http:///a", "http://:80", "http://...", "?//a"}) {
    EXPECT_EQ(host(none), "null\n") << none;
  }
}

TEST_F(ExecutionNumbersTest, BitsOfBytes) {
  EXPECT_EQ(Value("b'\\x0f\\xf0' & b'\\x3c\\x3c', b'\\x0f\\xf0' | b'\\x3c\\x3c', b'\\x0f\\xf0' ^ b'\\x3c\\x3c', ~b'\\x0f'"),
            "x'0c30' | x'3ffc' | x'33cc' | x'f0'\n");
  EXPECT_EQ(Value("b'\\xff\\x01' << 3, b'\\xff\\x01' >> 3, b'\\x12\\x34' << 8, b'\\x12\\x34' >> 9, b'\\xff' << 8, b'' >> 1"),
            "x'f808' | x'1fe0' | x'3400' | x'0009' | x'00' | x''\n");
  EXPECT_TRUE(Fails("b'ab' & b'c'"));
  EXPECT_TRUE(Fails("b'ab' << -1"));
}

TEST_F(ExecutionNumbersTest, ShiftingBytesThereAndBackLosesOnlyWhatFellOut) {
  for (int by = 0; by <= 24; ++by) {
    const std::string n = std::to_string(by);
    EXPECT_EQ(Value("BIT_COUNT(b'\\xff\\xff\\xff' << " + n + " >> " + n + ") + " + n), "24\n") << n;
    EXPECT_EQ(Value("BIT_COUNT(b'\\xff\\xff\\xff' >> " + n + " << " + n + ") + " + n), "24\n") << n;
  }
}

TEST_F(ExecutionNumbersTest, FingerprintsOfEveryLengthClass) {
  EXPECT_EQ(Value("FARM_FINGERPRINT(''), FARM_FINGERPRINT('a'), FARM_FINGERPRINT('abcd'), FARM_FINGERPRINT(b'abcdefg')"),
            "-7286425919675154353 | -5528939962900187677 | 1897425971756105985 | 4341691227789030229\n");
  EXPECT_EQ(Value("FARM_FINGERPRINT(REPEAT('xy', 8)), FARM_FINGERPRINT(REPEAT('a', 17)), FARM_FINGERPRINT(REPEAT('xy', 20))"),
            "-4841051952059626944 | -854933946488279485 | -257019758521628499\n");
  EXPECT_EQ(Value("FARM_FINGERPRINT(REPEAT('ab', 32)), FARM_FINGERPRINT(REPEAT('xyz', 30)), FARM_FINGERPRINT(REPEAT('ab', 64)), "
                  "FARM_FINGERPRINT(REPEAT('xyz', 300))"),
            "1705570018418725142 | 5073301502654627147 | -603918529221291818 | -4078238242832733393\n");
}

TEST_F(ExecutionNumbersTest, NumericIsRoundedAsTheModeSays) {
  EXPECT_EQ(Value("ROUND(NUMERIC '2.5', 0, 'ROUND_HALF_EVEN'), ROUND(NUMERIC '-3.5', 0, 'ROUND_HALF_EVEN'), "
                  "ROUND(NUMERIC '2.51', 0, 'ROUND_HALF_EVEN'), ROUND(NUMERIC '25', -1, 'ROUND_HALF_EVEN')"),
            "2 | -4 | 3 | 20\n");
  EXPECT_EQ(Value("ROUND(NUMERIC '2.5', 0, 'ROUND_HALF_AWAY_FROM_ZERO')"), "3\n");
  EXPECT_TRUE(Fails("ROUND(NUMERIC '2.5', 0, 'UP')"));
}

TEST_F(ExecutionNumbersTest, RootsOfNumericAreExactToTheLastDigit) {
  EXPECT_EQ(Value("SQRT(NUMERIC '2'), SQRT(NUMERIC '0.000000002'), CBRT(NUMERIC '27'), CBRT(NUMERIC '-2'), SQRT(NUMERIC '0')"),
            "1.414213562 | 0.000044721 | 3 | -1.25992105 | 0\n");
  EXPECT_EQ(Value("SQRT(NUMERIC '99999999999999999999999999999'), CBRT(NUMERIC '99999999999999999999999999999')"),
            "316227766016837.933199889 | 4641588833.612778892\n");
  EXPECT_TRUE(Fails("SQRT(NUMERIC '-0.000000001')"));
  for (int i = 1; i < 200; i += 7) {
    const std::string n = "NUMERIC '" + std::to_string(i) + ".25'";
    EXPECT_EQ(Value("SQRT(" + n + " * " + n + ") = " + n + ", CBRT(" + n + " * " + n + " * " + n + ") = " + n), "true | true\n");
  }
}

TEST_F(ExecutionNumbersTest, ABucketCountsTheBoundsNotAbove) {
  EXPECT_EQ(Value("RANGE_BUCKET(20, [0, 10, 20, 20, 30]), RANGE_BUCKET(-1, [0]), RANGE_BUCKET(5, ARRAY<INT64>[])"), "4 | 0 | 0\n");
  EXPECT_EQ(Value("RANGE_BUCKET('b', ['a', 'b', 'c']), RANGE_BUCKET(NUMERIC '1.5', [NUMERIC '1', 2]), "
                  "RANGE_BUCKET(DATE '2024-05-01', [DATE '2024-01-01', DATE '2025-01-01'])"),
            "2 | 1 | 1\n");
  EXPECT_EQ(Value("RANGE_BUCKET(CAST('nan' AS FLOAT64), [1.5]), RANGE_BUCKET(NULL, [2, 1]), RANGE_BUCKET(1, CAST(NULL AS ARRAY<INT64>))"),
            "null | null | null\n");
  for (const char* array : {"[2, 1]", "[1, NULL]", "[NULL, 1]"}) {
    EXPECT_TRUE(Fails("RANGE_BUCKET(1, " + std::string(array) + ")")) << array;
    EXPECT_EQ(Value("SAFE.RANGE_BUCKET(1, " + std::string(array) + ")"), "null\n") << array;
  }
}

TEST_F(ExecutionNumbersTest, InfinitiesHaveNoSineAndNoErrorEither) {
  const std::string infinity = "CAST('inf' AS FLOAT64)";
  for (const char* name : {"SIN", "COS", "TAN", "COT", "SEC", "CSC"}) {
    EXPECT_EQ(Value("IS_NAN(" + std::string(name) + "(" + infinity + "))"), "true\n") << name;
  }
  EXPECT_EQ(Value("LOG(" + infinity + ", 2), LOG(" + infinity + ", 0.5), IS_NAN(LOG(2, " + infinity + ")), IS_NAN(LN(-" + infinity + "))"),
            "inf | -inf | true | true\n");
  EXPECT_TRUE(Fails("LOG(0, 2)"));
  EXPECT_TRUE(Fails("LOG(2, 1)"));
  EXPECT_TRUE(Fails("COT(0)"));
}

TEST_F(ExecutionNumbersTest, WhatBigQueryLacksIsRefusedByName) {
  for (const char* call : {"BIT_CAST_TO_INT64(1)", "LAX_INT32(JSON '1')", "HLL_COUNT.INIT(1)"}) {
    EXPECT_TRUE(Value(call).ends_with(" is not supported")) << Value(call);
  }
}

}  // namespace
}  // namespace casebook::engines
