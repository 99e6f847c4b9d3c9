import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type ImportFolder, importFolder, lines } from "../../test/import/import-folder.ts";

const MAIN = join(import.meta.dirname, "../cli/main.ts");

let folder: ImportFolder;
beforeEach(async () => {
  folder = await importFolder();
});
afterEach(() => folder.remove());

function corral(...args: readonly string[]): ChildProcess {
  const { INIT_CWD: _, ...env } = process.env;
  return spawn(process.execPath, [MAIN, ...args], { cwd: folder.path, env, stdio: "pipe" });
}

async function ended(child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
  const texts = { out: "", err: "" };
  child.stdout?.on("data", (chunk: Buffer) => (texts.out += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (texts.err += chunk.toString()));
  await once(child, "close");
  return { code: child.exitCode, ...texts };
}

test("the real command takes standard input and tells its data on stdout, its words on stderr", async () => {
  const child = corral("import", "jsonl", "-", "--lake", "lake", "--json");
  const end = ended(child);
  child.stdin?.end(lines(5));
  const { code, out, err } = await end;
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ files: [{ file: "standard input", new_observations: 5 }], problems: [] });
  expect(err).toContain("5 records, 5 new, 0 already there");
});

test("Ctrl-C while nobody writes to the pipe ends it at once, with nothing kept", async () => {
  const child = corral("import", "jsonl", "-", "--lake", "lake");
  const end = ended(child);
  child.stdin?.write(lines(50));
  while (!(await readdir(join(folder.path, "lake", "tmp")).catch(() => [])).some((name) => !name.endsWith(".lock"))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill("SIGINT");
  const { code, err } = await end;
  expect({ code, err }).toEqual({ code: 130, err: expect.stringContaining("error: stopped") as string });
  expect(await readdir(folder.path)).toEqual([]);
});

test("killed at any moment, the next import finishes the work: nothing lost, nothing twice", async () => {
  const name = await folder.file("a.jsonl", lines(3000));
  for (const waitMs of [150, 400, 600, 800, 1000]) {
    const child = corral("import", "jsonl", name, "--lake", "lake");
    const end = ended(child);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    child.kill("SIGKILL");
    await end;
  }
  const first = await folder.run(["jsonl", name]);
  const report = first.files[0];
  expect(first.exit).toBe(0);
  expect((report?.new_observations ?? 0) + (report?.already_there ?? 0)).toBe(3000);
  expect(await folder.run(["jsonl", name])).toMatchObject({ files: [{ new_observations: 0, already_there: 3000 }] });
  expect(await readdir(join(folder.path, "lake", "tmp"))).toEqual([]);
});
