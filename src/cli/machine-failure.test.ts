import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { EXIT } from "../model/complaint.ts";
import { machineComplaint } from "./machine-failure.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-machine-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const thrown = async (work: () => unknown): Promise<unknown> => {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
};

test("a file where a folder belongs is named", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");
  const complaint = machineComplaint(await thrown(() => mkdir(join(file, "lake"))));
  expect(complaint?.problems[0]?.place).toBe(join(file, "lake"));
  expect(complaint?.exitCode).toBe(EXIT.usage);
});

test("a full disk is no bug, wherever it was met", async () => {
  const full = await thrown(() => writeFile("/dev/full", "x"));
  expect(machineComplaint(full)?.exitCode).toBe(EXIT.incomplete);
  expect(machineComplaint(new Error("the lake cannot be written", { cause: full }))?.message).toMatch(/no space left/u);
});

test("so is a full catalogue", async () => {
  const database = new DatabaseSync(join(folder, "catalog.db"));
  database.exec("PRAGMA max_page_count=2; CREATE TABLE row (text)");
  const error = await thrown(() => database.exec("INSERT INTO row VALUES (zeroblob(100000))"));
  expect(machineComplaint(error)?.message).toMatch(/no space left on the disk for the lake's catalogue/u);
  database.close();
});

test("a catalogue that is none is called damaged", async () => {
  const path = join(folder, "catalog.db");
  await writeFile(path, "not a database, and long enough to be looked at as one".repeat(20));
  const database = new DatabaseSync(path);
  const error = await thrown(() => database.exec("PRAGMA journal_mode=WAL"));
  expect(machineComplaint(error)?.message).toMatch(/damaged/u);
  database.close();
});

test.each([new TypeError("x is not a function"), Object.assign(new Error("gone"), { code: "ENOENT" }), "text", null])(
  "%s stays a bug",
  (error) => {
    expect(machineComplaint(error)).toBeNull();
  },
);
