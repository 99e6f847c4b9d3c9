/** Whether an address, in canonical text, can only be one of the own network: loopback, private, shared, link-local or unique local. */
export function isOwnAddress(address: string): boolean {
  if (address.startsWith("10.") || address.startsWith("192.168.") || address.startsWith("127.")) return true;
  if (address.startsWith("172.")) return isBetween(address, 4, 16, 31);
  if (address.startsWith("100.")) return isBetween(address, 4, 64, 127);
  if (address.startsWith("169.254.")) return true;
  return address === "::1" || LOCAL_IPV6.test(address);
}

/** fc00::/7 and fe80::/10. */
const LOCAL_IPV6 = /^f(?:[cd][\da-f]{2}|e[89ab][\da-f]):/u;

/** Whether it is the own machine's alone. */
export function isLoopback(address: string): boolean {
  return address.startsWith("127.") || address === "::1";
}

/** Whether the octet at `at` lies between two numbers, both included. */
function isBetween(address: string, at: number, from: number, to: number): boolean {
  const dot = address.indexOf(".", at);
  const octet = Number(address.slice(at, dot));
  return octet >= from && octet <= to;
}
