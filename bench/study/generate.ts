import { closeSync, openSync, writeSync } from "node:fs";
import { hex, mulberry32 } from "../random.ts";

/**
 * A campaign of the published study's shape (facts: 7.23 million observations of 175,108 hosts over 293 days), the same for the same seed:
 * 36 % of the hosts are seen once, 13 % more than a hundred times, and these make some 76 % of the observations. Three models a host; a list
 * changes at one look in fifty; one look in twenty finds a model loaded. Lines come in the order of time, as a survey writes them.
 */
export const SEED = 20260129;
export const STUDY = { lines: 7_230_000, hosts: 175_108, days: 293 } as const;
const SHARES = { once: 0.36, backbone: 0.13 } as const;
const CATALOGUE = 1500;
const NETWORKS = 4032;
const FIRST_ASN = 4_200_000_000;
const CHANCE = { change: 0.02, loaded: 0.05, upgrade: 0.002 } as const;
const DAY_MS = 86_400_000;
const BEGIN_MS = Date.UTC(2025, 2, 1);
const FLUSH_CHARS = 1 << 20;

/** What was written. */
export interface Generated {
  readonly lines: number;
  readonly hosts: number;
  readonly bytes: number;
}

/** Writes `lines` lines to a new file; fewer lines are of fewer hosts over the same days. */
export function generate(path: string, lines: number = STUDY.lines, seed = SEED): Generated {
  const random = mulberry32(seed);
  const hosts = Math.max(1, Math.round((lines * STUDY.hosts) / STUDY.lines));
  const catalogue = Array.from({ length: CATALOGUE }, (_, index) => modelOf(index, random));
  const networks = Array.from({ length: NETWORKS }, (_, index) => networkOf(index, random));
  const facts = Array.from({ length: hosts }, (_, index) => hostOf(index, networks, random));
  const lists = Array.from({ length: hosts }, () => listOf(catalogue, random));
  const versions = Array.from({ length: hosts }, () => Math.floor(random() * VERSIONS.length * 0.7));
  const days = looksByDay(looksOf(hosts, lines, random), random);
  const file = openSync(path, "w");
  let bytes = 0;
  let text = "";
  try {
    for (const [day, seen] of days.entries()) {
      for (const [place, host] of seen.entries()) {
        if (random() < CHANCE.change) lists[host] = listOf(catalogue, random);
        if (random() < CHANCE.upgrade) versions[host] = Math.min((versions[host] ?? 0) + 1, VERSIONS.length - 1);
        const seenMs = BEGIN_MS + day * DAY_MS + Math.floor((place * DAY_MS) / seen.length);
        const version = VERSIONS[versions[host] ?? 0] ?? "";
        text += lineOf(facts[host] ?? "", { list: lists[host] ?? "[]", version, seenMs }, random);
        if (text.length > FLUSH_CHARS) {
          bytes += writeSync(file, text);
          text = "";
        }
      }
    }
    bytes += writeSync(file, text);
  } finally {
    closeSync(file);
  }
  return { lines, hosts, bytes };
}

/** How often each host is seen; the numbers add up to `lines`. */
function looksOf(hosts: number, lines: number, random: () => number): Uint16Array {
  const looks = new Uint16Array(hosts);
  let sum = 0;
  for (let host = 0; host < hosts; host += 1) {
    const share = host / hosts;
    looks[host] = share < SHARES.once ? 1 : manyLooks(share < SHARES.once + SHARES.backbone, random);
    sum += looks[host] ?? 0;
  }
  const first = Math.ceil(hosts * SHARES.once);
  for (let host = first; sum !== lines; host = host + 1 < hosts ? host + 1 : first) {
    const step = sum < lines ? 1 : -1;
    const seen = (looks[host] ?? 0) + step;
    // Nobody changes class: once, up to a hundred, more.
    if (seen < 2 || seen === 100 || seen === 101) continue;
    looks[host] = seen;
    sum += step;
  }
  return looks;
}

function manyLooks(backbone: boolean, random: () => number): number {
  return backbone ? 102 + Math.floor(random() * 278) : 2 + Math.floor(98 * random() ** 4.87);
}

/** The hosts seen on each day, in the order of the day. */
function looksByDay(looks: Uint16Array, random: () => number): readonly number[][] {
  const days: number[][] = Array.from({ length: STUDY.days }, () => []);
  for (const [host, count] of looks.entries()) {
    const span = count > 100 ? 200 + Math.floor(random() * 94) : Math.floor(random() * STUDY.days) + 1;
    const from = Math.floor(random() * (STUDY.days - span + 1));
    for (let look = 0; look < count; look += 1) days[from + Math.floor(random() * span)]?.push(host);
  }
  for (const seen of days) shuffle(seen, random);
  return days;
}

function shuffle(list: number[], random: () => number): void {
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [list[at], list[other]] = [list[other] ?? 0, list[at] ?? 0];
  }
}

/** A model's JSON around the time at which a host pulled it. */
interface Model {
  readonly head: string;
  readonly tail: string;
}

const FAMILIES = ["llama", "qwen2", "gemma2", "qwen3", "phi3", "deepseek2", "nomic-bert", "gemma3"];
const QUANTIZATIONS = ["Q4_K_M", "Q4_0", "Q8_0", "F16", "Q5_K_M", "Q6_K"];
const SIZES = ["7.6B", "8.0B", "3.2B", "1.5B", "14.8B", "32.8B", "70.6B", "137M"];
const CAPABILITIES = [null, null, ["completion"], ["completion", "tools"], ["completion", "vision"], ["embedding"]];
const VERSIONS = [
  "0.1.48",
  "0.3.14",
  "0.5.7",
  "0.6.2",
  "0.6.8",
  "0.7.1",
  "0.9.0",
  "0.9.6",
  "0.11.4",
  "0.12.3",
  "0.13.0",
];

function modelOf(index: number, random: () => number): Model {
  const family = pick(FAMILIES, random() ** 2);
  const size = pick(SIZES, random());
  const name = `example-${family}-${index}:${size.toLowerCase()}`;
  const details = {
    parent_model: "",
    format: "gguf",
    family,
    families: [family],
    parameter_size: size,
    quantization_level: pick(QUANTIZATIONS, random() ** 2),
    context_length: null,
    embedding_length: null,
  };
  const bytes = Math.floor(random() * 4e10) + 1e8;
  const rest = { capabilities: pick(CAPABILITIES, random()), remote_model: null, remote_host: null };
  const tail = JSON.stringify({ size: bytes, digest: hex(64, random), details, ...rest });
  return { head: `{"name":"${name}","model":"${name}","modified_at":"`, tail: `",${tail.slice(1)}` };
}

/** Three models; a few of the catalogue are on most hosts. Each host pulled them at its own time. */
function listOf(catalogue: readonly Model[], random: () => number): string {
  const entries = Array.from({ length: 3 }, () => {
    const { head, tail } = pick(catalogue, random() ** 3);
    const pulled = new Date(BEGIN_MS - Math.floor(random() * 2.5e10)).toISOString();
    return `${head}${pulled.slice(0, -1)}${String(Math.floor(random() * 1e6)).padStart(6, "0")}Z${tail}`;
  });
  return `[${entries.join(",")}]`;
}

const KINDS = ["Broadband", "Telecom", "Hosting", "Cloud", "University", "Network"];
const COUNTRIES = countryCodes();

/** The 130 codes that come first of A to Z twice, leaving out X and Z: places, not shares, are what counts. */
function countryCodes(): readonly string[] {
  const letters = "CUDFKIRSBGAEHJLMNOPQTVWY";
  const codes = Array.from(
    { length: 130 },
    (_, at) => `${letters[at % 24] ?? ""}${letters[Math.floor(at / 24) + 1] ?? ""}`,
  );
  return codes;
}

interface Network {
  readonly asn: number;
  readonly organisation: string;
  readonly country: string;
}

function networkOf(index: number, random: () => number): Network {
  const organisation = `Example ${pick(KINDS, random())} ${index}`;
  return { asn: FIRST_ASN + index, organisation, country: pick(COUNTRIES, random() ** 3) };
}

/** What stays the same of a host, as the beginning of its lines; addresses of 10.0.0.0/8, which nobody answers for. */
function hostOf(index: number, networks: readonly Network[], random: () => number): string {
  const { country, ...network } = pick(networks, random() ** 3);
  const service = { scheme: "http", address: addressOf(index), port: 11434, host_name: null, base_path: "/" };
  const answer = { answer: "open", confirmed: true, product: "ollama", status: 200, failure: null, signs: [] };
  const rest = { run: null, vantage: "outside", source: "corral", certificate: null };
  const place = { country, region: `Region ${Math.floor(random() * 12)}`, city: null, ...network };
  return JSON.stringify({ kind: "observation", schema: 1, ...service, ...answer, ...rest, ...place }).slice(0, -1);
}

/** Neighbours in the file are no neighbours in the address space: one host's looks lie far from the next one's. */
function addressOf(index: number): string {
  const spread = (index * 40_503) % 16_777_213;
  return `10.${spread >> 16}.${(spread >> 8) & 255}.${spread & 255}`;
}

function lineOf(
  facts: string,
  { list, version, seenMs }: { readonly list: string; readonly version: string; readonly seenMs: number },
  random: () => number,
): string {
  const running = random() < CHANCE.loaded ? loadedOf(list, seenMs) : "[]";
  return `${facts},"seen_at":"${new Date(seenMs).toISOString()}","version":"${version}","requests":4,"duration_ms":${Math.floor(random() * 900)},"models":${list},"running":${running}}\n`;
}

/** The list's first model, to be unloaded five minutes later: as good as every such list is its own. */
function loadedOf(list: string, seenMs: number): string {
  const name = list.slice(10, list.indexOf('"', 10));
  const entry = { name, digest: null, size: 5e9, size_vram: 4e9, context_length: 4096 };
  return JSON.stringify([{ ...entry, expires_at: new Date(seenMs + 300_000).toISOString() }]);
}

function pick<T>(from: readonly T[], place: number): T {
  const value = from[Math.floor(place * from.length)];
  if (value === undefined) throw new Error("nothing to pick from");
  return value;
}
