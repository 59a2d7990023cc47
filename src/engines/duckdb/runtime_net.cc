// Addresses of hosts: 4 or 16 bytes in network order, and the host of a URL.
#include <arpa/inet.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "engines/duckdb/scalar_function.h"

namespace casebook::engines {
namespace {

constexpr size_t kIpv4Bytes = 4;
constexpr size_t kIpv6Bytes = 16;

bool IsAddressLength(size_t bytes) { return bytes == kIpv4Bytes || bytes == kIpv6Bytes; }

Answer<Bytes> IpFromString(std::string_view text) {
  std::string terminated(text);
  Bytes address;
  const bool is_ipv6 = text.find(':') != std::string_view::npos;
  address.bytes.resize(is_ipv6 ? kIpv6Bytes : kIpv4Bytes);
  // A NUL within would end the text early.
  const bool whole = terminated.find('\0') == std::string::npos;
  if (!whole || inet_pton(is_ipv6 ? AF_INET6 : AF_INET, terminated.c_str(), address.bytes.data()) != 1) {
    return Answer<Bytes>::Fail("NET.IP_FROM_STRING() encountered an unparseable IP-address: " + terminated);
  }
  return address;
}

Answer<std::string> IpToString(BytesView address) {
  const size_t size = address.bytes.size();
  if (!IsAddressLength(size)) {
    return Answer<std::string>::Fail("NET.IP_TO_STRING() wants 4 (for IPv4) or 16 (for IPv6) bytes but got " +
                                     std::to_string(size));
  }
  char text[INET6_ADDRSTRLEN];
  inet_ntop(size == kIpv4Bytes ? AF_INET : AF_INET6, address.bytes.data(), text, sizeof text);
  return std::string(text);
}

// `bits` ones, then zeros.
std::string Mask(size_t bytes, size_t bits) {
  std::string mask(bytes, '\0');
  std::fill_n(mask.begin(), bits / 8, '\xff');
  if (bits % 8 != 0) mask[bits / 8] = static_cast<char>(0xFF00U >> (bits % 8));
  return mask;
}

bool IsPrefixLength(int64_t bits, size_t bytes) { return bits >= 0 && bits <= static_cast<int64_t>(bytes * 8); }

Answer<Bytes> IpNetMask(int64_t bytes, int64_t bits) {
  if (bytes < 0 || !IsAddressLength(static_cast<size_t>(bytes))) {
    return Answer<Bytes>::Fail("The first argument of NET.IP_NET_MASK() must be 4 (for IPv4) or 16 (for IPv6); got " +
                               std::to_string(bytes));
  }
  if (!IsPrefixLength(bits, static_cast<size_t>(bytes))) {
    return Answer<Bytes>::Fail("The second argument of NET.IP_NET_MASK() is no prefix length of such an address: " +
                               std::to_string(bits));
  }
  return Bytes{Mask(static_cast<size_t>(bytes), static_cast<size_t>(bits))};
}

Answer<Bytes> IpTrunc(BytesView address, int64_t bits) {
  const size_t size = address.bytes.size();
  if (!IsAddressLength(size)) {
    return Answer<Bytes>::Fail("The first argument of NET.IP_TRUNC() must have 4 (for IPv4) or 16 (for IPv6) bytes; got " +
                               std::to_string(size));
  }
  if (!IsPrefixLength(bits, size)) {
    return Answer<Bytes>::Fail("The second argument of NET.IP_TRUNC() is no prefix length of such an address: " +
                               std::to_string(bits));
  }
  std::string truncated = Mask(size, static_cast<size_t>(bits));
  for (size_t i = 0; i < size; ++i) truncated[i] = static_cast<char>(truncated[i] & address.bytes[i]);
  return Bytes{std::move(truncated)};
}

Answer<Bytes> Ipv4FromInt64(int64_t number) {
  if (number < -0x80000000LL || number > 0xFFFFFFFFLL) {
    return Answer<Bytes>::Fail("NET.IPV4_FROM_INT64() wants a number from -0x80000000 to 0xFFFFFFFF; got " +
                               std::to_string(number));
  }
  const uint32_t in_order = htonl(static_cast<uint32_t>(number));
  return Bytes{std::string(reinterpret_cast<const char*>(&in_order), sizeof in_order)};
}

Answer<int64_t> Ipv4ToInt64(BytesView address) {
  if (address.bytes.size() != kIpv4Bytes) {
    return Answer<int64_t>::Fail("NET.IPV4_TO_INT64() wants 4 bytes but got " + std::to_string(address.bytes.size()));
  }
  uint32_t in_order = 0;
  std::memcpy(&in_order, address.bytes.data(), sizeof in_order);
  return static_cast<int64_t>(ntohl(in_order));
}

bool IsSlash(char c) { return c == '/' || c == '\\'; }

// `url` behind `//` or `scheme://`, or all of it. Whatever stands before the first `://` is a scheme.
std::string_view BehindScheme(std::string_view url) {
  const size_t end = url.find_first_of(":/\\?#");
  if (end == std::string_view::npos) return url;
  const size_t slashes = url[end] == ':' ? end + 1 : end;
  const bool begins_authority = (url[end] == ':' || end == 0) && slashes + 1 < url.size() && IsSlash(url[slashes]) &&
                                IsSlash(url[slashes + 1]);
  return begins_authority ? url.substr(slashes + 2) : url;
}

// Where the port begins. Colons of an address in brackets are its own.
size_t PortBegin(std::string_view authority) {
  if (!authority.starts_with('[')) return authority.find(':');
  const size_t close = authority.find(']');
  return close == std::string_view::npos ? close : authority.find(':', close);
}

Answer<std::string> Host(std::string_view url) {
  constexpr std::string_view kSpaces = " \t\n\v\f\r";
  const size_t begin = url.find_first_not_of(kSpaces);
  if (begin == std::string_view::npos) return nullptr;
  url = url.substr(begin, url.find_last_not_of(kSpaces) + 1 - begin);
  std::string_view authority = BehindScheme(url);
  authority = authority.substr(0, authority.find_first_of("/\\?#"));
  authority = authority.substr(authority.rfind('@') + 1);  // npos + 1 is 0
  authority = authority.substr(std::min(authority.find_first_not_of('.'), authority.size()));
  const std::string_view host = authority.substr(0, PortBegin(authority));
  if (host.empty()) return nullptr;
  return std::string(host);
}

}  // namespace

void AddNet(Registrar& registrar) {
  registrar.Add("gs_ip_from_string", IpFromString);
  registrar.Add("gs_ip_to_string", IpToString);
  registrar.Add("gs_ip_net_mask", IpNetMask);
  registrar.Add("gs_ip_trunc", IpTrunc);
  registrar.Add("gs_ipv4_from_int64", Ipv4FromInt64);
  registrar.Add("gs_ipv4_to_int64", Ipv4ToInt64);
  registrar.Add("gs_host", Host);
}

}  // namespace casebook::engines
