import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { makeAuthority } from "../../../src/gateway/quota/authority.ts";
import { localLine } from "./local-line.ts";
import { makeGate } from "../../../src/gateway/quota/make-gate.ts";
import { openCounts } from "../../../src/gateway/quota/open-counts.io.ts";
import { machineWorld } from "../../../src/gateway/quota/quota-world.io.ts";
import { limitsOf } from "./limits-of.ts";

/** A gate and its authority on a disk that fills up in the middle: `node full-disk-gate.ts STATE fill|limit`; tells what came of it. */
const [state = "", way = ""] = process.argv.slice(2);
const config = limitsOf({ requests: [{ count: 5000, per: "month" }] });
const reports: string[] = [];
const store = await openCounts({ state, redis: null }, () => undefined);
const authority = makeAuthority(config, store, machineWorld, {
  counts: (failure) => void reports.push(failure === null ? "fine" : failure.message),
});
const line = localLine(setImmediate);
authority.join(1, line.toWorker);
const gate = makeGate(line.toAuthority, config, machineWorld);

/** Asks for one key until it is refused, or `most` times. */
async function admitted(keyId: string, most: number): Promise<{ count: number; reason: string; status: number }> {
  for (let count = 0; count < most; count += 1) {
    const answer = await gate.enter({ keyId, role: "user", tokens: 0, priority: 5, place: true }, null);
    if (!("leave" in answer)) return { count, reason: answer.reason, status: answer.status };
    answer.leave(0);
  }
  return { count: most, reason: "none", status: 200 };
}

const filler = join(state, "filler");

function fill(): void {
  if (way === "limit") return setLimit("1");
  for (let size = 65_536; size >= 1; size = Math.floor(size / 2)) {
    try {
      for (;;) writeFileSync(filler, Buffer.alloc(size), { flag: "a" });
    } catch {
      // Full for this size; try a smaller one.
    }
  }
}

function free(): void {
  if (way === "limit") return setLimit("unlimited");
  rmSync(filler);
}

function setLimit(bytes: string): void {
  execFileSync("prlimit", ["--pid", `${process.pid}`, `--fsize=${bytes}:unlimited`]);
}

const before = await admitted("k1", 10);
fill();
// What is leased goes on; then nothing does, for this key and for new ones.
const during = await admitted("k1", 5000);
const stranger = await admitted("k2", 1);
free();
await wait(100);
const after = await admitted("k1", 6000);
console.log(JSON.stringify({ before, during, stranger, after, reports }));
gate.close();
await wait(20);
await authority.close();
