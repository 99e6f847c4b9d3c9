/**
 * The network an address counts under, `192.0.2.0/24` or `2001:db8:7::/48`: what the limit per network paces and what makes
 * witnesses of a card independent. Takes canonical addresses (dotted IPv4, RFC 5952 IPv6).
 */
export function networkOf(address: string): string {
  if (!address.includes(":")) return `${address.slice(0, address.lastIndexOf("."))}.0/24`;
  const [head = ""] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  const [first = "0", second = "0", third = "0"] = groups;
  return `${first}:${second}:${third}::/48`;
}
