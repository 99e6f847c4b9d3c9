import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goDurationOf } from "./go-duration.ts";
import { quotedAt } from "./go-quoted.ts";
import { GinReader } from "./gin-row.ts";

const HEAD = "[GIN] 2026/01/30 - 10:05:11 ";
const LOCAL = Date.UTC(2026, 0, 30, 10, 5, 11);

describe("rows of gin", () => {
  test.for([
    ["404", 404],
    ["  7", null],
    ["20", null],
    ["2x0", null],
    ["20x", null],
  ] as const)("a status written %o", ([words, status]) => {
    const gin = new GinReader();
    const isRow = gin.read(`${HEAD}| ${words} | 1s | 192.0.2.1 | GET "/"`);
    expect(isRow ? gin.row.status : null).toBe(status);
  });

  test.for([
    ["192.0.2.1", "192.0.2.1"],
    ["255.255.255.255", "255.255.255.255"],
    ["0.0.0.0", "0.0.0.0"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["2001:db8:0:0::1", "2001:db8::1"],
    ["192.0.2.256", null],
    ["192.0.2.01", null],
    ["192.0.2", null],
    ["fe80::1%eth0", null],
    ["", null],
  ] as const)("an address written %o", ([words, address]) => {
    const gin = new GinReader();
    for (let again = 0; again < 2; again += 1) {
      expect(gin.read(`${HEAD}| 200 | 1s | ${words.padStart(15)} | GET "/"`)).toBe(true);
      expect(gin.row.address).toBe(address);
    }
  });

  test.for([
    `${HEAD}| 200 | 1s | 192.0.2.1 | GET "/`,
    `${HEAD}| 200 | 1s | 192.0.2.1 | GET /`,
    `${HEAD}| 200 | 1s | 192.0.2.1 | "/"`,
    `${HEAD}| 200 | 1s | 192.0.2.1 "/"`,
    `${HEAD}| 200 | 1s | 192.0.2.1 | GET "/" and more`,
    `${HEAD}| 200 | 1s | 192.0.2.1 | GET "/\\q"`,
    `${HEAD}| 200 1s | 192.0.2.1 | GET "/"`,
    '[GIN] 2026/02/29 - 10:05:11 | 200 | 1s | 192.0.2.1 | GET "/"',
    '[GIN] 2026/01/30 - 24:05:11 | 200 | 1s | 192.0.2.1 | GET "/"',
    '[GIN] 2026/01/30 - 10-05:11 | 200 | 1s | 192.0.2.1 | GET "/"',
    '[GIN] 2o26/01/30 - 10:05:11 | 200 | 1s | 192.0.2.1 | GET "/"',
    "[GIN] 2026/01/30",
    "",
  ])("%o is none", (text) => {
    expect(new GinReader().read(text)).toBe(false);
  });

  test("a shorter row behind a longer one is not filled up from it", () => {
    const gin = new GinReader();
    const whole = `${HEAD}| 200 | 1s | 192.0.2.1 | GET "/api/tags"`;
    for (let length = whole.length - 1; length >= 0; length -= 1) {
      expect(gin.read(whole)).toBe(true);
      expect(gin.read(whole.slice(0, length))).toBe(false);
    }
  });

  test("what a row holds is what gin was given, however often and in whatever order", () => {
    const gin = new GinReader();
    const address = fc.oneof(fc.ipV4(), fc.constantFrom("2001:db8::9", "::1", ""));
    const method = fc.constantFrom("GET", "POST", "HEAD", "DELETE", "PROPFIND", "G|T", "GETX", "POSTS");
    const path = fc.oneof(
      fc.constantFrom("/", "/api/tags", "/api/chat?x=1", "/a?b?c", '/a\\"b', "/µ", "/\\u200b", "/\\xff?q=\\n"),
      fc.string({ maxLength: 200 }).map((text) => `/${text.replaceAll(/["\\]/gu, "x")}`),
    );
    fc.assert(
      fc.property(address, method, path, fc.boolean(), (ip, verb, target, isColoured) => {
        const colour = isColoured ? "\u001b[97;42m" : "";
        const reset = isColoured ? "\u001b[0m" : "";
        const text = `${HEAD}|${colour} 200 ${reset}| ${"1.5s".padStart(13)} | ${ip.padStart(15)} |${colour} ${verb.padEnd(7)}${reset} "${target}"`;
        expect(gin.read(text)).toBe(true);
        const whole = quotedAt(`"${target}"`, 0)?.value ?? "";
        const question = whole.indexOf("?");
        expect({ ...gin.row }).toEqual({
          localMs: LOCAL,
          status: 200,
          durationMs: 1500,
          address: ip === "" ? null : ip,
          method: verb,
          path: question === -1 ? whole : whole.slice(0, question),
          query: question === -1 ? null : whole.slice(question + 1),
        });
      }),
      { numRuns: 2000 },
    );
  });
});

test.for([
  ["0s", 0],
  ["441ns", 0.000_441],
  ["12.291µs", 0.012_291],
  ["12.291μs", 0.012_291],
  ["12.291us", 0.012_291],
  ["1.234567ms", 1.234_567],
  ["4.703122955s", 4703.122_955],
  ["2m14s", 134_000],
  ["29m59s", 1_799_000],
  ["1h2m3s", 3_723_000],
  ["100h0m0.5s", 360_000_500],
  ["-1s", Number.NaN],
  ["", Number.NaN],
  ["1", Number.NaN],
  ["1.s", 1000],
  ["s", Number.NaN],
  ["1x", Number.NaN],
  ["1s2", Number.NaN],
  ["1..2s", Number.NaN],
  ["12345678901234567890s", Number.NaN],
] as const)("a duration of Go %o", ([words, ms]) => {
  expect(goDurationOf(words)).toBe(ms);
});

test.for([
  [`"a\\"b\\\\c\\n\\t\\x41\\u00e9\\U0001F600"`, `a"b\\c\n\tAé😀`],
  [`"open`, null],
  [`none`, null],
  [`"\\x4"`, null],
  [`"\\U00110000"`, null],
  [`"\\"`, null],
] as const)("a text quoted by Go %o", ([text, value]) => {
  expect(quotedAt(text, 0)?.value ?? null).toBe(value);
});
