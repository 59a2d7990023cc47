// JSON as BOOL, INT64, FLOAT64 and STRING: strictly, and as well as it goes (LAX_…), one by one and in arrays.
#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

#include "engines/duckdb/json_text.h"
#include "engines/duckdb/list_slots.h"
#include "engines/duckdb/numeric.h"
#include "schema/table.h"

namespace casebook::engines {
namespace {

using OutInt = Answer<int64_t>;
using OutFloat = Answer<double>;
using OutBool = Answer<bool>;
using Text = Answer<std::string>;

bool IsWhole(const Json& json) { return json.text.find_first_of(".eE") == std::string::npos; }

// --- Strict ----------------------------------------------------------------------------------------

OutInt StrictInt(const Json& json) {
  if (json.kind != Json::Kind::kNumber) return OutInt::Fail("The provided JSON input is not an integer");
  int64_t value = 0;
  const char* end = json.text.data() + json.text.size();
  const auto [stop, error] = std::from_chars(json.text.data(), end, value);
  if (error == std::errc() && stop == end) return value;
  if (IsWhole(json)) return OutInt::Fail("The provided JSON input is not an integer");
  const double number = std::strtod(json.text.c_str(), nullptr);
  if (number != std::trunc(number) || number >= 9223372036854775808.0 || number < -9223372036854775808.0) {
    return OutInt::Fail("The provided JSON number: " + json.text + " cannot be converted to an integer");
  }
  return static_cast<int64_t>(number);
}
OutFloat StrictFloat(const Json& json, bool exact) {
  if (json.kind != Json::Kind::kNumber) return OutFloat::Fail("The provided JSON input is not a number");
  const double value = std::strtod(json.text.c_str(), nullptr);
  if (exact && IsWhole(json)) {
    char back[64];
    const auto end = std::to_chars(back, back + sizeof back, value, std::chars_format::fixed).ptr;
    if (std::string_view(back, static_cast<size_t>(end - back)) != json.text) {
      return OutFloat::Fail("JSON number: " + json.text + " cannot be converted to FLOAT64 without loss of precision");
    }
  }
  return value;
}
OutBool StrictBool(const Json& json) {
  if (json.kind != Json::Kind::kBool) return OutBool::Fail("The provided JSON input is not a boolean");
  return json.text == "true";
}
Text StrictText(const Json& json) {
  if (json.kind != Json::Kind::kString) return Text::Fail("The provided JSON input is not a string");
  return json.text;
}

// --- Lax -------------------------------------------------------------------------------------------

// Halves go away from zero.
OutInt RoundedDecimal(const Decimal& decimal) {
  if (decimal.digits.empty() || decimal.power < 0) return int64_t{0};
  constexpr int64_t kMaxDigits = 19;
  if (decimal.power > kMaxDigits) return nullptr;
  const auto whole_digits = static_cast<size_t>(decimal.power);
  UInt128 whole = 0;
  for (size_t i = 0; i < whole_digits; ++i) {
    whole = whole * 10 + static_cast<unsigned>(i < decimal.digits.size() ? decimal.digits[i] - '0' : 0);
  }
  if (whole_digits < decimal.digits.size() && decimal.digits[whole_digits] >= '5') ++whole;
  const UInt128 limit = (UInt128{1} << 63U) - (decimal.negative ? 0 : 1);
  if (whole > limit) return nullptr;
  const auto bits = static_cast<uint64_t>(whole);
  return static_cast<int64_t>(decimal.negative ? 0 - bits : bits);
}

std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\n\v\f\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\n\v\f\r") - begin + 1);
}

// `+1.5e2`, `.5`, `5.`
bool IsDecimal(std::string_view text) {
  if (text.starts_with("-") || text.starts_with("+")) text.remove_prefix(1);
  size_t digits = 0;
  const auto take_digits = [&] {
    while (!text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) != 0) {
      text.remove_prefix(1);
      ++digits;
    }
  };
  take_digits();
  if (text.starts_with(".")) {
    text.remove_prefix(1);
    take_digits();
  }
  if (digits == 0) return false;
  if (!text.starts_with("e") && !text.starts_with("E")) return text.empty();
  text.remove_prefix(1);
  if (text.starts_with("-") || text.starts_with("+")) text.remove_prefix(1);
  digits = 0;
  take_digits();
  return digits > 0 && digits < 10 && text.empty();
}

OutInt LaxInt(const Json& json) {
  switch (json.kind) {
    case Json::Kind::kBool: return int64_t{json.text == "true" ? 1 : 0};
    case Json::Kind::kNumber: {
      if (IsWhole(json)) return RoundedDecimal(DecimalOf(json.text));
      const double value = std::round(std::strtod(json.text.c_str(), nullptr));
      if (value >= 9223372036854775808.0 || value < -9223372036854775808.0) return nullptr;
      return static_cast<int64_t>(value);
    }
    case Json::Kind::kString: {
      std::string_view text = Trimmed(json.text);
      if (!IsDecimal(text)) return nullptr;
      if (text.starts_with("+")) text.remove_prefix(1);
      return RoundedDecimal(DecimalOf(text));
    }
    default: return nullptr;
  }
}
OutFloat LaxFloat(const Json& json) {
  if (json.kind == Json::Kind::kNumber) return std::strtod(json.text.c_str(), nullptr);
  if (json.kind != Json::Kind::kString) return nullptr;
  std::string text(Trimmed(json.text));
  if (text.empty()) return nullptr;
  std::string_view magnitude = text;
  if (magnitude.starts_with("-") || magnitude.starts_with("+")) magnitude.remove_prefix(1);
  const bool word = EqualIgnoringCase(magnitude, "inf") || EqualIgnoringCase(magnitude, "infinity") || EqualIgnoringCase(magnitude, "nan");
  const bool hexadecimal = magnitude.starts_with("0x") || magnitude.starts_with("0X");
  if (!word && !hexadecimal && !IsDecimal(text)) return nullptr;
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (end != text.c_str() + text.size()) return nullptr;
  return std::isnan(value) ? std::fabs(value) : value;
}
OutBool LaxBool(const Json& json) {
  switch (json.kind) {
    case Json::Kind::kBool: return json.text == "true";
    case Json::Kind::kNumber: return std::strtod(json.text.c_str(), nullptr) != 0;
    case Json::Kind::kString:
      if (EqualIgnoringCase(json.text, "true")) return true;
      if (EqualIgnoringCase(json.text, "false")) return false;
      return nullptr;
    default: return nullptr;
  }
}
Text LaxText(const Json& json) {
  if (!json.IsScalar() || json.kind == Json::Kind::kNull) return nullptr;
  if (json.kind != Json::Kind::kNumber || IsWhole(json)) return json.text;
  const double value = std::strtod(json.text.c_str(), nullptr);
  return FloatText(value == 0 ? 0 : value);
}

// --- As functions ----------------------------------------------------------------------------------

template <typename T, typename Convert>
Answer<T> One(std::string_view text, const Convert& convert) {
  const auto json = ReadJson(text);
  if (!json) return Answer<T>::Fail("Invalid JSON");
  return convert(*json);
}

// `strict`: each element must convert, and the whole be an array.
template <typename T, typename Convert>
Answer<List<T>> Each(std::string_view text, bool strict, const Convert& convert) {
  const auto json = ReadJson(text);
  if (!json || json->kind != Json::Kind::kArray) {
    if (strict) return Answer<List<T>>::Fail("The provided JSON input is not an array");
    return nullptr;
  }
  List<T> all;
  for (const Json& element : json->elements) {
    Answer<T> one = convert(element);
    if (one.error != nullptr) return Answer<List<T>>::Fail(*one.error);
    if (one.is_null) all.emplace_back(std::nullopt);
    else all.emplace_back(std::move(one.value));
  }
  return all;
}

// `wide_number_mode`; false where it is neither word.
bool ReadMode(std::string_view mode, bool& exact) {
  exact = EqualIgnoringCase(mode, "exact");
  return exact || EqualIgnoringCase(mode, "round");
}
std::string BadMode(std::string_view mode) { return "Invalid `wide_number_mode` specified: " + std::string(mode); }

OutInt JsonInt64(std::string_view text) { return One<int64_t>(text, StrictInt); }
OutFloat JsonFloat64(std::string_view text, std::string_view mode) {
  bool exact = false;
  if (!ReadMode(mode, exact)) return OutFloat::Fail(BadMode(mode));
  return One<double>(text, [&](const Json& json) { return StrictFloat(json, exact); });
}
OutBool JsonBool(std::string_view text) { return One<bool>(text, StrictBool); }
Text JsonString(std::string_view text) { return One<std::string>(text, StrictText); }
Answer<List<int64_t>> Int64Array(std::string_view text) { return Each<int64_t>(text, true, StrictInt); }
Answer<List<double>> Float64Array(std::string_view text, std::string_view mode) {
  bool exact = false;
  if (!ReadMode(mode, exact)) return Answer<List<double>>::Fail(BadMode(mode));
  return Each<double>(text, true, [&](const Json& json) { return StrictFloat(json, exact); });
}
Answer<List<bool>> BoolArray(std::string_view text) { return Each<bool>(text, true, StrictBool); }
Answer<List<std::string>> StringArray(std::string_view text) { return Each<std::string>(text, true, StrictText); }

OutInt LaxInt64(std::string_view text) { return One<int64_t>(text, LaxInt); }
OutFloat LaxFloat64(std::string_view text) { return One<double>(text, LaxFloat); }
OutBool LaxBoolOf(std::string_view text) { return One<bool>(text, LaxBool); }
Text LaxString(std::string_view text) { return One<std::string>(text, LaxText); }
Answer<List<int64_t>> LaxInt64Array(std::string_view text) { return Each<int64_t>(text, false, LaxInt); }
Answer<List<double>> LaxFloat64Array(std::string_view text) { return Each<double>(text, false, LaxFloat); }
Answer<List<bool>> LaxBoolArray(std::string_view text) { return Each<bool>(text, false, LaxBool); }
Answer<List<std::string>> LaxStringArray(std::string_view text) { return Each<std::string>(text, false, LaxText); }

}  // namespace

void AddJsonCasts(Registrar& registrar) {
  registrar.Add("gs_json_int64", JsonInt64);
  registrar.Add("gs_json_float64", JsonFloat64);
  registrar.Add("gs_json_bool", JsonBool);
  registrar.Add("gs_json_string", JsonString);
  registrar.Add("gs_json_int64_array", Int64Array);
  registrar.Add("gs_json_float64_array", Float64Array);
  registrar.Add("gs_json_bool_array", BoolArray);
  registrar.Add("gs_json_string_array", StringArray);
  registrar.Add("gs_lax_int64", LaxInt64);
  registrar.Add("gs_lax_float64", LaxFloat64);
  registrar.Add("gs_lax_bool", LaxBoolOf);
  registrar.Add("gs_lax_string", LaxString);
  registrar.Add("gs_lax_int64_array", LaxInt64Array);
  registrar.Add("gs_lax_float64_array", LaxFloat64Array);
  registrar.Add("gs_lax_bool_array", LaxBoolArray);
  registrar.Add("gs_lax_string_array", LaxStringArray);
}

}  // namespace casebook::engines
