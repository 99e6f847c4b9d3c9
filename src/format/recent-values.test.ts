import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { readVersion } from "./ollama-answers.ts";
import { createRecentReader } from "./recent-values.ts";

const body = (version: string): Buffer => Buffer.from(`{"version":"${version}"}`);

test.each([
  ["a fitting body", body("0.9.6"), { ok: true, value: "0.9.6" }],
  ["no text", Buffer.from('{"version":7}'), { ok: false, error: "wrong-shape" }],
  ["no JSON", Buffer.from("{"), { ok: false, error: "bad-json" }],
  ["no UTF-8", Buffer.from([0x22, 0xff, 0x22]), { ok: false, error: "bad-utf8" }],
  ["nothing", Buffer.alloc(0), { ok: false, error: "bad-json" }],
])("%s means the same the second time", (_, bytes, meaning) => {
  const read = createRecentReader(readVersion);
  expect([read(bytes), read(bytes)]).toEqual([meaning, meaning]);
});

test("a body is read once, its like is not read again, another one is", () => {
  let reads = 0;
  const read = createRecentReader((json) => {
    reads += 1;
    return readVersion(json);
  });
  const shared = body("0.9.5");
  expect(read(shared)).toEqual({ ok: true, value: "0.9.5" });
  read(Buffer.from(shared));
  expect(reads).toBe(1);
  shared.write("0.9.6", 12); // the buffer that bytes arrive in is used again
  expect(read(shared)).toEqual({ ok: true, value: "0.9.6" });
  expect(read(body("0.9.5"))).toEqual({ ok: true, value: "0.9.5" });
});

test("different texts without end, and long ones, are read each time", () => {
  let reads = 0;
  const read = createRecentReader((json) => {
    reads += 1;
    return readVersion(json);
  });
  const long = Buffer.from(`{"version":"1"}${" ".repeat(1_024)}`);
  for (let n = 0; n < 1_000; n += 1) read(body(String(n)));
  expect(read(body("0"))).toEqual({ ok: true, value: "0" });
  expect(reads).toBe(1_001);
  read(long);
  read(long);
  expect(reads).toBe(1_003);
});
