import { availableParallelism } from "node:os";
import { LOG_GRAMMARS } from "../../src/format/log/grammars.ts";
import type { LogSink } from "../../src/model/log-grammar.ts";
import { mulberry32 } from "../random.ts";
import { GRAMMAR_CASES, type Maker } from "./grammar-rows.ts";

/**
 * Each grammar alone on one core, rows of a text in memory to events that nobody keeps: `node bench/hunt/grammars.ts [ROUNDS] [GRAMMAR]`. Beside
 * it, on the same rows: cutting alone, and the row's parser as one would first write it (a regular expression, `JSON.parse`).
 */
const CHUNK = 1 << 20;
const TARGET = { gin: 1_500_000, json: 100_000 };
const GIN =
  /^\[GIN\] (\d{4})\/(\d\d)\/(\d\d) - (\d\d):(\d\d):(\d\d) \| +(\d{3}) \| +(\S+) \| +(\S*) \| (\S+) +"((?:[^"\\]|\\.)*)"$/u;

/** Chunks of whole rows, each of about a megabyte, as hunt decodes them. */
function chunksOf(make: Maker, rows: number): readonly Buffer[] {
  const random = mulberry32(7);
  const chunks: Buffer[] = [];
  let lines: string[] = [];
  let size = 0;
  for (let at = 0; at < rows; at += 1) {
    const row = `${make(random, at)}\n`;
    lines.push(row);
    size += row.length;
    if (size >= CHUNK || at === rows - 1) {
      chunks.push(Buffer.from(lines.join("")));
      lines = [];
      size = 0;
    }
  }
  return chunks;
}

/** Hands every row on, as `hunt/row-cutter.ts` does. */
function eachRow(
  chunks: readonly Buffer[],
  isAscii: boolean,
  take: (text: string, line: number, offset: number) => void,
): void {
  let line = 0;
  let offset = 0;
  for (const chunk of chunks) {
    const text = chunk.toString(isAscii ? "latin1" : "utf8");
    let from = 0;
    for (let to = text.indexOf("\n"); to !== -1; to = text.indexOf("\n", from)) {
      line += 1;
      take(text.slice(from, to), line, offset + from);
      from = to + 1;
    }
    offset += chunk.length;
  }
}

/** Seconds of this thread's CPU of the cheapest of so many rounds: other people's work on the machine does not count. */
function cheapest(rounds: number, run: () => number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const before = process.threadCpuUsage();
    if (run() === 0) throw new Error("nothing was read");
    const used = process.threadCpuUsage(before);
    best = Math.min(best, (used.user + used.system) / 1e6);
  }
  return best;
}

function main(rounds: number, only: string | undefined): void {
  process.stdout.write(
    `${availableParallelism()} cores, one used; rows per second of CPU, cheapest of ${rounds} rounds\n\n`,
  );
  process.stdout.write("| rows | rows/s | MB/s | cutting alone, rows/s | plain parser, rows/s | floor |\n");
  process.stdout.write("| --- | --- | --- | --- | --- | --- |\n");
  for (const { name, grammar: id, make, rows } of GRAMMAR_CASES) {
    if (only !== undefined && only !== id) continue;
    const grammar = LOG_GRAMMARS.find((one) => one.id === id);
    if (grammar === undefined) throw new Error(`no grammar ${id}`);
    const chunks = chunksOf(make, rows);
    const isAscii = chunks.every((chunk) => chunk.every((byte) => byte < 128));
    const megabytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0) / 1e6;
    let told = 0;
    const sink: LogSink = {
      event: () => {
        told += 1;
      },
      reject: (row, reason) => {
        throw new Error(`${reason}: ${row.text}`);
      },
      pass: () => {
        told += 1;
      },
    };
    const read = cheapest(rounds, () => {
      told = 0;
      const reader = grammar.read({
        source: 0,
        zoneMinutes: 60,
        year: 2026,
        serverPorts: new Set([11_434]),
        serverAddresses: new Set(),
      });
      eachRow(chunks, isAscii, (text, line, offset) => {
        reader.row({ line, offset, text }, sink);
      });
      reader.end(sink);
      return told;
    });
    const cut = cheapest(rounds, () => {
      let length = 0;
      eachRow(chunks, isAscii, (text) => {
        length += text.length;
      });
      return length;
    });
    const isJson = make(mulberry32(1), 0).startsWith("{");
    const plain = cheapest(rounds, () => {
      let found = 0;
      eachRow(chunks, isAscii, (text) => {
        if (isJson) found += Object.keys(JSON.parse(text) as object).length;
        else found += GIN.exec(text)?.length ?? 1;
      });
      return found;
    });
    const floor = id === "ollama-server" && name.startsWith("GIN rows") ? TARGET.gin : isJson ? TARGET.json : null;
    const rate = (seconds: number): string => Math.round(rows / seconds).toLocaleString("en");
    process.stdout.write(
      `| ${name} | ${rate(read)} | ${(megabytes / read).toFixed(0)} | ${rate(cut)} | ${isJson || id === "ollama-server" ? rate(plain) : "–"} | ${floor?.toLocaleString("en") ?? "–"} |\n`,
    );
  }
}

main(Number(process.argv[2] ?? 5), process.argv[3]);
