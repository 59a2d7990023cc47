// What always holds of the parser: tokens lie in the query in order; a printed tree parses to the same tree.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sql/equal.h"
#include "sql/lexer.h"
#include "sql/parser.h"
#include "sql/printer.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace casebook::sql;
  const std::string_view sql(reinterpret_cast<const char*>(data), size);
  uint32_t end = 0;
  for (const Token& token : Tokenize(sql).list) {
    assert(token.begin >= end && token.end >= token.begin && token.end <= size);
    end = token.end;
  }
  const auto script = ParseScript(sql);
  if (!script.ok()) return FormatError(sql, script.error()).empty() ? -1 : 0;
  const auto again = ParseScript(Print(script.value()));
  assert(again.ok() && SameTree(script.value(), again.value()));
  return 0;
}
