import type { FileSample } from "../../model/file-sign.ts";

/** A tensor as the header of a GGUF file lists it. */
export interface SampleTensor {
  readonly name: string;
  readonly dimensions: readonly bigint[];
  /** Number of ggml's type; 0 is F32, 1 F16, 8 Q8_0. */
  readonly type: number;
  /** From the beginning of the tensors' bytes. */
  readonly offset: bigint;
}

/** What a GGUF file of a sample holds; what is left out is an honest small file. */
export interface SampleGguf {
  readonly version?: number;
  readonly tensorCount?: bigint;
  readonly pairCount?: bigint;
  readonly pairs?: readonly (readonly [string, string])[];
  readonly tensors?: readonly SampleTensor[];
  /** Bytes of tensors. */
  readonly body?: number;
}

/** One tensor that the file really holds. */
export const HONEST_TENSOR: SampleTensor = {
  name: "token_embd.weight",
  dimensions: [32n, 4n],
  type: 0,
  offset: 0n,
};

/** Bytes of a GGUF file (ggml-org/ggml docs/gguf.md), little-endian, pairs of strings only. */
export function gguf(form: SampleGguf = {}): Uint8Array {
  const pairs = form.pairs ?? [["general.architecture", "llama"]];
  const tensors = form.tensors ?? [HONEST_TENSOR];
  return joined([
    ascii("GGUF"),
    little(4, BigInt(form.version ?? 3)),
    little(8, form.tensorCount ?? BigInt(tensors.length)),
    little(8, form.pairCount ?? BigInt(pairs.length)),
    ...pairs.flatMap(([key, text]) => [counted(key), little(4, 8n), counted(text)]),
    ...tensors.flatMap(tensorParts),
    new Uint8Array(form.body ?? 1024),
  ]);
}

function tensorParts({ name, dimensions, type, offset }: SampleTensor): readonly Uint8Array[] {
  return [
    counted(name),
    little(4, BigInt(dimensions.length)),
    ...dimensions.map((one) => little(8, one)),
    little(4, BigInt(type)),
    little(8, offset),
  ];
}

function counted(text: string): Uint8Array {
  const bytes = ascii(text);
  return joined([little(8, BigInt(bytes.length)), bytes]);
}

/** A number in so many bytes, lowest first. */
export function little(bytes: number, number: bigint): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, index) => Number((number >> BigInt(index * 8)) & 0xffn));
}

/** A text in UTF-8. */
export function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Pieces one after another. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const part of parts) {
    all.set(part, filled);
    filled += part.length;
  }
  return all;
}

/** A file of text. */
export const textSample = (title: string, text: string): FileSample => ({ title, bytes: () => ascii(text) });
/** A file of model. */
export const ggufSample = (title: string, form: SampleGguf): FileSample => ({ title, bytes: () => gguf(form) });
/** A model file with a chat template. */
export const templateSample = (title: string, template: string): FileSample =>
  ggufSample(title, { pairs: [["tokenizer.chat_template", template]] });
