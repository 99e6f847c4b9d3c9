import { TIER_OF_TYPE } from "./network-kind.ts";
import type { NetworkTier, NetworkType } from "./network-kind.ts";

/** One operator whose networks are known by number. */
export interface OperatorRow {
  readonly operator: string;
  readonly type: NetworkType;
  readonly tier: NetworkTier;
  readonly asns: readonly number[];
  /** A piece that the pinned table's name of each of the numbers has, in small letters: a number typed wrong is found by it. */
  readonly named: string;
  readonly source: string;
}

/** The AS numbers that hold most such hosts, by the aggregates of Hou et al. */
export const HOLDS_MOST = "facts/study.md 5, AS numbers with most such hosts; type by what the operator sells";
const BY_NAME = "@ip-location-db/asn 2.3.2026061719 (number and name); type by what the operator sells";

/** A row of the tables of operators; its tier is that of its type. */
export function operator(
  type: NetworkType,
  name: string,
  asns: readonly number[],
  named: string,
  source: string = BY_NAME,
): OperatorRow {
  return { operator: name, type, tier: TIER_OF_TYPE[type], asns, named, source };
}
