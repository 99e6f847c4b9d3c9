import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";

const NAMESPACE =
  process.getuid?.() === 0 ? ["unshare", "--mount"] : ["unshare", "--user", "--map-root-user", "--mount"];
const MOUNT = 'mount -t tmpfs -o size=600k none "$1" && exec "${@:2}"';
const SCRIPT = fileURLToPath(new URL("full-disk-gate.ts", import.meta.url));

let state = "";
afterEach(() => rmSync(state, { recursive: true, force: true }));

const canMount = spawnSync(NAMESPACE[0] ?? "", [...NAMESPACE.slice(1), "mount", "-t", "tmpfs", "none", "/mnt"]).status;

test.for(canMount === 0 ? (["fill", "limit"] as const) : (["limit"] as const))(
  "a disk that takes nothing more (%s): leases go on, then 503, and afterwards no unit is granted twice",
  (way) => {
    state = mkdtempSync(join(tmpdir(), "corral-full-"));
    const wrap = way === "fill" ? [...NAMESPACE, "bash", "-c", MOUNT, "bash", state] : [];
    const words = [...wrap, process.execPath, SCRIPT, state, way];
    const told: unknown = JSON.parse(execFileSync("env", words, { encoding: "utf8" }));
    expect(told).toMatchObject({
      before: { count: 10, reason: "none" },
      during: { reason: "counts-unavailable", status: 503 },
      stranger: { count: 0, reason: "counts-unavailable", status: 503 },
      after: { reason: "request-quota", status: 429 },
    });
    const { before, during, after, reports } = told as Record<"before" | "during" | "after", { count: number }> & {
      reports: readonly string[];
    };
    expect(before.count + during.count + after.count).toBeLessThanOrEqual(5000);
    expect(before.count + during.count + after.count).toBeGreaterThan(4900);
    expect(reports).toHaveLength(2);
    expect(reports[0]).toMatch(/full|disk/u);
    expect(reports[1]).toBe("fine");
  },
);
