/** Longer arguments, as their texts and keys together, are not looked at. */
const MOST_CHARACTERS = 256 * 1024;
const LONGEST_KEY = 256;
/** Items of one list: some keywords compare each with each. */
const MOST_ITEMS = 1024;
const MOST_VALUES = 16 * 1024;
const MOST_DEPTH = 32;

/** Whether the arguments of a call are small enough to be tried against a schema. */
export function isJudgeable(value: unknown): boolean {
  const left = { characters: MOST_CHARACTERS, values: MOST_VALUES };
  return fits(value, left, MOST_DEPTH);
}

function fits(value: unknown, left: { characters: number; values: number }, depth: number): boolean {
  left.values -= 1;
  if (typeof value === "string") left.characters -= value.length;
  if (left.values < 0 || left.characters < 0 || depth < 0) return false;
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value))
    return value.length <= MOST_ITEMS && value.every((item: unknown) => fits(item, left, depth - 1));
  return Object.entries(value).every(([key, member]) => {
    left.characters -= key.length;
    return key.length <= LONGEST_KEY && fits(member, left, depth - 1);
  });
}
