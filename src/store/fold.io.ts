import type { Catalog } from "./catalog.io.ts";
import { sortSegments } from "./damage.io.ts";
import { relation } from "./relation.io.ts";
import { writeRollups } from "./rollup.io.ts";
import { keepCheckpoint, keepRun } from "./run-row.io.ts";
import type { FoldPlace, Segment } from "./segment.io.ts";
import { liveSegments, writeSegment } from "./segment.io.ts";
import type { Staged, StagedTable } from "./stage.io.ts";
import type { ListColumn } from "./stage-sql.ts";
import { newRows } from "./stage-sql.ts";
import type { TableName } from "./table.ts";

/** New rows that a fold added. */
export interface Folded {
  readonly observations: number;
  readonly cards: number;
}

/** What else the transaction does. */
export interface CommitOptions {
  /** Name of the journal chunk that is folded; folded once only. */
  readonly chunk: string | null;
  /** Row of the import's own run, kept when anything was added. */
  readonly importRun: string | null;
}

const NOTHING: Folded = { observations: 0, cards: 0 };

/** Commits what was staged, as one transaction: new rows to new segments, run rows and resume points, the chunk as folded. */
export async function commitStaged(place: FoldPlace, staged: Staged, options: CommitOptions): Promise<Folded> {
  const { catalog } = place;
  return catalog.write(async () => {
    if (options.chunk !== null && isFolded(catalog, options.chunk)) return NOTHING;
    const added = { observation: 0, card: 0 };
    const looks: Segment[] = [];
    for (const one of staged.dated) {
      const segment = await addDated(place, one);
      added[one.table === "card" ? "card" : "observation"] += segment?.rows ?? 0;
      if (segment !== null) looks.push(segment);
    }
    for (const list of staged.bridges) await addBridge(place, list);
    for (const segment of looks) await writeRollups(place, segment);
    for (const row of staged.runs) keepRun(catalog, row);
    for (const row of staged.checkpoints) keepCheckpoint(catalog, row);
    if (options.importRun !== null && added.observation + added.card > 0) keepRun(catalog, options.importRun);
    if (options.chunk !== null) catalog.db.prepare("INSERT INTO folded VALUES (?)").run(options.chunk);
    return { observations: added.observation, cards: added.card };
  });
}

function isFolded(catalog: Catalog, chunk: string): boolean {
  return catalog.db.prepare("SELECT 1 FROM folded WHERE chunk = ?").get(chunk) !== undefined;
}

async function addDated(
  place: FoldPlace,
  { table, select, firstAt, lastAt, repeats }: StagedTable,
): Promise<Segment | null> {
  // The order of the times is the order of their texts: a missing fraction sorts before any.
  const near = liveSegments(place.catalog, table).filter(
    (one) => (one.firstAt ?? "") <= lastAt && (one.lastAt ?? "") >= firstAt,
  );
  return addNew(place, table, near, (known) => newRows(table, select, known, repeats));
}

async function addBridge(place: FoldPlace, { table, field }: ListColumn): Promise<void> {
  const all = liveSegments(place.catalog, table);
  await addNew(place, table, all, (known) => newRows(table, `SELECT * FROM ${field}_row`, known, false));
}

/** Writes what `known` segments do not hold. A damaged one among them is left out: its rows may then be kept a second time. */
async function addNew(
  place: FoldPlace,
  table: TableName,
  known: readonly Segment[],
  select: (known: string | null) => string,
): Promise<Segment | null> {
  const { sound } = await sortSegments(place.paths, known, "size");
  try {
    return await writeSegment(place, table, select(relation(place.paths, sound)));
  } catch (error) {
    const checked = await sortSegments(place.paths, sound, "content");
    if (checked.damaged.length === 0) throw error;
    return writeSegment(place, table, select(relation(place.paths, checked.sound)));
  }
}
