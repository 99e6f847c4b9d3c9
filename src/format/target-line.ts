import { canonicalAddress } from "../model/address.ts";
import { BASE_PATH } from "../model/base-path.ts";
import { canonicalName } from "../model/host-name.ts";
import { fail, ok } from "../model/result.ts";
import type { Result } from "../model/result.ts";

/** A target as a list names it: what it leaves open (port, scheme) is for the scope to fill. */
export interface ListedTarget {
  readonly scheme: "http" | "https" | "auto";
  /** Canonical address; `null` when the list gives a name. */
  readonly address: string | null;
  /** Canonical name; `null` when the list gives an address. */
  readonly name: string | null;
  /** `null`: every port of the scope. */
  readonly port: number | null;
  readonly base_path: string;
}

/** Characters of a line that are looked at. */
export const LONGEST_TARGET = 2048;
const BRACKETED = /^\[([^\]]*)\](?::(\d{1,5}))?$/u;
const WITH_PORT = /^([^:]*):(\d{1,5})$/u;
const URL_SCHEME = /^https?:\/\//iu;

/** Reads `ip`, `ip:port`, `[ipv6]:port`, `name:port`, or a URL with a base path; the reason in words when it is none of these. */
export function parseTargetLine(line: string): Result<ListedTarget, string> {
  const text = line.trim();
  if (text.length > LONGEST_TARGET) return fail(`longer than ${LONGEST_TARGET} characters`);
  if (/\s/u.test(text)) return fail("white space inside");
  if (URL_SCHEME.test(text)) return parseUrl(text);
  const bracketed = BRACKETED.exec(text);
  if (bracketed !== null) return place(bracketed[1] ?? "", bracketed[2]);
  if (canonicalAddress(text) !== null) return place(text, undefined);
  const parts = WITH_PORT.exec(text);
  return parts === null ? place(text, undefined) : place(parts[1] ?? "", parts[2]);
}

function place(host: string, portText: string | undefined): Result<ListedTarget, string> {
  const port = portText === undefined ? null : parsePort(portText);
  if (portText !== undefined && port === null) return fail("no port between 1 and 65535");
  return located("auto", host, port, "/");
}

function located(
  scheme: ListedTarget["scheme"],
  host: string,
  port: number | null,
  base_path: string,
): Result<ListedTarget, string> {
  const address = canonicalAddress(host);
  if (address !== null) return ok({ scheme, address, name: null, port, base_path });
  const name = canonicalName(host);
  return name === null
    ? fail("neither an address nor a name nor a URL")
    : ok({ scheme, address: null, name, port, base_path });
}

function parseUrl(text: string): Result<ListedTarget, string> {
  const url = URL.parse(text);
  if (url === null) return fail("not a URL");
  if (url.username !== "" || url.password !== "") return fail("a URL with a user or password is never asked");
  if (url.search !== "" || url.hash !== "") return fail("a URL with a query or fragment names no service");
  if (!BASE_PATH.test(url.pathname) || url.pathname.includes("//"))
    return fail("a base path with characters that do not belong there");
  const scheme = url.protocol === "https:" ? "https" : "http";
  const port = url.port === "" ? (scheme === "https" ? 443 : 80) : Number(url.port);
  const host = url.hostname.startsWith("[") ? url.hostname.slice(1, -1) : url.hostname;
  const path = url.pathname.replace(/\/$/u, "");
  return port === 0 ? fail("no port between 1 and 65535") : located(scheme, host, port, path === "" ? "/" : path);
}

/** `11434` → 11434; `null` for what is no TCP port. */
export function parsePort(text: string): number | null {
  if (!/^[1-9]\d{0,4}$/u.test(text)) return null;
  const port = Number(text);
  return port <= 65_535 ? port : null;
}

/** An address and port as scanners report them. */
export function listedAddress(addressText: string, port: number | null): Result<ListedTarget, string> {
  const address = canonicalAddress(addressText);
  if (address === null) return fail("no address");
  return ok({ scheme: "auto", address, name: null, port, base_path: "/" });
}
