#include <cassert>
#include <cstring>

#include "events/json.h"
#include "events/json_on_demand.h"

namespace casebook {
namespace {

unsigned char Fold(char c) { return static_cast<unsigned char>(static_cast<unsigned char>(c) | 0x20U); }

// Equal for all spellings of a name; good enough to part the few names of one object.
size_t KeyHash(std::string_view name) {
  if (name.empty()) return 0;
  size_t hash = name.size() * 0x9E3779B1U;
  hash ^= Fold(name.front()) * 0x85EBCA6BU;
  hash ^= Fold(name.back()) * 0xC2B2AE35U;
  hash ^= Fold(name[name.size() / 2]) * 0x27D4EB2FU;
  hash ^= Fold(name[name.size() / 3]) * 0x165667B1U;
  return hash ^ (hash >> 13U);
}

char LowerAscii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

}  // namespace

int KeyMatch(std::string_view key, std::string_view name) {
  if (key.size() != name.size()) return 0;
  if (std::memcmp(key.data(), name.data(), key.size()) == 0) return 2;
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
    node.table.assign(size, kNone);
    for (size_t i = 0; i < node.keys.size(); ++i) {
      size_t at = KeyHash(node.keys[i].name) & (size - 1);
      while (node.table[at] != kNone) at = (at + 1) & (size - 1);
      node.table[at] = static_cast<uint16_t>(i);
    }
  }
}

const JsonShape::Key* JsonShape::Find(const Node& node, std::string_view name) const {
  const size_t mask = node.table.size() - 1;
  for (size_t at = KeyHash(name) & mask; node.table[at] != kNone; at = (at + 1) & mask) {
    const Key& key = node.keys[node.table[at]];
    if (KeyMatch(name, key.name) != 0) return &key;
  }
  return nullptr;
}

}  // namespace casebook
