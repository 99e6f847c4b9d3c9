import { columnsOf } from "../format/csv-table.ts";
import { type JsonOutline, outlineOf } from "../format/json-outline.ts";
import { isMasscanList } from "../format/masscan.ts";
import { canonicalAddress } from "../model/address.ts";
import type { ImportFormatName } from "./import-format.ts";

/** Bytes of a file, unpacked, by which its format is told. */
export const DETECT_BYTES = 65_536;

/** What to do about a file without content. */
export const EMPTY_HINT = "a download or a scan that failed leaves such a file: fetch it again, or leave it out";

/** Whether bytes are nothing but white space, or nothing at all. */
export function isBlank(head: Uint8Array): boolean {
  return head.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

/** What a format's JSON shows in its first object: one of `any`, and all of `all`. */
interface JsonSign {
  readonly all: readonly string[];
  readonly any: readonly string[];
}

const JSON_SIGNS: readonly (readonly [ImportFormatName, JsonSign])[] = [
  ["jsonl", { all: ["kind", "schema"], any: ["kind"] }],
  [
    "censys",
    {
      all: [],
      any: [
        "host.ip",
        "host.services",
        "resource.ip",
        "resource.services",
        "services.endpoints",
        "autonomous_system.bgp_prefix",
      ],
    },
  ],
  ["shodan", { all: [], any: ["ip_str", "_shodan"] }],
  ["zgrab2", { all: ["data", "data.*.status"], any: ["ip", "domain"] }],
  ["httpx", { all: ["url"], any: ["status_code", "failed", "host_ip", "webserver", "words"] }],
  ["masscan", { all: ["ip"], any: ["ports.proto", "rec_type"] }],
  ["zmap", { all: ["saddr"], any: ["saddr"] }],
  [
    "intelmq",
    {
      all: [],
      any: [
        "source.ip",
        "source.fqdn",
        "classification.type",
        "classification.taxonomy",
        "feed.name",
        "time.observation",
      ],
    },
  ],
];

/** What a format's header of CSV names. */
const HEADER_SIGNS: readonly (readonly [ImportFormatName, JsonSign])[] = [
  ["zmap", { all: ["saddr"], any: ["saddr"] }],
  [
    "shadowserver",
    { all: ["timestamp", "ip", "port"], any: ["severity", "tag", "naics", "hostname_source", "geo", "sector"] },
  ],
  [
    "fofa",
    {
      all: ["ip", "port"],
      any: ["link", "base_protocol", "country_name", "lastupdatetime", "icp", "jarm", "host", "domain"],
    },
  ],
];

const XML_SCANNER = /\sscanner=["'](nmap|masscan)["']/u;

/** Names the formats that a file's first bytes may be of: none, one, or several when they do not tell. */
export function detectFormat(head: string): readonly ImportFormatName[] {
  const text = head.startsWith("\u{feff}") ? head.slice(1).trimStart() : head.trimStart();
  if (text.startsWith("<")) {
    const root = text.slice(Math.max(0, text.indexOf("<nmaprun"))).split(">", 1)[0] ?? "";
    const scanner = root.startsWith("<nmaprun") ? XML_SCANNER.exec(root)?.[1] : undefined;
    return scanner === "nmap" || scanner === "masscan" ? [scanner] : [];
  }
  if (text.startsWith("{") || text.startsWith("[")) return byJson(outlineOf(text));
  const [line = ""] = text.split(/\r?\n/u, 1);
  if (isMasscanList(line)) return ["masscan"];
  return byHeader(line);
}

function byJson(outline: JsonOutline): readonly ImportFormatName[] {
  const has = (path: string): boolean =>
    path === "data.*.status" ? [...outline].some((one) => /^data\..+\.status$/u.test(one)) : outline.has(path);
  return JSON_SIGNS.filter(([, sign]) => holds(sign, has)).map(([name]) => name);
}

function byHeader(line: string): readonly ImportFormatName[] {
  const fields = line.split(",").map((name) => name.replaceAll('"', "").trim());
  if (fields.length <= 2 && canonicalAddress(fields[0] ?? "") !== null) return ["zmap"];
  const columns = columnsOf(fields);
  return HEADER_SIGNS.filter(([, sign]) => holds(sign, (name) => columns.has(name))).map(([name]) => name);
}

function holds({ all, any }: JsonSign, has: (name: string) => boolean): boolean {
  return all.every(has) && any.some(has);
}
