#include "events/canonical_json.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <utility>
#include <vector>

#include "base/checksum.h"
#include "base/utf8.h"
#include "events/json.h"
#include "events/json_text.h"

namespace casebook {
namespace {

// Orders UTF-8 texts as their UTF-16 code units: as bytes, but for the surrogates, which stand before
// U+E000 to U+FFFF.
bool LessByCodeUnits(std::string_view a, std::string_view b) {
  const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (in_a == a.end() || in_b == b.end()) return in_a == a.end() && in_b != b.end();
  const auto x = static_cast<unsigned char>(*in_a);
  const auto y = static_cast<unsigned char>(*in_b);
  const bool x_surrogates = x >= 0xF0;
  const bool y_surrogates = y >= 0xF0;
  if (x_surrogates != y_surrogates && x >= 0xEE && y >= 0xEE) return x_surrogates;
  return x < y;
}

// Reads sound, compact JSON (AppendCompactJson has checked it), so that nothing here can run off its end.
class Canonicalizer {
 public:
  explicit Canonicalizer(std::string_view json) : json_(json) {}

  Status Value(std::string& out) {
    switch (json_[at_]) {
      case '{': return Object(out);
      case '[': return Array(out);
      case '"': AppendJsonString(String(), out); return {};
      case 't': return Literal("true", out);
      case 'f': return Literal("false", out);
      case 'n': return Literal("null", out);
      default: return Number(out);
    }
  }

 private:
  struct Member {
    std::string key;
    std::string value;
  };

  Status Literal(std::string_view word, std::string& out) {
    out += word;
    at_ += word.size();
    return {};
  }

  std::string String() {
    std::string text;
    bool mended = false;
    UnescapeJsonString(json_.substr(at_ + 1), text, mended);
    for (++at_; json_[at_] != '"'; ++at_) {
      if (json_[at_] == '\\') ++at_;
    }
    ++at_;
    return text;
  }

  Status Number(std::string& out) {
    const size_t length = JsonNumberLength(json_.substr(at_));
    double value = 0;
    const auto [end, error] = std::from_chars(json_.data() + at_, json_.data() + at_ + length, value);
    if (error == std::errc::result_out_of_range) {
      // Too small is zero; too great has no canonical form.
      if (!IsTiny(json_.substr(at_, length))) return Invalid("a number beyond an IEEE double");
      value = 0;
    }
    at_ += length;
    out += EcmaScriptNumber(value);
    return {};
  }

  static bool IsTiny(std::string_view number) {
    return std::abs(std::strtod(std::string(number).c_str(), nullptr)) < 1;
  }

  Status Array(std::string& out) {
    out.push_back('[');
    ++at_;
    while (json_[at_] != ']') {
      if (json_[at_] == ',') {
        ++at_;
        out.push_back(',');
      }
      RETURN_IF_ERROR(Value(out));
    }
    ++at_;
    out.push_back(']');
    return {};
  }

  Status Object(std::string& out) {
    std::vector<Member> members;
    ++at_;
    while (json_[at_] != '}') {
      if (json_[at_] == ',') ++at_;
      Member member{.key = String(), .value = {}};
      ++at_;  // the colon
      RETURN_IF_ERROR(Value(member.value));
      members.push_back(std::move(member));
    }
    ++at_;
    std::stable_sort(members.begin(), members.end(),
                     [](const Member& a, const Member& b) { return LessByCodeUnits(a.key, b.key); });
    AppendMembers(members, out);
    return {};
  }

  static void AppendMembers(const std::vector<Member>& members, std::string& out) {
    out.push_back('{');
    bool first = true;
    for (size_t i = 0; i < members.size(); ++i) {
      if (i + 1 < members.size() && members[i + 1].key == members[i].key) continue;
      if (!first) out.push_back(',');
      first = false;
      AppendJsonString(members[i].key, out);
      out.push_back(':');
      out += members[i].value;
    }
    out.push_back('}');
  }

  std::string_view json_;
  size_t at_ = 0;
};

}  // namespace

std::string EcmaScriptNumber(double value) {
  assert(std::isfinite(value));
  if (value == 0) return "0";
  // The shortest digits that give the number back, d.ddd…e±xx.
  std::array<char, 32> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(value), std::chars_format::scientific).ptr;
  const std::string_view text(buffer.data(), static_cast<size_t>(end - buffer.data()));
  const size_t e = text.find('e');
  std::string digits(1, text[0]);
  if (e > 2) digits += text.substr(2, e - 2);
  int exponent = 0;
  const char* const from = text.data() + e + (text[e + 1] == '+' ? 2 : 1);
  std::from_chars(from, text.data() + text.size(), exponent);

  const auto count = static_cast<int>(digits.size());
  const int point = exponent + 1;  // digits before the decimal point
  std::string out = value < 0 ? "-" : "";
  if (count <= point && point <= 21) {
    out += digits;
    out.append(static_cast<size_t>(point - count), '0');
  } else if (0 < point && point <= 21) {
    out += digits.substr(0, static_cast<size_t>(point)) + "." + digits.substr(static_cast<size_t>(point));
  } else if (-6 < point && point <= 0) {
    out += "0.";
    out.append(static_cast<size_t>(-point), '0');
    out += digits;
  } else {
    out += digits[0];
    if (count > 1) out += "." + digits.substr(1);
    out += exponent < 0 ? "e-" : "e+";
    out += std::to_string(std::abs(exponent));
  }
  return out;
}

Result<std::string> CanonicalJson(std::string_view json) {
  std::string mended;
  if (!IsValidUtf8(json)) {
    mended = ReplaceInvalidUtf8(json);
    json = mended;
  }
  std::string compact;
  if (auto fault = AppendCompactJson(json, compact)) {
    return Error{fault->reason == "too_deep" ? ErrorCode::kLimit : ErrorCode::kInvalid, std::move(fault->detail)};
  }
  std::string canonical;
  canonical.reserve(compact.size());
  RETURN_IF_ERROR(Canonicalizer(compact).Value(canonical));
  return canonical;
}

std::string CanonicalSha256Hex(std::string_view json) {
  const Result<std::string> canonical = CanonicalJson(json);
  return Sha256Hex(canonical.ok() ? std::string_view(canonical.value()) : json);
}

}  // namespace casebook
