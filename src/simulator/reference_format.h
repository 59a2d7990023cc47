// Reference data: the field catalogue, the answers of the users and queues calls, and the billing system's accounts.
#pragma once

#include "simulator/wire_context.h"

namespace casebook {

// The answers of ListFields and ListFieldOptions as one document; `with_new_field`: with the field of later making.
void AppendFieldCatalogue(TextBuffer& out, bool with_new_field);
// One answer a line: ListUsers, then DescribeUser of each agent.
void AppendUsers(TextBuffer& out, const WireContext& context);
// One answer a line: ListQueues, then DescribeQueue of each queue.
void AppendQueues(TextBuffer& out, const WireContext& context);

// Comma-separated lines as the billing system's analytic copy has them; the heading first.
void AppendAccountHeading(TextBuffer& out);
void AppendAccountLines(TextBuffer& out, const Customer& customer);
void AppendCustomerHeading(TextBuffer& out);
void AppendCustomerLine(TextBuffer& out, const Customer& customer);

}  // namespace casebook
