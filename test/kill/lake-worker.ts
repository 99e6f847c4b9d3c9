/* One process of the lake's kill test: `node lake-worker.ts ROLE LAKE NUMBER`. It tells what is durable on stdout and works until killed. */
import { writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { JUDGEMENTS } from "../../src/classify/judgements.ts";
import { parsePrefix } from "../../src/model/prefix.ts";
import { prefixSet } from "../../src/model/prefix-set.ts";
import { compactLake } from "../../src/store/compact.io.ts";
import { foldFile } from "../../src/store/fold-file.io.ts";
import { forget } from "../../src/store/forget.io.ts";
import { openSnapshot } from "../../src/store/snapshot.io.ts";
import { openRunWriter } from "../../src/store/writer.io.ts";
import { lakeObservation, lakeRun } from "../support/lake-lines.ts";

const [, , role, lake = "", numberText = "0"] = process.argv;
const number = Number(numberText);
const LINES_PER_SYNC = 20;
const FILE_LINES = 200;

function tell(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** Writes lines without end; after each sync, tells up to which line they must survive. Every third line is written twice. */
async function write(): Promise<void> {
  const options = { syncMs: 40, chunkMs: 800, chunkBytes: 1 << 20 };
  const writer = await openRunWriter(lake, lakeRun(number), options);
  for (let n = 0; ;) {
    for (const end = n + LINES_PER_SYNC; n < end; n += 1) {
      writer.observation(lakeObservation(number, n));
      if (n % 3 === 0) writer.observation(lakeObservation(number, n));
    }
    writer.checkpoint({ next: n });
    await writer.flush();
    tell({ durable: n });
    await wait(10);
  }
}

/** Imports one file again and again. */
async function imports(): Promise<void> {
  const path = `${lake}-${number}.jsonl`;
  const lines = Array.from({ length: FILE_LINES }, (_, n) => JSON.stringify(lakeObservation(number, n)));
  await writeFile(path, `${lines.join("\n")}\n`);
  for (;;) {
    await foldFile(lake, path, { run: lakeRun(number), threads: 1 });
    tell({ durable: FILE_LINES });
  }
}

async function compact(): Promise<void> {
  for (;;) {
    const { damaged } = await compactLake(lake, { threads: 1 });
    tell({ compacted: true, damaged });
    await wait(300);
  }
}

/** Forgets addresses that only it knows, again and again, among everything the others do. */
async function forgets(): Promise<void> {
  const prefix = parsePrefix("10.250.0.0/16");
  if (!prefix.ok) throw new Error(prefix.error);
  for (;;) {
    const writer = await openRunWriter(lake, lakeRun(250), { syncMs: 40 });
    for (let n = 0; n < LINES_PER_SYNC; n += 1) writer.observation(lakeObservation(250, n));
    await writer.close();
    const { left } = await forget(lake, { kind: "addresses", prefixes: prefixSet([prefix.value]) });
    tell({ left });
  }
}

/** Counts per writer, with the times between which the counts were true. */
async function read(): Promise<void> {
  for (;;) {
    const from = Date.now();
    const snapshot = await openSnapshot(lake, JUDGEMENTS, { threads: 1 });
    const rows = await snapshot.query(
      "SELECT run, count(*) AS looks, count(DISTINCT address) AS hosts FROM observation GROUP BY run",
    );
    tell({ from, to: Date.now(), damaged: snapshot.damaged, rows });
    await snapshot.close();
  }
}

const ROLES: Readonly<Record<string, () => Promise<void>>> = { write, import: imports, compact, forget: forgets, read };
await ROLES[role ?? ""]?.();
