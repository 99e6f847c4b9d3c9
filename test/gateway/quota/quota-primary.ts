import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { makeAuthority } from "../../../src/gateway/quota/authority.ts";
import type { ToAuthority } from "../../../src/gateway/quota/gate.ts";
import { openCounts } from "../../../src/gateway/quota/open-counts.io.ts";
import { machineWorld } from "../../../src/gateway/quota/quota-world.io.ts";
import { CASE, LIMIT } from "./quota-case.ts";
import type { PrimaryCase } from "./quota-case.ts";

/** A gateway's primary without anything but counts: `node quota-primary.ts CASE`. Ends its workers by dying, or on `stop`. */
const one = JSON.parse(process.argv[2] ?? "") as PrimaryCase;
const store = await openCounts(one, (words) => process.send?.({ say: words }));
const authority = makeAuthority(CASE, store, machineWorld, {
  counts: (failure) => process.send?.({ counts: failure?.message ?? "fine" }),
});
const children = new Map<number, ChildProcess>();
let last = 0;
let isStopping = false;

function start(): void {
  last += 1;
  const number = last;
  const child = fork(new URL("quota-worker.ts", import.meta.url), [one.log]);
  children.set(number, child);
  authority.join(number, {
    post: (message) => {
      if (child.connected) child.send(message);
    },
    listen(take) {
      child.on("message", (message: ToAuthority | { readonly kind: "spent" }) => {
        if (message.kind === "spent") process.send?.({ spent: number });
        else take(message);
      });
    },
  });
  child.on("exit", () => {
    children.delete(number);
    authority.gone(number);
    if (!isStopping) start();
    else if (children.size === 0) void authority.close().then(() => process.disconnect());
  });
  process.send?.({ worker: number, pid: child.pid });
}

process.on("message", () => {
  isStopping = true;
  for (const child of children.values()) child.send({ kind: "stop" });
});
for (let at = 0; at < LIMIT.workers; at += 1) start();
