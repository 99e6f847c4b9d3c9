import { FAILURES } from "../../model/failure.ts";
import { ANSWERS } from "../../model/observation.ts";
import type { Row, Snapshot } from "../../store/snapshot.ts";
import { numberOf, textOf, textOrNull } from "../row-values.ts";
import type { Change } from "./change.ts";
import { compareStates } from "./compare-states.ts";
import type { DiffEnds } from "./diff-ends.ts";
import { CAPABILITY_WORDS, DECOYS_SQL, countsSql, differencesSql, modelsSql } from "./diff-sql.ts";
import type { CapabilityStates, ServiceState, StateInventory, StateModel } from "./service-state.ts";

/** A place that can be asked, without its scheme. */
export interface Place {
  readonly address: string;
  readonly port: number;
  readonly hostName: string | null;
  readonly basePath: string;
}

/** One service with a change, or that was open and not asked again. */
export interface ServiceDiff {
  readonly place: Place;
  readonly before: ServiceState | null;
  readonly after: ServiceState | null;
  /** Empty = open before and not asked since. */
  readonly changes: readonly Change[];
  /** Whether the lake takes it for a decoy, by everything it holds. */
  readonly likelyDecoy: boolean;
}

/** How much was compared. */
export interface DiffCounts {
  readonly beforeServices: number;
  readonly afterServices: number;
  readonly beforeOpen: number;
  readonly afterOpen: number;
  /** Open or behind a login at both ends, with nothing different. */
  readonly unchanged: number;
}

/** Everything that differs between two ends, by address. */
export interface Diff {
  readonly counts: DiffCounts;
  readonly services: readonly ServiceDiff[];
}

/** Rows whose lists of models are read together: some thousand lists at a time stay in memory. */
const BATCH = 5_000;

/** Compares two ends of a lake. Only what differs leaves the engine. */
export async function readDiff(lake: Pick<Snapshot, "query">, ends: DiffEnds): Promise<Diff> {
  const rows = await lake.query(differencesSql(ends));
  const [counted] = await lake.query(countsSql(ends));
  const decoys = rows.length === 0 ? new Set<string>() : await readDecoys(lake);
  const services: ServiceDiff[] = [];
  let changedAtBoth = 0;
  for (let from = 0; from < rows.length; from += BATCH) {
    const pairs = rows.slice(from, from + BATCH).map(pairOf);
    const lists = await readInventories(lake, pairs);
    for (const { place, before, after } of pairs) {
      const compared = compareStates(before, after, (id) => lists.get(id) ?? null);
      const likelyDecoy = [before, after].some((state) => state !== null && decoys.has(keyOf(state.scheme, place)));
      if (compared.kind === "changed") {
        services.push({ place, before, after, changes: compared.changes, likelyDecoy });
        if (isPresent(before) && isPresent(after)) changedAtBoth += 1;
      }
      if (compared.kind === "not-asked") services.push({ place, before, after, changes: [], likelyDecoy });
    }
  }
  return { counts: countsOf(counted ?? {}, changedAtBoth), services };
}

/** Keys of the services that the lake takes for decoys. */
async function readDecoys(lake: Pick<Snapshot, "query">): Promise<ReadonlySet<string>> {
  const rows = await lake.query(DECOYS_SQL);
  return new Set(rows.map((row) => keyOf(textOf(row, "scheme"), placeOf(row))));
}

function keyOf(scheme: string, { address, port, hostName, basePath }: Place): string {
  return JSON.stringify([scheme, address, port, hostName, basePath]);
}

function isPresent(state: ServiceState | null): boolean {
  return state?.answer === "open" || state?.answer === "login";
}

function countsOf(row: Row, changedAtBoth: number): DiffCounts {
  return {
    beforeServices: numberOf(row, "before_services"),
    afterServices: numberOf(row, "after_services"),
    beforeOpen: numberOf(row, "before_open"),
    afterOpen: numberOf(row, "after_open"),
    unchanged: numberOf(row, "present_at_both") - changedAtBoth,
  };
}

type Pair = Pick<ServiceDiff, "place" | "before" | "after">;

function pairOf(row: Row): Pair {
  return {
    place: placeOf(row),
    before: stateOf(row, "before"),
    after: stateOf(row, "after"),
  };
}

function placeOf(row: Row): Place {
  return {
    address: textOf(row, "address"),
    port: numberOf(row, "port"),
    hostName: textOrNull(row, "host_name"),
    basePath: textOf(row, "base_path"),
  };
}

function stateOf(row: Row, side: "before" | "after"): ServiceState | null {
  const scheme = textOrNull(row, `${side}_scheme`);
  if (scheme === null) return null;
  return {
    scheme,
    seenAt: textOf(row, `${side}_seen_at`),
    answer: ANSWERS.find((answer) => answer === row[`${side}_answer`]) ?? "other",
    status: numberOrNull(row[`${side}_status`]),
    failure: FAILURES.find((failure) => failure === row[`${side}_failure`]) ?? null,
    vantage: textOrNull(row, `${side}_vantage`),
    surveyed: row[`${side}_surveyed`] === true,
    product: textOrNull(row, `${side}_product`),
    version: textOrNull(row, `${side}_version`),
    versionRank: numberOrNull(row[`${side}_version_rank`]),
    inventory: textOrNull(row, `${side}_inventory`),
    modelCount: numberOrNull(row[`${side}_model_count`]),
    isListWhole: row[`${side}_list_whole`] === true,
  };
}

function numberOrNull(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

/**
 * The lists that differ between the two looks of a pair. An empty list has no rows and is known all the same; one of which a damaged file
 * held a part is not known, and nothing is said of it.
 */
async function readInventories(
  lake: Pick<Snapshot, "query">,
  pairs: readonly Pair[],
): Promise<ReadonlyMap<string, StateInventory>> {
  const counts = new Map(pairs.flatMap(differingLists));
  if (counts.size === 0) return new Map();
  const entries = new Map<string, Row[]>([...counts.keys()].map((id) => [id, []]));
  for (const row of await lake.query(modelsSql([...counts.keys()]))) entries.get(textOf(row, "inventory"))?.push(row);
  const whole = [...entries].filter(([id, rows]) => rows.length === counts.get(id));
  return new Map(whole.map(([id, rows]) => [id, inventoryOf(rows)]));
}

/** Ids of two different lists with the number of their entries. */
function differingLists({ before, after }: Pair): readonly (readonly [string, number])[] {
  const [was, is] = [before?.inventory ?? null, after?.inventory ?? null];
  if (was === null || is === null || was === is) return [];
  return [
    [was, before?.modelCount ?? 0],
    [is, after?.modelCount ?? 0],
  ];
}

function inventoryOf(rows: readonly Row[]): StateInventory {
  const models = rows.map((row): StateModel => ({ name: textOf(row, "name"), digest: textOrNull(row, "digest") }));
  const words = CAPABILITY_WORDS.map((word) => [word, together(rows.map((row) => row[`${word}_state`]))] as const);
  const cloud = rows.some((row) => row["is_cloud"] === true) ? "has" : "absent";
  const capabilities: CapabilityStates = Object.fromEntries([...words, ["cloud", cloud] as const]);
  return { models, capabilities };
}

/** What the models of one list can do together: one that can is enough; one that cannot be told leaves it open. */
function together(states: readonly unknown[]): "has" | "absent" | "unknown" {
  if (states.some((state) => state === "advertised" || state === "inferred")) return "has";
  return states.every((state) => state === "absent") ? "absent" : "unknown";
}
