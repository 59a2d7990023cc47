// LIKE, over one pattern and over many.
#include "engines/duckdb/scalar_function.h"
#include "engines/duckdb/text_ops.h"

namespace casebook::engines {
namespace {

// LIKE with `\` before a character that stands for itself; `_` is one character, or one byte.
Answer<bool> Like(std::string_view text, std::string_view pattern, bool bytes) {
  size_t t = 0;
  size_t p = 0;
  size_t star_p = std::string_view::npos;
  size_t star_t = 0;
  const auto next = [&](size_t at) {
    ++at;
    while (!bytes && at < text.size() && IsContinuation(text[at])) ++at;
    return at;
  };
  const auto back = [&] {
    if (star_p == std::string_view::npos || star_t >= text.size()) return false;
    star_t = next(star_t);
    t = star_t;
    p = star_p + 1;
    return true;
  };
  while (true) {
    if (p == pattern.size()) {
      if (t == text.size()) return true;
      if (!back()) return false;
      continue;
    }
    const char c = pattern[p];
    if (c == '%') {
      star_p = p;
      star_t = t;
      ++p;
      continue;
    }
    if (c == '\\' && p + 1 == pattern.size()) return Answer<bool>::Fail("LIKE pattern ends with a backslash");
    const char wanted = c == '\\' ? pattern[p + 1] : c;
    if (t < text.size() && c == '_') {
      t = next(t);
      ++p;
    } else if (t < text.size() && text[t] == wanted) {
      ++t;
      p += c == '\\' ? 2 : 1;
    } else if (!back()) {
      // A pattern that is no pattern fails on every text.
      if (pattern.ends_with("\\") && (pattern.size() - pattern.find_last_not_of('\\') - 1) % 2 == 1) {
        return Answer<bool>::Fail("LIKE pattern ends with a backslash");
      }
      return false;
    }
  }
}
Answer<bool> LikeText(std::string_view text, std::string_view pattern) { return Like(text, pattern, false); }
Answer<bool> LikeBytes(BytesView text, BytesView pattern) { return Like(text.bytes, pattern.bytes, true); }

// Is `cells[0]` like one of the patterns in the array `cells[1]`, or with `all` like each? NULL where that hangs on
// a NULL.
Answer<bool> LikeMany(const Cells& cells, bool all, bool bytes) {
  if (cells[1].IsNull()) return all;
  const auto entry = cells[1].Plain<duckdb_list_entry>();
  duckdb_vector child = duckdb_list_vector_get_child(cells[1].vector);
  bool any_null = false;
  for (uint64_t i = 0; i < entry.length; ++i) {
    const Cell pattern{child, entry.offset + i};
    if (cells[0].IsNull() || pattern.IsNull()) {
      any_null = true;
      continue;
    }
    Answer<bool> one = Like(cells[0].Text(), pattern.Text(), bytes);
    if (one.error != nullptr || one.value != all) return one;
  }
  if (any_null) return nullptr;
  return all;
}
Answer<bool> LikeAny(const Cells& cells) { return LikeMany(cells, false, false); }
Answer<bool> LikeAll(const Cells& cells) { return LikeMany(cells, true, false); }
Answer<bool> LikeAnyBytes(const Cells& cells) { return LikeMany(cells, false, true); }
Answer<bool> LikeAllBytes(const Cells& cells) { return LikeMany(cells, true, true); }

}  // namespace

void AddLike(Registrar& registrar) {
  registrar.Add("gs_like", LikeText);
  registrar.Add("gs_like_bytes", LikeBytes);
  registrar.AddOverCells("gs_like_any", LikeAny);
  registrar.AddOverCells("gs_like_all", LikeAll);
  registrar.AddOverCells("gs_like_any_bytes", LikeAnyBytes);
  registrar.AddOverCells("gs_like_all_bytes", LikeAllBytes);
}

}  // namespace casebook::engines
