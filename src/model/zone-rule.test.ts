import { expect, test } from "vitest";
import { namedZone } from "./zone-rule.ts";

test.for([
  ["Europe/Berlin", "2026-01-30T10:00:00", 60],
  ["Europe/Berlin", "2026-07-01T10:00:00", 120],
  ["Europe/Berlin", "2026-03-29T01:59:59", 60],
  ["Europe/Berlin", "2026-03-29T02:30:00", 60],
  ["Europe/Berlin", "2026-03-29T03:00:00", 120],
  ["Europe/Berlin", "2026-10-25T01:59:59", 120],
  ["Europe/Berlin", "2026-10-25T02:59:59", 120],
  ["Europe/Berlin", "2026-10-25T03:00:00", 60],
  ["America/New_York", "2026-11-01T01:30:00", -240],
  ["America/New_York", "2026-11-01T02:00:00", -300],
  ["America/St_Johns", "2026-07-01T00:00:00", -150],
  ["Asia/Kathmandu", "2026-07-01T00:00:00", 345],
  ["Australia/Lord_Howe", "2026-01-01T00:00:00", 660],
  ["Australia/Lord_Howe", "2026-07-01T00:00:00", 630],
  ["Etc/UTC", "2026-07-01T00:00:00", 0],
] as const)("%s at %s", ([name, local, minutes]) => {
  const zone = namedZone(name);
  // Asked twice: the second answer comes out of memory.
  const answers = [zone?.minutesAt(Date.parse(`${local}Z`)), zone?.minutesAt(Date.parse(`${local}Z`))];
  expect(answers).toEqual([minutes, minutes]);
});

test("a zone that the database does not have", () => {
  expect(namedZone("Europe/Nowhere")).toBeNull();
});

test("what is no time has no offset", () => {
  expect(namedZone("Europe/Berlin")?.minutesAt(Number.NaN)).toBe(0);
});
