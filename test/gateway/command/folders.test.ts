import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runKeyAdd, runKeyList, runKeyRevoke, runKeyRotate } from "../../../src/gateway/command/key-command.io.ts";
import { runGatewayToken } from "../../../src/gateway/command/token-command.io.ts";
import { openSqliteCounts } from "../../../src/gateway/quota/sqlite-counts.io.ts";
import { runGatewayAuditVerify } from "../../../src/gateway/record/verify-command.io.ts";
import { makeAuditKey } from "../../../src/gateway/record/audit-key.io.ts";
import { openAuditTrail } from "../../../src/gateway/record/audit-trail.io.ts";
import { recordLine } from "../../../src/gateway/record/record-line.ts";
import type { CommandRun } from "../../../src/model/command.ts";
import { testTerminal } from "../../support/test-terminal.ts";
import { recordRow } from "../record/record-rows.ts";

const MAIN = join(import.meta.dirname, "../../../src/cli/main.ts");

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "corral-folders-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function corral(...args: string[]): { readonly status: number | null; readonly stderr: string } {
  const env = { ...process.env, INIT_CWD: folder };
  return spawnSync(process.execPath, [MAIN, ...args], { cwd: folder, encoding: "utf8", env, timeout: 60_000 });
}

test.for<[string, CommandRun, readonly string[]]>([
  ["key list", runKeyList, []],
  ["key revoke", runKeyRevoke, ["1f2e3d4c"]],
  ["key rotate", runKeyRotate, ["1f2e3d4c"]],
  ["token", runGatewayToken, []],
])("gateway %s makes no state folder", async ([, run, args]) => {
  await expect(run(args, { state: "nowhere" }, testTerminal(folder))).rejects.toThrow(
    "--state: nowhere: no such folder",
  );
  expect(readdirSync(folder)).toEqual([]);
});

test("neither does it where the configuration names one that is not there", async () => {
  writeFileSync(join(folder, "gateway.yaml"), "upstream: http://127.0.0.1:9\nroles: { user: {} }\n");
  await expect(runKeyList([], {}, testTerminal(folder))).rejects.toThrow("no such folder");
  expect(readdirSync(folder)).toEqual(["gateway.yaml"]);
  await runKeyAdd([], { name: "one" }, testTerminal(folder));
  const terminal = testTerminal(folder);
  await runKeyList([], {}, terminal);
  expect(terminal.written.out).toContain("one");
});

test("on the command line it is exit 2 with what to do", () => {
  const { status, stderr } = corral("gateway", "key", "list", "--state", "nowhere");
  expect([status, stderr]).toEqual([
    2,
    "error: --state: nowhere: no such folder\nhint: it is the folder that gateway.yaml calls state\n",
  ]);
  expect(existsSync(join(folder, "nowhere"))).toBe(false);
});

test("counts are for their owner alone, with all that SQLite makes beside them, also where they were not", async () => {
  const path = join(folder, "gateway-counts.db");
  const modes = (): readonly string[] =>
    readdirSync(folder).map((name) => `${name} ${(statSync(join(folder, name)).mode & 0o777).toString(8)}`);
  const wanted = ["gateway-counts.db 600", "gateway-counts.db-shm 600", "gateway-counts.db-wal 600"];
  writeFileSync(path, "", { mode: 0o644 });
  const store = openSqliteCounts(path);
  expect(modes()).toEqual(wanted);
  await store.close();
});

test("the verifier finds the state folder by the configuration, as its siblings do", async () => {
  writeFileSync(join(folder, "other.yaml"), "upstream: http://127.0.0.1:9\nstate: elsewhere\n");
  await makeAuditKey(join(folder, "elsewhere"));
  const { trail } = await openAuditTrail(join(folder, "elsewhere"), { checkpointSeconds: 60 });
  trail.append([recordLine(recordRow())]);
  await trail.close();
  const terminal = testTerminal(folder);
  expect(await runGatewayAuditVerify([], { config: "other.yaml" }, terminal)).toBe(0);
  expect(terminal.written.out).toContain("the trail is whole");
  writeFileSync(join(folder, "gateway.yaml"), "upstream: http://127.0.0.1:9\nstate: elsewhere\n");
  expect(await runGatewayAuditVerify([], {}, testTerminal(folder))).toBe(0);
});

test.for<[string, string, string]>([
  ["a certificate that is not there", "none.pem", "cannot be read"],
  ["one that is none", "text.pem", "are no certificate and its key"],
])("%s is told alone, with exit 2", ([, certificate, message]) => {
  writeFileSync(join(folder, "text.pem"), "-----BEGIN CERTIFICATE-----\n");
  writeFileSync(
    join(folder, "gateway.yaml"),
    `upstream: http://127.0.0.1:9
listen: { port: 0, tls: { certificate: ${certificate}, key: text.pem } }
operations: null
roles: { user: {} }
`,
  );
  const { status, stderr } = corral("gateway");
  expect(status).toBe(2);
  expect(stderr).toMatch(/^error: [^\n]+\nhint: [^\n]+\n$/u);
  expect(stderr).toContain(message);
});
