import type { Buffer } from "node:buffer";

/** Bytes of a Windows event log before its first chunk. */
export const EVTX_HEADER_BYTES = 4096;
/** Bytes of each chunk: chunks are read one by one, and each stands for itself. */
export const EVTX_CHUNK_BYTES = 65_536;

/** Bytes of a chunk before its first record. */
export const RECORDS_AT = 512;
/** Size, number and time of a record, before its content; its size stands once more behind it. */
export const RECORD_HEAD = 24;
export const RECORD_LEAST = RECORD_HEAD + 4;
const CHUNK_MAGIC = "ElfChnk\0";
const RECORD_MAGIC = 0x2a2a;
const CHECKSUM_AT = 124;
const TABLES_AT = 128;
const FREE_SPACE_AT = 48;
const RECORDS_CHECKSUM_AT = 52;

/** A whole number of two bytes; beyond the end bytes count as 0. */
export function u16At(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

/** A whole number of four bytes; beyond the end bytes count as 0. */
export function u32At(bytes: Uint8Array, at: number): number {
  return (u16At(bytes, at) | (u16At(bytes, at + 2) << 16)) >>> 0;
}

/** What the head of a chunk says. */
export interface ChunkHead {
  /** `empty`: room that the log has not used yet. */
  readonly kind: "chunk" | "empty" | "stranger";
  /** Offset behind the last record; `null` when the head's checksum is wrong and nothing of it counts. */
  readonly recordsEnd: number | null;
  /** Whether the records' checksum is theirs; `false` also for a chunk that was being written when the file was copied. */
  readonly isSound: boolean;
}

/** Reads the head of a chunk and compares both checksums (libevtx, documentation of the format, "Chunk header"). */
export function chunkHead(bytes: Buffer): ChunkHead {
  if (bytes.toString("latin1", 0, CHUNK_MAGIC.length) !== CHUNK_MAGIC) {
    const kind = bytes.subarray(0, RECORDS_AT).every((byte) => byte === 0) ? "empty" : "stranger";
    return { kind, recordsEnd: null, isSound: false };
  }
  const headSum = crc32(bytes, TABLES_AT, RECORDS_AT, crc32(bytes, 0, 120));
  const recordsEnd = u32At(bytes, FREE_SPACE_AT);
  const isPlausible = recordsEnd >= RECORDS_AT && recordsEnd <= bytes.length;
  if (headSum !== u32At(bytes, CHECKSUM_AT) || !isPlausible) return { kind: "chunk", recordsEnd: null, isSound: false };
  const isSound = crc32(bytes, RECORDS_AT, recordsEnd) === u32At(bytes, RECORDS_CHECKSUM_AT);
  return { kind: "chunk", recordsEnd, isSound };
}

/** The size of the record at `at`; 0 when none stands there whole. */
export function recordSizeAt(bytes: Uint8Array, at: number): number {
  if (u32At(bytes, at) !== RECORD_MAGIC) return 0;
  const size = u32At(bytes, at + 4);
  const isWhole = size >= RECORD_LEAST && at + size <= bytes.length && u32At(bytes, at + size - 4) === size;
  return isWhole ? size : 0;
}

/** The number of the record at `at`; past 2^53 it is no longer exact. */
export function recordNumberAt(bytes: Uint8Array, at: number): number {
  return u32At(bytes, at + 12) * 4_294_967_296 + u32At(bytes, at + 8);
}

const CRC = Int32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});

/** CRC-32 (ISO 3309) of a part of the bytes, going on from another one's. */
export function crc32(bytes: Uint8Array, from: number, to: number, begun = 0): number {
  let sum = ~begun;
  for (let at = from; at < to; at += 1) sum = (CRC[(sum ^ (bytes[at] ?? 0)) & 255] ?? 0) ^ (sum >>> 8);
  return ~sum >>> 0;
}
