/**
 * An address without the part that names a host: `192.0.2.x` for the /24, `2001:db8:7::/48` for the /48 (rule R14). Takes canonical
 * text; what is neither becomes `x`.
 */
export function truncatedNetwork(address: string): string {
  if (!address.includes(":")) {
    const octets = address.split(".");
    return octets.length === 4 ? `${octets.slice(0, 3).join(".")}.x` : "x";
  }
  const [head = ""] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  return `${[0, 1, 2].map((at) => groups[at] ?? "0").join(":")}::/48`;
}
