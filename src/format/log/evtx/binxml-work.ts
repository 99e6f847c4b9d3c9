import type { Buffer } from "node:buffer";
import type { XmlNode } from "./xml-node.ts";

/** A chunk under way, and what its records may still cost: a few bytes can stand for a great deal of XML. */
export interface ChunkWork {
  readonly bytes: Buffer;
  /** Bodies of templates by the offset of their definition, read when they are first used. */
  readonly templates: Map<number, readonly XmlNode[]>;
  /** Names by their offset. */
  readonly names: Map<number, string>;
  /** Steps that the record at work may still take. */
  steps: number;
  /** Characters that it may still make. */
  characters: number;
  /** The same for the chunk. */
  chunkSteps: number;
  chunkCharacters: number;
}

/** No true record comes near: the largest seen have some hundred elements and fill half of a chunk. */
const RECORD_STEPS = 20_000;
const RECORD_CHARACTERS = 1_000_000;
const CHUNK_STEPS = 1_000_000;
const CHUNK_CHARACTERS = 8_000_000;

/** Begins a chunk. */
export function chunkWork(bytes: Buffer): ChunkWork {
  return {
    bytes,
    templates: new Map(),
    names: new Map(),
    steps: 0,
    characters: 0,
    chunkSteps: CHUNK_STEPS,
    chunkCharacters: CHUNK_CHARACTERS,
  };
}

/** Begins a record with what the chunk has left for it. */
export function beginRecord(work: ChunkWork): void {
  work.steps = Math.min(RECORD_STEPS, work.chunkSteps);
  work.characters = Math.min(RECORD_CHARACTERS, work.chunkCharacters);
}

/** Ends a record: takes its cost off the chunk's. Tells whether it stayed within what it may cost. */
export function endRecord(work: ChunkWork): boolean {
  work.chunkSteps -= Math.min(RECORD_STEPS, work.chunkSteps) - work.steps;
  work.chunkCharacters -= Math.min(RECORD_CHARACTERS, work.chunkCharacters) - work.characters;
  return work.steps > 0 && work.characters > 0;
}

/** Whether a further step may be taken. */
export function step(work: ChunkWork): boolean {
  work.steps -= 1;
  return work.steps > 0 && work.characters > 0;
}

/**
 * Text of UTF-16 bytes, cut at the chunk's end, always to whole characters: Node up to 24 writes one byte too many into its heap when a part at an odd
 * offset has an odd length (nodejs/node pull request 64697).
 */
export function utf16(work: ChunkWork, at: number, characters: number): string {
  work.characters -= characters;
  const whole = Math.min(characters, (work.bytes.length - at) >> 1);
  if (work.characters <= 0 || at < 0 || whole <= 0) return "";
  return work.bytes.toString("utf16le", at, at + whole * 2);
}
