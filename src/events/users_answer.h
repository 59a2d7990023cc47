// UsersAnswer: what ListUsers, DescribeUser and SearchUsers answer, alone or several in one object.
//
// Used by agent_rows.
#pragma once

#include <array>
#include <functional>
#include <span>

#include "events/api_answer.h"
#include "events/json.h"

namespace casebook {

// X(field, path in the user)
#define CASEBOOK_USER_FIELDS(X)                                          \
  X(kId, "Id")                                                           \
  X(kArn, "Arn")                                                         \
  X(kUsername, "Username")                                               \
  X(kFirstName, "IdentityInfo/FirstName")                                \
  X(kLastName, "IdentityInfo/LastName")                                  \
  X(kEmail, "IdentityInfo/Email")                                        \
  X(kAfterContactWorkTimeLimit, "PhoneConfig/AfterContactWorkTimeLimit") \
  X(kRoutingProfileId, "RoutingProfileId")                               \
  X(kHierarchyGroupId, "HierarchyGroupId")                               \
  X(kSecurityProfileIds, "SecurityProfileIds")                           \
  X(kTags, "Tags")                                                       \
  X(kLastModifiedTime, "LastModifiedTime")

#define CASEBOOK_FIELD_ENUMERATOR(field, path) field,

enum class UserField : size_t {
  CASEBOOK_USER_FIELDS(CASEBOOK_FIELD_ENUMERATOR) kCount
};

#undef CASEBOOK_FIELD_ENUMERATOR

enum class UsersCall {
  kList,      // ids, ARNs and names only
  kDescribe,  // one user, with the e-mail address; times in seconds
  kSearch,    // like kDescribe without e-mail address; times in milliseconds
};

struct User {
  UsersCall call = UsersCall::kList;
  std::span<const JsonValue> values;

  const JsonValue& operator[](UserField field) const { return values[static_cast<size_t>(field)]; }
};

// The values live as long as those of the reader.
struct UsersAnswer {
  ApiAnswerPart list;
  ApiAnswerPart search;
  std::array<JsonValue, static_cast<size_t>(UserField::kCount)> described;
};

// Reads the record that `reader` stands on.
MaybeFault ReadUsersAnswer(JsonReader& reader, UsersAnswer& answer);

// Calls `visit` for every user of `answer`.
MaybeFault ForEachUser(const UsersAnswer& answer, JsonReader& reader, const std::function<void(const User&)>& visit);

}  // namespace casebook
