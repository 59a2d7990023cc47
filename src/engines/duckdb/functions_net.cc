// Functions on addresses of hosts. NET.PUBLIC_SUFFIX and NET.REG_DOMAIN have no rule: their answers change with
// a public list that is not ours to date.
#include "engines/duckdb/function_rules.h"

namespace casebook::engines {
namespace {

using F = FunctionId;

constexpr FunctionRule kRules[] = {
    {F::kNetIpFromString, 1, -1, "gs_ip_from_string($1)"},
    {F::kNetSafeIpFromString, 1, -1, "gs_ip_from_string_safe($1)"},
    {F::kNetIpToString, 1, -1, "gs_ip_to_string($1)"},
    {F::kNetIpNetMask, 2, -1, "gs_ip_net_mask($1, $2)"},
    {F::kNetIpTrunc, 2, -1, "gs_ip_trunc($1, $2)"},
    {F::kNetIpv4FromInt64, 1, -1, "gs_ipv4_from_int64($1)"},
    {F::kNetIpv4ToInt64, 1, -1, "gs_ipv4_to_int64($1)"},
    {F::kNetHost, 1, -1, "gs_host($1)"},
    {F::kNetPublicSuffix, 1, -1, "gs_public_suffix(gs_host($1))"},
    {F::kNetRegDomain, 1, -1, "gs_reg_domain(gs_host($1))"},
};

}  // namespace

std::span<const FunctionRule> NetRules() { return kRules; }

}  // namespace casebook::engines
