import { REPORTED_CVES } from "../knowledge/cves.ts";
import type { ReportedCve } from "../knowledge/cves.ts";
import type { CveIndication } from "../model/judgements.ts";
import { rankOf } from "./version.ts";

/**
 * What a version string says of each reported weakness: `indicated` when it lies in the range, absent when it does not.
 * A version can be spoofed or be a proxy's: an indication is no proof. Unknown versions get every row as `unknown`: neither
 * all of them nor none.
 */
export function versionCves(version: string | null): readonly CveIndication[] {
  const rank = rankOf(version);
  if (rank === null) return UNKNOWN;
  return REPORTED.filter((row) => row.from <= rank && rank < row.below).map((row) => row.indication);
}

interface ReportedRow {
  readonly indication: CveIndication;
  readonly from: number;
  readonly below: number;
}

const SMALLEST_STEP = 0.0005; // ranks differ by thousandths: half of one makes an inclusive bound exclusive

const REPORTED: readonly ReportedRow[] = REPORTED_CVES.map((row) => ({ indication: indication(row), ...bounds(row) }));

const UNKNOWN: readonly CveIndication[] = REPORTED.map((row) => ({ ...row.indication, state: "unknown" }));

function bounds(row: ReportedCve): { readonly from: number; readonly below: number } {
  const [from, before, upTo] = [rankOf(row.affected.from), rankOf(row.affected.before), rankOf(row.affected.upTo)];
  return { from: from ?? 0, below: before ?? (upTo === null ? 0 : upTo + SMALLEST_STEP) };
}

function indication(row: ReportedCve): CveIndication {
  return {
    cve: row.id,
    state: "indicated",
    kind: row.kind,
    fixed_in: row.fixedIn,
    severity: row.severity,
    reach: row.reach,
    title: row.title,
    source: row.source,
  };
}
