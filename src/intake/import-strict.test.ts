import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ImportFolder, importFolder, line } from "../../test/import/import-folder.ts";
import { readLine } from "../format/observation-line.ts";
import { LINE_EXAMPLE } from "../model/line-example.ts";

let folder: ImportFolder;
beforeEach(async () => {
  folder = await importFolder();
});
afterEach(() => folder.remove());

/** Changes that the published schema refuses, or reads as something else than the engine would. */
const STRANGE: readonly object[] = [
  { seen_at: "2026-01-10 03:04:05+01" },
  { seen_at: "2026-01-10" },
  { seen_at: "infinity" },
  { seen_at: "2026-01-10T03:04:05.123456Z" },
  { host_name: "Example.COM" },
  { host_name: "-a" },
  { base_path: "/a/" },
  { base_path: "/a?b" },
  { base_path: "a" },
  { country: "de" },
  { country: "" },
  { asn: 0 },
  { asn: -5 },
  { status: 5 },
  { run: "x" },
  { source: "" },
  { failure: "unknown" },
  { signs: ["unknown"] },
  { signs: {} },
  { version: "v".repeat(5000) },
  { requests: -1 },
  { duration_ms: -1 },
  { certificate: [] },
  { models: {} },
  { models: [5] },
  { models: [{}] },
  { models: [{ name: null }] },
  { models: [{ name: "n".repeat(5000) }] },
  { models: [{ name: "a", size: 2 ** 53 }] },
  { models: [{ name: "a", capabilities: [1] }] },
  { models: [{ name: "a", capabilities: "x" }] },
  { models: [{ name: "a", details: { families: [[]] } }] },
  { models: [{ name: "a", details: [] }] },
  { models: Array.from({ length: 65_537 }, () => ({ name: "a" })) },
  { running: Array.from({ length: 4097 }, () => ({ name: "a" })) },
  { running: [{ size: 5 }] },
  { running: [{ name: "a", size_vram: 2 ** 54 }] },
  { address: "::ffff:192.0.2.1" },
  { address: "192.0.2.010" },
  { scheme: "ftp" },
  { answer: "maybe" },
  { vantage: "above" },
  { schema: 2 },
];

describe("a file that the engine reads as a whole", () => {
  test.each(STRANGE.map((change) => [JSON.stringify(change).slice(0, 60), change] as const))(
    "is no laxer than the schema: %s",
    async (_, change) => {
      const text = line(1, change);
      expect(readLine(JSON.parse(text)).ok).toBe(false);
      const ended = await folder.run(["jsonl", await folder.file("a", `${line(2)}\n${text}\n`)]);
      expect(ended).toMatchObject({ exit: 3, files: [{ new_observations: 1, rejected: 1 }] });
    },
  );

  test("takes what the schema takes, one way or the other", async () => {
    const change = fc.record(
      {
        host_name: fc.constantFrom("a", "xn--a", "a_b.example", "1.example", "a-b.c-d.example"),
        base_path: fc.constantFrom("/", "/a", "/a/b", "/~a;b=c,d"),
        version: fc.string({ unit: "binary", maxLength: 30 }).filter((text) => text.isWellFormed()),
        signs: fc.subarray(["control-answered", "card-disagrees", "field-too-new"]),
        failure: fc.constantFrom("silent", "bad-json"),
        status: fc.integer({ min: 100, max: 999 }),
        asn: fc.integer({ min: 1, max: 4_294_967_295 }),
        duration_ms: fc.double({ min: 0, max: 1e9, noNaN: true }),
        seen_at: fc
          .date({ min: new Date(0), max: new Date("2099-01-01"), noInvalidDate: true })
          .map((date) => date.toISOString()),
        models: fc.array(
          fc.record({
            name: fc.string({ unit: "binary", maxLength: 9 }).filter((text) => text.isWellFormed()),
            capabilities: fc.constantFrom(null, [], ["tools", '"]\\']),
          }),
        ),
      },
      { requiredKeys: [] },
    );
    let lakes = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(change, { minLength: 1, maxLength: 8, selector: (one) => JSON.stringify(one) }),
        async (changes) => {
          const texts = changes.map((one, index) =>
            JSON.stringify({ ...LINE_EXAMPLE, address: `192.0.2.${index}`, ...one }),
          );
          lakes += 1;
          const lake = `lake-${lakes}`;
          const ended = await folder.run(["jsonl", await folder.file("a", texts.join("\n"))], { lake });
          expect(ended).toMatchObject({ exit: 0, files: [{ new_observations: changes.length, rejected: 0 }] });
        },
      ),
      { numRuns: 8 },
    );
  }, 120_000);
});
