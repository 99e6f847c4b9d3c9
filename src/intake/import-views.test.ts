import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ImportFolder, importFolder, line } from "../../test/import/import-folder.ts";
import { JUDGEMENTS } from "../classify/judgements.ts";
import { LINE_EXAMPLE } from "../model/line-example.ts";
import { openSnapshot } from "../store/snapshot.io.ts";
import type { Row } from "../store/snapshot.ts";
import { importRunId } from "./import-run.ts";

let folder: ImportFolder;
beforeEach(async () => {
  folder = await importFolder();
});
afterEach(() => folder.remove());

async function query(sql: string): Promise<readonly Row[]> {
  const snapshot = await openSnapshot(join(folder.path, "lake"), JUDGEMENTS);
  try {
    expect(snapshot.damaged).toEqual([]);
    return await snapshot.query(sql);
  } finally {
    await snapshot.close();
  }
}

/** Names that hurt somebody somewhere; each is data. */
const NAMES = [
  "\u{1b}[2J\u{7}",
  "a\u{0}b",
  "\u{202e}gpj.exe",
  "line\nbreak\ttab",
  '"quote\\',
  "'; DROP TABLE run; --",
  "\u{10ffff}\u{ffff}",
  "é\u{301}",
  "<script>",
  "",
];

describe("what was imported is what the views show", () => {
  test("names to the last character, by either way in", async () => {
    const models = NAMES.map((name) => ({ name }));
    const content = `${line(1, { models })}\n`;
    await folder.run(["jsonl", await folder.file("whole.jsonl", content)]);
    await folder.run(["jsonl", await folder.file("sifted.jsonl", `${line(2, { models })}\nno JSON\n`)]);
    const rows = await query("SELECT name FROM model");
    expect(new Set(rows.map(({ name }) => name))).toEqual(new Set(NAMES));
    expect(rows.length).toBe(NAMES.length);
    expect(
      await query("SELECT count(DISTINCT inventory)::INTEGER AS n, count(*)::INTEGER AS looks FROM observation"),
    ).toEqual([{ n: 1, looks: 2 }]);
  });

  test("every field of a line", async () => {
    const run = "00112233445566778899aabbccddeeff";
    const change = { address: "2001:db8::1", scheme: "https", host_name: "models.example", base_path: "/llm", run };
    await folder.run(["jsonl", await folder.file("a", `${line(1, change)}\n${line(2)}\n`)]);
    const rows = await query("SELECT * FROM observation ORDER BY seen_at");
    const {
      models: _,
      running: __,
      signs: ___,
      labels: ______,
      certificate: ____,
      schema: _____,
      kind: _______,
      ...plain
    } = LINE_EXAMPLE;
    expect(rows[0]).toMatchObject({
      ...plain,
      ...change,
      seen_at: expect.stringContaining("2026-01-10") as string,
      labels: '["hosting"]',
      model_count: 1,
    });
    expect(rows[1]).toMatchObject({ address: "192.0.2.10", run: expect.stringMatching(/^[\da-f]{32}$/u) as string });
    expect(await query("SELECT size, quantization_level, context_length FROM model")).toEqual([
      { size: 4_100_000_000, quantization_level: "Q4_K_M", context_length: null },
    ]);
  });

  test("a Censys host: what it cannot carry is missing, and its run says so", async () => {
    const ollama = {
      version: "0.6.2",
      models: [{ name: "a:latest", digest: "d", family: "llama", size: 5 }],
      running_models: null,
    };
    const host = {
      ip: "192.0.2.1",
      services: [{ port: 11434, endpoints: [{ path: "/api/tags", scan_time: 1_768_014_245, ollama }] }],
    };
    const ended = await folder.run(["censys", await folder.file("hosts.json", JSON.stringify(host))]);
    const run = importRunId("censys", ended.files[0]?.sha512 ?? "");
    expect(
      await query("SELECT run, source, answer, confirmed, version, status, model_count, running FROM observation"),
    ).toEqual([
      {
        run,
        source: "censys",
        answer: "open",
        confirmed: true,
        version: "0.6.2",
        status: null,
        model_count: 1,
        running: null,
      },
    ]);
    expect(
      await query("SELECT name, family, quantization_level, parameter_size, capabilities, bits FROM model"),
    ).toEqual([
      {
        name: "a:latest",
        family: "llama",
        quantization_level: null,
        parameter_size: null,
        capabilities: null,
        bits: null,
      },
    ]);
    const [row] = await query("SELECT run, source, carries, attempted FROM run");
    expect(row).toMatchObject({ run, source: "censys", attempted: null });
    expect(row?.["carries"]).toEqual(expect.stringContaining('"models.digest"'));
    expect(row?.["carries"]).not.toEqual(expect.stringContaining("quantization"));
  });

  test("a campaign's own runs and cards come with it", async () => {
    const run = "00112233445566778899aabbccddeeff";
    const runLine = {
      kind: "run",
      schema: 1,
      run,
      source: "corral",
      started_at: "2026-01-10T03:00:00.000Z",
      shard: "1/1",
      gaps: [],
      synthetic: true,
      coverage: {
        targets: 9,
        attempted: 9,
        finished: 9,
        open: 1,
        login: 0,
        denied: 0,
        refused: 3,
        silent: 5,
        other: 0,
        skipped: 0,
        requests: 20,
        cards: 0,
      },
    };
    const ended = await folder.run([
      "jsonl",
      await folder.file("a", `${line(1, { run })}\n${JSON.stringify(runLine)}\n`),
    ]);
    expect(ended).toMatchObject({ exit: 0, files: [{ lines: 2, new_observations: 1, rejected: 0 }] });
    expect(await query("SELECT run, attempted, synthetic FROM run WHERE source = 'corral'")).toEqual([
      { run, attempted: 9, synthetic: true },
    ]);
  });
});
