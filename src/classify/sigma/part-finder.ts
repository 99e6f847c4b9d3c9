import { goesAs } from "../detect/fold-text.ts";

/** Takes the numbers of a part that stands in a text. */
export type PartTaker = (numbers: readonly number[]) => void;

/** Finds which of many parts stand in a text, in one walk over it; a part that stands there again is told perhaps once more. */
export type PartFinder = (text: string, found: PartTaker) => void;

/** Shortest part that can be looked for. */
export const SHORTEST_PART = 3;

/** A part, and where in it those three characters stand by which it is noticed. */
interface Entry {
  readonly part: string;
  readonly offset: number;
  readonly numbers: readonly number[];
}

const FEWEST_SLOTS_BITS = 12;
const MOST_SLOTS_BITS = 20;

/**
 * Makes a finder of parts, each folded (`foldText`) and of at least {@link SHORTEST_PART} characters. A part is noticed by those three of
 * its characters that the fewest parts have, so that nearly every step of the walk ends at a table of bytes.
 */
export function partFinder(parts: ReadonlyMap<string, readonly number[]>): PartFinder {
  const bits = Math.min(MOST_SLOTS_BITS, Math.max(FEWEST_SLOTS_BITS, 36 - Math.clz32(parts.size)));
  const mask = (1 << bits) - 1;
  const isTaken = new Uint8Array(mask + 1);
  const bySlot = entriesBySlot(parts, mask);
  for (const slot of bySlot.keys()) isTaken[slot] = 1;
  return (text, found) => {
    let first = folded(text.charCodeAt(0));
    let second = folded(text.charCodeAt(1));
    for (let at = 2; at < text.length; at += 1) {
      const third = folded(text.charCodeAt(at));
      const slot = slotOf(first, second, third, mask);
      if (isTaken[slot] === 1) tell(bySlot.get(slot) ?? [], text, at - 2, found);
      first = second;
      second = third;
    }
  };
}

function tell(entries: readonly Entry[], text: string, at: number, found: PartTaker): void {
  for (const { part, offset, numbers } of entries) {
    const from = at - offset;
    // A character outside of the text costs V8 many times what one inside costs.
    if (from >= 0 && from + part.length <= text.length && goesAs(text, from, part)) found(numbers);
  }
}

function entriesBySlot(
  parts: ReadonlyMap<string, readonly number[]>,
  mask: number,
): ReadonlyMap<number, readonly Entry[]> {
  const uses = new Uint32Array(mask + 1);
  for (const part of parts.keys()) for (const slot of slotsOf(part, mask)) uses[slot] = (uses[slot] ?? 0) + 1;
  const bySlot = new Map<number, Entry[]>();
  for (const [part, numbers] of parts) {
    const slots = slotsOf(part, mask);
    const slot = slots.reduce((best, one) => ((uses[one] ?? 0) < (uses[best] ?? 0) ? one : best));
    const entries = bySlot.get(slot) ?? [];
    entries.push({ part, offset: slots.indexOf(slot), numbers });
    bySlot.set(slot, entries);
  }
  return bySlot;
}

/** The slots of all three characters in a row. */
function slotsOf(part: string, mask: number): readonly number[] {
  return Array.from({ length: part.length - SHORTEST_PART + 1 }, (_, at) =>
    slotOf(part.charCodeAt(at), part.charCodeAt(at + 1), part.charCodeAt(at + 2), mask),
  );
}

function folded(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

function slotOf(first: number, second: number, third: number, mask: number): number {
  return (first + second * 61 + third * 3571) & mask;
}
