import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Complaint } from "../model/complaint.ts";
import { linesOf } from "./lines.io.ts";
import { openBytes } from "./packed-bytes.io.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-lines-"));
});
afterAll(() => rm(folder, { recursive: true }));

const noInput = (): AsyncIterable<Uint8Array> => Readable.from([]);

async function read(path: string, cap = 1000): Promise<(string | null)[]> {
  const lines: (string | null)[] = [];
  for await (const batch of linesOf(await openBytes(path, { stdin: noInput }), cap)) {
    for (const line of batch) {
      expect(line.number).toBe(lines.length + 1);
      lines.push(line.bytes === null ? null : Buffer.from(line.bytes).toString());
    }
  }
  return lines;
}

async function file(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

async function complaintOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Complaint) return error.message;
    throw error;
  }
  throw new Error("no complaint");
}

describe("lines", () => {
  test.each([
    ["", []],
    ["a", ["a"]],
    ["a\n", ["a"]],
    ["a\r\nb\r\n", ["a", "b"]],
    ["\n\na", ["", "", "a"]],
    ["\u{feff}a\n\u{feff}b", ["a", "\u{feff}b"]],
    ["a\rb\n", ["a\rb"]],
    ["12345\n123456\n1234567\n1", ["12345", "123456", null, "1"]],
    ["123456\r\n", ["123456"]],
    ["1234567\r\n", [null]],
  ])("%j", async (text, expected) => {
    expect(await read(await file("table.txt", text), 6)).toEqual(expected);
  });

  test("survive every packing, many frames, and chunk borders anywhere", async () => {
    const text = fc.array(fc.stringMatching(/^[ -~]{0,40}$/u), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom("plain", "gz", "zst"), fc.nat(200), async (lines, packing, cut) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
        const pack = (part: Buffer): Buffer =>
          packing === "plain" ? part : packing === "gz" ? gzipSync(part) : zstdCompressSync(part);
        const path = await file(
          `any.${packing}`,
          Buffer.concat([pack(bytes.subarray(0, cut)), pack(bytes.subarray(cut))]),
        );
        expect(await read(path)).toEqual(lines);
      }),
      { numRuns: 60 },
    );
  });

  test("twenty zst frames larger than one read, skippable frame in front", async () => {
    const part = Buffer.from(`${"x".repeat(99)}\n`.repeat(5000));
    const noise = Buffer.from(Array.from({ length: 200_000 }, (_, i) => 33 + ((i * i * 7919) % 90)));
    const skippable = Buffer.from([0x52, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    const frames = Array.from({ length: 20 }, () => zstdCompressSync(part));
    const path = await file("frames.zst", Buffer.concat([skippable, ...frames, zstdCompressSync(noise)]));
    const lines = await read(path, 1 << 20);
    expect(lines.length).toBe(100_001);
    expect(lines.at(-1)).toBe(noise.toString());
  });

  test("one endless line costs no memory but its cap", async () => {
    const path = await file("bomb.zst", zstdCompressSync(Buffer.alloc(300 * 1024 * 1024, 65)));
    const before = process.memoryUsage.rss();
    expect(await read(path)).toEqual([null]);
    expect(process.memoryUsage.rss() - before).toBeLessThan(150 * 1024 * 1024);
  });

  test("standard input", async () => {
    const source = await openBytes("-", { stdin: () => Readable.from([Buffer.from("a\nb"), Buffer.from("c\n")]) });
    const all = [];
    for await (const batch of linesOf(source, 10))
      all.push(...batch.map((line) => Buffer.from(line.bytes ?? []).toString()));
    expect(all).toEqual(["a", "bc"]);
    expect(source.readBytes()).toBe(5);
  });
});

describe("what cannot be read", () => {
  const text = Buffer.from(Array.from({ length: 5000 }, (_, i) => `line ${i} ${Math.sin(i)}\n`).join(""));
  test("is told", async () => {
    expect(await complaintOf(read(join(folder, "none")))).toBe(`${join(folder, "none")}: cannot be read: no such file`);
    expect(await complaintOf(read(folder))).toBe(`${folder}: is a folder, not a file`);
    const misnamed = await file("misnamed.gz", "{}");
    expect(await complaintOf(read(misnamed))).toBe(`${misnamed}: is named .gz but does not begin like gz data`);
  });

  test("damage is not said to come before what was lost with it", async () => {
    const packed = gzipSync(text);
    const path = await file(
      "end.gz",
      packed.map((byte, at) => (at === packed.length - 6 ? byte ^ 1 : byte)),
    );
    expect(await complaintOf(read(path))).toMatch(/holds damaged gz data, after at least \d+ readable bytes/u);
  });

  test.each([
    ["gz", gzipSync(text)],
    ["zst", zstdCompressSync(text)],
  ])("cut %s", async (packing, packed) => {
    const path = await file(`cut.${packing}`, packed.subarray(0, packed.length / 2));
    expect(await complaintOf(read(path))).toMatch(
      new RegExp(
        `ends in the middle of its ${packing} data, after \\d+ readable bytes \\(unpacked\\), \\d+ whole lines$`,
        "u",
      ),
    );
  });

  test.each([
    ["gz", gzipSync(text)],
    ["zst", zstdCompressSync(text)],
  ])("%s with junk in the middle or at the end", async (packing, packed) => {
    const middle = Buffer.concat([packed.subarray(0, 2000), Buffer.alloc(80, 7), packed.subarray(2080)]);
    expect(await complaintOf(read(await file(`bad.${packing}`, middle)))).toMatch(/holds damaged|ends in the middle/u);
    const tail = Buffer.concat([packed, Buffer.from("not packed at all")]);
    expect(await complaintOf(read(await file(`tail.${packing}`, tail)))).toContain(
      `holds something else after its ${packing} data`,
    );
  });
});
