import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ImportFolder, importFolder, rejectsOf } from "../../test/import/import-folder.ts";
import { RECORD_BYTES } from "../format/json-record.ts";
import { type LineRecord, readLine } from "../format/observation-line.ts";
import { convert } from "./convert.io.ts";
import { IMPORT_FORMATS, type ImportFormat } from "./import-format.ts";

const CORPUS = join(import.meta.dirname, "../../corpus/import");
const GIVEN = { port: 11434, seenAt: "2026-01-10T00:00:00.000Z" };

/** Each file of the corpus, with the format its folder names. */
const FILES = readdirSync(CORPUS, { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .flatMap(({ name: format }) =>
    readdirSync(join(CORPUS, format))
      .filter((file) => !file.startsWith("expected"))
      .map((file) => ({ format, file, bytes: readFileSync(join(CORPUS, format, file)) })),
  );

let made = 0;
let folder: ImportFolder;
beforeEach(async () => {
  folder = await importFolder();
});
afterEach(() => folder.remove());

/** Reads bytes as a format; every line written must be one that Corral's own reader takes. */
async function read(format: string, bytes: Uint8Array, chunk = 4096): Promise<{ taken: number; rejected: number }> {
  const table: Readonly<Record<string, ImportFormat>> = IMPORT_FORMATS;
  const row = table[format];
  if (row === undefined) throw new Error(`no format ${format}`);
  made += 1;
  const lines = join(folder.path, `out-${made}`);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += chunk) yield await Promise.resolve(bytes.subarray(at, at + chunk));
  }
  const source = { place: "x", packing: "plain", sizeBytes: null, readBytes: () => 0, chunks: chunks() } as const;
  const head = Buffer.from(bytes.subarray(0, 65_536)).toString("utf8");
  const from = {
    source,
    head,
    format: row,
    given: GIVEN,
    origin: { source: format, vantage: null },
    placed: (record: LineRecord) => record,
  };
  const reasons: string[] = [];
  const target = {
    lines,
    onReject: ({ field, reason }: { field: string; reason: string }) => void reasons.push(field + reason),
  };
  const tally = await convert(from, target, new AbortController().signal);
  const written = (await readFile(lines, "utf8")).split("\n").filter((line) => line !== "");
  for (const line of written) expect(readLine(JSON.parse(line))).toMatchObject({ ok: true });
  expect(written.length).toBe(tally.observations);
  expect(reasons.length).toBe(tally.rejected);
  return { taken: tally.observations, rejected: tally.rejected };
}

describe.each(FILES)("$format: $file", ({ format, file, bytes }) => {
  test("gives the same in chunks of any size", async () => {
    const whole = await read(format, bytes, bytes.length);
    for (const size of [1, 7, 64]) expect(await read(format, bytes, size)).toEqual(whole);
  });

  test("cut anywhere it is read up to there", { timeout: 60_000 }, async () => {
    const whole = await read(format, bytes);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), async (at) => {
        const { taken } = await read(format, bytes.subarray(0, at));
        expect(taken).toBeLessThanOrEqual(whole.taken + 1);
      }),
      { numRuns: 40 },
    );
  });

  test("with bytes changed it gives only lines of ours", { timeout: 60_000 }, async () => {
    const change = fc.record({
      at: fc.nat(bytes.length - 1),
      value: fc.oneof(fc.nat(255), fc.constantFrom(0, 34, 44, 60, 10, 123)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
        const copy = Uint8Array.from(bytes);
        for (const { at, value } of changes) copy[at] = value;
        await expect(read(format, copy)).resolves.toBeDefined();
      }),
      { numRuns: 60 },
    );
  });

  test("truncated as gz or zst it adds nothing", async () => {
    const packed = [gzipSync(bytes), zstdCompressSync(bytes)];
    expect(gunzipSync(packed[0] ?? "")).toEqual(bytes);
    for (const [index, one] of packed.entries()) {
      const name = await folder.file(`${file}.${index === 0 ? "gz" : "zst"}`, one.subarray(0, one.length - 9));
      const ended = await folder.run([format, name], { port: "11434", "seen-at": "2026-01-10" });
      expect(ended).toMatchObject({ exit: 2, files: [] });
    }
  });
});

const JSON_FORMATS = Object.entries(IMPORT_FORMATS)
  .filter(([name, { framings }]) => name !== "jsonl" && framings.some((one) => one === "json" || one === "json-frames"))
  .map(([name]) => name);

describe.each(JSON_FORMATS)("%s", (format) => {
  test("takes any JSON without harm", { timeout: 60_000 }, async () => {
    const sample = FILES.find((one) => one.format === format);
    const text = sample?.bytes.toString("utf8") ?? '{"ip":"192.0.2.1"}';
    const first = text.startsWith("[") ? "{}" : (text.split("\n", 1)[0] ?? "{}");
    const good = JSON.parse(first.endsWith("}") ? first : "{}") as Record<string, unknown>;
    const keys = Object.keys(good).concat(
      "ip",
      "ip_str",
      "port",
      "data",
      "source.ip",
      "saddr",
      "ports",
      "url",
      "timestamp",
    );
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom("192.0.2.1", 11434, "2026-01-10T00:00:00Z", "\u{d800}", "\u{202e}x", "__proto__"),
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 6 }), async (changes) => {
        await expect(read(format, Buffer.from(`${JSON.stringify({ ...good, ...changes })}\n`))).resolves.toBeDefined();
      }),
      { numRuns: 60 },
    );
  });

  test("deep JSON is rejected", async () => {
    const deep = `{"a":${"[".repeat(5000)}${"]".repeat(5000)}}\n`;
    expect(await read(format, Buffer.from(deep))).toEqual({ taken: 0, rejected: 1 });
  });
});

describe("XML", () => {
  test.for([
    ["within the declaration", '<?xml version="1.0" enc'],
    ["within a comment before the root", "<!-- Nmap 7.93 scan"],
    ["within the root's own tag", '<?xml version="1.0"?>\n<nmaprun scanner="nmap" args="nmap'],
    ["before any root", '<?xml version="1.0"?>\n<!DOCTYPE nmaprun>\n'],
  ])("a file cut %s is no empty scan", async ([, text = ""]) => {
    expect(await read("nmap", Buffer.from(text))).toEqual({ taken: 0, rejected: 1 });
  });

  test("another document, a page of a portal perhaps, is no empty scan", async () => {
    const page = "<html><body>please sign in</body></html>";
    expect(await read("nmap", Buffer.from(page))).toEqual({ taken: 0, rejected: 1 });
    expect(await read("masscan", Buffer.from(page))).toEqual({ taken: 0, rejected: 1 });
  });

  test("a file of nothing but white space holds nothing", async () => {
    expect(await read("nmap", Buffer.from(" \n\n"))).toEqual({ taken: 0, rejected: 0 });
  });

  const host =
    '<host endtime="1768014245"><address addr="192.0.2.10" addrtype="ipv4"/><ports><port protocol="tcp" portid="11434"><state state="open"/></port></ports></host>';

  test.each([
    [
      "a billion laughs",
      `<!DOCTYPE nmaprun [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><nmaprun scanner="nmap">${host}<host x="&c;"/></nmaprun>`,
    ],
    [
      "an external entity",
      `<!DOCTYPE nmaprun [<!ENTITY x SYSTEM "file:///etc/hostname">]><nmaprun scanner="nmap">${host}<host x="&x;"/></nmaprun>`,
    ],
    ["a tag that does not fit", `<nmaprun scanner="nmap">${host}</host>${host}`],
    ["a text over the parser's bound", `<nmaprun scanner="nmap">${host}<host x="${"x".repeat(3_000_000)}"/></nmaprun>`],
  ])("%s is not resolved: what came before is taken, one problem told", async (_, text) => {
    expect(await read("nmap", Buffer.from(text))).toEqual({ taken: 1, rejected: 1 });
  });

  test("elements without end cost one record", async () => {
    const many = `<nmaprun scanner="nmap"><host>${"<a/>".repeat(300_001)}</host>${host}</nmaprun>`;
    expect(await read("nmap", Buffer.from(many))).toEqual({ taken: 1, rejected: 1 });
    const deep = `<nmaprun scanner="nmap"><host>${"<a>".repeat(5000)}${"</a>".repeat(5000)}</host>${host}</nmaprun>`;
    expect(await read("nmap", Buffer.from(deep))).toEqual({ taken: 1, rejected: 0 });
  });
});

describe("CSV", () => {
  const header = "saddr,sport,timestamp_ts\n";

  test("a field of 20 MB costs its row only", async () => {
    const long = `${header}192.0.2.1,1,1768014245\n${"x".repeat(RECORD_BYTES + 9)},1,1\n192.0.2.2,1,1768014245\n`;
    expect(await read("zmap", Buffer.from(long), 1 << 18)).toEqual({ taken: 2, rejected: 1 });
  });

  test("a quote that is never closed costs its line only, however much follows", async () => {
    const filler = "x".repeat(10_000);
    const rows = Array.from({ length: 2000 }, (_, index) => `192.0.2.1,${index + 1},1768014245,${filler}\n`).join("");
    const text = `saddr,sport,timestamp_ts,note\n"192.0.2.1,1,1768014245,\n${rows}`;
    expect(text.length).toBeGreaterThan(RECORD_BYTES);
    expect(await read("zmap", Buffer.from(text), 1 << 18)).toEqual({ taken: 2000, rejected: 1 });
  }, 120_000);
});

test("a hostile name is kept as it is and shown harmlessly", async () => {
  const title = "\u{1b}[2J\u{202e}gnp.exe\u{7}";
  const banner = { ip_str: "192.0.2.1", port: 80, timestamp: "2026-01-10T00:00:00", http: { status: 200, title } };
  const huge = { ...banner, ip_str: "192.0.2.2", http: { status: 200, title: "x".repeat(1_000_000) } };
  const bad = { ...banner, port: "\u{1b}[2J" };
  const content = [banner, huge, bad].map((one) => JSON.stringify(one)).join("\n");
  const ended = await folder.run(["shodan", await folder.file("a.json", content)]);
  expect(ended).toMatchObject({ exit: 3, files: [{ new_observations: 2, rejected: 1 }] });
  // oxlint-disable-next-line no-control-regex -- what must not appear
  expect(ended.said).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/u);
  expect(JSON.stringify(await rejectsOf(ended.files[0]))).not.toContain("[2J");
});
