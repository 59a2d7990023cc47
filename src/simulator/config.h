// SimulationConfig: the parameters of the model, with the defaults that docs/simulator.md lists.
//
// What a call chooses anew each time (how many, how long, which seed, where to) is in SimulationOptions.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace casebook {

// A time of unusual demand.
struct Storm {
  std::string name;
  double at = 0;  // share of the simulated period that has passed when it breaks
  double hours = 24;
  double factor = 2;   // demand, times this
  std::string intent;  // what most of the additional customers ask for; empty: anything

  bool operator==(const Storm&) const = default;
};

struct SimulationConfig {
  struct Volume {
    double contacts_per_case = 2.375;
    double case_events_per_case = 8.25;
    double contact_events_per_case = 18.75;
    double customers_per_case = 0.45;
    double first_arrivals_share = 0.49;  // of all contacts: those that nothing before led to
    // Of the first arrivals, by channel.
    double voice = 0.58, chat = 0.2, email = 0.16, task = 0.06;

    bool operator==(const Volume&) const = default;
  } volume;

  struct Arrivals {
    // Local hours of a weekday from 0 to 23.
    std::array<double, 24> voice_hours{0,   0,   0,   0,   0,   0,   0,   0,   0.95, 1.3, 1.35, 1.25,
                                       1.1, 1.0, 1.0, 1.0, 1.0, 0.9, 0.6, 0.4, 0,    0,   0,    0};
    std::array<double, 24> written_hours{0.2, 0.1, 0.1, 0.1, 0.1, 0.2, 0.4, 0.7, 1.0, 1.2, 1.2, 1.1,
                                         1.1, 1.0, 1.0, 1.0, 0.9, 0.9, 0.9, 0.9, 0.8, 0.7, 0.5, 0.3};
    std::array<double, 7> weekdays{1.25, 1.08, 1.0, 0.97, 0.95, 0.42, 0.12};  // from Monday
    std::array<double, 12> months{1.18, 1.12, 1.08, 1.05, 0.95, 0.9, 0.88, 0.87, 0.95, 1.06, 1.08, 0.95};
    double holiday = 0.15;  // a bank holiday, times an ordinary weekday
    double noise = 0.06;    // spread of a day's demand about its forecast

    bool operator==(const Arrivals&) const = default;
  } arrivals;

  std::vector<Storm> storms{{"price_rise", 0.374, 72, 1.9, "tariff_question"},
                            {"outage", 0.712, 7, 3.2, "smart_meter_fault"}};

  struct Service {
    double patience_voice_s = 840, patience_chat_s = 420;
    double after_work_s = 65;  // mean
    double hold_share = 0.28, hold_s = 75;
    double transfer_share = 0.08;
    double warm_transfer_share = 0.4;
    double callback_wait_s = 300;  // expected wait from which a callback is offered
    double callback_taken = 0.35;
    double retry_voice = 0.55;  // of those who gave up, who call again the same day
    double menu_s = 75;         // mean time in the menu
    int chats_at_once = 3;

    bool operator==(const Service&) const = default;
  } service;

  struct Staff {
    double comfort = 0.15;    // agents beyond the load, times its root
    double shrinkage = 0.12;  // breaks and what no plan knows
    double absence = 0.04;
    int minimum = 2;  // of each team, at any open hour

    bool operator==(const Staff&) const = default;
  } staff;

  struct Cases {
    double opened_by_contact = 0.93;                                                  // of handled first contacts
    double open_at_end = 0.02;                                                        // of all cases
    double reopened = 0.07;                                                           // of closures
    double closed_at_once = 0.44, closed_in_two_days = 0.21, closed_in_weeks = 0.22;  // the rest takes months
    double metadata_only = 0.002;                                                     // opened by mistake, and deleted
    double outbound = 0.08;  // cases about which an agent calls the customer

    bool operator==(const Cases&) const = default;
  } cases;

  struct Complaints {
    double share = 0.115;                // of cases
    double by_next_working_day = 0.535;  // closed
    double by_eight_weeks = 0.92;        // closed
    double flagged_later = 0.3;          // complaints that did not begin as one
    double goodwill = 0.3;
    double ombudsman = 0.07;  // of those beyond eight weeks

    bool operator==(const Complaints&) const = default;
  } complaints;

  struct Survey {
    double offered = 0.6, answered = 0.22;
    double mean_delay_h = 5;

    bool operator==(const Survey&) const = default;
  } survey;

  struct Delivery {
    double duplicates = 0.013;
    double late = 0.03;        // by up to five minutes
    double very_late = 0.005;  // by up to twelve hours
    double days_late = 0.0008;
    double updated_records = 0.05;  // contact records sent again with later data, surveys apart
    double transcripts = 0.004;     // of conversations
    double new_field_at = 0.5;      // share of the period after which cases carry a field of later making

    bool operator==(const Delivery&) const = default;
  } delivery;

  bool operator==(const SimulationConfig&) const = default;
};

// The defaults, changed by what `path` says. kInvalid names the key and the line of what it does not know.
Result<SimulationConfig> ReadSimulationConfig(const std::filesystem::path& path);

// kInvalid for shares outside 0 to 1 and the like.
Status CheckSimulationConfig(const SimulationConfig& config);

}  // namespace casebook
