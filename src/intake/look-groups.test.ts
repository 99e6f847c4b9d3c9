import { describe, expect, test } from "vitest";
import { lookOf, type StoredLook } from "../format/stored-look.ts";
import { createLookGroups } from "./look-groups.ts";
import { splitPath } from "./observe-look.ts";

const ORIGIN = { source: "example", vantage: null } as const;

/** A look at one of two hundred services, at a minute of one day, with the answer to a path. */
function look(host: number, minute: number, path: string | null, body = ""): StoredLook {
  const two = (value: number): string => String(value).padStart(2, "0");
  return lookOf({
    address: `192.0.2.${host}`,
    port: 11434,
    seen_at: `2026-01-10T${two(Math.floor(minute / 60))}:${two(minute % 60)}:00.000Z`,
    replies: path === null ? [] : [{ path, status: 200, headers: {}, body, isCut: false }],
  });
}

const VERSION = '{"version":"0.6.2"}';
const TAGS = '{"models":[]}';

describe("what a file tells of one service", () => {
  test.each([0, 59])("in two lines %i minutes apart is one look, in either order", (apart) => {
    for (const order of [0, 1]) {
      const groups = createLookGroups(ORIGIN);
      const pair = [look(1, 0, "/api/version", VERSION), look(1, apart, "/api/tags", TAGS)];
      for (const one of order === 0 ? pair : pair.toReversed()) expect(groups.add(one)).toEqual([]);
      expect(groups.rest()).toMatchObject([
        { seen_at: "2026-01-10T00:00:00.000Z", confirmed: true, product: "ollama", version: "0.6.2", models: [] },
      ]);
    }
  });

  test.each<[string, readonly StoredLook[]]>([
    ["more than an hour apart", [look(1, 0, "/api/version", VERSION), look(1, 61, "/api/tags", TAGS)]],
    ["of two addresses", [look(1, 0, "/api/version", VERSION), look(2, 0, "/api/tags", TAGS)]],
    ["of two base paths", [look(1, 0, "/a/api/version", VERSION), look(1, 0, "/b/api/tags", TAGS)]],
    ["of one path", [look(1, 0, "/api/tags", TAGS), look(1, 1, "/api/tags", TAGS)]],
  ])("%s is two looks, none confirmed", (_, looks) => {
    const groups = createLookGroups(ORIGIN);
    const all = [...looks.flatMap((one) => groups.add(one)), ...groups.rest()];
    expect(all.map(({ confirmed }) => confirmed)).toEqual([false, false]);
  });

  test("an open port and an answer are one look; an open port alone is a candidate", () => {
    const groups = createLookGroups(ORIGIN);
    for (const one of [look(1, 0, null), look(1, 1, "/", "Ollama is running"), look(2, 0, null)]) groups.add(one);
    expect(groups.rest()).toMatchObject([
      { address: "192.0.2.1", product: "ollama", status: 200, answer: "other", confirmed: false },
      { address: "192.0.2.2", product: null, status: null, answer: "other", confirmed: false },
    ]);
  });

  test("waits only as long as there is room, the oldest first", () => {
    const groups = createLookGroups(ORIGIN, 10_000);
    const body = " ".repeat(4_000) + VERSION;
    const closed = [1, 2, 3].flatMap((host) => groups.add(look(host, 0, "/api/version", body)));
    expect(closed.map(({ address }) => address)).toEqual(["192.0.2.1", "192.0.2.2"]);
    expect(groups.rest().map(({ address }) => address)).toEqual(["192.0.2.3"]);
  });

  test("one service told of again and again does not wait in heaps", () => {
    const groups = createLookGroups(ORIGIN);
    const closed = Array.from({ length: 500 }, (_, minute) => groups.add(look(1, minute, "/", "x"))).flat();
    expect(closed.length + groups.rest().length).toBe(500);
    expect(closed.length).toBe(496);
  });
});

test.each([
  ["/", "/", "/"],
  ["/api/tags", "/", "/api/tags"],
  ["/llm/api/tags", "/llm", "/api/tags"],
  ["/llm/", "/", "/llm/"],
  ["/what/ever", "/", "/what/ever"],
  ["//api/tags", "/", "//api/tags"],
  ["/a b/api/tags", "/", "/a b/api/tags"],
])("%s is %s and %s", (asked, base, path) => {
  expect(splitPath(asked)).toEqual({ base, path });
});
