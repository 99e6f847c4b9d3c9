/** A prefix, and for one of IPv4 the prefix of the same addresses written as IPv6 (RFC 4291, 2.5.5.2), which many logs write. */
export function withMapped(prefixes: readonly string[]): readonly string[] {
  return prefixes.flatMap((prefix) => (prefix.includes(":") ? [prefix] : [prefix, mappedPrefix(prefix)]));
}

/** `127.0.0.0/8` as `::ffff:7f00:0/104`. */
function mappedPrefix(prefix: string): string {
  const [address = "", length = "32"] = prefix.split("/");
  const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
  const high = (a * 256 + b).toString(16);
  const low = (c * 256 + d).toString(16);
  return `::ffff:${high}:${low}/${96 + Number(length)}`;
}

/** More beginnings than this would make a rule unreadable. */
const MOST_WRITTEN = 16;

/**
 * How the addresses of an IPv4 prefix begin when logs write them as IPv6 (`::ffff:10.`); none where there would be more than sixteen
 * beginnings.
 */
export function writtenMapped(prefix: string): readonly string[] {
  const [address = "", length = "32"] = prefix.split("/");
  if (address.includes(":")) return [];
  const bits = Number(length);
  const whole = Math.ceil(bits / 8);
  const count = 2 ** (whole * 8 - bits);
  if (count > MOST_WRITTEN || whole === 0) return [];
  const octets = address.split(".").slice(0, whole).map(Number);
  const last = octets.pop() ?? 0;
  const end = whole === 4 ? "" : ".";
  return Array.from({ length: count }, (_, at) => `::ffff:${[...octets, last + at].join(".")}${end}`);
}
