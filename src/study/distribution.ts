/** Fewest hosts (or services) a published cell may hold (rule R14: a k-anonymity floor on small cells). */
export const SMALLEST_CELL = 5;

/** What a query of shares answers per row. `unknown` are the units of `of` for which nothing can be said. */
export interface ShareRow {
  readonly item: string;
  readonly counted: number;
  readonly of: number;
  readonly unknown: number;
}

/** One line of a distribution; `counted` is `null` when the cell is withheld. */
export interface Share {
  readonly item: string;
  readonly counted: number | null;
  readonly of: number;
  readonly unknown: number;
}

/** How the rows of a distribution relate. */
export interface DistributionKind {
  /** `open`: names that strangers chose, as many as there are. `closed`: a list of ours. */
  readonly items: "open" | "closed";
  /** Each unit is in exactly one row or unknown, so rows and unknowns add up to the whole. */
  readonly addsUp: boolean;
}

/** Counts per item with what was held back. */
export interface Distribution extends DistributionKind {
  readonly shares: readonly Share[];
  /** Items left out because fewer than {@link SMALLEST_CELL} units have them; 0 in a full report. */
  readonly pooledItems: number;
}

/**
 * Applies the floor to the rows of a distribution: a small cell of an open list is left out with its name and only the number of
 * such names told; a small cell of a closed list is withheld, and where the rest would give it away by subtraction, so are the
 * next smallest, until two or more cells with at least `floor` units are withheld together. Zero stays zero.
 *
 * @param floor - {@link SMALLEST_CELL}, or 1 for a full report: nothing is held back.
 */
export function distribution(rows: readonly ShareRow[], kind: DistributionKind, floor: number): Distribution {
  const isSmall = (row: ShareRow): boolean => row.counted > 0 && row.counted < floor;
  if (kind.items === "open") {
    const shares = rows.filter((row) => !isSmall(row));
    return { ...kind, shares, pooledItems: rows.length - shares.length };
  }
  const withheld = new Set(rows.filter(isSmall));
  if (kind.addsUp && withheld.size > 0) hideAmong(rows, withheld, floor);
  const shares = rows.map((row) => (withheld.has(row) ? { ...row, counted: null } : row));
  return { ...kind, shares, pooledItems: 0 };
}

function hideAmong(rows: readonly ShareRow[], withheld: Set<ShareRow>, floor: number): void {
  const open = rows.filter((row) => !withheld.has(row) && row.counted > 0).toSorted(bySize);
  const hidden = (): number => [...withheld].reduce((sum, row) => sum + row.counted, 0);
  for (const next of open) {
    if (withheld.size > 1 && hidden() >= floor) return;
    withheld.add(next);
  }
}

/** The smallest first; of equals the first in the alphabet, as in every other table of the same classes. */
function bySize(a: ShareRow, b: ShareRow): number {
  return a.counted - b.counted || (a.item < b.item ? -1 : 1);
}
