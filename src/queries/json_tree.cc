#include "queries/json_tree.h"

#include <cstdint>
#include <optional>

#include "base/utf8.h"

namespace casebook {
namespace {

void AppendUtf8(uint32_t letter, std::string& out) {
  const auto add = [&](uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (letter < 0x80U) {
    add(letter);
  } else if (letter < 0x800U) {
    add(0xC0U | letter >> 6U);
    add(0x80U | (letter & 0x3FU));
  } else if (letter < 0x10000U) {
    add(0xE0U | letter >> 12U);
    add(0x80U | (letter >> 6U & 0x3FU));
    add(0x80U | (letter & 0x3FU));
  } else {
    add(0xF0U | letter >> 18U);
    add(0x80U | (letter >> 12U & 0x3FU));
    add(0x80U | (letter >> 6U & 0x3FU));
    add(0x80U | (letter & 0x3FU));
  }
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : text_(text) {}

  Result<JsonTree> ReadWhole() {
    ASSIGN_OR_RETURN(JsonTree tree, ReadValue(0));
    SkipSpace();
    if (at_ < text_.size()) return Bad("nothing more");
    return tree;
  }

 private:
  Error Bad(std::string_view expected) const {
    return Invalid("not JSON: expected " + std::string(expected) + " at byte " + std::to_string(at_ + 1));
  }

  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void SkipSpace() {
    while (Peek() == ' ' || Peek() == '\t' || Peek() == '\n' || Peek() == '\r') ++at_;
  }

  bool Take(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  Result<JsonTree> ReadValue(int depth) {
    if (depth > kMaxJsonDepth) return LimitPassed("JSON nested deeper than " + std::to_string(kMaxJsonDepth));
    SkipSpace();
    JsonTree tree;
    if (Take("null")) return tree;
    tree.kind = JsonTree::Kind::kBool;
    tree.boolean = Peek() == 't';
    if (Take("true") || Take("false")) return tree;
    if (Peek() == '"') {
      tree.kind = JsonTree::Kind::kString;
      ASSIGN_OR_RETURN(tree.text, ReadString());
      return tree;
    }
    if (Peek() == '[') return ReadArray(depth);
    if (Peek() == '{') return ReadObject(depth);
    return ReadNumber();
  }

  Result<JsonTree> ReadArray(int depth) {
    JsonTree tree;
    tree.kind = JsonTree::Kind::kArray;
    ++at_;
    SkipSpace();
    if (Take("]")) return tree;
    while (true) {
      ASSIGN_OR_RETURN(JsonTree item, ReadValue(depth + 1));
      tree.items.push_back(std::move(item));
      SkipSpace();
      if (Take("]")) return tree;
      if (!Take(",")) return Bad("',' or ']'");
    }
  }

  Result<JsonTree> ReadObject(int depth) {
    JsonTree tree;
    tree.kind = JsonTree::Kind::kObject;
    ++at_;
    SkipSpace();
    if (Take("}")) return tree;
    while (true) {
      SkipSpace();
      if (Peek() != '"') return Bad("a name in double quotes");
      ASSIGN_OR_RETURN(std::string name, ReadString());
      SkipSpace();
      if (!Take(":")) return Bad("':'");
      ASSIGN_OR_RETURN(JsonTree value, ReadValue(depth + 1));
      tree.members.emplace_back(std::move(name), std::move(value));
      SkipSpace();
      if (Take("}")) return tree;
      if (!Take(",")) return Bad("',' or '}'");
    }
  }

  bool TakeDigits() {
    const size_t begin = at_;
    while (IsDigit(Peek())) ++at_;
    return at_ > begin;
  }

  Result<JsonTree> ReadNumber() {
    const size_t begin = at_;
    Take("-");
    const bool starts_with_zero = Peek() == '0';
    const size_t digits = at_;
    bool sound = TakeDigits() && !(starts_with_zero && at_ > digits + 1);
    if (sound && Take(".")) sound = TakeDigits();
    if (sound && (Take("e") || Take("E"))) {
      if (!Take("+")) Take("-");
      sound = TakeDigits();
    }
    if (!sound) {
      at_ = begin;
      return Bad("a value");
    }
    JsonTree tree;
    tree.kind = JsonTree::Kind::kNumber;
    tree.text = std::string(text_.substr(begin, at_ - begin));
    return tree;
  }

  Result<std::string> ReadString() {
    std::string decoded;
    ++at_;
    while (Peek() != '"') {
      if (at_ >= text_.size()) return Bad("'\"'");
      const char c = text_[at_++];
      if (static_cast<unsigned char>(c) < 0x20U) return Bad("no control character inside a string");
      if (c != '\\') {
        decoded.push_back(c);
      } else {
        RETURN_IF_ERROR(ReadEscape(decoded));
      }
    }
    ++at_;
    return decoded;
  }

  Status ReadEscape(std::string& decoded) {
    const char c = Peek();
    ++at_;
    switch (c) {
      case '"':
      case '\\':
      case '/': decoded.push_back(c); return {};
      case 'b': decoded.push_back('\b'); return {};
      case 'f': decoded.push_back('\f'); return {};
      case 'n': decoded.push_back('\n'); return {};
      case 'r': decoded.push_back('\r'); return {};
      case 't': decoded.push_back('\t'); return {};
      case 'u': return ReadUnicode(decoded);
      default: return Bad("an escape");
    }
  }

  std::optional<uint32_t> TakeHex() {
    constexpr size_t kHexDigits = 4;
    uint32_t value = 0;
    for (size_t i = 0; i < kHexDigits; ++i, ++at_) {
      const char c = Peek();
      const bool is_letter = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      if (!IsDigit(c) && !is_letter) return std::nullopt;
      value = value * 16 + static_cast<uint32_t>(IsDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return value;
  }

  Status ReadUnicode(std::string& decoded) {
    std::optional<uint32_t> letter = TakeHex();
    if (!letter) return Bad("four hexadecimal digits");
    const bool is_high = *letter >= 0xD800U && *letter < 0xDC00U;
    const bool is_low = *letter >= 0xDC00U && *letter < 0xE000U;
    if (is_high && Take("\\u")) {
      const std::optional<uint32_t> second = TakeHex();
      if (!second || *second < 0xDC00U || *second >= 0xE000U) return Bad("the second half of a pair");
      letter = 0x10000U + ((*letter - 0xD800U) << 10U) + (*second - 0xDC00U);
    } else if (is_high || is_low) {
      return Bad("a pair of escapes");
    }
    AppendUtf8(*letter, decoded);
    return {};
  }

  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

Result<JsonTree> ParseJsonTree(std::string_view text) {
  if (!IsValidUtf8(text)) return Invalid("not JSON: the text is not valid UTF-8");
  return JsonReader(text).ReadWhole();
}

}  // namespace casebook
