// ObjectStore: the views and functions that users have created, as text files in a folder of their own.
//
// One file an object, holding the CREATE statement as it was written. The derived database knows nothing of them, so
// it can be rebuilt without them. A file that cannot be read is left alone and told; the others serve on. Several
// processes may have the folder open: each sees what was there when it opened it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/definitions.h"
#include "base/file.h"
#include "base/result.h"
#include "sql/ast.h"

namespace casebook {

inline constexpr size_t kMaxStoredObjects = 10'000;

class ObjectStore {
 public:
  // Reads the objects in `directory`, which need not be there.
  static Result<ObjectStore> Open(const std::filesystem::path& directory, FileSystem& files = RealFileSystem());

  const analysis::Definitions& definitions() const { return definitions_; }
  // Files that could not be read, each with the reason.
  const std::vector<std::string>& problems() const { return problems_; }

  // Keeps `text`, one CREATE statement that has been parsed before, in place of one of the same kind and name. Durable
  // on return.
  Status Put(std::string_view text);
  // kNotFound where there is no such object.
  Status Remove(sql::DropObject object, const sql::Path& name);

 private:
  ObjectStore(std::filesystem::path directory, FileSystem& files) : directory_(std::move(directory)), files_(&files) {}

  Status Load(const std::filesystem::path& file);

  std::filesystem::path directory_;
  FileSystem* files_;  // borrowed; outlives the store
  analysis::Definitions definitions_;
  std::vector<std::string> problems_;
};

}  // namespace casebook
