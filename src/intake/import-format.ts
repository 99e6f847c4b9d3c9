import { CENSYS_CARRIES, readCensysHost } from "../format/censys.ts";
import { createFofaReader } from "../format/fofa.ts";
import { readHttpxLine } from "../format/httpx.ts";
import { readIntelmqEvent } from "../format/intelmq.ts";
import { readMasscanRecord } from "../format/masscan-records.ts";
import { readXmlHost } from "../format/nmap-xml.ts";
import { type LineRecord, readLine } from "../format/observation-line.ts";
import { createShadowserverReader } from "../format/shadowserver.ts";
import type { FieldProblem } from "../format/shape.ts";
import { readShodanBanner } from "../format/shodan.ts";
import type { Given, LookReader, StoredLook } from "../format/stored-look.ts";
import { readZgrabLine } from "../format/zgrab2.ts";
import { createZmapReader } from "../format/zmap-records.ts";
import { CARRIES } from "./carries.ts";

/** What one record of a file told. */
export interface Reading {
  readonly records: readonly LineRecord[];
  /** What is to be judged before it is a record. */
  readonly looks: readonly StoredLook[];
  readonly problems: readonly FieldProblem[];
  /** Parts that are fine and none of our business: a Censys endpoint that speaks no Ollama, a closed port. */
  readonly skipped: number;
  /** No record, but what stands around records. */
  readonly isFrame?: true;
}

/** Reads the records of one file in turn. */
export type RecordReader = (value: unknown) => Reading;

/** How records lie in a file. `json-frames`: JSON whose array may be unclosed, with commas and words around the records. */
export type Framing = "json" | "json-frames" | "csv" | "xml" | "lines";

/** One format of other people's files. To add one: a reader in `format/`, a row here. */
export interface ImportFormat {
  readonly describe: string;
  /** Whether its lines are Corral's own and can be folded as they lie. */
  readonly isOwn: boolean;
  /** Columns of `observation` it can carry; `null` = all of them. */
  readonly carries: readonly string[] | null;
  readonly vantage: "outside" | null;
  /** The forms it comes in; the first one is taken where the first character does not tell. */
  readonly framings: readonly [Framing, ...Framing[]];
  /**
   * Whether an empty file may be what its tool writes when it found nothing: JSON lines and bare rows. A format with a root or a header is never empty unless something failed.
   */
  readonly mayBeEmpty: boolean;
  /** What it passes over, in words. */
  readonly skips: string;
  readonly open: (given: Given) => RecordReader;
}

/** The formats of `corral import`. */
export const IMPORT_FORMATS = {
  jsonl: {
    describe: "Corral's own JSON lines (docs/reference/observation.schema.json)",
    isOwn: true,
    carries: null,
    vantage: null,
    framings: ["json"],
    mayBeEmpty: true,
    skips: "parts",
    open: () => readOwn,
  },
  censys: {
    describe: "hosts of the Censys Platform v3, as JSON lines, one array or one object",
    isOwn: false,
    carries: CENSYS_CARRIES,
    vantage: "outside",
    framings: ["json"],
    mayBeEmpty: true,
    skips: "endpoints without Ollama",
    open: () => readCensys,
  },
  shodan: {
    describe: "banners of Shodan, JSON lines",
    isOwn: false,
    carries: CARRIES.shodan,
    vantage: "outside",
    framings: ["json"],
    mayBeEmpty: true,
    skips: "banners of UDP",
    open: () => looksOf(readShodanBanner),
  },
  fofa: {
    describe: "an export of FOFA, CSV with a header",
    isOwn: false,
    carries: CARRIES.fofa,
    vantage: "outside",
    framings: ["csv"],
    mayBeEmpty: false,
    skips: "rows of UDP",
    open: (given) => looksOf(createFofaReader(given)),
  },
  shadowserver: {
    describe: "reports in Shadowserver's shape, CSV with a header",
    isOwn: false,
    carries: CARRIES.shadowserver,
    vantage: "outside",
    framings: ["csv"],
    mayBeEmpty: false,
    skips: "rows of UDP",
    open: () => looksOf(createShadowserverReader()),
  },
  zgrab2: {
    describe: "JSON lines of zgrab2's http module, under any module name",
    isOwn: false,
    carries: CARRIES.zgrab2,
    vantage: null,
    framings: ["json"],
    mayBeEmpty: true,
    skips: "targets without an answer",
    open: () => looksOf(readZgrabLine),
  },
  httpx: {
    describe: "JSON lines of httpx",
    isOwn: false,
    carries: CARRIES.httpx,
    vantage: null,
    framings: ["json"],
    mayBeEmpty: true,
    skips: "targets without an answer",
    open: () => looksOf(readHttpxLine),
  },
  nmap: {
    describe: "XML of nmap",
    isOwn: false,
    carries: CARRIES.nmap,
    vantage: null,
    framings: ["xml"],
    mayBeEmpty: false,
    skips: "ports that are not open",
    open: () => looksOf((value) => readXmlHost(value, "nmap")),
  },
  masscan: {
    describe: "JSON (also cut short), NDJSON, list or XML of masscan",
    isOwn: false,
    carries: CARRIES.masscan,
    vantage: null,
    framings: ["lines", "json-frames", "xml"],
    mayBeEmpty: false,
    skips: "ports that are not open",
    open: () => looksOf(readMasscanRecord),
  },
  zmap: {
    describe: "CSV of zmap, with or without header, or its JSON lines",
    isOwn: false,
    carries: CARRIES.zmap,
    vantage: null,
    framings: ["csv", "json"],
    mayBeEmpty: true,
    skips: "failures and repeats",
    open: (given) => looksOf(createZmapReader(given)),
  },
  intelmq: {
    describe: "events of IntelMQ, JSON lines or one array",
    isOwn: false,
    carries: CARRIES.intelmq,
    vantage: null,
    framings: ["json"],
    mayBeEmpty: true,
    skips: "events of UDP",
    open: () => looksOf(readIntelmqEvent),
  },
} as const satisfies Record<string, ImportFormat>;

export type ImportFormatName = keyof typeof IMPORT_FORMATS;

/** Tells whether a word names a format. */
export function isImportFormat(word: string): word is ImportFormatName {
  return Object.hasOwn(IMPORT_FORMATS, word);
}

function looksOf(read: LookReader): RecordReader {
  return (value) => ({ records: [], ...read(value) });
}

function readOwn(value: unknown): Reading {
  const read = readLine(value);
  return read.ok
    ? { records: [read.value], looks: [], problems: [], skipped: 0 }
    : { records: [], looks: [], problems: [read.error], skipped: 0 };
}

function readCensys(value: unknown): Reading {
  const host = readCensysHost(value);
  if (!host.ok) return { records: [], looks: [], problems: [host.error], skipped: 0 };
  const { endpoints, skipped } = host.value;
  return {
    records: endpoints.flatMap((endpoint) => (endpoint.ok ? [endpoint.value] : [])),
    looks: [],
    problems: endpoints.flatMap((endpoint) => (endpoint.ok ? [] : [endpoint.error])),
    skipped,
  };
}
