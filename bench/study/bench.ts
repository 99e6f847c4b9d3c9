import { mkdir, rm, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { peerSql } from "../import/peer.ts";
import { generate, SEED, STUDY } from "./generate.ts";
import { type Cost, measured, row } from "../measured.ts";

/**
 * The study at the published scale, each step in a process of its own, beside "the scan": DuckDB reading every column of the same lines.
 * A tenth of the lines is measured first: what ten times the data costs. `node bench/study/bench.ts FOLDER [LINES]`: FOLDER needs some
 * 20 GB at the published number of lines, and what is generated in it stays for the next time.
 */
const MAIN = join(import.meta.dirname, "../../src/cli/main.ts");
const PEER = join(import.meta.dirname, "../import/peer.ts");
const COLD = ["F1", "T6", "weekly"] as const;
const print = (text: string): void => void process.stdout.write(text);

interface Measured {
  readonly scan: Cost;
  readonly imported: Cost;
  readonly study: Cost;
}

async function measure(folder: string, lines: number): Promise<Measured> {
  const file = join(folder, `study-${lines}.jsonl`);
  if ((await stat(file).catch(() => null)) === null) generate(file, lines);
  const lake = join(folder, `lake-${lines}`);
  await rm(lake, { recursive: true, force: true });
  const bytes = (await stat(file)).size;
  print(`\n## ${lines} lines, ${(bytes / 1e9).toFixed(2)} GB, seed ${SEED}, ${availableParallelism()} threads\n\n`);
  print("| what | wall | CPU | most RSS |\n| --- | --- | --- | --- |\n");
  const scan = await told("the scan", [PEER, file]);
  const imported = await told("corral import, rollups included", [
    MAIN,
    "import",
    "jsonl",
    file,
    "--lake",
    lake,
    "--no-networks",
  ]);
  const study = await told("corral study, first: every output, HTML, Markdown, JSON, CSV", studyOf(lake, folder));
  await told("corral study, again", studyOf(lake, folder));
  for (const table of COLD)
    await told(`corral study --table ${table}, new process`, [MAIN, "study", "--lake", lake, "--table", table]);
  return { scan, imported, study };
}

function studyOf(lake: string, folder: string): readonly string[] {
  return [MAIN, "study", "--lake", lake, "--out", join(folder, "out")];
}

async function told(name: string, args: readonly string[]): Promise<Cost> {
  const cost = await measured(args);
  print(row(name, cost));
  return cost;
}

async function main(folder: string, lines: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  print(`the scan:\n${peerSql("FILE")}\n`);
  const small = await measure(folder, Math.round(lines / 10));
  const large = await measure(folder, lines);
  const times = (part: keyof Measured, of: keyof Measured): string =>
    `${(large[part].seconds / large[of].seconds).toFixed(2)} (CPU ${(large[part].cpuSeconds / large[of].cpuSeconds).toFixed(2)})`;
  const grown = (part: keyof Measured): string => (large[part].seconds / small[part].seconds).toFixed(1);
  print(
    `\nimport ÷ scan ${times("imported", "scan")}, at most 5; RSS ${large.imported.rssMb.toFixed(0)} MB, at most 2048\n`,
  );
  print(`study ÷ scan ${times("study", "scan")}, at most 1; RSS ${large.study.rssMb.toFixed(0)} MB, at most 1024\n`);
  print(`ten times the data: import ${grown("imported")} ×, study ${grown("study")} ×, at most 13\n`);
  const lake = join(folder, `lake-${lines}`);
  const warm = JSON.parse((await measured([join(import.meta.dirname, "warm.ts"), lake])).out) as Record<string, number>;
  const slow = Object.entries(warm).toSorted(([, one], [, other]) => other - one);
  print(`warm, ms: ${slow.map(([id, ms]) => `${id} ${ms}`).join(", ")}; at most 1000 each\n`);
  const sqlite = await measured([join(import.meta.dirname, "sqlite.ts"), lake, join(folder, "peer.db")]);
  print(`the same written plainly in SQLite, seconds: ${sqlite.out}`);
}

const [folder = "", lines = String(STUDY.lines)] = process.argv.slice(2);
if (folder === "") throw new Error("usage: node bench/study/bench.ts FOLDER [LINES]");
await main(folder, Number(lines));
