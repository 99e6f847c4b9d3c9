import { Buffer } from "node:buffer";
import { eventAt, type XmlObject } from "./binxml-event.ts";
import { beginRecord, type ChunkWork, chunkWork, endRecord } from "./binxml-work.ts";
import { chunkHead, EVTX_CHUNK_BYTES, RECORD_HEAD, recordNumberAt, RECORDS_AT, recordSizeAt } from "./evtx-layout.ts";

/** What is wrong in a chunk, as stable words. */
export type EvtxProblem =
  /** No chunk at all: nothing of it is read. */
  | "no-evtx-chunk"
  /** A checksum is wrong: the chunk was written when the file was copied, or damaged; records that are whole are read all the same. */
  | "evtx-checksum"
  /** The file ends within the chunk. */
  | "evtx-cut-chunk"
  /** Bytes where a record should begin; reading goes on at the next one. */
  | "evtx-lost-record"
  /** A record whose XML is broken, or costs more than any true one. */
  | "evtx-broken-record";

/** A piece of a chunk, in the order of the file. Offsets are bytes from the chunk's beginning. */
export type EvtxPiece =
  | { readonly kind: "record"; readonly record: number; readonly offset: number; readonly event: XmlObject }
  | { readonly kind: "problem"; readonly offset: number; readonly problem: EvtxProblem };

/**
 * Reads a chunk of a Windows event log. Total: whatever the bytes are, it ends, throws nothing and reads nothing beside them.
 *
 * @param bytes - 64 KiB, or less when the file ends there.
 */
export function* readEvtxChunk(bytes: Uint8Array): Iterable<EvtxPiece> {
  const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, EVTX_CHUNK_BYTES));
  const head = chunkHead(chunk);
  if (head.kind === "empty") return;
  if (head.kind === "stranger") {
    yield { kind: "problem", offset: 0, problem: "no-evtx-chunk" };
    return;
  }
  if (chunk.length < EVTX_CHUNK_BYTES) yield { kind: "problem", offset: 0, problem: "evtx-cut-chunk" };
  else if (!head.isSound) yield { kind: "problem", offset: 0, problem: "evtx-checksum" };
  const work = chunkWork(chunk);
  let last = -1;
  let at = RECORDS_AT;
  const end = head.recordsEnd ?? chunk.length;
  while (at < end) {
    const size = recordSizeAt(chunk, at);
    if (size === 0) {
      const next = nextRecord(chunk, at, end, last);
      if (next < end || head.recordsEnd !== null) yield { kind: "problem", offset: at, problem: "evtx-lost-record" };
      at = next;
      continue;
    }
    last = recordNumberAt(chunk, at);
    yield recordAt(work, at, size);
    at += size;
    if (head.recordsEnd === null && recordNumberAt(chunk, at) !== last + 1) at = nextRecord(chunk, at, end, last);
  }
}

function recordAt(work: ChunkWork, at: number, size: number): EvtxPiece {
  beginRecord(work);
  const event = eventAt(work, at + RECORD_HEAD, at + size - 4);
  const isCheap = endRecord(work);
  if (event === null || !isCheap) return { kind: "problem", offset: at, problem: "evtx-broken-record" };
  return { kind: "record", record: recordNumberAt(work.bytes, at), offset: at, event };
}

/** Where the next record stands that is newer than the last one: behind those, a chunk keeps older ones that it wrote over in part. */
function nextRecord(chunk: Buffer, from: number, end: number, last: number): number {
  for (let at = from + 8 - (from % 8); at < end; at += 8)
    if (recordSizeAt(chunk, at) > 0 && recordNumberAt(chunk, at) > last) return at;
  return end;
}
