import { mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Complaint } from "../model/complaint.ts";
import { unreadableFile } from "./unreadable-file.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-unreadable-"));
  await symlink("circle", join(folder, "circle"));
});
afterAll(() => rm(folder, { recursive: true }));

test.each([
  ["none", "no such file"],
  ["", "it is a folder"],
  ["circle", "its links lead in a circle"],
  ["x".repeat(300), "its name is too long"],
])("%s cannot be read: %s", async (name, reason) => {
  const error: unknown = await readFile(join(folder, name)).catch((thrown: unknown) => thrown);
  const told = unreadableFile("own.csv", error);
  expect(told).toBeInstanceOf(Complaint);
  expect(told.message).toBe(`own.csv: cannot be read: ${reason}`);
  expect(told.hint).toContain("the name is right");
  expect(told.exitCode).toBe(2);
});

test("an error of another sort keeps its words, and a hint may be given", () => {
  expect(unreadableFile("a", new Error("no such column"), "look").message).toBe("a: cannot be read: no such column");
  expect(unreadableFile("a", new Error("x"), "look").hint).toBe("look");
});
