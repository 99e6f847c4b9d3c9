import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { KeptIpv4 } from "./kept-ipv4.ts";
import { detached, KeptTexts, stopsAt } from "./kept-texts.ts";

test("a text that comes again means what it meant, among any others, in few slots", () => {
  const kept = new KeptTexts((text) => `<${text}>`, 4);
  const bytes = new KeptTexts((text) => `<${text}>`, 4);
  const stops = stopsAt(33);
  const text = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.string({ unit: "binary", maxLength: 80 }),
    fc.constantFrom("a", "b", "aa"),
  );
  fc.assert(
    fc.property(text, (any) => {
      const around = `xx${any}yy`;
      expect(kept.at(around, 2, 2 + any.length)).toBe(`<${any}>`);
      const clean = any.toWellFormed().replaceAll("!", "?");
      const whole = Buffer.from(`xx${clean}!yy`);
      expect(bytes.until(whole, 2, whole.length, stops)).toBe(`<${clean}>`);
      expect(bytes.end).toBe(whole.length - 3);
    }),
    { numRuns: 3000 },
  );
});

test("an address in bytes is its text, however many others share its slot", () => {
  const kept = new KeptIpv4();
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const bytes = Buffer.from(`${address} |`);
      expect(kept.from(bytes, 0, bytes.length)).toBe(address);
      expect(kept.end).toBe(address.length);
    }),
    { numRuns: 30_000 },
  );
});

test("a detached text is the same text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(detached(text)).toBe(text);
    }),
  );
});
