// EnrichmentSettings: what an installation may choose about how records become rows.
#pragma once

#include <string>
#include <vector>

namespace casebook {

struct EnrichmentSettings {
  // Digits of an account number written in groups ("1002 3456"): groups that make up exactly this many digits
  // are one number.
  int account_width = 8;

  // Contact attributes that hold the ratings, the first that is there counts. Flat keys first, then the JSON
  // text or object of `csat_container_keys` with the keys of `csat_…_inner_keys` in it.
  std::vector<std::string> csat_agent_rating_keys = {"csatResults_agentRating", "csatResults.agentRating",
                                                     "csatresults_agentrating", "agentRating"};
  std::vector<std::string> csat_resolution_rating_keys = {"csatResults_resolutionRating",
                                                          "csatResults.resolutionRating",
                                                          "csatresults_resolutionrating", "resolutionRating"};
  std::vector<std::string> csat_container_keys = {"csatResults"};
  std::vector<std::string> csat_agent_rating_inner_keys = {"agentRating"};
  std::vector<std::string> csat_resolution_rating_inner_keys = {"resolutionRating"};
};

}  // namespace casebook
