import { existsSync } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { type Cost, measured } from "../measured.ts";
import { generate, SEED } from "./generate.ts";
import { peerSql } from "./peer.ts";

/**
 * Import against DuckDB's own reading of the same file, in turns, each in a process of its own, wall time from start to end.
 * Usage: node bench/import/bench.ts [LINES] [ROUNDS]
 */
const TARGET = { ratio: 4, rssMb: 1536 };

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

function told(name: string, costs: readonly Cost[]): string {
  const seconds = costs.map((cost) => cost.seconds);
  const spread = `${Math.min(...seconds).toFixed(2)}–${Math.max(...seconds).toFixed(2)}`;
  const cpu = median(costs.map((cost) => cost.cpuSeconds)).toFixed(2);
  const rss = Math.max(...costs.map((cost) => cost.rssMb)).toFixed(0);
  return `| ${name} | ${median(seconds).toFixed(2)} s | ${spread} s | ${cpu} s | ${rss} MB |`;
}

async function main(lines: number, rounds: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "corral-bench-"));
  try {
    const file = join(folder, "tags.jsonl");
    const made = generate(file, lines);
    const perRow = ((await stat(file)).size / lines).toFixed(0);
    process.stdout.write(
      `seed ${SEED}: ${lines} lines, ${made.hosts} hosts, ${perRow} bytes a row, ${availableParallelism()} threads\n`,
    );
    process.stdout.write(`peer:\n${peerSql("FILE")}\n`);
    const peer: Cost[] = [];
    const corral: Cost[] = [];
    for (let round = 0; round < rounds; round += 1) {
      peer.push(await measured([join(import.meta.dirname, "peer.ts"), file]));
      const lake = join(folder, `lake-${round}`);
      const cost = await measured([mainModule(), "import", "jsonl", file, "--lake", lake, "--json"]);
      const { files } = JSON.parse(cost.out) as { files: readonly { new_observations: number }[] };
      if (files[0]?.new_observations !== lines) throw new Error(`imported ${files[0]?.new_observations} of ${lines}`);
      corral.push(cost);
      await rm(lake, { recursive: true });
    }
    process.stdout.write("| what | median | spread | CPU | most RSS |\n| --- | --- | --- | --- | --- |\n");
    process.stdout.write(`${told("DuckDB reads the file", peer)}\n${told("corral import", corral)}\n`);
    const ratio = median(corral.map((cost) => cost.seconds)) / median(peer.map((cost) => cost.seconds));
    const rss = Math.max(...corral.map((cost) => cost.rssMb));
    process.stdout.write(
      `ratio ${ratio.toFixed(2)} (at most ${TARGET.ratio}); RSS ${rss.toFixed(0)} MB (at most ${TARGET.rssMb} at 10^6)\n`,
    );
    process.exitCode = ratio <= TARGET.ratio && rss <= TARGET.rssMb ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function mainModule(): string {
  const path = join(import.meta.dirname, "../../src/cli/main.ts");
  if (!existsSync(path)) throw new Error(`no ${path}`);
  return path;
}

const [lines = "100000", rounds = "5"] = process.argv.slice(2);
await main(Number(lines), Number(rounds));
