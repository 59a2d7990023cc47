// RecordUpdates: contact records that will be sent again, since a survey was answered or an analysis came late.
#pragma once

#include <cstdint>
#include <vector>

#include "simulator/config.h"
#include "simulator/contact.h"
#include "simulator/contact_record_format.h"
#include "simulator/random.h"

namespace casebook {

class RecordUpdates {
 public:
  // Nothing is sent again at `until` or later.
  RecordUpdates(const SimulationConfig& config, uint64_t seed, int64_t until);

  // Decides whether the record, first updated at `first_update`, will be sent again.
  void Consider(const Contact& contact, int64_t first_update);
  // Takes the next one that is due before `limit`.
  bool TakeBefore(int64_t limit, Contact& contact, RecordVersion& version);
  size_t pending() const { return heap_.size(); }

 private:
  struct Update {
    Contact contact;
    RecordVersion version;
  };
  static bool Later(const Update& a, const Update& b);
  void Rate(const Contact& contact, RecordVersion& version);

  const SimulationConfig& config_;
  Random random_;
  int64_t until_;
  std::vector<Update> heap_;
};

}  // namespace casebook
