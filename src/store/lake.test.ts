import { createHash } from "node:crypto";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { JUDGEMENTS } from "../../test/support/judgements.ts";
import type { Observation } from "../model/observation.ts";
import { lakeObservation, lakeRun } from "../../test/support/lake-lines.ts";
import { foldFile } from "./fold-file.io.ts";
import { openRunWriter } from "./writer.io.ts";
import { openSnapshot } from "./snapshot.io.ts";

let folder = "";
let lake = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-lake-"));
  lake = join(folder, "lake");
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function ask(sql: string): Promise<readonly object[]> {
  const snapshot = await openSnapshot(lake, JUDGEMENTS, { threads: 1 });
  try {
    return await snapshot.query(sql);
  } finally {
    await snapshot.close();
  }
}

async function write(observations: readonly Observation[], number = 1): Promise<void> {
  const writer = await openRunWriter(lake, lakeRun(number));
  for (const observation of observations) writer.observation(observation);
  await writer.close();
}

async function importLines(lines: readonly string[], name = "file.jsonl"): Promise<object> {
  const path = join(folder, name);
  await writeFile(path, lines.map((line) => `${line}\n`).join(""));
  return foldFile(lake, path, { run: lakeRun(9) });
}

const some = (count: number): readonly Observation[] => Array.from({ length: count }, (_, n) => lakeObservation(1, n));

describe("what a writer wrote", () => {
  test("is seen from the journal before it is folded, and once after", async () => {
    const writer = await openRunWriter(lake, lakeRun(1));
    for (const observation of some(3)) writer.observation(observation);
    await writer.flush();
    expect(await ask("SELECT count(*) AS n FROM observation")).toEqual([{ n: 3 }]);
    expect(await readdir(join(lake, "segment"))).toEqual([]);
    await writer.close();
    expect(await readdir(join(lake, "journal"))).toEqual([]);
    expect(await ask("SELECT count(*) AS n FROM observation")).toEqual([{ n: 3 }]);
  });

  test("is kept with every field", async () => {
    await write([
      lakeObservation(1, 0, {
        host_name: "llm.example.net",
        signs: ["control-answered"],
        certificate: {
          sha256: "ab".repeat(32),
          subject: "CN=llm.example.net",
          issuer: null,
          not_before: "2026-01-01T00:00:00.000Z",
          not_after: null,
          names: ["llm.example.net"],
          self_signed: true,
        },
        running: [
          {
            name: "model-0",
            digest: null,
            size: 5,
            size_vram: 4,
            context_length: 4096,
            expires_at: "2318-04-11T00:00:00Z",
          },
        ],
      }),
    ]);
    const [row] = await ask("SELECT * FROM observation");
    expect(row).toMatchObject({
      address: "10.1.0.0",
      host_name: "llm.example.net",
      seen_at: "2026-01-01T00:00:00.000Z",
      signs: '["control-answered"]',
      model_count: 1,
      running_count: 1,
      certificate_subject: "CN=llm.example.net",
      certificate_self_signed: true,
      version_rank: 5007,
      duration_ms: 12.5,
    });
    expect(await ask("SELECT name, bits, lineage, parameter_band FROM model")).toEqual([
      { name: "model-0", bits: 4, lineage: "qwen2", parameter_band: "4-7B" },
    ]);
  });

  test("keeps an empty list and a list not seen apart", async () => {
    await write([lakeObservation(1, 0, { models: [] }), lakeObservation(1, 1, { models: null })]);
    expect(await ask("SELECT model_count, inventory IS NULL AS unseen FROM observation ORDER BY seen_at")).toEqual([
      { model_count: 0, unseen: false },
      { model_count: null, unseen: true },
    ]);
  });

  test("loses no line over half a character that a stranger sent", async () => {
    await write([lakeObservation(1, 0, { version: "0.5.7\ud800" })]);
    expect(await ask("SELECT version FROM observation")).toEqual([{ version: "0.5.7\ufffd" }]);
  });
});

describe("an inventory's id", () => {
  test("is the same for the same list from a survey and from a file, never changes, and keeps the server's order", async () => {
    const [entry] = lakeObservation(1, 0).models ?? [];
    if (entry === undefined) throw new Error("no entry");
    const other = { ...entry, name: "zeta" };
    await write([lakeObservation(1, 0, { models: [entry, other] })]);
    await importLines([
      JSON.stringify(lakeObservation(2, 0, { models: [entry, other] }), null, 0).replaceAll(",", ", "),
    ]);
    await importLines([JSON.stringify(lakeObservation(3, 0, { models: [other, entry] }))]);
    const canonical = [entry, other].map(
      ({ name }) =>
        `{"name":"${name}","model":"model-0","modified_at":"2026-01-10T03:04:05.123456789+02:00","size":4683087332,` +
        `"digest":"${"cd".repeat(32)}","capabilities":null,"remote_model":null,"remote_host":null,` +
        `"details":{"parent_model":"","format":"gguf","family":"qwen2","families":["qwen2"],"parameter_size":"7.6B",` +
        `"quantization_level":"Q4_K_M","context_length":null,"embedding_length":null}}`,
    );
    const id = createHash("sha256").update(canonical.join("\n")).digest("hex").slice(0, 32);
    expect(await ask("SELECT inventory, looks, hosts FROM inventory ORDER BY looks DESC")).toMatchObject([
      { inventory: id, looks: 2, hosts: 2 },
      { looks: 1, hosts: 1 },
    ]);
    expect(await ask(`SELECT name FROM model WHERE inventory = '${id}' ORDER BY position`)).toEqual([
      { name: entry.name },
      { name: "zeta" },
    ]);
  });
});

describe("a fold", () => {
  test("adds a file once, whatever its packing", async () => {
    const lines = some(50).map((line) => JSON.stringify(line));
    expect(await importLines(lines)).toEqual({ lines: 50, observations: 50, cards: 0, known: 0, rejected: 0 });
    const text = `${lines.join("\n")}\n`;
    await writeFile(join(folder, "a.gz"), gzipSync(text));
    // Two frames in one file, as zstd -c >> makes them.
    const [one, two] = [text.slice(0, text.indexOf("\n") + 1), text.slice(text.indexOf("\n") + 1)];
    await writeFile(join(folder, "a.zst"), Buffer.concat([zstdCompressSync(one), zstdCompressSync(two)]));
    for (const name of ["a.gz", "a.zst"]) {
      const report = await foldFile(lake, join(folder, name), { run: lakeRun(8) });
      expect(report).toEqual({ lines: 50, observations: 0, cards: 0, known: 50, rejected: 0 });
    }
    expect(await ask("SELECT count(*) AS n FROM run")).toEqual([{ n: 1 }]);
  });

  test("takes one of two equal keys within a file", async () => {
    const line = JSON.stringify(lakeObservation(1, 0));
    expect(await importLines([line, line])).toMatchObject({ observations: 1, known: 1 });
  });

  test("leaves out bad lines with their place, and takes the rest", async () => {
    const good = some(3).map((line) => JSON.stringify(line));
    const bad = [
      "not json",
      '{"kind":"observation"',
      JSON.stringify({ ...lakeObservation(1, 7), port: 70_000 }),
      JSON.stringify({ ...lakeObservation(1, 7), address: "010.0.0.1" }),
      JSON.stringify({ ...lakeObservation(1, 7), seen_at: "yesterday" }),
      JSON.stringify({ ...lakeObservation(1, 7), models: [{ name: 5 }] }),
      JSON.stringify({ ...lakeObservation(1, 7), kind: "other" }),
      JSON.stringify(lakeObservation(1, 7)).replace("0.5.7", String.raw`\ud800`),
    ];
    const lines = [good[0], ...bad, good[1], good[2]].map(String);
    expect(await importLines(lines)).toMatchObject({ observations: 3, rejected: bad.length });
    const rejects = await readFile(join(lake, "rejects", `${lakeRun(9).run}.jsonl`), "utf8");
    const places = rejects
      .trimEnd()
      .split("\n")
      .map((text) => (JSON.parse(text) as { line: number }).line);
    expect(places).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await importLines(lines)).toMatchObject({ observations: 0, known: 3 });
  });
});
