import { afterEach, expect, test } from "vitest";
import type { RequestHead } from "../../format/request-stream.ts";
import { FrontRequest } from "./front-request.io.ts";
import { readBody, TOO_LARGE } from "./read-body.io.ts";

const MIB = 1024 * 1024;
const HEAD: RequestHead = {
  method: "POST",
  target: "/api/chat",
  isOld: false,
  headers: [],
  length: null,
  keepsAlive: true,
  waits: false,
};

/** Readings that a failed test leaves open. */
const open: (() => void)[] = [];
afterEach(() => {
  for (const end of open.splice(0)) end();
});

function ask(): { readonly request: FrontRequest; readonly paused: () => number } {
  let pauses = 0;
  const source = { pause: () => void (pauses += 1), resume: () => void (pauses -= 1) };
  const request = new FrontRequest(HEAD, source, () => ({ address: "127.0.0.1", isPrivate: true, isOwn: true }));
  return { request, paused: () => pauses };
}

/** What was made of a body: its bytes, a refusal, or nothing yet. */
function hear(request: FrontRequest, capBytes: number, announcedBytes: number | null = null): () => unknown {
  let result: unknown = null;
  open.push(readBody(request, { capBytes, announcedBytes }, (body) => (result = body)));
  return () => result;
}

const held = (): number => {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

test("a body of one-byte pieces holds little more than its bytes", () => {
  const { request } = ask();
  const body = hear(request, 8 * MIB);
  const before = held();
  let most = 0;
  // A read holds some thousand chunks; what stands between them is their framing.
  for (let read = 0; read < 1024; read += 1) {
    const bytes = Buffer.alloc(64 * 1024);
    for (let at = 0; at < bytes.length; at += 8) {
      bytes[at] = (at / 8) % 256;
      request.take(bytes.subarray(at, at + 1));
    }
    if (read % 64 === 63) most = Math.max(most, held() - before);
  }
  request.end();
  const expected = Buffer.alloc(
    8 * MIB,
    Uint8Array.from({ length: 256 }, (_, at) => at),
  );
  expect(expected.equals(body() as Buffer)).toBe(true);
  expect(most).toBeLessThan(100 * MIB);
});

test.for([
  ["nothing", [], null, ""],
  ["one piece", ["abc"], null, "abc"],
  ["two pieces", ["abc", "de"], null, "abcde"],
  ["empty pieces between", ["", "abc", "", "de", ""], null, "abcde"],
  ["a length announced, in pieces", ["abc", "de", "f"], 6, "abcdef"],
  [
    "more than the first space",
    ["a".repeat(16_000), "b".repeat(500), "c"],
    null,
    `${"a".repeat(16_000)}${"b".repeat(500)}c`,
  ],
  ["a long body announced", ["a".repeat(65_536), "bc"], 65_538, `${"a".repeat(65_536)}bc`],
] as const)("%s", ([, pieces, announcedBytes, expected]) => {
  const { request } = ask();
  const body = hear(request, MIB, announcedBytes);
  for (const piece of pieces) request.take(Buffer.from(piece));
  request.end();
  expect((body() as Buffer).toString()).toBe(expected);
});

test("a body that came whole is not copied", () => {
  const { request } = ask();
  const piece = Buffer.from("whole");
  request.take(piece);
  request.end();
  expect(hear(request, MIB)()).toBe(piece);
});

test.for([
  ["to the cap", 20, 0],
  ["one byte more", 20, 1],
] as const)("pieces %s", ([, capBytes, more]) => {
  const { request } = ask();
  const body = hear(request, capBytes);
  for (let count = 0; count < capBytes + more; count += 1) request.take(Buffer.from("a"));
  request.end();
  if (more === 0) expect((body() as Buffer).toString()).toBe("a".repeat(capBytes));
  else expect(body()).toBe(TOO_LARGE);
});

test("pieces of one byte that nobody reads yet pause the connection long before they are as many as bytes may wait", () => {
  const { request, paused } = ask();
  const bytes = Buffer.from("a");
  for (let count = 0; count < 2000; count += 1) request.take(bytes);
  expect(paused()).toBe(1);
  hear(request, MIB);
  expect(paused()).toBe(0);
});

test("large bodies on their way have room for 256 MiB together; small ones need none, and what ends makes room", () => {
  const readings = Array.from({ length: 32 }, () => {
    const { request } = ask();
    return hear(request, 8 * MIB, 8 * MIB);
  });
  expect(readings.map((result) => result())).toEqual(Array.from({ length: 32 }, () => null));
  expect(hear(ask().request, 8 * MIB, 8 * MIB)()).toMatchObject({ status: 503, reason: "bodies-full" });
  expect(hear(ask().request, 8 * MIB, 1000)()).toBeNull();
  const { request } = ask();
  const inPieces = hear(request, 8 * MIB);
  for (let piece = 0; piece < 3; piece += 1) request.take(Buffer.alloc(40_000));
  expect(inPieces()).toMatchObject({ status: 503, reason: "bodies-full" });
  open.shift()?.();
  expect(hear(ask().request, 8 * MIB, 8 * MIB)()).toBeNull();
});
