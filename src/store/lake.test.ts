import { createHash } from "node:crypto";
import { appendFile, mkdtemp, readFile, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { JUDGEMENTS } from "../classify/judgements.ts";
import type { Observation } from "../model/observation.ts";
import { lakeObservation, lakeRun } from "../../test/support/lake-lines.ts";
import { compactLake } from "./compact.io.ts";
import { exportLines, exportViews } from "./export.io.ts";
import { foldFile } from "./fold-file.io.ts";
import { createLake } from "./lake.io.ts";
import { newLease, tryLease } from "./lease.io.ts";
import { agreedCards, knownServices, lastCheckpoint } from "./memory.io.ts";
import { openRunWriter } from "./writer.io.ts";
import { openSnapshot } from "./snapshot.io.ts";
import { VIEWS } from "./view-sql.ts";

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
  test("is the same for the same list in another order, from a survey and from a file, and never changes", async () => {
    const [entry] = lakeObservation(1, 0).models ?? [];
    if (entry === undefined) throw new Error("no entry");
    const other = { ...entry, name: "zeta" };
    await write([lakeObservation(1, 0, { models: [entry, other] })]);
    await importLines([JSON.stringify(lakeObservation(2, 0, { models: [other, entry] }))]);
    const canonical = [entry, other].map(
      ({ name }) =>
        `{"name":"${name}","model":"model-0","modified_at":"2026-01-10T03:04:05.123456789+02:00","size":4683087332,` +
        `"digest":"${"cd".repeat(32)}","capabilities":null,"remote_model":null,"remote_host":null,` +
        `"details":{"parent_model":"","format":"gguf","family":"qwen2","families":["qwen2"],"parameter_size":"7.6B",` +
        `"quantization_level":"Q4_K_M","context_length":null,"embedding_length":null}}`,
    );
    const id = createHash("sha256").update(canonical.join("\n")).digest("hex").slice(0, 32);
    expect(await ask("SELECT inventory, looks, hosts FROM inventory")).toEqual([{ inventory: id, looks: 2, hosts: 2 }]);
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

describe("after a death", () => {
  test("the next opener folds what the dead wrote, without its torn last line", async () => {
    const writer = await openRunWriter(lake, lakeRun(1));
    for (const observation of some(5)) writer.observation(observation);
    writer.checkpoint({ next: 5 });
    await writer.flush();
    const [chunk = ""] = await readdir(join(lake, "journal"));
    const text = await readFile(join(lake, "journal", chunk), "utf8");
    await writer.close();
    await rm(lake, { recursive: true });
    await createLake(lake);
    await writeFile(join(lake, "journal", chunk), text);
    await appendFile(join(lake, "journal", chunk), '{"kind":"observation","schema":1,"addr');
    expect(await lastCheckpoint(lake, "ab".repeat(32), "1/1")).toMatchObject({
      run: lakeRun(1).run,
      state: { next: 5 },
    });
    expect(await readdir(join(lake, "journal"))).toEqual([]);
    expect(await ask("SELECT count(*) AS n FROM observation")).toEqual([{ n: 5 }]);
    const known = await knownServices(lake);
    expect(known.get("http://10.1.0.4:11434/")).toEqual({ lastSeenMs: Date.UTC(2026, 0, 1, 0, 0, 4), confirmed: true });
    expect(known.size).toBe(5);
  });

  test("a live owner's lease is not given out", async () => {
    const paths = await createLake(lake);
    const lease = await newLease(paths);
    expect(tryLease(paths, lease.owner)).toBeNull();
    await lease.release();
    const again = tryLease(paths, lease.owner);
    expect(again?.owner).toBe(lease.owner);
    await again?.release();
  });
});

describe("a card", () => {
  test("speaks for others when hosts of three networks agree", async () => {
    const writer = await openRunWriter(lake, lakeRun(1));
    for (const [place, lends] of [
      ["10.1.1.1", true],
      ["10.1.1.2", true],
      ["10.1.2.1", true],
      ["10.1.3.1", false],
    ] as const) {
      writer.card(card(place, lends));
    }
    await writer.close();
    expect(await agreedCards(lake)).toEqual(new Map());
    const more = await openRunWriter(lake, lakeRun(2));
    more.card(card("2001:db8:3::1", true));
    await more.close();
    expect(await agreedCards(lake)).toEqual(new Map([[`${"ef".repeat(32)} 0.6.4`, "cd".repeat(16)]]));
  });

  function card(address: string, lends: boolean): Parameters<Awaited<ReturnType<typeof openRunWriter>>["card"]>[0] {
    return {
      ...{ kind: "card", schema: 1, scheme: "http", address, port: 11434, host_name: null, base_path: "/" },
      ...{
        seen_at: "2026-01-01T00:00:00.000Z",
        run: null,
        source: "corral",
        digest: "ef".repeat(32),
        server_version: "0.6.4",
      },
      ...{ name: "model-0", agreement: "cd".repeat(16), lends, architecture: "qwen2", parameter_count: 7_615_616_512 },
      ...{
        file_type: 15,
        context_length: 32_768,
        embedding_length: 3584,
        block_count: 28,
        format: "gguf",
        family: "qwen2",
      },
      ...{
        families: ["qwen2"],
        parameter_size: "7.6B",
        quantization_level: "Q4_K_M",
        capabilities: ["completion", "tools"],
      },
      ...{
        has_projector: false,
        template: { sha256: "aa".repeat(32), length: 10 },
        template_uses_tools: true,
        system: null,
      },
      ...{ parameters: null, messages: null, renderer: null, parser: null, requires: null },
    };
  }
});

describe("an export", () => {
  test("imports to the same lake", async () => {
    await write([...some(20), lakeObservation(1, 99, { models: null, running: null, host_name: "a.example" })]);
    const signal = new AbortController().signal;
    await exportLines(lake, join(folder, "out.jsonl"), signal);
    const first = await readFile(join(folder, "out.jsonl"), "utf8");
    lake = join(folder, "second");
    await foldFile(lake, join(folder, "out.jsonl"), { run: lakeRun(9) });
    await exportLines(lake, join(folder, "again.jsonl"), signal);
    const second = await readFile(join(folder, "again.jsonl"), "utf8");
    const own = lakeRun(9).run;
    expect(
      second
        .split("\n")
        .filter((line) => !line.includes(own))
        .toSorted(),
    ).toEqual(first.split("\n").toSorted());
  });

  test("as views is a folder of plain files with a manifest", async () => {
    await write(some(4));
    const { files } = await exportViews(lake, JUDGEMENTS, join(folder, "views"), "csv");
    expect(files.map(({ rows }) => rows).slice(0, 3)).toEqual([4, 4, 4]);
    const manifest = JSON.parse(await readFile(join(folder, "views", "manifest.json"), "utf8")) as { files: object[] };
    expect(manifest.files).toHaveLength(Object.keys(VIEWS).length);
    expect((await readFile(join(folder, "views", "observation.csv"), "utf8")).split("\n")).toHaveLength(6);
  });
});

describe("a damaged segment", () => {
  test("is named and left out, by its size at once and by its content when a query meets it; it is never overwritten", async () => {
    await write(some(3));
    await write([lakeObservation(2, 0)], 2);
    const names = (await readdir(join(lake, "segment"))).filter((name) => name.startsWith("observation")).toSorted();
    const [name = ""] = names;
    const path = join(lake, "segment", name);
    const whole = await readFile(path);
    const broken = Buffer.from(whole);
    broken.fill(0x58, 4, broken.length - 8);
    await rm(path);
    await writeFile(path, broken);
    const snapshot = await openSnapshot(lake, JUDGEMENTS);
    expect(await snapshot.query("SELECT count(*) AS n, max(address) AS last FROM observation")).toHaveLength(1);
    expect(snapshot.damaged).toMatchObject([{ file: `segment/${name}`, reason: "content changed" }]);
    await snapshot.close();
    await truncate(path, 10);
    const cut = await openSnapshot(lake, JUDGEMENTS);
    expect(cut.damaged).toMatchObject([{ file: `segment/${name}`, reason: `size 10 instead of ${whole.length}` }]);
    await cut.close();
    expect((await compactLake(lake)).damaged).toHaveLength(1);
    expect((await readFile(path)).length).toBe(10);
  });
});
