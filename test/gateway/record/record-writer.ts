// A gateway's record alone, in a process that tests kill, fill and starve: STATE as argument, one command a line on stdin, one JSON line back.
import { execFileSync } from "node:child_process";
import { closeSync, open, openSync, readdirSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { auditPublicKeyPath, makeAuditKey, readAuditPublicKey } from "../../../src/gateway/record/audit-key.io.ts";
import { openRecord } from "../../../src/gateway/record/record-keeper.io.ts";
import { createRecorder } from "../../../src/gateway/record/recorder.io.ts";
import { verifyTrail } from "../../../src/gateway/record/verify-command.io.ts";
import { recordRow } from "./record-rows.ts";

const [, , state = "", mostPending = "1000000"] = process.argv;
const BALLAST = join(state, "ballast");
const turns: (string | null)[] = [];

const tell = (value: object): void => void writeSync(1, `${JSON.stringify(value)}\n`);

await makeAuditKey(state);
const record = await openRecord(state, {
  checkpointSeconds: 0.2,
  mostPending: Number(mostPending),
  fileBytes: 200_000,
  onChange: (trouble) => turns.push(trouble),
});
const recorder = createRecorder((batch) => record.take(batch));
let rows = 0;
const add = (count: number): void => {
  for (let more = 0; more < count; more += 1) recorder.add(recordRow({ id: `${process.pid}-${rows++}` }));
  recorder.flush();
};

/** Writes until the disk takes no more. */
function fill(): void {
  const file = openSync(BALLAST, "w");
  const chunk = Buffer.alloc(4096, 1);
  try {
    for (;;) if (writeSync(file, chunk) < chunk.length) break;
  } catch {
    // Full: as wanted.
  } finally {
    closeSync(file);
  }
}

const FIFOS = Array.from({ length: Number(process.env["UV_THREADPOOL_SIZE"] ?? 4) }, (_, at) =>
  join(state, `fifo-${at}`),
);

/** Every thread that Node gives to files waits for a pipe that nobody writes to: no call of the trail comes back, as on a disk that died. */
function stall(): void {
  execFileSync("mkfifo", FIFOS);
  for (const path of FIFOS) open(path, "r", (_error, file) => closeSync(file));
}

function unstall(): void {
  for (const path of FIFOS) closeSync(openSync(path, "w"));
}

/** What the trail says was dropped. */
function gaps(): readonly unknown[] {
  const lines = readdirSync(join(state, "audit")).flatMap((name) =>
    readFileSync(join(state, "audit", name), "utf8").split("\n"),
  );
  return lines.flatMap((line) =>
    line.includes('"gap":') ? [(JSON.parse(line) as { readonly gap: unknown }).gap] : [],
  );
}

/** Rows without end; what is durable is told after it is. */
async function run(): Promise<never> {
  for (;;) {
    add(1 + (rows % 7));
    const told = rows;
    if (rows % 5 === 0 && (await record.sync())) tell({ durable: told });
    await wait(1);
  }
}

tell({ story: record.story, pid: process.pid });
for await (const line of createInterface({ input: process.stdin })) {
  const [word = "", count = "0"] = line.split(" ");
  if (word === "run") await run();
  if (word === "fill") fill();
  if (word === "free") rmSync(BALLAST, { force: true });
  if (word === "stall") stall();
  if (word === "unstall") unstall();
  if (word === "push") add(Number(count));
  if (word === "look" || word === "push" || word === "stall") {
    tell({ available: record.available, pending: record.pending, rows, turns });
    continue;
  }
  if (word === "add") add(Number(count));
  if (word === "close") {
    tell({ whole: await record.close() });
    break;
  }
  if (word === "die") process.kill(process.pid, "SIGKILL");
  if (word === "verify") {
    await record.sync();
    const key = await readAuditPublicKey(auditPublicKeyPath(state));
    tell({ verdict: await verifyTrail(state, key, []), gaps: gaps() });
    continue;
  }
  const synced = await record.sync();
  tell({ synced, available: record.available, pending: record.pending, rows, turns });
}
