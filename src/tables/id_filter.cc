#include "tables/id_filter.h"

namespace casebook {

std::string IdHash(const std::string& id) { return "stored.id_hash(" + id + ")"; }

Result<IdFilter> IdFilter::Of(Connection& connection, const std::string& ids) {
  ASSIGN_OR_RETURN(const int64_t count, connection.QueryInt64("SELECT count(*) FROM " + ids));
  if (static_cast<size_t>(count) > KeyFilter::kMaxWorthwhile) return IdFilter(ids, nullptr);
  ASSIGN_OR_RETURN(const std::vector<uint64_t> hashes, QueryKeys(connection, "SELECT " + IdHash("id") + " FROM " + ids));
  return IdFilter(ids, std::make_unique<KeyFilter>(hashes));
}

std::string IdFilter::Sql(const std::string& row) const {
  const std::string among = " IN (SELECT id FROM " + ids_ + ")";
  if (hashes_ == nullptr) return row + "id" + among;
  // Of a column itself the engine would also compare the least and the greatest id, and read the ids of all rows for it.
  return "(" + hashes_->Sql(row + "id_hash") + " AND concat(" + row + "id, '')" + among + ")";
}

Result<bool> IdFilter::ShareAHash(Connection& connection) const {
  const std::string concerned = hashes_ == nullptr ? "" : " WHERE " + hashes_->Sql("id_hash");
  ASSIGN_OR_RETURN(const int64_t shared,
                   connection.QueryInt64("SELECT EXISTS (SELECT 1 FROM stored.cases" + concerned +
                                         " GROUP BY id_hash HAVING count(*) > 1)"));
  return shared != 0;
}

}  // namespace casebook
