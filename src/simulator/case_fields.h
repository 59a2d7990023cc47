// Case fields: the ids under which a case's values travel, shared by case events and the field catalogue.
#pragma once

#include <string_view>

namespace casebook::case_fields {

inline constexpr std::string_view kAccount = "4f6a1c2e-0b3d-4e5f-8a71-6c9d2b4e8f10";
inline constexpr std::string_view kDescription = "5a7b2d3f-1c4e-4f60-9b82-7dae3c5f9021";
inline constexpr std::string_view kLevel1 = "6b8c3e40-2d5f-4071-8c93-8ebf4d60a132";
inline constexpr std::string_view kLevel2 = "7c9d4f51-3e60-4182-9da4-9fc05e71b243";
inline constexpr std::string_view kLevel3 = "8dae5062-4f71-4293-8eb5-a0d16f82c354";
inline constexpr std::string_view kAgentName = "9ebf6173-5082-43a4-9fc6-b1e27093d465";
inline constexpr std::string_view kQueueName = "afc07284-6193-44b5-80d7-c2f381a4e576";
inline constexpr std::string_view kIsComplaint = "b0d18395-72a4-45c6-91e8-d30492b5f687";
inline constexpr std::string_view kComplaintStatus = "c1e294a6-83b5-46d7-a2f9-e415a3c60798";
inline constexpr std::string_view kComplaintType = "d2f3a5b7-94c6-47e8-b30a-f526b4d718a9";
inline constexpr std::string_view kComplaintSubject = "e304b6c8-a5d7-48f9-841b-0637c5e829ba";
inline constexpr std::string_view kComplaintSubject2 = "f415c7d9-b6e8-490a-952c-1748d6f93acb";
inline constexpr std::string_view kComplaintReason = "0526d8ea-c7f9-4a1b-a63d-2859e70a4bdc";
inline constexpr std::string_view kGoodwill = "1637e9fb-d80a-4b2c-b74e-396af81b5ced";
inline constexpr std::string_view kComplaintResolved = "2748fa0c-e91b-4c3d-885f-4a7b092c6dfe";
inline constexpr std::string_view kOmbudsmanCase = "38590b1d-fa2c-4d4e-9960-5b8c1a3d7e0f";
inline constexpr std::string_view kOriginalDate = "496a1c2e-0b3d-4e5f-aa71-6c9d2b4e8f20";
inline constexpr std::string_view kDueDate = "5a7b2d3f-1c4e-4f60-bb82-7dae3c5f9031";
inline constexpr std::string_view kIsOverdue = "6b8c3e40-2d5f-4071-8c93-8ebf4d60a142";
// Of later making: known to the second version of the catalogue only.
inline constexpr std::string_view kSupportNeed = "7d9e4f51-3e60-4182-8da4-9fc05e71b253";

}  // namespace casebook::case_fields
