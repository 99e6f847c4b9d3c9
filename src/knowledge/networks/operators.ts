import { ACCESS_OPERATORS } from "./access-operators.ts";
import { CLOUD_OPERATORS } from "./cloud-operators.ts";
import { HOSTING_OPERATORS } from "./hosting-operators.ts";
import type { OperatorRow } from "./operator-row.ts";

/** The curated operators: those that hold most such hosts, and those anybody would know by number. */
export const OPERATORS: readonly OperatorRow[] = [...CLOUD_OPERATORS, ...HOSTING_OPERATORS, ...ACCESS_OPERATORS];

/** The operators by AS number. */
export const OPERATOR_BY_ASN: ReadonlyMap<number, OperatorRow> = new Map(
  OPERATORS.flatMap((row) => row.asns.map((asn) => [asn, row] as const)),
);
