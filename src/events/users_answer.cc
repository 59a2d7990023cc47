#include "events/users_answer.h"

#include <algorithm>

namespace casebook {
namespace {

constexpr size_t kUserFieldCount = static_cast<size_t>(UserField::kCount);

// The values of an answer, alone or under the name of its call; the user described follows, in both places.
enum Slot : size_t {
  kList,
  kListEntries,
  kListToken,
  kSearch,
  kSearchEntries,
  kSearchToken,
  kSearchTotal,
  kBareListEntries,
  kBareSearchEntries,
  kBareToken,
  kBareTotal,
  kDescribed,
  kBareDescribed = kDescribed + kUserFieldCount,
  kSlotCount = kBareDescribed + kUserFieldCount,
};

const JsonShape& AnswerShape() {
#define CASEBOOK_DESCRIBED_PATH(field, path) "DescribeUser/User/" path,
#define CASEBOOK_BARE_PATH(field, path) "User/" path,
  static const JsonShape kShape = {"ListUsers",
                                   "ListUsers/UserSummaryList",
                                   "ListUsers/NextToken",
                                   "SearchUsers",
                                   "SearchUsers/Users",
                                   "SearchUsers/NextToken",
                                   "SearchUsers/ApproximateTotalCount",
                                   "UserSummaryList",
                                   "Users",
                                   "NextToken",
                                   "ApproximateTotalCount",
                                   CASEBOOK_USER_FIELDS(CASEBOOK_DESCRIBED_PATH)
                                       CASEBOOK_USER_FIELDS(CASEBOOK_BARE_PATH)};
#undef CASEBOOK_DESCRIBED_PATH
#undef CASEBOOK_BARE_PATH
  return kShape;
}

bool IsSomeone(const JsonValue* user) {
  const auto is_there = [&](UserField field) { return !user[static_cast<size_t>(field)].IsAbsent(); };
  return is_there(UserField::kId) || is_there(UserField::kArn);
}

}  // namespace

MaybeFault ReadUsersAnswer(JsonReader& reader, UsersAnswer& answer) {
  std::array<JsonValue, kSlotCount> values;
  if (auto fault = reader.Read(AnswerShape(), values)) return fault;

  answer.list = {values[kList], values[kListEntries], values[kListToken], {}};
  if (values[kList].IsAbsent()) answer.list = {{}, values[kBareListEntries], values[kBareToken], {}};
  answer.search = {values[kSearch], values[kSearchEntries], values[kSearchToken], values[kSearchTotal]};
  if (values[kSearch].IsAbsent()) {
    answer.search = {{}, values[kBareSearchEntries], values[kBareToken], values[kBareTotal]};
  }
  const JsonValue* const described = &values[kDescribed];
  std::copy_n(IsSomeone(described) ? described : &values[kBareDescribed], kUserFieldCount, answer.described.begin());
  return {};
}

MaybeFault ForEachUser(const UsersAnswer& answer, JsonReader& reader, const std::function<void(const User&)>& visit) {
#define CASEBOOK_FIELD_PATH(field, path) path,
  static const JsonShape kUser = {CASEBOOK_USER_FIELDS(CASEBOOK_FIELD_PATH)};
#undef CASEBOOK_FIELD_PATH
  const auto visit_as = [&](UsersCall call) {
    return [&visit, call](std::span<const JsonValue> values) { visit({call, values}); };
  };
  if (auto fault = reader.ForEachElement(answer.list.entries, kUser, visit_as(UsersCall::kList))) return fault;
  if (auto fault = reader.ForEachElement(answer.search.entries, kUser, visit_as(UsersCall::kSearch))) return fault;
  if (IsSomeone(answer.described.data())) visit({UsersCall::kDescribe, answer.described});
  return {};
}

}  // namespace casebook
