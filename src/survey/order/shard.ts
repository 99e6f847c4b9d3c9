import { fail, ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";

/** One of several equal parts of a survey, counted from 1; the parts need not know of each other. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** The only part of a survey that is not split. */
export const WHOLE: Shard = { index: 1, of: 1 };

/** More parts than this are a typing error. */
const MOST_SHARDS = 4096;

/** `2/4` → the second of four parts. */
export function parseShard(text: string): Result<Shard, string> {
  const match = /^(\d{1,4})\/(\d{1,4})$/u.exec(text);
  const index = Number(match?.[1]);
  const of = Number(match?.[2]);
  if (match === null) return fail(`"${text}" is no shard; write it as i/n, such as 1/2`);
  if (of < 1 || of > MOST_SHARDS) return fail(`"${text}": the number of shards lies between 1 and ${MOST_SHARDS}`);
  if (index < 1 || index > of) return fail(`"${text}": shards count from 1 to ${of}`);
  return ok({ index, of });
}

/** A shard as users write it and runs keep it. */
export function shardText(shard: Shard): string {
  return `${shard.index}/${shard.of}`;
}
