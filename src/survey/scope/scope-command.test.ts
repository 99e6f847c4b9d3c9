import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Terminal } from "../../model/command.ts";
import { Complaint } from "../../model/complaint.ts";
import { scopeExample } from "../../model/scope-yaml.ts";
import { runScopeCheck } from "./scope-command.io.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-scope-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** The example, valid whatever the day on which the tests run. */
const VALID = scopeExample()
  .replace("until: 2026-12-31", "until: 9999-12-31")
  .replace("since: 2026-01-01", "since: 2020-01-01");

async function check(
  text: string | Buffer,
  options: Readonly<Record<string, boolean>> = {},
): Promise<{ code: number; out: string }> {
  await writeFile(join(folder, "scope.yaml"), text);
  let out = "";
  const terminal: Terminal = {
    cwd: folder,
    env: {},
    interactive: false,
    color: false,
    stopped: new AbortController().signal,
    out: (data) => {
      out += data;
      return Promise.resolve();
    },
    say: () => undefined,
    input: async function* () {},
  };
  return { code: await runScopeCheck(["scope.yaml"], options, terminal), out };
}

async function complaint(text: string | Buffer): Promise<Complaint> {
  const thrown: unknown = await check(text).then(
    () => null,
    (error: unknown) => error,
  );
  if (thrown instanceof Complaint) return thrown;
  throw new Error("no complaint", { cause: thrown });
}

test("shows the plan of a valid scope", async () => {
  const { code, out } = await check(VALID);
  expect(code).toBe(0);
  expect(out).toMatch(/^scope {7}office network \([0-9a-f]{16}\)$/mu);
  expect(out).toMatch(/^targets {5}65,791$/mu);
  expect(out).toMatch(/^left alone {2}192\.168\.10\.64\/28: 16 addresses, opt-out \(asked on 2026-01-01\)$/mu);
});

test("gives the same as JSON", async () => {
  const { out } = await check(VALID, { json: true });
  expect(JSON.parse(out)).toMatchObject({
    scope_name: "office network",
    addresses: 65_791,
    targets: 65_791,
    ports: [11434],
  });
});

test("resolves the names of a scope, and with --dry-run asks not even DNS", async () => {
  const named = VALID.replace("names: []", "names: [localhost]");
  expect((await check(named)).out).toMatch(/^left alone {2}localhost at 127\.0\.0\.1: special$/mu);
  expect((await check(named, { "dry-run": true })).out).toMatch(/^names {7}1, 1 of them not resolved now/mu);
});

test("a scope that breaks rules ends with every problem, a hint and exit code 2", async () => {
  const told = await complaint(
    VALID.replace("rate: 50", "rate: fast").replace("until: 9999-12-31", "until: 2021-01-01"),
  );
  expect(told.exitCode).toBe(2);
  expect(told.hint).toContain("corral config print scope");
  expect(
    told.problems.map(({ place, message }) => `${place.replace(/:\d+:\d+/u, "")}: ${message.slice(0, 16)}`),
  ).toEqual(["scope.yaml authority.until: has ended: today", "scope.yaml limits.rate: must be a number"]);
});

test.each([
  ["an exclusion of special-purpose addresses", "192.168.10.0/24", "exclude: [192.168.10.0/24]", ""],
  ["an opt-out", "192.168.10.0/24", "exclude: []", "192.168.10.0/24"],
  ["an opted-out name", "127.0.0.1", "exclude: []", "localhost"],
  ["an excluded name", "127.0.0.1", "exclude: [localhost]", ""],
])("a scope of which %s leaves nothing is a problem", async (_, prefix, exclude, who) => {
  const text = JSON.stringify({
    ...(parse(VALID) as object),
    prefixes: [prefix],
    ownSpecial: [prefix],
    ...(parse(exclude) as object),
    optOut: who === "" ? [] : [{ who, since: "2026-01-01" }],
  });
  const told = await complaint(text);
  expect(told.exitCode).toBe(2);
  expect(told.message).toContain("nothing is left to ask after");
});

test.each([
  ["too large", Buffer.alloc((1 << 20) + 1, "#"), "cannot be read: the file is larger than 1 MiB"],
  ["much too large", Buffer.alloc(5 << 20, "\n"), "cannot be read: the file is larger than 1 MiB"],
  ["not text", Buffer.from([0xff, 0xfe, 0x00, 0x80]), "is not UTF-8 text"],
])("a file that is %s is one clear problem", async (_, bytes, message) => {
  expect((await complaint(bytes)).problems).toMatchObject([{ message }]);
});

test("a file that is not there is one clear problem", async () => {
  const terminal = { cwd: folder, stopped: new AbortController().signal };
  const missing = runScopeCheck(["none.yaml"], {}, terminal as Terminal);
  await expect(missing).rejects.toMatchObject({
    problems: [{ place: "none.yaml", message: "cannot be read: no such file" }],
    exitCode: 2,
  });
});
