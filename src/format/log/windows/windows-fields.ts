import { canonicalAddress, parseIpv4 } from "../../../model/address.ts";

/** Named values of an event, as JSON or XML tells them: texts, numbers, or objects around them. */
export type Fields = Readonly<Record<string, unknown>>;

const DECIMAL = /^\d{1,15}$/u;
const HEX = /^0x[\da-f]{1,13}$/iu;
const TRANSPORTS: ReadonlyMap<string, string> = new Map([
  ["1", "icmp"],
  ["6", "tcp"],
  ["17", "udp"],
  ["58", "icmpv6"],
]);

/** Whether a value is an object of JSON, no list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field as text; `null` when it is not there, or says that there is nothing: empty, `-`. */
export function textOf(fields: Fields, name: string): string | null {
  const value = fields[name];
  if (typeof value === "string") return value === "" || value === "-" ? null : value;
  return value === undefined ? null : plainText(value);
}

/** The text of a value however it is wrapped: `7`, `{"#text": 7}`, `{"Value": 7}`, `["7"]`; `null` when it has none. */
export function plainText(value: unknown): string | null {
  if (typeof value === "string") return value === "" || value === "-" ? null : value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.length > 0 && !Array.isArray(value[0]) ? plainText(value[0]) : null;
  if (!isFields(value)) return null;
  const inner = value["#text"] ?? value["Value"] ?? value["text"];
  return typeof inner === "object" ? null : plainText(inner);
}

/** A field as a whole number, from decimal or `0x` text; `null` for anything else. */
export function numberOf(fields: Fields, name: string): number | null {
  const value = fields[name];
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0 ? value : null;
  const text = textOf(fields, name);
  return text !== null && (DECIMAL.test(text) || HEX.test(text)) ? Number(text) : null;
}

/** A field as a port; `null` when it is none, or 0. */
export function portOf(fields: Fields, name: string): number | null {
  const port = numberOf(fields, name);
  return port === null || port === 0 || port > 65_535 ? null : port;
}

/** An address in its one form: Windows prints IPv6 in full and adds the interface behind `%`; `null` when it is none. */
export function addressOf(fields: Fields, name: string): string | null {
  const text = textOf(fields, name);
  return text === null ? null : addressIn(text);
}

/** An address literal in its one form, without an interface behind `%`; `null` when it is none. */
export function addressIn(text: string): string | null {
  if (parseIpv4(text) !== null) return text;
  const zone = text.indexOf("%");
  return canonicalAddress(zone === -1 ? text : text.slice(0, zone));
}

/** `tcp`, `udp` … of a protocol's number or name. */
export function transportOf(fields: Fields, name: string): string | null {
  const text = textOf(fields, name);
  return text === null ? null : (TRANSPORTS.get(text) ?? text.toLowerCase());
}

/** `DOMAIN\name` of two fields; the name alone when no domain is told. */
export function accountOf(fields: Fields, domainName: string, userName: string): string | null {
  const user = textOf(fields, userName);
  const domain = textOf(fields, domainName);
  return user === null || domain === null ? user : `${domain}\\${user}`;
}
