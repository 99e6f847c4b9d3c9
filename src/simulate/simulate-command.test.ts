import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Terminal } from "../model/command.ts";
import { networkOf } from "../classify/network.ts";
import { parseNetworkOverrides } from "../classify/network-overrides.ts";
import { NAMED_MODELS } from "./named-models.ts";
import { modelFaults, parseCampaign } from "./parse-campaign.ts";
import { runSimulate } from "./simulate-command.io.ts";

const folder = await mkdtemp(join(tmpdir(), "corral-simulate-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

function terminalOf(stopped: AbortSignal = new AbortController().signal): Terminal & { readonly data: string[] } {
  const data: string[] = [];
  return {
    data,
    cwd: folder,
    env: {},
    interactive: false,
    color: false,
    stopped,
    out: (text) => {
      data.push(text);
      return Promise.resolve();
    },
    say: () => undefined,
    input: () => {
      throw new Error("nothing is read");
    },
  };
}

const bytesOf = (name: string, file: string): Promise<Buffer> => readFile(join(folder, name, file));
const SMALL = { hosts: "60", days: "12" };

test("the model that was written makes the same bytes again; another seed makes others", async () => {
  expect(await runSimulate([], { ...SMALL, out: "one" }, terminalOf())).toBe(0);
  expect(await runSimulate([], { model: "one/model.yaml", out: "two" }, terminalOf())).toBe(0);
  expect(await runSimulate([], { ...SMALL, seed: "other", out: "three" }, terminalOf())).toBe(0);
  const files = ["campaign.jsonl", "model.yaml", "network-overrides.csv", "truth.json"];
  expect((await readdir(join(folder, "one"))).toSorted()).toEqual(files);
  for (const file of files) expect(await bytesOf("two", file)).toEqual(await bytesOf("one", file));
  expect(await bytesOf("three", "campaign.jsonl")).not.toEqual(await bytesOf("one", "campaign.jsonl"));
});

test("an interrupted run leaves nothing, not even a part", async () => {
  const stop = new AbortController();
  const running = runSimulate([], { hosts: "3000", days: "90", out: "stopped" }, terminalOf(stop.signal));
  setTimeout(() => stop.abort(), 30);
  expect(await running).toBe(130);
  expect(await readdir(join(folder, "stopped"))).toEqual([]);
});

test("every mistake of a model is told at once, with its place", async () => {
  await writeFile(
    join(folder, "bad.yaml"),
    "hosts: many\ndays: 0\ndecois: 0.1\nlives:\n  - { name: once, share: 1, looks: [1], skew: 1, uptime: [1, 1], late: 1 }\n",
  );
  await expect(runSimulate([], { model: "bad.yaml", out: "never" }, terminalOf())).rejects.toMatchObject({
    exitCode: 2,
    problems: [
      { place: "bad.yaml:1:1 hosts", message: "must be a number" },
      { place: "bad.yaml:2:1 days" },
      { place: "bad.yaml:3:1 decois", message: "is no key here; did you mean decoys?" },
      { place: expect.stringContaining("lives[0].looks") as string },
    ],
  });
  await expect(readdir(join(folder, "never"))).rejects.toMatchObject({ code: "ENOENT" });
});

test.each([
  [
    "profiles:\n  - { name: a, share: 1, since: null, lives: {}, models: { nobody: 1 }, allOf: [], sizes: null, loaded: null }",
    "nobody",
  ],
  ["missingDays: [90]", "behind the last day"],
  ["days: 2\nmissingDays: [0]\npartialDays: [1]", "no whole day is left"],
  ["targets: 10", "fewer targets"],
  ["from: 2026-02-30", "no day of the calendar"],
  ["extras: [{ model: gone, hosts: 1 }]", "is no name in models"],
])("a model that cannot be: %s", (text, words) => {
  const parsed = parseCampaign(text, "campaign.yaml");
  expect(parsed).toMatchObject({ ok: false });
  expect(JSON.stringify(parsed)).toContain(words);
});

test.each([
  [{ hosts: "0" }, "--hosts"],
  [{ scale: "x" }, "--scale"],
  [{ pack: "rar" }, "--pack"],
  [{ hosts: "5", scale: "0.1" }, "--scale"],
])("an option that does not fit: %j", async (options, place) => {
  await expect(runSimulate([], { ...options, out: "never" }, terminalOf())).rejects.toMatchObject({
    exitCode: 2,
    problems: [{ place }],
  });
});

test.each(Object.values(NAMED_MODELS))(
  "the model $name has no fault, and its networks are judged as it says",
  async (model) => {
    expect(modelFaults(model)).toEqual([]);
    const rows = model.networks.map(({ type, tier }, at) => `AS${4_200_000_000 + at},${type ?? ""},${tier ?? ""}`);
    const overrides = parseNetworkOverrides(
      rows.filter((_, at) => model.networks[at]?.override === true).join("\n"),
      "overrides",
    );
    if (!overrides.ok) throw new Error("overrides");
    for (const [at, { organisation, label, type, tier }] of model.networks.entries()) {
      const input = {
        asn: 4_200_000_000 + at,
        organisation: `${organisation} 7`,
        labels: label === null ? null : [label],
      };
      expect(networkOf(input, overrides.value)).toMatchObject({ network_type: type, tier });
    }
  },
);
