import { closeSync, openSync, writeSync } from "node:fs";
import { hex, mulberry32 } from "../random.ts";

/**
 * A campaign of `/api/tags`-shaped lines, the same for the same seed: some 41 looks at a host, three models each, lists that change at one
 * look in fifty. Lines come in the order of time, as a survey writes them: every list comes back again and again, far apart.
 */
export const SEED = 20260129;
const LOOKS = 41;
const CATALOGUE = 1500;
const CHANGE = 0.02;
const FLUSH_CHARS = 1 << 20;

/** What was written. */
export interface Generated {
  readonly lines: number;
  readonly hosts: number;
  readonly bytes: number;
}

/** Writes `lines` lines to a new file. */
export function generate(path: string, lines: number, seed = SEED): Generated {
  const random = mulberry32(seed);
  const catalogue = Array.from({ length: CATALOGUE }, (_, index) => modelOf(index, random));
  const hosts = Math.max(1, Math.round(lines / LOOKS));
  const lists = Array.from({ length: hosts }, () => listOf(catalogue, random));
  const facts = Array.from({ length: hosts }, (_, index) => hostOf(index, random));
  const file = openSync(path, "w");
  let bytes = 0;
  let text = "";
  try {
    for (let line = 0; line < lines; line += 1) {
      const host = line % hosts;
      if (random() < CHANGE) lists[host] = listOf(catalogue, random);
      text += lineOf(facts[host] ?? "", lists[host] ?? "[]", Math.floor(line / hosts), host, random);
      if (text.length > FLUSH_CHARS) {
        bytes += writeSync(file, text);
        text = "";
      }
    }
    bytes += writeSync(file, text);
  } finally {
    closeSync(file);
  }
  return { lines, hosts, bytes };
}

interface Model {
  readonly name: string;
  readonly size: number;
  readonly digest: string;
  readonly details: object;
}

const FAMILIES = ["llama", "qwen2", "gemma2", "qwen3", "phi3", "deepseek2", "mistral", "bert"];
const QUANTIZATIONS = ["Q4_K_M", "Q4_0", "Q8_0", "F16", "Q5_K_M", "Q6_K"];
const SIZES = ["7.6B", "8.0B", "3.2B", "1.5B", "14.8B", "32.8B", "70.6B", "137M"];

function modelOf(index: number, random: () => number): Model {
  const family = pick(FAMILIES, random);
  const size = pick(SIZES, random);
  return {
    name: `example-${family}-${index}:${size.toLowerCase()}`,
    size: Math.floor(random() * 4e10) + 1e8,
    digest: hex(64, random),
    details: {
      parent_model: "",
      format: "gguf",
      family,
      families: [family],
      parameter_size: size,
      quantization_level: pick(QUANTIZATIONS, random),
      context_length: null,
      embedding_length: null,
    },
  };
}

/** Three models; a few of the catalogue are on most hosts. Each host pulled them at its own time. */
function listOf(catalogue: readonly Model[], random: () => number): string {
  const entries = Array.from({ length: 3 }, () => {
    const { name, size, digest, details } = pick(catalogue, () => random() ** 3);
    const pulled = new Date(Date.UTC(2025, 0, 1) + Math.floor(random() * 2.5e10)).toISOString();
    const modified = `${pulled.slice(0, -1)}${String(Math.floor(random() * 1e6)).padStart(6, "0")}Z`;
    const rest = { capabilities: null, remote_model: null, remote_host: null };
    return { name, model: name, modified_at: modified, size, digest, details, ...rest };
  });
  return JSON.stringify(entries);
}

/** What stays the same of a host, as the beginning of its lines; addresses of 10.0.0.0/8, which nobody answers for. */
function hostOf(index: number, random: () => number): string {
  const address = `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
  const place = { country: pick(["DE", "US", "CN", "FR", "KR", "IN"], random), region: null, city: null };
  const network = {
    asn: 64496 + Math.floor(random() * 15),
    organisation: `Example Network ${Math.floor(random() * 4000)}`,
  };
  const service = { scheme: "http", address, port: 11434, host_name: null, base_path: "/" };
  const version = `0.${Math.floor(random() * 14)}.${Math.floor(random() * 9)}`;
  const answer = { answer: "open", confirmed: true, product: "ollama", version, status: 200, failure: null, signs: [] };
  const rest = { run: null, vantage: "outside", source: "corral", running: [], certificate: null };
  return JSON.stringify({ kind: "observation", schema: 1, ...service, ...answer, ...rest, ...place, ...network }).slice(
    0,
    -1,
  );
}

function lineOf(facts: string, list: string, look: number, host: number, random: () => number): string {
  const seenMs = Date.UTC(2025, 2, 1) + look * 7 * 86_400_000 + host * 37 + Math.floor(random() * 30);
  const seen = new Date(seenMs).toISOString();
  return `${facts},"seen_at":"${seen}","requests":4,"duration_ms":${Math.floor(random() * 900)},"models":${list}}\n`;
}

function pick<T>(from: readonly T[], random: () => number): T {
  const value = from[Math.floor(random() * from.length)];
  if (value === undefined) throw new Error("nothing to pick from");
  return value;
}
