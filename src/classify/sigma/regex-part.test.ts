import fc from "fast-check";
import { expect, test } from "vitest";
import { regexPart } from "./regex-part.ts";

const PARTS = [
  { source: String.raw`mimikatz[0-9]{2,8}\.(?:ps1|bat)`, flags: "", part: "mimikatz" },
  { source: String.raw`\d+\.exe$`, flags: "", part: ".exe" },
  { source: "abcd?efgh", flags: "", part: "efgh" },
  { source: "abcd*", flags: "", part: "abc" },
  { source: "abcd{0,3}", flags: "", part: "abc" },
  { source: "abcd+efg", flags: "", part: "abcd" },
  { source: "(abcdef)?ghi", flags: "", part: "ghi" },
  { source: "(a(bcdef)|x)yz", flags: "", part: "yz" },
  { source: String.raw`[abc\]def]ghi`, flags: "", part: "ghi" },
  { source: String.raw`a\|b`, flags: "", part: "a|b" },
  { source: String.raw`C:\\Users\\`, flags: "", part: "C:\\Users\\" },
  { source: "abc|abd", flags: "", part: "" },
  { source: String.raw`\x41bcd`, flags: "", part: "" },
  { source: String.raw`\u{41}bcd`, flags: "", part: "" },
  { source: String.raw`\p{Lu}bcd`, flags: "", part: "" },
  { source: "Éabc", flags: "", part: "abc" },
  { source: "whoami", flags: "i", part: "whoami" },
  { source: "taskkill", flags: "i", part: "ill" },
  { source: "[0-9]*", flags: "", part: "" },
  { source: "", flags: "", part: "" },
];

test.for(PARTS)("/$source/$flags holds $part", ({ source, flags, part }) => {
  expect(regexPart(source, flags)).toBe(part);
});

const ATOMS = ["a", "b", "k", "S", String.raw`\.`, "[ab]", "[^a]", ".", String.raw`\w`, "^", "$", "ſ", "É"];

test("stands in every text that the pattern meets", () => {
  const { pattern } = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
    piece: fc.oneof(
      { maxDepth: 2 },
      fc.constantFrom(...ATOMS),
      fc
        .tuple(fc.constantFrom("a", "b", "k", ".", "[ab]"), fc.constantFrom("*", "+", "?", "{2}", "{0,1}?"))
        .map((of) => of.join("")),
      tie("pattern").map((inner) => `(?:${inner})`),
      tie("pattern").map((inner) => `(${inner})?`),
      fc.tuple(tie("piece"), tie("piece")).map(([one, other]) => `${one}|${other}`),
    ),
    pattern: fc.array(tie("piece"), { maxLength: 4 }).map((of) => of.join("")),
  }));
  const letters = fc.constantFrom("a", "A", "b", "k", "K", "\u212a", "s", "ſ", ".", "É", "é");
  const texts = fc.array(letters, { maxLength: 6 }).map((of) => of.join(""));
  let met = 0;
  fc.assert(
    fc.property(
      pattern,
      fc.constantFrom("", "i", "is", "m"),
      fc.array(texts, { minLength: 20, maxLength: 20 }),
      (source, flags, all) => {
        const part = regexPart(source, flags).toLowerCase();
        for (const text of all) {
          if (!new RegExp(source, `${flags}u`).test(text)) continue;
          if (part !== "") met += 1;
          expect(text.replaceAll(/[A-Z]/gu, (letter) => letter.toLowerCase())).toContain(part);
        }
      },
    ),
    { numRuns: 3000 },
  );
  expect(met).toBeGreaterThan(100);
});
