#include "analysis/definitions.h"

#include <algorithm>

#include "base/result.h"
#include "schema/table.h"

namespace casebook::analysis {
namespace {

bool SameEnd(const sql::Path& a, const sql::Path& b) {
  const size_t length = std::min(a.names.size(), b.names.size());
  const sql::Path& longer = a.names.size() > b.names.size() ? a : b;
  const bool of_schema = longer.names.size() > 1 &&
                         EqualIgnoringCase(longer.names[longer.names.size() - 2].text, "INFORMATION_SCHEMA");
  if (length == 1 && of_schema) return false;
  for (size_t i = 1; i <= length; ++i) {
    if (!EqualIgnoringCase(a.names[a.names.size() - i].text, b.names[b.names.size() - i].text)) return false;
  }
  return true;
}

sql::StatementKind KindOf(sql::DropObject object) {
  switch (object) {
    case sql::DropObject::kView: return sql::StatementKind::kCreateView;
    case sql::DropObject::kFunction: return sql::StatementKind::kCreateFunction;
    case sql::DropObject::kTableFunction: return sql::StatementKind::kCreateTableFunction;
  }
  Unreachable();
}

}  // namespace

const sql::Path* DefinedName(const sql::Statement& statement) {
  if (const auto* view = sql::TryAs<sql::CreateView>(statement)) return &view->name;
  if (const auto* function = sql::TryAs<sql::CreateFunction>(statement)) return &function->name;
  if (const auto* function = sql::TryAs<sql::CreateTableFunction>(statement)) return &function->name;
  return nullptr;
}

void Definitions::Put(sql::StatementPtr statement) {
  const size_t before = Find(statement->kind, *DefinedName(*statement));
  if (before < statements_.size()) {
    statements_[before] = std::move(statement);
  } else {
    statements_.push_back(std::move(statement));
  }
}

bool Definitions::Remove(sql::DropObject object, const sql::Path& name) {
  const size_t found = Find(KindOf(object), name);
  if (found == statements_.size()) return false;
  statements_.erase(statements_.begin() + static_cast<std::ptrdiff_t>(found));
  return true;
}

size_t Definitions::Find(sql::StatementKind kind, const sql::Path& name) const {
  const auto found = std::find_if(statements_.begin(), statements_.end(), [&](const sql::StatementPtr& statement) {
    return statement->kind == kind && SameEnd(*DefinedName(*statement), name);
  });
  return static_cast<size_t>(found - statements_.begin());
}

const sql::CreateView* Definitions::FindView(const sql::Path& name) const {
  const size_t found = Find(sql::StatementKind::kCreateView, name);
  if (found < statements_.size()) return &sql::As<sql::CreateView>(*statements_[found]);
  return behind_ == nullptr ? nullptr : behind_->FindView(name);
}

const sql::CreateFunction* Definitions::FindFunction(const sql::Path& name) const {
  const size_t found = Find(sql::StatementKind::kCreateFunction, name);
  if (found < statements_.size()) return &sql::As<sql::CreateFunction>(*statements_[found]);
  return behind_ == nullptr ? nullptr : behind_->FindFunction(name);
}

const sql::CreateTableFunction* Definitions::FindTableFunction(const sql::Path& name) const {
  const size_t found = Find(sql::StatementKind::kCreateTableFunction, name);
  if (found < statements_.size()) return &sql::As<sql::CreateTableFunction>(*statements_[found]);
  return behind_ == nullptr ? nullptr : behind_->FindTableFunction(name);
}

std::vector<std::string> Definitions::ViewNames() const {
  std::vector<std::string> names;
  for (const sql::StatementPtr& statement : statements_) {
    const auto* view = sql::TryAs<sql::CreateView>(*statement);
    if (view != nullptr) names.push_back(view->name.names.back().text);
  }
  if (behind_ == nullptr) return names;
  for (std::string& name : behind_->ViewNames()) names.push_back(std::move(name));
  return names;
}

}  // namespace casebook::analysis
