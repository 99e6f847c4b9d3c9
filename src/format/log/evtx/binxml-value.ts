import { instantOf } from "../../../model/instant.ts";
import { type ChunkWork, utf16 } from "./binxml-work.ts";
import { u16At, u32At } from "./evtx-layout.ts";

/** Kind of a value that is XML itself. */
export const FRAGMENT = 0x21;
const LIST = 0x80;
const STRING = 0x01;
const TWO_32 = 4_294_967_296;
const MOST_MEMBERS = 512;
const FILETIME_1970_MS = 11_644_473_600_000;
const YEAR_10000_MS = 253_402_300_800_000;

/** What a value may be. */
export type Scalar = string | number | boolean | null | readonly Scalar[];

type Reader = (work: ChunkWork, at: number, size: number) => Scalar;

/** How a value of each kind is read, and how many bytes one has; 0 = as many as there are (MS-EVEN6 2.2.12). */
const KINDS: Readonly<Record<number, { readonly bytes: number; readonly read: Reader }>> = {
  0x01: { bytes: 0, read: stringAt },
  0x02: { bytes: 0, read: ansiAt },
  0x03: { bytes: 1, read: ({ bytes }, at) => ((bytes[at] ?? 0) << 24) >> 24 },
  0x04: { bytes: 1, read: ({ bytes }, at) => bytes[at] ?? 0 },
  0x05: { bytes: 2, read: ({ bytes }, at) => (u16At(bytes, at) << 16) >> 16 },
  0x06: { bytes: 2, read: ({ bytes }, at) => u16At(bytes, at) },
  0x07: { bytes: 4, read: ({ bytes }, at) => u32At(bytes, at) | 0 },
  0x08: { bytes: 4, read: ({ bytes }, at) => u32At(bytes, at) },
  0x09: { bytes: 8, read: (work, at) => exact(BigInt.asIntN(64, u64At(work, at))) },
  0x0a: { bytes: 8, read: (work, at) => exact(u64At(work, at)) },
  0x0b: { bytes: 4, read: ({ bytes }, at) => (at + 4 <= bytes.length ? bytes.readFloatLE(at) : null) },
  0x0c: { bytes: 8, read: ({ bytes }, at) => (at + 8 <= bytes.length ? bytes.readDoubleLE(at) : null) },
  0x0d: { bytes: 4, read: ({ bytes }, at) => u32At(bytes, at) !== 0 },
  0x0e: { bytes: 0, read: hexAt },
  0x0f: { bytes: 16, read: guidAt },
  0x10: { bytes: 0, read: (work, at, size) => hexNumber(work, at, size) },
  0x11: { bytes: 8, read: filetimeAt },
  0x12: { bytes: 16, read: systemTimeAt },
  0x13: { bytes: 0, read: sidAt },
  0x14: { bytes: 4, read: (work, at) => hexNumber(work, at, 4) },
  0x15: { bytes: 8, read: (work, at) => hexNumber(work, at, 8) },
};

/** A value as JSON would hold it; `null` when it is empty or of a kind that nobody uses. */
export function valueAt(work: ChunkWork, kind: number, at: number, size: number): Scalar {
  const row = KINDS[kind & ~LIST];
  if (row === undefined || size < row.bytes || (size === 0 && kind !== STRING)) return null;
  if ((kind & LIST) === 0) return row.read(work, at, size);
  if ((kind & ~LIST) === STRING) return stringAt(work, at, size).split("\0", MOST_MEMBERS);
  if (row.bytes === 0) return hexAt(work, at, size);
  const count = Math.min(MOST_MEMBERS, Math.floor(size / row.bytes));
  work.steps -= count;
  return Array.from({ length: count }, (_, index) => row.read(work, at + index * row.bytes, row.bytes));
}

/** Without the zero that some writers put at the end. */
function stringAt(work: ChunkWork, at: number, size: number): string {
  const text = utf16(work, at, size >> 1);
  return text.endsWith("\0") ? text.slice(0, -1) : text;
}

function ansiAt(work: ChunkWork, at: number, size: number): string {
  work.characters -= size;
  if (work.characters <= 0) return "";
  const text = work.bytes.toString("latin1", at, at + size);
  return text.endsWith("\0") ? text.slice(0, -1) : text;
}

function hexAt(work: ChunkWork, at: number, size: number): string {
  work.characters -= size * 2;
  return work.characters <= 0 ? "" : work.bytes.toString("hex", at, at + size).toUpperCase();
}

function u64At({ bytes }: ChunkWork, at: number): bigint {
  return (BigInt(u32At(bytes, at + 4)) << 32n) | BigInt(u32At(bytes, at));
}

/** A number while it is exact, else its digits. */
function exact(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function hexNumber(work: ChunkWork, at: number, size: number): string {
  return `0x${(size === 4 ? u32At(work.bytes, at) : u64At(work, at)).toString(16)}`;
}

function guidAt({ bytes }: ChunkWork, at: number): string {
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");
  const tail = bytes.toString("hex", at + 8, at + 16);
  const head = `${hex(u32At(bytes, at), 8)}-${hex(u16At(bytes, at + 4), 4)}-${hex(u16At(bytes, at + 6), 4)}`;
  return `{${head}-${tail.slice(0, 4)}-${tail.slice(4)}}`.toUpperCase();
}

/** Tenths of microseconds since 1601, as ISO text with milliseconds; `null` outside of the years 1970 to 9999. */
function filetimeAt({ bytes }: ChunkWork, at: number): string | null {
  const tenths = u32At(bytes, at + 4) * TWO_32 + u32At(bytes, at);
  const ms = Math.floor(tenths / 10_000) - FILETIME_1970_MS;
  return ms >= 0 && ms < YEAR_10000_MS ? instantOf(ms) : null;
}

function systemTimeAt({ bytes }: ChunkWork, at: number): string {
  const two = (offset: number, digits = 2): string => String(u16At(bytes, at + offset)).padStart(digits, "0");
  return `${two(0, 4)}-${two(2)}-${two(6)}T${two(8)}:${two(10)}:${two(12)}.${two(14, 3)}Z`;
}

/** `S-1-5-18`. */
function sidAt({ bytes }: ChunkWork, at: number, size: number): string | null {
  const count = bytes[at + 1] ?? 0;
  if (size < 8 + count * 4 || count > 15 || at + size > bytes.length) return null;
  let sid = `S-${bytes[at] ?? 0}-${bytes.readUIntBE(at + 2, 6)}`;
  for (let part = 0; part < count; part += 1) sid += `-${u32At(bytes, at + 8 + part * 4)}`;
  return sid;
}
