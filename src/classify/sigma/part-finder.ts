import { goesAs } from "../detect/fold-text.ts";

/** Finds which of many parts stand in a text, in one walk over it. */
export interface PartFinder {
  /** Calls `found` with the numbers of each part that stands there; of one that stands there again perhaps once more. */
  find(text: string, found: (numbers: readonly number[]) => void): void;
}

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
 * Makes a finder of parts, each folded (`foldText`) and of at least {@link SHORTEST_PART} characters. Each is noticed by those of its
 * characters that the fewest other parts have in common with it: nearly every step of the walk ends at a table of bytes.
 */
export function partFinder(parts: ReadonlyMap<string, readonly number[]>): PartFinder {
  const bits = Math.min(MOST_SLOTS_BITS, Math.max(FEWEST_SLOTS_BITS, 36 - Math.clz32(parts.size)));
  const mask = (1 << bits) - 1;
  const isTaken = new Uint8Array(mask + 1);
  const bySlot = new Map<number, Entry[]>();
  for (const [part, numbers] of parts) {
    const offset = rarest(part, mask, bySlot);
    const slot = slotOf(part.charCodeAt(offset), part.charCodeAt(offset + 1), part.charCodeAt(offset + 2), mask);
    const entries = bySlot.get(slot) ?? [];
    entries.push({ part, offset, numbers });
    bySlot.set(slot, entries);
    isTaken[slot] = 1;
  }
  return {
    find(text, found) {
      let first = folded(text.charCodeAt(0));
      let second = folded(text.charCodeAt(1));
      for (let at = 2; at < text.length; at += 1) {
        const third = folded(text.charCodeAt(at));
        const slot = slotOf(first, second, third, mask);
        if (isTaken[slot] === 1) {
          for (const { part, offset, numbers } of bySlot.get(slot) ?? [])
            if (goesAs(text, at - 2 - offset, part)) found(numbers);
        }
        first = second;
        second = third;
      }
    },
  };
}

function rarest(part: string, mask: number, bySlot: ReadonlyMap<number, readonly Entry[]>): number {
  let best = 0;
  let fewest = Infinity;
  for (let at = 0; at + SHORTEST_PART <= part.length && fewest > 0; at += 1) {
    const slot = slotOf(part.charCodeAt(at), part.charCodeAt(at + 1), part.charCodeAt(at + 2), mask);
    const others = bySlot.get(slot)?.length ?? 0;
    if (others < fewest) {
      best = at;
      fewest = others;
    }
  }
  return best;
}

function folded(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

function slotOf(first: number, second: number, third: number, mask: number): number {
  return (first + second * 61 + third * 3571) & mask;
}
