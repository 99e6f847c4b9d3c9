import { createHash } from "node:crypto";
import type { DecoyEntryInput, DecoyEntryTraits } from "../model/decoy.ts";
import { brandOf } from "./brand.ts";
import { isCloudModel } from "./cloud-model.ts";
import { modelNameParts } from "./model-name.ts";
import { parameterCount } from "./parameter-count.ts";
import { quantizationBits } from "./quantization-bits.ts";

const DIGEST = /^[0-9a-f]{64}$/u;
/** A file is at least this part of weights × nominal bits: `8x7B` shares layers, a size is rounded to 0.1 B. */
const LEAST = 0.6;
/** And at most so many times it, and this on top: embeddings kept at 16 bits, a projector, low nominal bits (`IQ1` holds nearer two). */
const MOST_TIMES = 6;
const SLACK_BYTES = 3e9;
const LONGEST_NAME = 512; // characters; no name comes near

/** Judges one model entry by itself: its digest, its size against its weights, and whether it is a famous model. */
export function decoyEntryTraits(input: DecoyEntryInput): DecoyEntryTraits {
  const { digest, name } = input;
  return {
    digest_odd: digest !== null && digest !== "" && !DIGEST.test(digest),
    digest_of_name: digest !== null && name !== null && isHashOfName(digest, name),
    size_impossible: !isCloudModel(input) && isImpossible(input),
    is_famous: isFamous(name),
  };
}

function isHashOfName(digest: string, name: string): boolean {
  if (name === "" || name.length > LONGEST_NAME) return false;
  const bare = digest.startsWith("sha256:") ? digest.slice("sha256:".length) : digest;
  const stem = name.split(":", 1)[0] ?? name;
  return [name, stem].some((text) => createHash("sha256").update(text).digest("hex") === bare);
}

function isImpossible({ size, parameter_size, quantization_level }: DecoyEntryInput): boolean {
  const weights = parameterCount(parameter_size);
  const bits = quantizationBits(quantization_level);
  if (size === null || weights === null || bits === null) return false;
  const nominal = (weights * bits) / 8;
  return size < LEAST * nominal || size > MOST_TIMES * nominal + SLACK_BYTES;
}

function isFamous(name: string | null): boolean {
  return brandOf(name) !== null && modelNameParts(name)?.namespace === "library";
}
