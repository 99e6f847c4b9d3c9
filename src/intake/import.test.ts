import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ImportFolder, importFolder, line, lines, rejectsOf } from "../../test/import/import-folder.ts";
import { LINE_EXAMPLE } from "../model/line-example.ts";

let folder: ImportFolder;
beforeEach(async () => {
  folder = await importFolder();
});
afterEach(() => folder.remove());

describe("corral import jsonl", () => {
  test("takes a file once, under the run that its content names", async () => {
    const content = lines(50);
    const name = await folder.file("a.jsonl", content);
    const sha512 = createHash("sha512").update(content).digest("hex");
    const run1 = createHash("sha256").update(`jsonl\n${sha512}`).digest("hex").slice(0, 32);
    const first = await folder.run(["jsonl", name]);
    expect(first).toMatchObject({
      exit: 0,
      files: [{ sha512, run: run1, lines: 50, new_observations: 50, already_there: 0, rejected: 0 }],
    });
    const second = await folder.run(["jsonl", name]);
    expect(second).toMatchObject({
      exit: 0,
      files: [{ run: run1, lines: 50, new_observations: 0, already_there: 50 }],
    });
    expect(second.said).toContain("50 records, 0 new, 50 already there");
  });

  test("takes the same lines from every packing, from standard input, without last newline, with CRLF and byte order mark", async () => {
    const content = lines(20);
    const names = await Promise.all([
      folder.file("a.gz", gzipSync(content)),
      folder.file(
        "b.zst",
        Buffer.concat([
          zstdCompressSync(Buffer.from(content.slice(0, 777))),
          zstdCompressSync(Buffer.from(content.slice(777))),
        ]),
      ),
      folder.file("c", content.trimEnd()),
      folder.file("d", `\u{feff}${content.replaceAll("\n", "\r\n")}`),
      folder.file("e", `\n\n${content}\n  \n`),
      folder.file("f", `[${content.trimEnd().replaceAll("\n", ",\n")}]`),
      folder.file("g", JSON.stringify(JSON.parse(`[${content.trimEnd().replaceAll("\n", ",")}]`), null, 2)),
    ]);
    const ended = await folder.run(["jsonl", ...names, "-"], {}, content);
    expect(ended.exit).toBe(0);
    expect(ended.files.map((one) => [one.new_observations, one.already_there, one.rejected])).toEqual([
      [20, 0, 0],
      ...Array.from({ length: 7 }, () => [0, 20, 0]),
    ]);
  });

  test("rejects what does not fit, with place and reason, and takes the rest", async () => {
    const bad: [string | Buffer, string, RegExp][] = [
      ["{", "", /not JSON/u],
      [Buffer.from('{"kind":"\u{ff}"}', "latin1"), "", /not UTF-8/u],
      ["5", "", /not an? (?:JSON )?object/u],
      [line(1, { port: 0 }), "port", /1/u],
      [line(1, { address: "2001:DB8::1" }), "address", /canonical/u],
      [line(1, { seen_at: "yesterday" }), "seen_at", /time|moment/u],
      [line(1, { models: [{ name: "a" }, { name: 5 }] }), "models[1].name", /text/u],
      [line(1, { version: "\u{d800}" }), "version", /text|surrogate/u],
      [line(1, { models: [{ name: "a", size: 2 ** 53 }] }), "models[0].size", /whole number/u],
      [`{"kind":"observation","deep":${"[".repeat(2000)}${"]".repeat(2000)}}`, "", /deep/u],
      [`{"kind":"observation","long":"${"x".repeat(16 * 1024 * 1024)}"}`, "", /longer than/u],
    ];
    const good = Array.from({ length: 3 }, (_, second) => line(second));
    const content = Buffer.concat(
      [...good, ...bad.map(([text]) => text), line(9)].flatMap((one) => [Buffer.from(one), Buffer.from("\n")]),
    );
    const ended = await folder.run(["jsonl", await folder.file("mixed.jsonl", content)]);
    expect(ended).toMatchObject({
      exit: 3,
      files: [{ lines: 4 + bad.length, new_observations: 4, rejected: bad.length }],
    });
    const rejects = await rejectsOf(ended.files[0]);
    expect(rejects).toEqual(
      bad.map(([, field, reason], index) => ({
        file: join(folder.path, "mixed.jsonl"),
        line: 4 + index,
        field,
        reason: expect.stringMatching(reason) as string,
      })),
    );
  });

  test.each<[string, () => string | Uint8Array]>([
    ["binary junk", () => Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i * 7) % 251))],
    ["prose", () => "Dear reader,\nthis is no JSON.\n"],
    ["a truncated gz", () => gzipSync(lines(500)).subarray(0, 500)],
    ["a gz whose end is cut in the checksum", () => gzipSync(lines(500)).subarray(0, -3)],
    ["a truncated zst", () => zstdCompressSync(Buffer.from(lines(500))).subarray(0, 300)],
    ["another format", () => '{"ip":"192.0.2.1","services":[]}\n'],
  ])("refuses %s and writes nothing", async (_, content) => {
    const ended = await folder.run(["jsonl", await folder.file("bad", content())]);
    expect(ended).toMatchObject({ exit: 2, files: [] });
    expect(ended.errors).toContain(join(folder.path, "bad"));
    expect(await readdir(folder.path)).toEqual(["bad"]);
  });

  test.each([
    ["fofa", ""],
    ["shadowserver", ""],
    ["nmap", ""],
    ["masscan", ""],
    ["nmap", " \n\n"],
    ["nmap", gzipSync("")],
  ])("an empty %s file is a failed download, and no lake is made of it", async (format, bytes) => {
    const name = await folder.file("empty", bytes);
    expect(await folder.run([format, name])).toMatchObject({
      exit: 2,
      errors: expect.stringContaining(`is empty, no ${format} file`) as string,
    });
    expect(await folder.run([format, name], { "dry-run": true })).toMatchObject({ exit: 2 });
    expect(await folder.run([name], { detect: true })).toMatchObject({
      exit: 2,
      errors: expect.stringContaining("empty: is empty") as string,
    });
    await expect(stat(join(folder.path, "lake"))).rejects.toThrow("ENOENT");
  });

  test.each(["censys", "shodan", "zgrab2", "httpx", "zmap", "intelmq"])(
    "an empty %s file is what a tool writes that found nothing",
    async (format) => {
      const ended = await folder.run([format, await folder.file("empty", "")]);
      expect(ended).toMatchObject({ exit: 0, files: [{ new_observations: 0 }] });
    },
  );

  test("an empty file adds nothing", async () => {
    expect(await folder.run(["jsonl", await folder.file("empty", "")])).toMatchObject({
      exit: 0,
      files: [{ lines: 0, new_observations: 0, rejected: 0 }],
    });
  });

  test("one bad file does not keep the others out", async () => {
    const names = [await folder.file("good", lines(3)), "missing", await folder.file("junk.gz", "no")];
    const ended = await folder.run(["jsonl", ...names]);
    expect(ended).toMatchObject({ exit: 3, files: [{ new_observations: 3 }] });
    expect(ended.errors).toContain(`${join(folder.path, "missing")}: cannot be read: no such file`);
    expect(ended.errors).toContain("is named .gz but does not begin like gz data");
  });

  test("a dry run tells what would be rejected and writes nothing", async () => {
    const name = await folder.file("mixed", `${line(1)}\n{"kind":"observation"}\n`);
    const ended = await folder.run(["jsonl", name], { "dry-run": true });
    expect(ended).toMatchObject({
      exit: 3,
      files: [{ lines: 2, new_observations: null, rejected: 1, rejects_file: null }],
    });
    expect(await readdir(folder.path)).toEqual(["mixed"]);
  });

  test("every mistake in the arguments is told at once", async () => {
    const ended = await folder.run(["shodam"], { lake: undefined, port: "0", "seen-at": "soon" });
    expect(ended.exit).toBe(2);
    expect(ended.errors).toContain('"shodam" is none of: jsonl');
    expect(ended.errors).toContain("--port: is no port");
    expect(ended.errors).toContain("--seen-at: is no moment");
    expect(ended.errors).toContain("at least one file");
    expect(ended.errors).toContain("--lake DIR");
  });

  test("stopped at once, it keeps nothing half", async () => {
    const ended = await folder.run(["jsonl", await folder.file("a", lines(3))], {}, "", AbortSignal.abort());
    expect(ended.exit).toBe(130);
    expect(await readdir(folder.path)).toEqual(["a"]);
  });

  test("any mixture of lines is either taken or rejected, and never printed raw", async () => {
    const wild = fc.oneof(
      fc.nat(59).map((second) => line(second)),
      fc.string({ unit: "binary", maxLength: 40 }).map((text) => text.replaceAll(/[\r\n]/gu, " ")),
      fc
        .tuple(fc.constantFrom(...Object.keys(LINE_EXAMPLE)), fc.jsonValue())
        .map(([key, value]) => line(5, { [key]: value })),
      fc.string({ unit: "binary", maxLength: 20 }).map((name) => line(7, { models: [{ name: `\u{1b}[2J${name}` }] })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(wild, { minLength: 1, maxLength: 12 }), async (all) => {
        // What JSON calls white space is no record, a byte order mark at the start neither; a vertical tab is one, and is rejected.
        const written = all.join("\n").replace(/^\u{feff}/u, "");
        const real = written.split("\n").filter((one) => !/^[ \t]*$/u.test(one));
        const ended = await folder.run(["jsonl", await folder.file("wild", all.join("\n"))], {
          lake: `lake-${createHash("sha256").update(all.join("\n")).digest("hex")}`,
        });
        // oxlint-disable-next-line no-control-regex -- what must not appear
        expect(ended.said).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/u);
        const [report] = ended.files;
        if (report === undefined) expect(ended.exit).toBe(2);
        else expect((report.new_observations ?? 0) + (report.already_there ?? 0) + report.rejected).toBe(real.length);
      }),
      { numRuns: 8 },
    );
  }, 120_000);

  test("names of files are shown harmlessly, in words on rejects, on the sum and on the format", async () => {
    const name = await folder.file("\u{1b}[31m\u{202e}x", `${line(1)}\nnone\n`);
    const { said, exit } = await folder.run(["jsonl", name]);
    const detected = await folder.run([name], { detect: true });
    expect(exit).toBe(3);
    expect(said.match(/⟨U\+001B⟩\[31m⟨U\+202E⟩x/gu)).toHaveLength(2);
    // oxlint-disable-next-line no-control-regex -- what must not appear
    expect(said + detected.said).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/u);
  });
});
