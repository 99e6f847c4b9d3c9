import { openSync, writeSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { windowAt } from "../../../src/gateway/quota/calendar-window.ts";
import type { FromAuthority } from "../../../src/gateway/quota/gate.ts";
import { makeGate } from "../../../src/gateway/quota/make-gate.ts";
import { machineWorld } from "../../../src/gateway/quota/quota-world.io.ts";
import { CASE, KEYS, RESERVED } from "./quota-case.ts";

/** A worker that admits requests as fast as its gate lets it, and writes each down at once: `node quota-worker.ts LOG`. */
const log = openSync(process.argv[2] ?? "", "a");
process.on("disconnect", () => process.exit(0));
const hearers: ((message: FromAuthority) => void)[] = [];
const stop = new AbortController();
process.on("message", (message: FromAuthority | { readonly kind: "stop" }) => {
  if (message.kind === "stop") stop.abort();
  else for (const hear of hearers) hear(message);
});
const gate = makeGate(
  {
    post: (message) => process.send?.(message, undefined, undefined, () => undefined),
    listen: (take) => void hearers.push(take),
  },
  CASE,
  machineWorld,
);

/** One request of a key; it stays inside for a moment, now and then. */
async function admit(keyId: string, turn: number): Promise<string> {
  const window = windowAt("day", Date.now()).start;
  const answer = await gate.enter({ keyId, role: "user", tokens: RESERVED, priority: 5, place: true }, null);
  if (!("leave" in answer)) return answer.reason;
  const used = (turn * 7) % (RESERVED + 1);
  writeSync(log, `${keyId} ${window} ${used}\n`);
  if (turn % 16 === 0) await wait(1);
  answer.leave(used);
  return "admitted";
}

let spent = 0;
for (let turn = 1; !stop.signal.aborted; turn += 1) {
  const outcomes = await Promise.all(KEYS.map((key) => admit(key, turn)));
  const isSpent = outcomes.every((outcome) => outcome === "request-quota" || outcome === "token-quota");
  spent = isSpent ? spent + 1 : 0;
  if (spent === 20) process.send?.({ kind: "spent" });
  if (outcomes.some((outcome) => outcome !== "admitted")) await wait(20);
  else if (turn % 20 === 0) await wait(1);
}
gate.close();
setTimeout(() => process.disconnect(), 50);
