#include <cassert>

#include "base/text_words.h"
#include "events/json.h"
#include "events/json_reader_state.h"

namespace casebook {
namespace {

// Equal for all spellings of a name.
uint32_t KeyHash(std::string_view name) {
  constexpr uint64_t kLowerCase = 0x2020202020202020U;
  const TextEnds ends = EndsOf(name);
  return HashOfEnds({ends.head | kLowerCase, ends.tail | kLowerCase}, name.size());
}

char LowerAscii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

}  // namespace

int KeyMatch(std::string_view key, std::string_view name) {
  if (key.size() != name.size()) return 0;
  if (SameText(key, name)) return 2;
  for (size_t i = 0; i < key.size(); ++i) {
    if (LowerAscii(key[i]) != LowerAscii(name[i])) return 0;
  }
  return 1;
}

JsonShape::JsonShape(std::span<const std::string_view> paths) {
  nodes_.emplace_back();
  for (const std::string_view path : paths) AddPath(path, static_cast<uint16_t>(size_++));
  BuildTables();
}

JsonShape::JsonShape(std::initializer_list<std::string_view> paths)
    : JsonShape(std::span<const std::string_view>(paths.begin(), paths.size())) {}

void JsonShape::AddPath(std::string_view path, uint16_t slot) {
  uint16_t node = 0;
  while (true) {
    const size_t slash = path.find('/');
    const uint16_t key = KeyOf(node, path.substr(0, slash));
    if (slash == std::string_view::npos) {
      assert(nodes_[node].keys[key].slot == kNone);  // each path once
      nodes_[node].keys[key].slot = slot;
      return;
    }
    if (nodes_[node].keys[key].children == kNone) {
      nodes_[node].keys[key].children = static_cast<uint16_t>(nodes_.size());
      nodes_.emplace_back();
    }
    node = nodes_[node].keys[key].children;
    path.remove_prefix(slash + 1);
  }
}

uint16_t JsonShape::KeyOf(uint16_t node, std::string_view name) {
  std::vector<Key>& keys = nodes_[node].keys;
  for (size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].name == name) return static_cast<uint16_t>(i);
  }
  keys.push_back({.name = std::string(name), .index = static_cast<uint16_t>(key_count_++)});
  return static_cast<uint16_t>(keys.size() - 1);
}

void JsonShape::BuildTables() {
  for (Node& node : nodes_) {
    size_t size = 4;
    while (size < node.keys.size() * 4) size *= 2;
    node.table.assign(size, {});
    for (size_t i = 0; i < node.keys.size(); ++i) {
      const uint32_t hash = KeyHash(node.keys[i].name);
      size_t at = hash & (size - 1);
      while (node.table[at].key != kNone) at = (at + 1) & (size - 1);
      node.table[at] = {hash, static_cast<uint16_t>(i)};
    }
  }
}

const JsonShape::Key* JsonShape::Find(const Node& node, std::string_view name, uint8_t& rank) const {
  const size_t mask = node.table.size() - 1;
  const uint32_t hash = KeyHash(name);
  for (size_t at = hash & mask; node.table[at].key != kNone; at = (at + 1) & mask) {
    if (node.table[at].hash != hash) continue;
    const Key& key = node.keys[node.table[at].key];
    rank = static_cast<uint8_t>(KeyMatch(name, key.name));
    if (rank != 0) return &key;
  }
  return nullptr;
}

}  // namespace casebook
