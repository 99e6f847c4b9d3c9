import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { JUDGEMENTS } from "../../src/classify/judgements.ts";
import { DECOY_CLASSES, type DecoyEvidence } from "../../src/model/decoy.ts";
import type { Observation } from "../../src/model/observation.ts";
import { serviceKey } from "../../src/model/service.ts";
import { foldFile } from "../../src/store/fold-file.io.ts";
import { openSnapshot } from "../../src/store/snapshot.io.ts";
import type { Row } from "../../src/store/snapshot.ts";
import { textOf } from "../../src/study/row-values.ts";
import { lakeRun } from "../support/lake-lines.ts";

interface LabelledLook {
  readonly case: string;
  readonly expected: (typeof DECOY_CLASSES)[number];
  readonly observation: Observation;
}

interface Judged {
  readonly service: string;
  readonly given: string;
  readonly signs: readonly string[];
}

let folder = "";
let labels: ReadonlyMap<string, LabelledLook> = new Map();
let judged: readonly Judged[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-decoys-"));
  const text = await readFile(join(import.meta.dirname, "../../corpus/decoys/looks.jsonl"), "utf8");
  const looks = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as LabelledLook);
  labels = new Map(looks.map((look) => [serviceKey(look.observation), look]));
  await writeFile(join(folder, "looks"), looks.map(({ observation }) => `${JSON.stringify(observation)}\n`).join(""));
  const rejects: string[] = [];
  await foldFile(join(folder, "lake"), join(folder, "looks"), {
    run: lakeRun(0),
    onReject: ({ reason }) => rejects.push(reason),
  });
  if (rejects.length > 0) throw new Error(`the corpus holds lines that are none: ${rejects.join("; ")}`);
  const lake = await openSnapshot(join(folder, "lake"), JUDGEMENTS);
  judged = (await lake.query("SELECT * FROM decoy")).map(judgedOf);
  await lake.close();
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

function judgedOf(row: Row): Judged {
  const service = row as unknown as Observation;
  const evidence = JSON.parse(textOf(row, "evidence")) as readonly DecoyEvidence[];
  return {
    service: serviceKey(service),
    given: textOf(row, "decoy_class"),
    signs: evidence.map(({ sign }) => sign),
  };
}

test("no service is dropped", () => {
  expect(judged.map(({ service }) => service).toSorted()).toEqual([...labels.keys()].toSorted());
});

test("the confusion of expected and given classes, by services", () => {
  const table = Object.fromEntries(
    DECOY_CLASSES.map((expected) => [
      `expected ${expected}`,
      Object.fromEntries(DECOY_CLASSES.map((given) => [given, count(expected, given)])),
    ]),
  );
  console.table(table);
  expect(table).toEqual({
    "expected likely-real": { "likely-real": 52, uncertain: 8, "likely-decoy": 1 },
    "expected uncertain": { "likely-real": 0, uncertain: 7, "likely-decoy": 0 },
    "expected likely-decoy": { "likely-real": 5, uncertain: 33, "likely-decoy": 34 },
  });
});

function count(expected: string, given: string): number {
  return judged.filter((one) => one.given === given && labels.get(one.service)?.expected === expected).length;
}

test("the mistakes, one by one", () => {
  const mistakes = judged.filter((one) => one.given !== labels.get(one.service)?.expected);
  const lines = mistakes.map(
    ({ service, given, signs }) => `${labels.get(service)?.case ?? ""} → ${given} (${signs.join(", ")})`,
  );
  const counted = [...new Set(lines)]
    .toSorted()
    .map((line) => `${lines.filter((one) => one === line).length} × ${line}`);
  console.log(counted.join("\n"));
  expect(counted).toEqual([
    "3 × a careful decoy: new random times at each address, everything else exact → likely-real (digests-common)",
    "8 × a fleet of one list that never loads anything, exact in all else → uncertain (stamps-shared-widely, never-loaded, digests-common)",
    "1 × a real server kept by researchers to be attacked → likely-real (running-changes, digests-common)",
    "1 × a sensor with twenty-four ports, all of them Ollama → likely-real (ports-many, keys-sorted, digests-common)",
    "23 × a sensor with twenty-four ports, all of them Ollama → uncertain (port-unusual, ports-many, keys-sorted, digests-common)",
    "2 × an enthusiast compares three servers of models on one machine → uncertain (engines-many)",
    "1 × an enthusiast compares three servers of models on one machine → uncertain (engines-many, digests-common)",
    "1 × behind a small Python proxy of the owner's making → likely-decoy (root-server-header, charset-wrong, not-found-foreign, digests-common)",
    "1 × every model modified at the moment of the question → uncertain (stamps-alike, port-unusual, keys-sorted, digests-common)",
    "1 × every time a microsecond later, in isoformat of Python → uncertain (not-found-foreign, digests-common)",
    "5 × five machines of one image, seen once and idle → uncertain (stamps-shared-widely, digests-common)",
  ]);
});
