import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EvtxEvent } from "../../../../test/support/evtx-chunk-writer.ts";
import { evtxChunks } from "../../../../test/support/evtx-file.ts";
import { EVTX_CHUNK_BYTES } from "./evtx-layout.ts";
import { type EvtxPiece, readEvtxChunk } from "./evtx-chunk.ts";

const AT = Date.UTC(2026, 0, 30, 10, 5, 11, 123);
const STARTED: EvtxEvent = {
  at: AT,
  provider: "Microsoft-Windows-Sysmon",
  channel: "Microsoft-Windows-Sysmon/Operational",
  eventId: 1,
  data: {
    UtcTime: "2026-01-30 10:05:11.100",
    ProcessId: { u32: 4711 },
    Image: "C:\\Windows\\System32\\cmd.exe",
    CommandLine: 'cmd.exe /c "a & b" ü',
    IsSigned: true,
    LogonId: { hex64: 999 },
    Token: { guid: "000102030405060708090a0b0c0d0e0f" },
    Sid: { sid: [21, 1, 2, 3, 1001] },
    Port: { u16: 11_434 },
    Big: { u64: 4711 },
    Words: { strings: ["one", "two"] },
    Nothing: "",
  },
};
const CLEARED: EvtxEvent = {
  at: AT + 1000,
  provider: "Microsoft-Windows-Eventlog",
  channel: "Security",
  eventId: 1102,
  userElement: "LogFileCleared",
  data: { SubjectUserName: "anna" },
};

/** One chunk with these events. */
function chunkOf(...events: readonly EvtxEvent[]): Buffer {
  return evtxChunks(events)[0] ?? Buffer.alloc(0);
}

function piecesOf(bytes: Uint8Array): readonly EvtxPiece[] {
  return [...readEvtxChunk(bytes)];
}

/** Numbers of records and names of problems, in order. */
function outline(bytes: Uint8Array): readonly (number | string)[] {
  return piecesOf(bytes).map((piece) => (piece.kind === "record" ? piece.record : piece.problem));
}

/** What a record of `STARTED` must become. */
const STARTED_EVENT = {
  Event: {
    System: {
      Provider: { "#attributes": { Name: "Microsoft-Windows-Sysmon" } },
      EventID: 1,
      Level: 4,
      Keywords: "0x8000000000000000",
      TimeCreated: { "#attributes": { SystemTime: "2026-01-30T10:05:11.123Z" } },
      EventRecordID: 1,
      Correlation: null,
      Execution: { "#attributes": { ProcessID: 1234, ThreadID: 1234 } },
      Channel: "Microsoft-Windows-Sysmon/Operational",
      Computer: "WS7",
      Security: { "#attributes": { UserID: "S-1-5-18" } },
    },
    EventData: {
      UtcTime: "2026-01-30 10:05:11.100",
      ProcessId: 4711,
      Image: "C:\\Windows\\System32\\cmd.exe",
      CommandLine: 'cmd.exe /c "a & b" ü',
      IsSigned: true,
      LogonId: "0x3e7",
      Token: "{03020100-0504-0706-0809-0A0B0C0D0E0F}",
      Sid: "S-1-5-21-1-2-3-1001",
      Port: 11_434,
      Big: 4711,
      Words: ["one", "two"],
      Nothing: null,
    },
    "#attributes": { xmlns: "http://schemas.microsoft.com/win/2004/08/events/event" },
  },
};

describe("a whole chunk", () => {
  test("tells each record with its number, place and XML as JSON", () => {
    const [first, second, third] = piecesOf(chunkOf(STARTED, CLEARED, STARTED));
    expect(first).toMatchObject({ kind: "record", record: 1, offset: 512 });
    expect(JSON.parse(JSON.stringify(first?.kind === "record" ? first.event : null))).toEqual(STARTED_EVENT);
    const user = { UserData: { LogFileCleared: { SubjectUserName: "anna" } } };
    expect(second).toMatchObject({ kind: "record", record: 2, event: { Event: user } });
    expect(third).toMatchObject({ kind: "record", record: 3 });
  });

  test("goes on in the next chunk", () => {
    const chunks = evtxChunks(Array.from({ length: 200 }, () => STARTED));
    expect(chunks.length).toBeGreaterThan(1);
    expect(chunks.flatMap((chunk) => outline(chunk))).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  });

  test("names from the file never reach a prototype", () => {
    const [piece] = piecesOf(chunkOf({ ...CLEARED, data: { __proto__x: "a", constructor: "b" } }));
    expect(piece).toMatchObject({ event: { Event: { UserData: { LogFileCleared: { constructor: "b" } } } } });
    const [proto] = piecesOf(chunkOf({ ...STARTED, data: JSON.parse('{"__proto__":"a"}') as EvtxEvent["data"] }));
    expect(JSON.stringify(proto)).toContain('"__proto__":"a"');
  });
});

describe("a damaged chunk", () => {
  test.for([
    ["room that was never used", (): Buffer => Buffer.alloc(EVTX_CHUNK_BYTES), []],
    ["no chunk", () => Buffer.alloc(EVTX_CHUNK_BYTES, 7), ["no-evtx-chunk"]],
    ["nothing", () => Buffer.alloc(0), []],
    ["a wrong letter in a record", flip(700), ["evtx-checksum", 1, 2, 3]],
    ["a wrong head: its end of records does not count", flip(8), ["evtx-checksum", 1, 2, 3]],
    ["a file that ends within the chunk", cutInThird, ["evtx-cut-chunk", 1, 2]],
    ["a record whose size is wrong", flipAt(2, 4), ["evtx-checksum", 1, "evtx-lost-record", 3]],
    ["a record that does not begin", flipAt(2, 0), ["evtx-checksum", 1, "evtx-lost-record", 3]],
    ["a record whose XML does not begin", flipAt(2, 28), ["evtx-checksum", 1, "evtx-broken-record", 3]],
  ] as const)("%s", ([, make, pieces]) => {
    expect(outline(make())).toEqual(pieces);
  });

  test("older records behind the last one are not told again", () => {
    const whole = chunkOf(STARTED, CLEARED, STARTED, CLEARED);
    const shorter = chunkOf(STARTED);
    const end = shorter.readUInt32LE(48);
    const mixed = Buffer.concat([shorter.subarray(0, end), whole.subarray(end)]);
    expect(outline(mixed)).toEqual([1]);
  });

  test("a template that uses itself ends", () => {
    expect(outline(bomb())).toEqual(["evtx-checksum", "evtx-broken-record"]);
  });
});

/** A chunk of three records with one bit turned. */
function flip(at: number): () => Buffer {
  return () => {
    const bytes = chunkOf(STARTED, CLEARED, STARTED);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    return bytes;
  };
}

function cutInThird(): Buffer {
  const bytes = chunkOf(STARTED, CLEARED, STARTED);
  return bytes.subarray(0, (piecesOf(bytes)[2]?.offset ?? 0) + 100);
}

/** The same within a record, counted from 1. */
function flipAt(record: number, offset: number): () => Buffer {
  return () => {
    const bytes = chunkOf(STARTED, CLEARED, STARTED);
    const found = piecesOf(bytes)[record - 1];
    const at = (found?.offset ?? 0) + offset;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 0x10, at);
    return bytes;
  };
}

/** One record whose template holds two uses of itself. */
function bomb(): Buffer {
  const bytes = Buffer.alloc(EVTX_CHUNK_BYTES);
  bytes.write("ElfChnk\0", 0, "latin1");
  const use = Buffer.from([0x0c, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  const definition = 512 + 24 + 4 + 10;
  use.writeUInt32LE(definition, 6);
  const body = Buffer.concat([Buffer.from([0x0f, 1, 1, 0]), use, use, Buffer.from([0])]);
  const size = 24 + 4 + 10 + 24 + body.length + 4 + 1 + 4;
  bytes.writeUInt32LE(0x2a2a, 512);
  bytes.writeUInt32LE(size, 516);
  bytes.writeUInt32LE(1, 520);
  Buffer.from([0x0f, 1, 1, 0]).copy(bytes, 536);
  use.copy(bytes, 540, 0, 10);
  bytes.writeUInt32LE(body.length, definition + 20);
  body.copy(bytes, definition + 24);
  bytes.writeUInt32LE(size, 512 + size - 4);
  return bytes;
}

describe("whatever the bytes are", () => {
  const whole = chunkOf(STARTED, CLEARED, STARTED, CLEARED, STARTED);
  const used = whole.readUInt32LE(48);

  /** Reads it as part of a larger memory, whose other parts must not show. */
  function readInside(bytes: Buffer): readonly EvtxPiece[] {
    const around = Buffer.alloc(bytes.length + 4096, Buffer.from("SECRET!!", "utf16le"));
    bytes.copy(around, 2048);
    return piecesOf(around.subarray(2048, 2048 + bytes.length));
  }

  const change = fc.tuple(fc.integer({ min: 0, max: used + 16 }), fc.integer({ min: 0, max: 255 }));
  const wild = fc.tuple(
    fc.integer({ min: 512, max: used }),
    fc.constantFrom(0, 1, 0x0c, 0x41, 0xff, 0xffff, 0x10000, 0x7fffffff, 0xffffffff, 512, 600),
  );

  test("turned bytes: it ends, throws nothing, shows nothing from beside the chunk", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), fc.array(wild, { maxLength: 8 }), (changes, numbers) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes.writeUInt8(value, at);
        for (const [at, value] of numbers) bytes.writeUInt32LE(value >>> 0, at);
        const pieces = readInside(bytes);
        const text = JSON.stringify(pieces);
        expect(pieces.length).toBeLessThan(2_400);
        expect(pieces.every(({ offset }) => offset < EVTX_CHUNK_BYTES)).toBe(true);
        expect(text).not.toContain("SECRET");
      }),
      { numRuns: 1_500 },
    );
  });

  test("chunks cut anywhere", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: used }), (size) => {
        const text = JSON.stringify(readInside(whole.subarray(0, size)));
        expect(text).not.toContain("SECRET");
      }),
      { numRuns: 400 },
    );
  });

  test("noise behind the magic", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 4096 }), (noise) => {
        const bytes = Buffer.alloc(8192);
        bytes.write("ElfChnk\0", 0, "latin1");
        bytes.set(noise, 512);
        bytes.writeUInt32LE(0x2a2a, 512);
        bytes.writeUInt32LE(4096, 516);
        bytes.writeUInt32LE(4096, 512 + 4092);
        expect(readInside(bytes).length).toBeLessThan(600);
      }),
      { numRuns: 800 },
    );
  });
});
