import { crc32 } from "node:zlib";
import { type EvtxEvent, EvtxChunkWriter } from "./evtx-chunk-writer.ts";

const FILE_HEAD = 4096;

/** The chunks of a Windows event log with these events, each of 64 KiB. */
export function evtxChunks(events: readonly EvtxEvent[]): readonly Buffer[] {
  const chunks: Buffer[] = [];
  let writer = new EvtxChunkWriter(1);
  let next = 1;
  for (const event of events) {
    if (!writer.record(event)) {
      next += writer.count;
      chunks.push(writer.finish());
      writer = new EvtxChunkWriter(next);
      if (!writer.record(event)) throw new Error("an event is longer than a chunk");
    }
  }
  return [...chunks, writer.finish()];
}

/** A whole Windows event log. */
export function evtxFile(events: readonly EvtxEvent[]): Buffer {
  const chunks = evtxChunks(events);
  const head = Buffer.alloc(FILE_HEAD);
  head.write("ElfFile\0", 0, "latin1");
  head.writeBigUInt64LE(0n, 8);
  head.writeBigUInt64LE(BigInt(chunks.length - 1), 16);
  head.writeBigUInt64LE(BigInt(events.length + 1), 24);
  head.writeUInt32LE(128, 32);
  head.writeUInt16LE(1, 36);
  head.writeUInt16LE(3, 38);
  head.writeUInt16LE(FILE_HEAD, 40);
  head.writeUInt16LE(chunks.length, 42);
  head.writeUInt32LE(crc32(head.subarray(0, 120)), 124);
  return Buffer.concat([head, ...chunks]);
}
