import { mkdirSync } from "node:fs";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeFileAtomic } from "./atomic-file.io.ts";
import { makeFolder } from "./make-folder.io.ts";
import { streamToFile } from "./stream-file.io.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-folder-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("folders are made with those above them, at once or one after the other, and once more without harm", async () => {
  const deep = join(folder, "a", "b", "c");
  await Promise.all([makeFolder(deep, 0o700), makeFolder(join(folder, "a", "b", "d"), 0o700), makeFolder(deep, 0o700)]);
  await makeFolder(deep);
  expect((await stat(deep)).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, "a", "b", "d"))).isDirectory()).toBe(true);
});

test("somebody else makes the folder above after it was found missing: only the last one is to be made then", async () => {
  const parent = join(folder, "lake");
  const making = makeFolder(join(parent, "segment"), 0o700);
  // The system's answer, "missing", is on its way; this thread hears it only after the folder above is there.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  mkdirSync(parent);
  await making;
  expect((await stat(join(parent, "segment"))).isDirectory()).toBe(true);
});

test("a file where a folder belongs is the system's own error", async () => {
  await writeFile(join(folder, "file"), "");
  await expect(makeFolder(join(folder, "file"))).rejects.toMatchObject({ code: "EEXIST" });
  await expect(makeFolder(join(folder, "file", "a"))).rejects.toMatchObject({ code: "ENOTDIR" });
});

async function* texts(): AsyncGenerator<string, number> {
  yield await Promise.resolve("a line\n");
  return 1;
}

describe.skipIf(process.platform !== "linux")("a folder that takes nothing", () => {
  test.each<[string, () => Promise<unknown>]>([
    ["/proc/corral-x", () => makeFolder("/proc/corral-x")],
    ["/proc/corral-x", () => makeFolder("/proc/corral-x/y/z")],
    ["/proc/corral-x.jsonl", () => streamToFile("/proc/corral-x.jsonl", texts(), new AbortController().signal)],
    ["/proc/corral-x", () => streamToFile("/proc/corral-x/y.jsonl", texts(), new AbortController().signal)],
    ["/proc/corral-x.json", () => writeFileAtomic("/proc/corral-x.json", "x")],
  ])("%s is told in words, and nothing waits for ever", async (place, make) => {
    await expect(make()).rejects.toMatchObject({
      problems: [{ place, message: "cannot be made: its folder takes no files" }],
      exitCode: 2,
    });
  });
});
