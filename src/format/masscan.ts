import { field, isObject } from "./bounded-value.ts";
import type { JsonObject } from "./bounded-value.ts";
import { fail } from "../model/result.ts";
import type { Result } from "../model/result.ts";
import { listedAddress, parsePort } from "./target-line.ts";
import type { ListedTarget } from "./target-line.ts";

type Listed = readonly Result<ListedTarget, string>[];

/** What frames the records of `-oJ`: brackets and commas on lines of their own or around a record, also in a file cut short. */
const FRAME = /^[[\],\s]*$/u;

/** Whether a piece of masscan's JSON holds no record: brackets, commas, or the word with which older releases end (`{finished: 1}`). */
export function isMasscanFrame(text: string): boolean {
  return FRAME.test(text) || /^\{\s{0,8}finished\s{0,8}:\s{0,8}\d\s{0,8}\}$/u.test(text);
}

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
  const address = field(record, "ip");
  const ip = typeof address === "string" ? address : "";
  if (field(record, "rec_type") !== undefined) return flat(record, ip);
  const ports = field(record, "ports");
  if (!Array.isArray(ports)) return typeof field(record, "finished") === "number" ? [] : [fail("not a masscan record")];
  return ports.flatMap((port: unknown) => (isOpen(port) ? [listedAddress(ip, port.port)] : []));
}

function flat(record: JsonObject, ip: string): Listed {
  const data = field(record, "data");
  const isUp = isObject(data) && field(data, "status") === "open";
  const port = parsePort(String(field(record, "port")));
  if (field(record, "rec_type") !== "status" || field(record, "proto") !== "tcp" || !isUp) return [];
  return [port === null ? fail("no port between 1 and 65535") : listedAddress(ip, port)];
}

function isOpen(value: unknown): value is { readonly port: number } {
  if (!isObject(value) || field(value, "proto") !== "tcp" || field(value, "status") !== "open") return false;
  const port = field(value, "port");
  return typeof port === "number" && parsePort(String(port)) !== null;
}

function parseRecord(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
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
