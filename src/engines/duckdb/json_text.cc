#include "engines/duckdb/json_text.h"

#include <cctype>
#include <cstdint>
#include <cstdio>

namespace casebook::engines {
namespace {

void AppendUtf8(std::string& out, uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0U | (c >> 6U));
    out += static_cast<char>(0x80U | (c & 0x3FU));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0U | (c >> 12U));
    out += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (c & 0x3FU));
  } else {
    out += static_cast<char>(0xF0U | (c >> 18U));
    out += static_cast<char>(0x80U | ((c >> 12U) & 0x3FU));
    out += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (c & 0x3FU));
  }
}

class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : text_(text) {}

  std::optional<Json> Whole() {
    Json json;
    if (!Value(json, 0)) return std::nullopt;
    Space();
    if (!text_.empty()) return std::nullopt;
    return json;
  }

 private:
  void Space() {
    while (!text_.empty() && (text_.front() == ' ' || text_.front() == '\t' || text_.front() == '\n' || text_.front() == '\r')) {
      text_.remove_prefix(1);
    }
  }
  bool Take(std::string_view word) {
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }
  bool Value(Json& json, int depth) {
    if (depth > kMaxJsonDepth) return false;
    Space();
    if (text_.empty()) return false;
    switch (text_.front()) {
      case '{': return Object(json, depth);
      case '[': return Array(json, depth);
      case '"': json.kind = Json::Kind::kString; return String(json.text);
      case 't': json.kind = Json::Kind::kBool; json.text = "true"; return Take("true");
      case 'f': json.kind = Json::Kind::kBool; json.text = "false"; return Take("false");
      case 'n': return Take("null");
      default: return Number(json);
    }
  }
  bool Object(Json& json, int depth) {
    json.kind = Json::Kind::kObject;
    Take("{");
    Space();
    if (Take("}")) return true;
    while (true) {
      Space();
      std::string key;
      if (!String(key)) return false;
      Space();
      Json value;
      if (!Take(":") || !Value(value, depth + 1)) return false;
      json.members.emplace_back(std::move(key), std::move(value));
      Space();
      if (Take("}")) return true;
      if (!Take(",")) return false;
    }
  }
  bool Array(Json& json, int depth) {
    json.kind = Json::Kind::kArray;
    Take("[");
    Space();
    if (Take("]")) return true;
    while (true) {
      Json value;
      if (!Value(value, depth + 1)) return false;
      json.elements.push_back(std::move(value));
      Space();
      if (Take("]")) return true;
      if (!Take(",")) return false;
    }
  }
  size_t Digits(size_t at) const {
    while (at < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at])) != 0) ++at;
    return at;
  }
  bool Number(Json& json) {
    json.kind = Json::Kind::kNumber;
    size_t at = text_.starts_with("-") ? 1 : 0;
    const size_t whole = Digits(at);
    if (whole == at || (text_[at] == '0' && whole > at + 1)) return false;
    at = whole;
    if (at < text_.size() && text_[at] == '.') {
      const size_t fraction = Digits(at + 1);
      if (fraction == at + 1) return false;
      at = fraction;
    }
    if (at < text_.size() && (text_[at] == 'e' || text_[at] == 'E')) {
      size_t exponent = at + 1;
      if (exponent < text_.size() && (text_[exponent] == '+' || text_[exponent] == '-')) ++exponent;
      at = Digits(exponent);
      if (at == exponent) return false;
    }
    json.text = text_.substr(0, at);
    text_.remove_prefix(at);
    return true;
  }
  bool Hex(uint32_t& value) {
    if (text_.size() < 4) return false;
    value = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = text_[static_cast<size_t>(i)];
      if (std::isxdigit(static_cast<unsigned char>(c)) == 0) return false;
      value = value * 16 + static_cast<uint32_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    text_.remove_prefix(4);
    return true;
  }
  bool Escape(std::string& out) {
    if (text_.empty()) return false;
    const char c = text_.front();
    text_.remove_prefix(1);
    switch (c) {
      case '"':
      case '\\':
      case '/': out += c; return true;
      case 'b': out += '\b'; return true;
      case 'f': out += '\f'; return true;
      case 'n': out += '\n'; return true;
      case 'r': out += '\r'; return true;
      case 't': out += '\t'; return true;
      case 'u': break;
      default: return false;
    }
    uint32_t point = 0;
    if (!Hex(point)) return false;
    if (point >= 0xD800 && point < 0xDC00) {
      uint32_t low = 0;
      if (Take("\\u") && Hex(low) && low >= 0xDC00 && low < 0xE000) {
        point = 0x10000 + ((point - 0xD800) << 10U) + (low - 0xDC00);
      } else {
        point = 0xFFFD;
      }
    } else if (point >= 0xDC00 && point < 0xE000) {
      point = 0xFFFD;
    }
    AppendUtf8(out, point);
    return true;
  }
  bool String(std::string& out) {
    if (!Take("\"")) return false;
    while (!text_.empty()) {
      const char c = text_.front();
      text_.remove_prefix(1);
      if (c == '"') return true;
      if (c == '\\') {
        if (!Escape(out)) return false;
      } else if (static_cast<unsigned char>(c) < 0x20) {
        return false;
      } else {
        out += c;
      }
    }
    return false;
  }

  std::string_view text_;
};

void Write(const Json& json, std::string& out) {
  switch (json.kind) {
    case Json::Kind::kNull: out += "null"; return;
    case Json::Kind::kBool:
    case Json::Kind::kNumber: out += json.text; return;
    case Json::Kind::kString: out += QuoteJson(json.text); return;
    case Json::Kind::kArray:
      out += '[';
      for (size_t i = 0; i < json.elements.size(); ++i) {
        if (i > 0) out += ',';
        Write(json.elements[i], out);
      }
      out += ']';
      return;
    case Json::Kind::kObject:
      out += '{';
      for (size_t i = 0; i < json.members.size(); ++i) {
        if (i > 0) out += ',';
        out += QuoteJson(json.members[i].first) + ":";
        Write(json.members[i].second, out);
      }
      out += '}';
      return;
  }
}

}  // namespace

std::optional<Json> ReadJson(std::string_view text) { return JsonReader(text).Whole(); }

std::string WriteJson(const Json& json) {
  std::string out;
  Write(json, out);
  return out;
}

std::string QuoteJson(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          char buffer[8];
          std::snprintf(buffer, sizeof buffer, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
          out += buffer;
        } else {
          out += c;
        }
    }
  }
  return out + "\"";
}

std::optional<std::vector<JsonStep>> ReadJsonPath(std::string_view path, bool legacy) {
  if (!path.starts_with("$")) return std::nullopt;
  path.remove_prefix(1);
  std::vector<JsonStep> steps;
  const auto quoted = [&](char quote, std::string& key) {
    path.remove_prefix(1);
    while (!path.empty() && path.front() != quote) {
      if (path.front() == '\\' && path.size() > 1) path.remove_prefix(1);
      key += path.front();
      path.remove_prefix(1);
    }
    if (path.empty()) return false;
    path.remove_prefix(1);
    return true;
  };
  while (!path.empty()) {
    JsonStep step;
    if (path.front() == '.') {
      path.remove_prefix(1);
      if (!legacy && path.starts_with("\"")) {
        if (!quoted('"', step.key)) return std::nullopt;
      } else {
        while (!path.empty() && path.front() != '.' && path.front() != '[') {
          step.key += path.front();
          path.remove_prefix(1);
        }
        if (step.key.empty()) return std::nullopt;
        if (step.key == "*") return std::nullopt;
      }
    } else if (path.front() == '[') {
      path.remove_prefix(1);
      if (legacy && path.starts_with("'")) {
        if (!quoted('\'', step.key)) return std::nullopt;
      } else {
        // A number, or in the legacy form also a bare name.
        while (!path.empty() && path.front() != ']') {
          step.key += path.front();
          path.remove_prefix(1);
        }
        if (step.key.empty() || step.key.size() > 9) return std::nullopt;
        for (const char c : step.key) {
          if (std::isdigit(static_cast<unsigned char>(c)) == 0) return std::nullopt;
          step.index = step.index * 10 + static_cast<size_t>(c - '0');
        }
        step.is_index = true;
      }
      if (!path.starts_with("]")) return std::nullopt;
      path.remove_prefix(1);
    } else {
      return std::nullopt;
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

const Json* FindJson(const Json& json, const std::vector<JsonStep>& steps) {
  const Json* at = &json;
  for (const JsonStep& step : steps) {
    const Json* next = nullptr;
    if (at->kind == Json::Kind::kObject) {
      for (const auto& [key, value] : at->members) {
        if (key == step.key) {
          next = &value;
          break;
        }
      }
    } else if (at->kind == Json::Kind::kArray && step.is_index && step.index < at->elements.size()) {
      next = &at->elements[step.index];
    }
    if (next == nullptr) return nullptr;
    at = next;
  }
  return at;
}

}  // namespace casebook::engines
