import { domainToASCII } from "node:url";
import { parseIpv4 } from "./address.ts";

const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/u;
const ALL_DIGITS = /^\d+$/u;

/**
 * The canonical form of a host name: lower case, ASCII (IDNA), no trailing dot.
 *
 * @returns `null` for wildcards, addresses, empty labels, a last label of digits only, and names over 253 characters.
 */
export function canonicalName(text: string): string | null {
  if (text.length === 0 || text.length > 1024 || text.includes(":") || parseIpv4(text) !== null) return null;
  const ascii = isPlain(text) ? text.toLowerCase() : domainToASCII(text);
  const name = ascii.endsWith(".") ? ascii.slice(0, -1) : ascii;
  if (name.length === 0 || name.length > 253) return null;
  const labels = name.split(".");
  if (!labels.every((label) => LABEL.test(label)) || ALL_DIGITS.test(labels.at(-1) ?? "")) return null;
  return name;
}

/** Whether every character is ASCII: such text is no business of IDNA, which would also read `0x7f.1` as an address. */
function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 127) return false;
  return true;
}

/** Whether `name` is `domain` or a subdomain of it; both canonical. */
export function domainCovers(domain: string, name: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}
