import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { OptionValues, Terminal } from "../../src/model/command.ts";
import { Complaint } from "../../src/model/complaint.ts";
import { instantOf } from "../../src/model/instant.ts";
import type { Observation } from "../../src/model/observation.ts";
import type { Run } from "../../src/model/run.ts";
import { foldFile } from "../../src/store/fold-file.io.ts";
import { type PaperRecord, paperSchema } from "../../src/study/paper/paper-schema.ts";
import { runStudy } from "../../src/study/paper/study-command.io.ts";
import { lakeObservation, lakeRun } from "../support/lake-lines.ts";

let folder = "";
const HALF_DAY_MS = 43_200_000;

/** Hosts of one class: each seen this often, twice a day. */
function hosts(writer: number, amount: number, times: number, run: number): readonly Observation[] {
  return Array.from({ length: amount }, (_, host) =>
    Array.from({ length: times }, (__, time) =>
      lakeObservation(writer, host, {
        run: lakeRun(run).run,
        seen_at: instantOf(Date.UTC(2026, 0, 1) + time * HALF_DAY_MS),
      }),
    ),
  ).flat();
}

const RESEARCH = lakeRun(0xa, { basis: "research", synthetic: false });
const OWN = lakeRun(0xb, { basis: "own", synthetic: false });
const MADE = lakeRun(0xc, { basis: "research", synthetic: true });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-small-cells-"));
  // Seen once: 3, which the floor hides; 2 to 100 times: 17, which would tell them; more often: 20.
  const classes = (run: number): readonly Observation[] => [
    ...hosts(1, 3, 1, run),
    ...hosts(2, 17, 4, run),
    ...hosts(3, 20, 101, run),
  ];
  await fold("research", RESEARCH, classes(0xa));
  await fold("own", OWN, classes(0xb));
  await fold("made", MADE, classes(0xc));
  await fold("astray", MADE, [...classes(0xc), ...hosts(4, 2, 2, 0xd)]);
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fold(name: string, run: Run, lines: readonly Observation[]): Promise<void> {
  const file = join(folder, `${name}.jsonl`);
  await writeFile(file, [run, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(""));
  await foldFile(join(folder, name), file, { run });
}

async function study(options: OptionValues): Promise<PaperRecord> {
  const terminal: Terminal = {
    cwd: folder,
    env: {},
    interactive: false,
    color: false,
    stopped: new AbortController().signal,
    out: () => Promise.resolve(),
    say: () => undefined,
    input: async function* () {},
  };
  await runStudy([], { out: "out", format: "json", ...options }, terminal);
  return paperSchema.parse(JSON.parse(await readFile(join(folder, "out/study.json"), "utf8")));
}

function classesOf({ comparisons }: PaperRecord, side: "here" | "there"): readonly unknown[] {
  const items = ["once", "some", "backbone"];
  return items.map((item) => comparisons.find((one) => one.output === "T2" && one.item === item)?.[side]);
}

test("a comparison withholds what the table withholds, and what would tell it", async () => {
  const record = await study({ lake: "research", compare: "own" });
  const classes = record.outputs.find(({ id }) => id === "T2")?.populations.all?.rows;
  expect(classes?.map((row) => row["hosts"])).toEqual(["withheld", "withheld", 20]);
  expect([classesOf(record, "here"), classesOf(record, "there")]).toEqual([
    [null, null, 0.5],
    [null, null, 0.5],
  ]);
  const published = await study({ lake: "research", compare: "published" });
  expect(classesOf(published, "here")).toEqual([null, undefined, 0.5]);
});

test("every figure that was published as text stands in the comparison, days, countries and networks too; of what nobody knows none is told", async () => {
  const { comparisons } = await study({ lake: "research", compare: "published" });
  const scale = comparisons.filter(({ output }) => output === "T1").map(({ item, here }) => [item, here]);
  expect(scale).toEqual([
    ["days", 51],
    ["observations", 3 + 17 * 4 + 20 * 101],
    ["hosts", 40],
    ["countries", null],
    ["networks", null],
  ]);
});

test.for([
  ["of others", { lake: "research" }],
  ["of others, beside one's own", { lake: "own", compare: "research" }],
  ["of which some observations name no run, beside synthetic ones", { lake: "astray" }],
] as const)("a floor below 5 is refused to a lake %s", async ([, options]) => {
  await expect(study({ ...options, k: "1" })).rejects.toThrow(Complaint);
});

test.for([
  ["of one's own", { lake: "own" }],
  ["of synthetic data", { lake: "made" }],
] as const)("a floor below 5 may be asked of a lake %s", async ([, options]) => {
  expect((await study({ ...options, k: "1" })).floor).toBe(1);
});

test("what is wrong with the other lake is told of --compare", async () => {
  const error: unknown = await study({ lake: "own", compare: "nowhere" }).catch((one: unknown) => one);
  if (!(error instanceof Complaint)) throw new Error("it was taken");
  expect(error.problems.map(({ place }) => place)).toEqual(["--compare"]);
});
