import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "../../../scripts/run-command.ts";
import { DETECTIONS } from "../../../src/knowledge/detections/detections.ts";
import type { Detection } from "../../../src/model/detection.ts";
import { FILE_SIGNS } from "../../../src/knowledge/file-signs/file-signs.ts";
import { AUDITD } from "../../../src/rules/print/auditd.ts";
import { exportText } from "../../../src/rules/rule-files.ts";
import { DEFAULT_RULE_SETTING } from "../../../src/rules/rule-language.ts";

const ALL: readonly Detection[] = Object.values(DETECTIONS);
const TEXTS = ALL.flatMap((detection) => {
  const printed = AUDITD.print(detection, DEFAULT_RULE_SETTING);
  return printed.kind === "rule" ? [{ id: detection.id, text: printed.text }] : [];
});

/** The service's account and folders may be missing here: a number stands for the one, the folders are left to their own test. */
const loadable = (text: string): string => text.replaceAll("uid=ollama", "uid=64055");
const rulesOf = (text: string): readonly string[] => text.split("\n").filter((line) => line.startsWith("-a "));

/** Keys of ours: rules of others stay as they are. */
const KEYS: ReadonlySet<string> = new Set(TEXTS.map(({ id }) => `corral-${id}`));

/** Keys of a rule as `auditctl -l` lists it: `-F key=` for each, or `-k` for a lone one of a folder. */
const keysHeld = (line: string): readonly string[] =>
  [...line.matchAll(/(?:key=|-k )(\S+)/gu)].map(([, key]) => key ?? "");

/** Whether the kernel lets this process list its rules: elsewhere these tests are named as not run. */
const { code: mayAudit } = await runCommand(["auditctl", "-l"]);

/** Loads rules, lists what the kernel holds, and takes them out again by their keys. */
async function load(text: string): Promise<{ code: number; output: string; held: readonly string[] }> {
  const folder = await mkdtemp(join(tmpdir(), "corral-audit-"));
  try {
    const file = join(folder, "corral.rules");
    await writeFile(file, text);
    const { code, output } = await runCommand(["auditctl", "-R", file]);
    const { stdout } = await runCommand(["auditctl", "-l"]);
    return { code, output, held: stdout.split("\n").filter((line) => KEYS.has(line.split("key=").at(-1) ?? "")) };
  } finally {
    await rm(folder, { recursive: true, force: true });
    for (const key of KEYS) await runCommand(["auditctl", "-D", "-k", key]);
  }
}

test("what is printed watches programs, sockets and files", () => {
  expect(TEXTS.map(({ id, text }) => `${id}: ${rulesOf(text).length}`)).toMatchInlineSnapshot(`
    [
      "listen-on-every-address: 2",
      "listen-on-local-network: 2",
      "bind-call-beyond-loopback: 2",
      "host-set-by-command: 1",
      "runner-beyond-loopback: 2",
      "model-server-beyond-loopback: 2",
      "unexpected-child: 1",
      "shell-child: 1",
      "download-tool-child: 1",
      "runner-child: 1",
      "service-runs-foreign-program: 1",
      "service-runs-dropped-program: 1",
      "service-reads-secrets: 1",
      "llm-framework-run: 1",
      "llm-framework-install: 1",
      "server-reaches-metadata: 1",
      "server-reaches-inside: 1",
      "server-scans-inside: 1",
      "server-reaches-odd-port: 1",
      "runner-reaches-out: 1",
      "service-child-reaches-out: 1",
      "server-uploads-much: 1",
      "log-file-removed: 7",
      "guard-off-by-command: 1",
      "tunnel-to-model-port: 1",
      "portproxy-to-model-port: 1",
      "container-publishes-model-port: 1",
      "agent-settings-written: 1",
      "server-writes-persistence: 1",
      "service-key-changed: 1",
      "model-store-changed: 1",
    ]
  `);
});

test.runIf(mayAudit === 0)("the kernel takes every rule", async () => {
  const rules = TEXTS.flatMap(({ text }) => rulesOf(loadable(text))).filter((rule) => !rule.includes("dir="));
  const { code, output, held } = await load(`${rules.join("\n")}\n`);
  expect(output).toBe("");
  expect(code).toBe(0);
  expect(held).toHaveLength(rules.length);
});

test.runIf(mayAudit === 0)("the kernel takes an export whole but for folders that are missing", async () => {
  const text = loadable(exportText(ALL, FILE_SIGNS, AUDITD, DEFAULT_RULE_SETTING).text);
  const isThere = (rule: string): boolean => existsSync(/ dir=(\S+)/u.exec(rule)?.[1] ?? "/");
  const there = rulesOf(text).filter(isThere);
  const { code, held } = await load(text);
  expect(code).toBe(there.length === rulesOf(text).length ? 0 : 1);
  expect(held.map(keysHeld)).toEqual(there.map((rule) => rule.split(" -k ").slice(1)));
});

test.runIf(mayAudit === 0)("auditctl refuses a call that does not exist", async () => {
  const { code, held } = await load("-a always,exit -F arch=b64 -S execvx -k corral-shell-child\n");
  expect(code).not.toBe(0);
  expect(held).toEqual([]);
});
