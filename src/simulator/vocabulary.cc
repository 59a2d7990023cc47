#include "simulator/vocabulary.h"

#include <algorithm>
#include <array>

#include "simulator/random.h"

namespace casebook {
namespace {

using Texts = std::string_view[];
using Options = Option[];

constexpr Option kBilling{"billing", "Billing"};
constexpr Option kMetering{"metering", "Metering"};
constexpr Option kRegistrations{"registrations", "Registrations"};
constexpr Option kPayments{"payments", "Payments"};
constexpr Option kCustomerService{"customer_service", "Customer Service"};

constexpr Options kDirectDebit3 = {
    {"amount_increased", "Amount Increased"}, {"not_taken", "Not Taken"}, {"taken_twice", "Taken Twice"}};
constexpr Texts kDirectDebitTitles = {"Direct debit went from £{p} to £{q}", "Direct debit taken twice – £{p}",
                                      "DD review wanted, account in credit by £{q}",
                                      "Customer {n} disputes new direct debit of £{p}"};
constexpr Texts kDirectDebitTexts = {
    "{n} says the direct debit went from £{p} to £{q} without a letter or an e-mail. Readings are up to date ({r}).\n"
    "Wants it put back before the next collection.",
    "Bank shows two collections of £{p} on the same day; one is not on the statement. {n} sent a screenshot.",
    "Account holds £{q} of credit, monthly payment is £{p}. Asks for a review and a lower amount from next month."};
constexpr Texts kDirectDebitReasons = {"Increase not explained", "Collected twice", "Review not done when promised"};

constexpr Options kBill3 = {
    {"estimated_reads", "Estimated Reads"}, {"wrong_tariff", "Wrong Tariff"}, {"final_bill", "Final Bill"}};
constexpr Texts kBillTitles = {"Bill of £{p} from estimated readings", "Final bill missing after {d} weeks",
                               "Statement shows wrong unit rate", "Bill for £{q} although reading {r} was sent"};
constexpr Texts kBillTexts = {
    "Latest bill of £{p} was estimated although {n} gave reading {r} through the app.\nWants a corrected bill.",
    "Moved out {d} weeks ago and still waits for the final bill. New address is on the account.",
    "Statement was worked out with the old unit rate. Difference by the customer's own sums: £{q}."};
constexpr Texts kBillReasons = {"Bill not accurate", "Final bill late", "Wrong tariff applied"};

constexpr Options kRefund3 = {{"credit_balance", "Credit Balance"}, {"closed_account", "Closed Account"}};
constexpr Texts kRefundTitles = {"Refund of £{q} not received", "Wants credit of £{p} back",
                                 "Promised refund – {d} weeks ago"};
constexpr Texts kRefundTexts = {
    "{n} was told that £{q} would be in the bank within ten working days. Nothing has come after {d} weeks.",
    "Account is closed and £{p} in credit. Bank details checked, nothing outstanding.",
    "Asks for £{p} of the balance; the last actual reading is {r}."};
constexpr Texts kRefundReasons = {"Refund late", "Refund refused", "Wrong amount refunded"};

constexpr Options kTariff3 = {
    {"price_change", "Price Change"}, {"fixed_deal", "Fixed Deal"}, {"standing_charge", "Standing Charge"}};
constexpr Texts kTariffTitles = {"Price change letter: what does it mean for {n}?", "Asks for a fixed deal",
                                 "Standing charge went up by {d} p"};
constexpr Texts kTariffTexts = {
    "Had the price change notice and does not see how the yearly cost of £{q} comes about. Use so far: {r} kWh.",
    "Wants to move from the variable to a fixed tariff and to know about exit fees. Pays £{p} a month now.",
    "Does not accept that the standing charge rises while use falls."};
constexpr Texts kTariffReasons = {"Price change not explained", "Not put on the agreed tariff"};

constexpr Options kArrangement3 = {
    {"payment_plan", "Payment Plan"}, {"debt_advice", "Debt Advice"}, {"missed_payment", "Missed Payment"}};
constexpr Texts kArrangementTitles = {"Cannot pay £{p} this month", "Payment plan for £{q} wanted",
                                      "Missed payment, asks for time"};
constexpr Texts kArrangementTexts = {
    "{n} cannot pay the £{p} that fell due and asks to spread it over {d} months.",
    "Arrears of £{q}. Went through income and outgoings; signposted to free debt advice.",
    "Payment failed at the bank, new card to be used. No further fee."};
constexpr Texts kArrangementReasons = {"Plan not kept by us", "Debt letters despite a plan"};

constexpr Options kReading3 = {{"submit_reading", "Submit Reading"}, {"disputed_reading", "Disputed Reading"}};
constexpr Texts kReadingTitles = {"Meter reading {r}", "Reading {r} rejected by the app", "Disputes opening reading"};
constexpr Texts kReadingTexts = {"Gave reading {r} by phone; it was refused as too high. Photograph asked for.",
                                 "Opening reading in the system does not fit the photograph ({r}).",
                                 "Reads {r} / 0{d}873. Café owner, only in on weekdays."};
constexpr Texts kReadingReasons = {"Readings ignored", "Reading disputed"};

constexpr Options kSmart3 = {{"not_communicating", "Not Communicating"},
                             {"in_home_display", "In-home Display"},
                             {"installation", "Installation"}};
constexpr Texts kSmartTitles = {"Smart meter does not send readings",
                                "Mesurydd clyfar ddim yn cysylltu 📵 / smart meter offline",
                                "In-home display blank since {d} weeks", "Fitter did not come"};
constexpr Texts kSmartTexts = {
    "Smart meter has not sent anything for {d} weeks. {n} sees “no data” on the display.\nLast reading {r}.",
    "Appointment for the new meter was missed and nobody rang. Took the day off.",
    "Display shows £{p} for one day, which cannot be."};
constexpr Texts kSmartReasons = {"Meter not repaired", "Appointment missed", "Display wrong"};

constexpr Options kPrepay3 = {{"top_up_missing", "Top-up Missing"}, {"emergency_credit", "Emergency Credit"}};
constexpr Texts kPrepayTitles = {"Top-up of £{d}0 not on the meter", "Key meter: emergency credit gone"};
constexpr Texts kPrepayTexts = {"Paid £{d}0 in the shop, the meter shows nothing. Receipt seen.",
                                "Off supply since this morning; {n} has a small child. Code sent by text."};
constexpr Texts kPrepayReasons = {"Left off supply", "Top-up lost"};

constexpr Options kMove3 = {
    {"moving_in", "Moving In"}, {"moving_out", "Moving Out"}, {"change_of_tenancy", "Change of Tenancy"}};
constexpr Texts kMoveTitles = {"{n} moves in on the {d}th", "Moved out, meter {r}", "Letter to “The Occupier”"};
constexpr Texts kMoveTexts = {"Took over the flat, reading at the door {r}. Wants the account in own name.",
                              "Moved out; closing reading {r}. Forwarding address given.",
                              "Still gets letters for the people who lived there before."};
constexpr Texts kMoveReasons = {"Billed for another's use", "Move not processed"};

constexpr Options kSwitch3 = {{"erroneous_transfer", "Erroneous Transfer"}, {"delayed_switch", "Delayed Switch"}};
constexpr Texts kSwitchTitles = {"Switched without asking", "Switch takes {d} weeks already"};
constexpr Texts kSwitchTexts = {"{n} got a welcome pack and never asked to come to us. Old supplier still bills.",
                                "Switch was to be done {d} weeks ago. No date from the industry yet."};
constexpr Texts kSwitchReasons = {"Switched without consent", "Switch late"};

constexpr Options kGeneral3 = {
    {"account_access", "Account Access"}, {"data_change", "Data Change"}, {"feedback", "Feedback"}};
constexpr Texts kGeneralTitles = {"Cannot log in", "New telephone number", "Question about the app", "Thanks from {n}"};
constexpr Texts kGeneralTexts = {"Password letter does not come through. Identity checked, address as on the account.",
                                 "Name changed after marriage, document seen.",
                                 "Wants to speak Welsh – diolch – call back arranged."};
constexpr Texts kGeneralReasons = {"Waited too long", "Rude or unhelpful", "Promise not kept"};

constexpr Options kHandling3 = {{"no_reply", "No Reply"}, {"asks_for_manager", "Asks for Manager"}};
constexpr Texts kHandlingTitles = {"Complaint not answered", "Wants a manager – {d} calls so far",
                                   "Goes to the Ombudsman unless £{p} is paid"};
constexpr Texts kHandlingTexts = {"{n} has rung {d} times about the same matter and had another answer each time.",
                                  "Says that nobody rang back as promised. Asks for a final response.",
                                  "Not content with £{p} of goodwill; asks for an explanation in writing."};
constexpr Texts kHandlingReasons = {"Complaint not handled", "No call back", "Told different things"};

constexpr Options kEmergency3 = {{"smell_of_gas", "Smell of Gas"}, {"no_supply", "No Supply"}};
constexpr Texts kEmergencyTitles = {"Smell of gas – passed to the network", "No supply at the property"};
constexpr Texts kEmergencyTexts = {
    "Passed to the gas emergency service at once.",
    "No electricity since last night; neighbours have theirs. Fuse board checked with {n}."};
constexpr Texts kEmergencyReasons = {"No supply"};

constexpr Intent kIntents[] = {
    {{"billing_direct_debit", "Billing - direct debit"},
     kBilling,
     {"direct_debit", "Direct Debit"},
     kDirectDebit3,
     QueueId::kBilling,
     15,
     400,
     1.2,
     kDirectDebitTitles,
     kDirectDebitTexts,
     kDirectDebitReasons},
    {{"billing_bill_query", "Billing - bill query"},
     kBilling,
     {"bill_accuracy", "Bill Accuracy"},
     kBill3,
     QueueId::kBilling,
     13,
     440,
     1.2,
     kBillTitles,
     kBillTexts,
     kBillReasons},
    {{"refund", "Refund"},
     kPayments,
     {"refund", "Refund"},
     kRefund3,
     QueueId::kPayments,
     8,
     330,
     1.3,
     kRefundTitles,
     kRefundTexts,
     kRefundReasons},
    {{"tariff_question", "Tariff question"},
     kBilling,
     {"tariff", "Tariff"},
     kTariff3,
     QueueId::kBilling,
     8,
     350,
     0.5,
     kTariffTitles,
     kTariffTexts,
     kTariffReasons},
    {{"payment_arrangement", "Payment arrangement"},
     kPayments,
     {"payment_support", "Payment Support"},
     kArrangement3,
     QueueId::kPayments,
     11,
     480,
     0.9,
     kArrangementTitles,
     kArrangementTexts,
     kArrangementReasons},
    {{"meter_reading", "Meter reading"},
     kMetering,
     {"meter_reading", "Meter Reading"},
     kReading3,
     QueueId::kMetering,
     10,
     210,
     0.5,
     kReadingTitles,
     kReadingTexts,
     kReadingReasons},
    {{"smart_meter_fault", "Smart meter fault"},
     kMetering,
     {"smart_meter", "Smart Meter"},
     kSmart3,
     QueueId::kMetering,
     9,
     390,
     1.3,
     kSmartTitles,
     kSmartTexts,
     kSmartReasons},
    {{"prepayment_top_up", "Prepayment top-up"},
     kMetering,
     {"prepayment", "Prepayment"},
     kPrepay3,
     QueueId::kMetering,
     5,
     300,
     1.0,
     kPrepayTitles,
     kPrepayTexts,
     kPrepayReasons},
    {{"moving_home", "Moving home"},
     kRegistrations,
     {"home_move", "Home Move"},
     kMove3,
     QueueId::kMovingHome,
     9,
     370,
     0.6,
     kMoveTitles,
     kMoveTexts,
     kMoveReasons},
    {{"switch_supplier", "Switch supplier"},
     kRegistrations,
     {"switching", "Switching"},
     kSwitch3,
     QueueId::kMovingHome,
     4,
     340,
     1.2,
     kSwitchTitles,
     kSwitchTexts,
     kSwitchReasons},
    {{"general_enquiry", "General enquiry"},
     kCustomerService,
     {"general", "General"},
     kGeneral3,
     QueueId::kBilling,
     5,
     240,
     0.7,
     kGeneralTitles,
     kGeneralTexts,
     kGeneralReasons},
    {{"complaint", "Complaint"},
     kCustomerService,
     {"complaint_handling", "Complaint Handling"},
     kHandling3,
     QueueId::kComplaints,
     4,
     560,
     6.5,
     kHandlingTitles,
     kHandlingTexts,
     kHandlingReasons},
    {{"emergency_gas", "Emergency"},
     kMetering,
     {"emergency", "Emergency"},
     kEmergency3,
     QueueId::kMetering,
     1,
     180,
     0.3,
     kEmergencyTitles,
     kEmergencyTexts,
     kEmergencyReasons},
};

constexpr Options kStatus = {
    {"open", "Open"}, {"closed", "Closed"}, {"resolved", "Resolved"}, {"awaiting_customer", "Awaiting Customer"}};
constexpr Options kComplaintStatus = {
    {"raised", "Raised"}, {"investigating", "Investigating"}, {"closed", "Closed"}, {"re-open", "Re-Open"}};
constexpr Options kComplaintType = {{"exec", "Exec"}, {"ombudsman", "Ombudsman"},   {"cab", "CAB"},
                                    {"ehu", "EHU"},   {"trustpilot", "Trustpilot"}, {"inbound", "Inbound"},
                                    {"os", "OS"}};
constexpr double kComplaintTypeWeights[] = {4, 2.5, 4, 2, 5.5, 81, 1};
constexpr Options kSupportNeed = {{"none", "None"},
                                  {"large_print", "Large Print"},
                                  {"priority_services", "Priority Services"},
                                  {"translator", "Translator"}};

constexpr Texts kSummaries = {"Review started; customer asked for a call back after 17:30.",
                              "Waiting for the meter operator. Reading {r} noted.",
                              "£{p} to be credited once the billing team confirms.",
                              "Spoke to {n}: content with the explanation, wants it in writing.",
                              "Passed to second line; they answer within {d} working days.",
                              "No answer on two numbers, e-mail sent.",
                              "Account checked, rebill of £{q} under way."};
constexpr Texts kClosingSummaries = {
    "Put right: £{p} credited, new payment agreed.",   "Explained and agreed with {n}; nothing outstanding.",
    "Bill redone from reading {r}; customer content.", "Refund of £{q} sent, reference given.",
    "Meter is sending again, last reading {r}.",       "Closed – no reply to three messages."};
constexpr Texts kComments = {
    "Spoke to customer ☎️ — agreed to look again.\nMeter reads: {r} / 11873.",
    "E-mail sent with the figures: £{p} used, £{q} paid.",
    "Left voicemail for {n}.",
    "Industry flow raised, answer due in {d} working days.",
    "Customer rang to chase; told that it is in hand.",
    "Second line says the tariff history has a gap of {d} days. Will be mended with the next bill run.",
    "Checked: “final” reading {r} was taken before the move. Rebill asked for.",
    "Vulnerability flag confirmed with customer.",
    "Goodwill of £{d}5.50 offered and accepted.",
    "Photograph received, reading {r} is right."};
constexpr Texts kSurveyComments = {"{n} was helped quickly 🙂", "took far too long",
                                   "agent was lovely but it took two people", "third call about the same bill",
                                   "sorted, thank you"};

constexpr Texts kFirstNames = {
    "Priya", "Tomasz", "Zoë",    "James",  "Olivia", "Mohammed", "Siân",   "Aoife", "Łukasz", "Grace",  "Daniel",
    "Chloé", "Ethan",  "Fatima", "George", "Hannah", "Ibrahim",  "Jürgen", "Kwame", "Leah",   "Megan",  "Niamh",
    "Oscar", "Poppy",  "Rhys",   "Sofía",  "Thomas", "Uche",     "Victor", "Wendy", "Yusuf",  "Amelia", "Ben",
    "Carys", "Dilys",  "Ewan",   "Freya",  "Gareth", "Harriet",  "Isla",   "Jack",  "Katya",  "Liam",   "Maya"};
constexpr Texts kLastNames = {
    "Shah",   "Lewicki", "Ó Briain", "Taylor",   "Jones",     "Khan",    "Evans",     "Murphy", "Nowák",
    "Walker", "Wright",  "Dubois",   "Hughes",   "Begum",     "Green",   "Cooper",    "Hassan", "Groß",
    "Mensah", "Morris",  "Davies",   "Byrne",    "Lindqvist", "Price",   "Llewellyn", "García", "Baker",
    "Okafor", "Petrov",  "Turner",   "Demir",    "Clarke",    "Hall",    "Morgan",    "Parry",  "Stewart",
    "Fraser", "Roberts", "Wood",     "Campbell", "Allen",     "Ivanova", "Kelly",     "Patel"};

// Pounds and pence in a sensible range.
void AppendPounds(TextBuffer& out, uint64_t draw, int64_t least, int64_t most) {
  const auto pence = least + static_cast<int64_t>(draw % static_cast<uint64_t>(most - least));
  out.Integer(pence / 100) << '.' << static_cast<char>('0' + pence % 100 / 10) << static_cast<char>('0' + pence % 10);
}

void AppendPlace(TextBuffer& out, char place, uint64_t key, std::string_view first_name) {
  const uint64_t draw = Key(key, static_cast<uint64_t>(place));
  switch (place) {
    case 'p': AppendPounds(out, draw, 4'500, 25'000); return;
    case 'q': AppendPounds(out, draw, 9'000, 90'000); return;
    case 'n': out << first_name; return;
    case 'r':
      out << '0';
      out.Integer(static_cast<int64_t>(1'000 + draw % 9'000));
      return;
    default: out.Integer(static_cast<int64_t>(2 + draw % 7)); return;
  }
}

}  // namespace

std::span<const Intent> Intents() { return kIntents; }

size_t IntentByName(std::string_view name) {
  const auto found = std::ranges::find_if(kIntents, [&](const Intent& intent) { return intent.name.value == name; });
  return static_cast<size_t>(found - std::begin(kIntents));
}

std::span<const Option> StatusOptions() { return kStatus; }
std::span<const Option> ComplaintStatusOptions() { return kComplaintStatus; }
std::span<const Option> ComplaintTypeOptions() { return kComplaintType; }
std::span<const double> ComplaintTypeWeights() { return kComplaintTypeWeights; }
std::span<const Option> SupportNeedOptions() { return kSupportNeed; }
std::span<const std::string_view> Summaries() { return kSummaries; }
std::span<const std::string_view> ClosingSummaries() { return kClosingSummaries; }
std::span<const std::string_view> Comments() { return kComments; }
std::span<const std::string_view> SurveyComments() { return kSurveyComments; }
std::span<const std::string_view> FirstNames() { return kFirstNames; }
std::span<const std::string_view> LastNames() { return kLastNames; }

void AppendFilled(TextBuffer& out, std::string_view text, uint64_t key, std::string_view first_name) {
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find_first_of("{\"\\\n", begin), text.size());
    out << text.substr(begin, end - begin);
    if (end == text.size()) return;
    if (text[end] == '{') {
      AppendPlace(out, text[end + 1], key, first_name);
      begin = end + 3;
    } else {
      out.Escaped(text.substr(end, 1));
      begin = end + 1;
    }
  }
}

}  // namespace casebook
