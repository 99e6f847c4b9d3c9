import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DiffRecord } from "../../src/study/diff/diff-schema.ts";
import { diffSchema } from "../../src/study/diff/diff-schema.ts";
import { freePort } from "../farm/black-hole.ts";
import { startFarm } from "../farm/farm.ts";
import type { Farm, FarmSpec } from "../farm/farm.ts";
import { INVENTORY } from "../farm/inventory.ts";
import { surveyCase } from "../support/survey-case.ts";
import type { SurveyCase } from "../support/survey-case.ts";
import { corral, receiver } from "./diff-case.ts";
import type { Ended } from "./diff-case.ts";

const [CHAT, EMBED] = INVENTORY;
const OLLAMA: FarmSpec = { kind: "ollama", version: "0.12.0" };
const DEAD: FarmSpec = { kind: "dead" };
const LOGIN: FarmSpec = { kind: "login", at: "everything" };

/** Each server before, after, and what must be told of it. */
const STORY: readonly (readonly [name: string, before: FarmSpec, after: FarmSpec, kinds: readonly string[]])[] = [
  ["stays", OLLAMA, OLLAMA, []],
  ["comes up", DEAD, OLLAMA, ["newly-open"]],
  ["goes", OLLAMA, DEAD, ["closed"]],
  ["gets a login", OLLAMA, LOGIN, ["login-added"]],
  ["loses its login", LOGIN, OLLAMA, ["newly-open", "login-removed"]],
  ["is denied", OLLAMA, { kind: "denied", status: 403 }, ["unclear"]],
  ["is upgraded", OLLAMA, { kind: "ollama", version: "0.13.1" }, ["version-up"]],
  ["is set back", OLLAMA, { kind: "ollama", version: "0.11.4" }, ["version-down"]],
  [
    "learns tools",
    { kind: "ollama", version: "0.30.1", models: [EMBED!] },
    { kind: "ollama", version: "0.30.1", models: [EMBED!, CHAT!] },
    ["models-added", "capability-grown"],
  ],
  [
    "loses a model",
    { kind: "ollama", version: "0.30.1", models: [EMBED!, { ...EMBED!, name: "second:1" }] },
    { kind: "ollama", version: "0.30.1", models: [EMBED!] },
    ["models-gone"],
  ],
  ["is left out of the second run", OLLAMA, OLLAMA, []],
];

let here: SurveyCase;
let farm: Farm;
let first = "";
const port = await freePort("127.0.0.1");

async function replace(specs: readonly FarmSpec[]): Promise<void> {
  const places = farm.hosts;
  await farm.close();
  farm = await startFarm(specs.map((spec, at) => ({ ...spec, port, address: places[at]?.address ?? "" })));
}

beforeAll(async () => {
  farm = await startFarm(STORY.map(([, before]) => ({ ...before, port })));
  here = surveyCase({ prefixes: farm.hosts.map(({ address }) => `${address}/32`), ports: [port] });
  const before = await corral(here.folder, ["survey", "--scope", "scope.yaml", "--lake", "lake", "--json"]);
  first = (JSON.parse(before.out) as { readonly run: string }).run;
  await replace(STORY.map(([, , after]) => after));
  here.write(
    "list.txt",
    farm.hosts
      .slice(0, -1)
      .map(({ address }) => `${address}:${port}\n`)
      .join(""),
  );
  const args = ["survey", "--scope", "scope.yaml", "--lake", "lake", "--targets", "list.txt"];
  const after = await corral(here.folder, args);
  if (after.code !== 0) throw new Error(after.said);
}, 120_000);
afterAll(async () => {
  await farm.close();
  here.end();
});

const diff = (...args: readonly string[]): Promise<Ended> => corral(here.folder, ["diff", "--lake", "lake", ...args]);
const parsed = ({ out }: Ended): DiffRecord => diffSchema.parse(JSON.parse(out));

describe("two surveys of a farm that changed between them", () => {
  test("each server is told by what became of it, and the one nobody asked again is not said to be closed", async () => {
    const ended = await diff("--full", "--json");
    const record = parsed(ended);
    const told = farm.hosts.map(({ address }) => {
      const one = record.services.find(({ service }) => service?.address === address);
      return one === undefined ? [] : one.changes.map(({ kind }) => kind);
    });
    expect(Object.fromEntries(STORY.map(([name], at) => [name, told[at]]))).toEqual(
      Object.fromEntries(STORY.map(([name, , , kinds]) => [name, kinds])),
    );
    expect(record.services.filter(({ asked }) => !asked).map(({ service }) => service?.address)).toEqual([
      farm.hosts.at(-1)?.address,
    ]);
    expect(record).toMatchObject({
      full: true,
      synthetic: false,
      from: { run: first, targets: 11 },
      to: { targets: 10 },
    });
    expect(record.counts).toEqual({
      before_services: 10,
      after_services: 10,
      before_open: 9,
      after_open: 7,
      unchanged: 1,
      likely_decoys: 0,
      not_asked: 1,
    });
    expect(ended.code).toBe(0);
  });

  test("in words: a summary, then a line a service; addresses cut unless asked for", async () => {
    const { out } = await diff();
    expect(out).toMatch(/^newly open +2\nlogin removed +1\n/mu);
    expect(out).toMatch(/^not asked again +1\nunchanged +1\n/mu);
    expect(out).toMatch(/^127\.\d+\.\d+\.x +closed \(refused\)$/mu);
    expect(out).toMatch(/^127\.\d+\.\d+\.x +models added: 1; capability grown: .*tools/mu);
    expect(out).not.toContain("example-chat");
    for (const { address } of farm.hosts) expect(out).not.toContain(`${address}:`);
    const whole = await diff("--full");
    expect(whole.out).toMatch(/^http:\/\/127\.[\d.]+:\d+\/ +models added: example-chat:latest; capability grown: /mu);
  });

  test("between times it is the same", async () => {
    const end = parsed(await diff("--json", "--full"));
    const moment = end.from.kind === "run" ? end.from.finished_at : null;
    const byTime = parsed(await diff("--json", "--full", "--from", moment ?? "", "--to", "2999-01-01"));
    expect(byTime.services.map(({ changes }) => changes)).toEqual(end.services.map(({ changes }) => changes));
  });

  test.for<readonly [words: string, code: number]>([
    ["any", 1],
    ["newly-open", 1],
    ["not-asked", 1],
    ["capability-shrunk", 0],
    ["version-changed,product-changed", 0],
  ])("--fail-on %s ends with %i", async ([words, code]) => {
    expect((await diff("--fail-on", words)).code).toBe(code);
  });
});

describe("the webhook", () => {
  test("receives the record, signed", async () => {
    const hook = await receiver(204);
    const ended = await corral(here.folder, ["diff", "--lake", "lake", "--json", "--webhook", hook.url], {
      CORRAL_WEBHOOK_SECRET: "of the test",
    });
    await hook.end();
    const [message] = hook.messages;
    expect([ended.code, hook.messages.length, message?.body]).toEqual([0, 1, ended.out.trimEnd()]);
    const stamp = String(message?.headers["corral-timestamp"]);
    const sum = createHmac("sha256", "of the test").update(`${stamp}.${message?.body}`).digest("hex");
    expect(message?.headers["corral-signature"]).toBe(`v1=${sum}`);
    expect(ended.out + ended.said).not.toContain("of the test");
  });

  test("that does not take it ends with 3, and everything is printed all the same; its path is not", async () => {
    const hook = await receiver(403);
    const ended = await diff("--webhook", hook.url, "--fail-on", "any");
    await hook.end();
    expect([ended.code, hook.messages.length]).toEqual([3, 1]);
    expect(ended.out).toContain("newly open");
    expect(ended.said).toMatch(
      /^webhook: http:\/\/127\.0\.0\.1:\d+ \(loopback\): status 403; the message was not taken$/mu,
    );
    expect(ended.said).not.toContain("token");
  });

  test("beyond loopback needs https; nothing is read before that is said", async () => {
    const ended = await corral(here.folder, ["diff", "--lake", "none", "--webhook", "http://192.0.2.1/hook"]);
    expect([ended.code, ended.out]).toEqual([2, ""]);
    expect(ended.said).toMatch(/^error: --webhook: is http beyond loopback/u);
  });
});
