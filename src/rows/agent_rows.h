// Agent rows: what a record says of agents, as rows of `agent_observations`.
//
// Every source says its part at its own time; which of them holds when is the tables' affair. Contact records
// and contact events speak of agents too: that is read from their rows later.
#pragma once

#include "rows/record_context.h"

namespace casebook {

// One event of the agent event stream: the agent and his queues. Sets aside what has no agent id.
MaybeFault AppendAgentEvent(const RecordContext& context, EnrichedRows& rows);

// ListUsers, DescribeUser, SearchUsers: an observation of each user, and a listing where all are in it.
MaybeFault AppendUsersAnswer(const RecordContext& context, EnrichedRows& rows);

}  // namespace casebook
