import { fail } from "../model/result.ts";
import type { Result } from "../model/result.ts";
import { listedAddress, parsePort } from "./target-line.ts";
import type { ListedTarget } from "./target-line.ts";

type Listed = readonly Result<ListedTarget, string>[];

/** What frames the records of `-oJ`: brackets and commas on lines of their own or around a record, also in a file cut short. */
const FRAME = /^[[\],\s]*$/u;

/**
 * Reads one line of masscan's JSON (`-oJ`) or NDJSON (`-oD`), leniently: the array may be unclosed, commas may stand anywhere
 * (masscan issues 314, 493, 726).
 *
 * @returns the open TCP ports of the line; empty for frames, banners and ports that are not open.
 * @see robertdavidgraham/masscan@2be4093 src/out-json.c, src/out-ndjson.c
 */
export function parseMasscanJson(line: string): Listed {
  if (FRAME.test(line)) return [];
  const from = line.indexOf("{");
  const record = from === -1 ? null : parseRecord(line.slice(from, line.lastIndexOf("}") + 1));
  if (record === null) return [fail("not a masscan record")];
  const ip = typeof record["ip"] === "string" ? record["ip"] : "";
  if (record["rec_type"] !== undefined) return flat(record, ip);
  const ports = record["ports"];
  if (!Array.isArray(ports)) return typeof record["finished"] === "number" ? [] : [fail("not a masscan record")];
  return ports.flatMap((port: unknown) => (isOpen(port) ? [listedAddress(ip, port.port)] : []));
}

function flat(record: Record<string, unknown>, ip: string): Listed {
  const data = recordOf(record["data"]);
  const port = parsePort(String(record["port"]));
  if (record["rec_type"] !== "status" || record["proto"] !== "tcp" || data?.["status"] !== "open") return [];
  return [port === null ? fail("no port between 1 and 65535") : listedAddress(ip, port)];
}

function isOpen(value: unknown): value is { readonly port: number } {
  const entry = recordOf(value);
  if (entry?.["proto"] !== "tcp" || entry["status"] !== "open") return false;
  return typeof entry["port"] === "number" && parsePort(String(entry["port"])) !== null;
}

function parseRecord(text: string): Record<string, unknown> | null {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return null;
  }
}

function recordOf(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** Whether a line is one of masscan's list form (`-oL`): `status proto port ip timestamp`. */
export function isMasscanList(line: string): boolean {
  return /^(?:#masscan$|(?:open|closed|up|unknown|banner) (?:tcp|udp|sctp|icmp|arp|none) )/u.test(line.trim());
}

/**
 * Reads one line of the list form; `null` for comments, banners and what is not an open TCP port.
 *
 * @see robertdavidgraham/masscan@2be4093 src/out-text.c
 */
export function parseMasscanList(line: string): Result<ListedTarget, string> | null {
  const text = line.trim();
  if (text === "" || text.startsWith("#")) return null;
  const [status, proto, portText = "", ip = ""] = text.split(" ", 4);
  if (!isMasscanList(text)) return fail("not a line of masscan's list");
  if (status !== "open" || proto !== "tcp") return null;
  const port = parsePort(portText);
  return port === null ? fail("no port between 1 and 65535") : listedAddress(ip, port);
}
