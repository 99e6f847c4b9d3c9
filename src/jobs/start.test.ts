import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { NamespaceRun } from "../../test/start/namespace-run.ts";

const SCRIPT = join(import.meta.dirname, "../../test/start/namespace-run.ts");
const UNSHARE = [["--net"], ["--net", "--map-root-user"]].find(
  (flags) => spawnSync("unshare", [...flags, "true"]).status === 0,
);
/** Without the right to make a network namespace these are named as not run; CI has the right and must run them. */
const canRun = UNSHARE !== undefined || process.env["CI"] !== undefined;

let out = "";
let loopback: NamespaceRun;
let interfaces: NamespaceRun;

function startInNamespace(...args: readonly string[]): NamespaceRun {
  const command = [...(UNSHARE ?? ["--net"]), process.execPath, SCRIPT, ...args];
  const { stdout, stderr, status } = spawnSync("unshare", command, {
    encoding: "utf8",
    timeout: 110_000,
    maxBuffer: 1 << 24,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout) as NamespaceRun;
}

describe.runIf(canRun)("corral start in a network of its own", () => {
  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), "corral-start-"));
    loopback = startInNamespace("--out", out);
    interfaces = startInNamespace("--out", out, "--interfaces");
  }, 240_000);
  afterAll(async () => {
    await rm(out, { recursive: true, force: true });
  });

  test("asks loopback only", () => {
    expect(loopback).toMatchObject({ exitCode: 0, strayed: { withoutRoute: 0, neighbours: 0 } });
    expect(Object.keys(loopback.asked).toSorted()).toEqual(["127.0.0.1:11434", "127.0.0.1:8081"]);
    expect(loopback.asked["127.0.0.1:11434"]).toContain("GET /api/tags");
  });

  test("straying would have shown", () => {
    expect(loopback.strayedAfterControl.withoutRoute).toBeGreaterThan(0);
    expect(loopback.strayedAfterControl.neighbours).toBeGreaterThan(0);
  });

  test("tells of each server in one sentence who else could reach it", () => {
    const told = loopback.stderr.split("\n").filter((line) => line.startsWith("Ollama (version"));
    expect(told).toHaveLength(2);
    expect(told.find((line) => line.includes(":11434"))).toMatch(
      /^Ollama \(version 0\.12\.3, \d+ models?, no login\) at http:\/\/127\.0\.0\.1:11434 listens on loopback only/u,
    );
    expect(told.find((line) => line.includes("127.0.0.1:8081"))).toMatch(
      / anyone in 10\.77\.0\.0\/24.*; reach from the internet is unknown from here\.$/u,
    );
  });

  test("writes a report of this machine and one of the sample, the sample labelled, and says where", async () => {
    const own = await readFile(join(out, "report/report.html"), "utf8");
    expect(own).toMatch(
      /<h2[^>]*>This machine<\/h2>\n<ul><li>Ollama \(version 0\.30\.1, .* anyone in 10\.77\.0\.0\/24/u,
    );
    expect(own).not.toContain("synthetic");
    expect(await readFile(join(out, "sample-report/report.md"), "utf8")).toContain("synthetic data");
    expect(loopback.stdout).toBe(`${join(out, "report/report.html")}\n${join(out, "sample-report/report.html")}\n`);
  });

  test("may be run again at once, and with --interfaces asks the machine's other own address and nothing else", async () => {
    expect(interfaces).toMatchObject({ exitCode: 0, strayed: { withoutRoute: 0, neighbours: 0 } });
    expect(interfaces.asked["10.77.0.10:8082"]).toContain("GET /api/tags");
    expect(interfaces.stderr).toMatch(
      /^Ollama \(version 0\.5\.7, .*\) at http:\/\/10\.77\.0\.10:8082 listens on 10\.77\.0\.10: /mu,
    );
    expect(await readFile(join(out, "own-host-scope.yaml"), "utf8")).toContain("10.77.0.10/32");
  });
});
