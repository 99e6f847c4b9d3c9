import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { huntCase } from "../hunt/hunt-case.ts";

const here = huntCase();
const IDS = ["5f3b8a52-3f7c-4c0e-9f6a-0d5b6b7c8d77", "6a3b8a52-3f7c-4c0e-9f6a-0d5b6b7c8d78"] as const;
let folder = 0;

interface ToldSigma {
  readonly rules: Readonly<Record<string, { readonly place: string }>>;
  readonly not_read: readonly { readonly place: string; readonly message: string }[];
  readonly not_run: readonly { readonly place: string; readonly why: string }[];
}

function rule(method: string, head: readonly string[]): string {
  const match = `detection: { sel: { cs-method: ${method} }, condition: sel }`;
  return [`title: ${method}`, ...head, "logsource: { category: webserver }", match].join("\n");
}

function correlation(name: string): string {
  return [
    "title: Both",
    "correlation:",
    "  type: event_count",
    `  rules: [${name}]`,
    "  group-by: [c-ip]",
    "  timespan: 1h",
    "  condition: { gte: 2 }",
  ].join("\n");
}

beforeEach(() => {
  folder += 1;
  mkdirSync(join(here.folder, `rules${folder}`));
  const rows = ["DELETE /api/delete", "DELETE /api/delete", "PATCH /x"].map(
    (request, at) => `203.0.113.7 - - [30/Jan/2026:10:06:0${at} +0000] "${request} HTTP/1.1" 200 5 "-" "x"\n`,
  );
  here.write("access.log", rows.join(""));
});
afterAll(() => {
  here.remove();
});

async function told(files: readonly string[]): Promise<{ code: number; ids: readonly string[]; sigma: ToldSigma }> {
  const rules = `rules${folder}`;
  for (const [at, text] of files.entries()) here.write(`${rules}/${"abc".charAt(at)}.yml`, text);
  const { code, out } = await here.hunt(["access.log"], { sigma: rules, json: true });
  const { alerts, sigma } = JSON.parse(out) as { alerts: readonly { detection: string }[]; sigma: ToldSigma };
  return { code, ids: alerts.map(({ detection }) => detection).filter((id) => id.startsWith("sigma-")), sigma };
}

const place = (name: string): string => `rules${folder}/${name}.yml:1:1`;

test.for<[string, readonly string[], string]>([
  ["id", [`id: ${IDS[0]}`], IDS[0]],
  ["name, without an id", ["name: gone"], "gone"],
])("a second rule of the same %s is not run, and is not called unread", async ([, head, key]) => {
  const { code, ids, sigma } = await told([rule("DELETE", head), rule("PATCH", head)]);
  expect(code).toBe(3);
  expect(ids).toEqual([`sigma-${key}`]);
  expect(Object.values(sigma.rules).map((one) => one.place)).toEqual([place("a")]);
  expect(sigma.not_read).toEqual([]);
  expect(sigma.not_run).toEqual([
    { place: place("b"), title: "PATCH", why: `"${key}" is the rule at ${place("a")} already` },
  ]);
});

test("rules of one name with ids of their own run", async () => {
  const { code, ids } = await told(
    IDS.map((id, at) => rule(at === 0 ? "DELETE" : "PATCH", ["name: gone", `id: ${id}`])),
  );
  expect(code).toBe(0);
  expect(ids).toEqual(IDS.map((id) => `sigma-${id}`));
});

test("such a name means none of them to a correlation; an id does", async () => {
  const two = IDS.map((id, at) => rule(at === 0 ? "DELETE" : "PATCH", ["name: gone", `id: ${id}`]));
  const named = await told([...two, correlation("gone")]);
  expect(named.sigma.not_read).toEqual([
    { place: place("c"), message: '"gone" is the name of several rules: say the id of one' },
  ]);
  expect(named.ids).toEqual(IDS.map((id) => `sigma-${id}`));
  const byId = await told([...two, correlation(IDS[0])]);
  expect(byId.code).toBe(0);
  expect(byId.ids).toContain(`sigma-${IDS[1]}`);
  expect(byId.ids).not.toContain(`sigma-${IDS[0]}`);
  expect(byId.ids.length).toBe(2);
});
