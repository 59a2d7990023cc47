#include "queries/object_store.h"

#include <algorithm>
#include <cctype>
#include <memory>
#include <system_error>
#include <utility>

#include "sql/parser.h"

namespace casebook {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEnding = ".sql";

std::string_view KindWord(sql::StatementKind kind) {
  if (kind == sql::StatementKind::kCreateView) return "view";
  return kind == sql::StatementKind::kCreateFunction ? "function" : "table_function";
}

sql::StatementKind KindOf(sql::DropObject object) {
  switch (object) {
    case sql::DropObject::kView: return sql::StatementKind::kCreateView;
    case sql::DropObject::kFunction: return sql::StatementKind::kCreateFunction;
    case sql::DropObject::kTableFunction: return sql::StatementKind::kCreateTableFunction;
  }
  Unreachable();
}

// `view.weekly_backlog.sql`: names compare without case, and other bytes than letters, digits and _ are spelt %XX.
std::string FileName(sql::StatementKind kind, const sql::Path& name) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text(KindWord(kind));
  text += '.';
  for (const char c : name.names.back().text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '_') {
      text += static_cast<char>(std::tolower(byte));
    } else {
      text += '%';
      text += kDigits[byte >> 4U];
      text += kDigits[byte & 0xFU];
    }
  }
  return text + std::string(kEnding);
}

}  // namespace

Result<ObjectStore> ObjectStore::Open(const fs::path& directory, FileSystem& files) {
  ObjectStore store(directory, files);
  std::error_code error;
  std::vector<fs::path> found;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() == kEnding) found.push_back(entry->path());
    if (found.size() > kMaxStoredObjects) {
      return Error{ErrorCode::kLimit, "more than " + std::to_string(kMaxStoredObjects) + " objects in " +
                                          directory.string()};
    }
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    return Error{ErrorCode::kIo, "could not read " + directory.string() + ": " + error.message()};
  }
  std::sort(found.begin(), found.end());
  for (const fs::path& file : found) {
    const Status loaded = store.Load(file);
    if (!loaded.ok()) store.problems_.push_back(file.string() + ": " + loaded.error().message);
  }
  return store;
}

Status ObjectStore::Load(const fs::path& file) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(file, sql::kMaxQueryBytes));
  auto statement = sql::ParseStatement(text);
  if (!statement.ok()) return sql::ToError(text, statement.error());
  const sql::Path* name = analysis::DefinedName(**statement);
  if (name == nullptr) return Error{ErrorCode::kCorrupt, "is no CREATE statement of a view or a function"};
  if (FileName((*statement)->kind, *name) != file.filename()) {
    return Error{ErrorCode::kCorrupt, "holds " + name->names.back().text + ", whose file has another name"};
  }
  definitions_.Put(std::move(statement).value());
  return {};
}

Status ObjectStore::Put(std::string_view text) {
  auto statement = sql::ParseStatement(text);
  if (!statement.ok()) return sql::ToError(text, statement.error());
  const sql::Path* name = analysis::DefinedName(**statement);
  if (name == nullptr) return Error{ErrorCode::kInvalid, "not a CREATE statement of a view or a function"};
  std::error_code error;
  fs::create_directories(directory_, error);
  if (error) return Error{ErrorCode::kIo, "could not create " + directory_.string() + ": " + error.message()};
  const fs::path file = directory_ / FileName((*statement)->kind, *name);
  RETURN_IF_ERROR(WriteFileAtomically(*files_, file, std::string(text) + "\n"));
  definitions_.Put(std::move(statement).value());
  return {};
}

Status ObjectStore::Remove(sql::DropObject object, const sql::Path& name) {
  if (!definitions_.Remove(object, name)) {
    return Error{ErrorCode::kNotFound, "not found: " + name.names.back().text};
  }
  RETURN_IF_ERROR(files_->Remove(directory_ / FileName(KindOf(object), name)));
  return files_->SyncDirectory(directory_);
}

}  // namespace casebook
