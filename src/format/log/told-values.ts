import { canonicalAddress } from "../../model/address.ts";
import { KeptTexts } from "./kept-texts.ts";
import { wholeAt } from "./row-cut.ts";

/** Reads addresses of a log into their canonical text; the same ones come again and again. */
export interface AddressReader {
  /** `null` = the text from `from` to `to` is no address. */
  at(text: string, from: number, to: number): string | null;
  /** `null` = it is no text, or no address. */
  of(value: unknown): string | null;
}

const LONGEST_ADDRESS = 45;

/** Makes a reader of addresses with a memory of its own. */
export function addressReader(): AddressReader {
  const kept = new KeptTexts((text) => canonicalAddress(text) ?? "");
  const at = (text: string, from: number, to: number): string | null => {
    if (to <= from || to - from > LONGEST_ADDRESS) return null;
    const found = kept.at(text, from, to);
    return found === "" ? null : found;
  };
  return { at, of: (value) => (typeof value === "string" ? at(value, 0, value.length) : null) };
}

/** A whole number of zero or more, as number or decimal text; `null` for anything else. */
export function countIn(value: unknown): number | null {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0 ? value : null;
  if (typeof value !== "string") return null;
  const whole = wholeAt(value, 0, value.length);
  return whole === -1 ? null : whole;
}

/** A port, as number or decimal text; `null` for anything else. */
export function portIn(value: unknown): number | null {
  const port = countIn(value);
  return port !== null && port <= 65_535 ? port : null;
}

/** A port in decimal digits from `from` to `to`; `null` for anything else. */
export function portAt(text: string, from: number, to: number): number | null {
  const port = wholeAt(text, from, to);
  return port !== -1 && port <= 65_535 ? port : null;
}

/** Text of at least one and at most `longest` characters; `null` for anything else. */
export function textIn(value: unknown, longest: number): string | null {
  return typeof value === "string" && value !== "" && value.length <= longest ? value : null;
}

const PROTOCOLS: Readonly<Record<string, string>> = {
  1: "icmp",
  2: "igmp",
  6: "tcp",
  17: "udp",
  41: "ipv6",
  47: "gre",
  50: "esp",
  51: "ah",
  58: "ipv6-icmp",
  89: "ospf",
  132: "sctp",
};

const NAME = /^[a-z][a-z0-9-]{0,15}$/iu;
const NUMBER = /^\d{1,3}$/u;

/** A transport in small letters, from its name or its number of IANA; `null` when the text is neither. */
export function transportIn(value: string): string | null {
  if (value === "TCP" || value === "tcp" || value === "6") return "tcp";
  if (value === "UDP" || value === "udp" || value === "17") return "udp";
  if (NUMBER.test(value)) return Object.hasOwn(PROTOCOLS, value) ? (PROTOCOLS[value] ?? null) : `ip-${Number(value)}`;
  return NAME.test(value) ? value.toLowerCase() : null;
}

/** Path and query of a request target; of a whole URL, as proxies are asked, its path. */
export function splitTarget(target: string): { readonly path: string; readonly query: string | null } {
  const text = withoutHost(target);
  const question = text.indexOf("?");
  if (question === -1) return { path: text, query: null };
  return { path: text.slice(0, question), query: text.slice(question + 1) };
}

function withoutHost(target: string): string {
  if (target.startsWith("/")) return target;
  const scheme = target.startsWith("http://") ? 7 : target.startsWith("https://") ? 8 : 0;
  if (scheme === 0) return target;
  const slash = target.indexOf("/", scheme);
  return slash === -1 ? "/" : target.slice(slash);
}
