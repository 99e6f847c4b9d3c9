import { serviceKey } from "../../model/service.ts";
import type { Service } from "../../model/service.ts";
import { knownProduct } from "../known-product.ts";
import { truncatedNetwork } from "../truncated-network.ts";
import type { Change } from "./change.ts";
import type { DiffEnds } from "./diff-ends.ts";
import type { DiffRun } from "./diff-run.ts";
import type { ChangeRecord, DiffRecord, EndRecord, ServiceRecord, StateRecord } from "./diff-schema.ts";
import type { Diff, ServiceDiff } from "./read-diff.ts";
import type { ServiceState } from "./service-state.ts";

/** Names of models written out per change; the count is always of all. */
const MOST_NAMES = 50;

/** What the record says besides the diff itself. */
export interface RecordOptions {
  /** Whole addresses and names: for the owner alone. */
  readonly full: boolean;
  readonly synthetic: boolean;
  readonly notes: readonly string[];
}

/** The diff as one JSON value: what `--json` prints and the webhook sends. */
export function diffRecord(ends: DiffEnds, diff: Diff, options: RecordOptions): DiffRecord {
  const { counts, services } = diff;
  return {
    kind: "diff",
    schema: 1,
    full: options.full,
    synthetic: options.synthetic,
    from: endRecord(ends, "from"),
    to: endRecord(ends, "to"),
    counts: {
      before_services: counts.beforeServices,
      after_services: counts.afterServices,
      before_open: counts.beforeOpen,
      after_open: counts.afterOpen,
      unchanged: counts.unchanged,
      likely_decoys: services.filter(({ likelyDecoy }) => likelyDecoy).length,
      not_asked: services.filter(({ changes }) => changes.length === 0).length,
    },
    summary: summaryOf(services),
    services: services.map((one) => serviceRecord(one, options.full)),
    left_out: 0,
    notes: [...options.notes],
  };
}

/** The same with at most so many services; the rest is counted. */
export function shortened(record: DiffRecord, most: number): DiffRecord {
  const leftOut = Math.max(0, record.services.length - most);
  return { ...record, services: record.services.slice(0, most), left_out: leftOut };
}

function endRecord(ends: DiffEnds, side: "from" | "to"): EndRecord {
  return ends.kind === "times" ? { kind: "time", at: ends[side] } : runRecord(ends[side]);
}

function runRecord(run: DiffRun): EndRecord {
  return {
    kind: "run",
    run: run.run,
    source: run.source,
    scope_name: run.scopeName,
    vantage: run.vantage,
    started_at: run.startedAt,
    finished_at: run.finishedAt,
    targets: run.targets,
    attempted: run.attempted,
  };
}

const NONE: DiffRecord["summary"] = {
  "newly-open": 0,
  "login-removed": 0,
  "capability-grown": 0,
  "version-down": 0,
  "product-changed": 0,
  "models-added": 0,
  "models-changed": 0,
  "version-changed": 0,
  "version-up": 0,
  "capability-told": 0,
  "models-gone": 0,
  "capability-shrunk": 0,
  "login-added": 0,
  unclear: 0,
  closed: 0,
};

function summaryOf(services: readonly ServiceDiff[]): DiffRecord["summary"] {
  const summary = { ...NONE };
  for (const { changes } of services) for (const { kind } of changes) summary[kind] += 1;
  return summary;
}

function serviceRecord({ place, before, after, changes, likelyDecoy }: ServiceDiff, full: boolean): ServiceRecord {
  const scheme = (after ?? before)?.scheme === "https" ? "https" : "http";
  const service: Service = {
    scheme,
    address: place.address,
    port: place.port,
    host_name: place.hostName,
    base_path: place.basePath,
  };
  return {
    network: truncatedNetwork(place.address),
    service: full ? { ...service, url: serviceKey(service) } : null,
    asked: changes.length > 0,
    likely_decoy: likelyDecoy,
    before: before === null ? null : stateRecord(before, full),
    after: after === null ? null : stateRecord(after, full),
    changes: changes.map((change) => changeRecord(change, before, after, full)),
  };
}

/** A version that cannot be ordered and a product that is none of ours are free text of a stranger: they may name somebody. */
function stateRecord(state: ServiceState, full: boolean): StateRecord {
  const { answer, seenAt, product, version } = state;
  return {
    answer,
    seen_at: seenAt,
    product: full ? product : knownProduct(product),
    version: full || state.versionRank !== null ? version : null,
  };
}

function changeRecord(
  change: Change,
  before: ServiceState | null,
  after: ServiceState | null,
  full: boolean,
): ChangeRecord {
  switch (change.kind) {
    case "models-added":
    case "models-changed":
    case "models-gone":
      return {
        kind: change.kind,
        count: change.names.length,
        names: full ? change.names.slice(0, MOST_NAMES) : null,
      };
    case "version-up":
    case "version-down":
    case "version-changed": {
      const isShown = (state: ServiceState | null): boolean => full || (state?.versionRank ?? null) !== null;
      return {
        kind: change.kind,
        before: isShown(before) ? change.before : null,
        after: isShown(after) ? change.after : null,
      };
    }
    case "product-changed":
      return full ? change : { ...change, before: knownProduct(change.before), after: knownProduct(change.after) };
    case "newly-open":
    case "login-removed":
    case "login-added":
    case "unclear":
    case "closed":
    case "capability-grown":
    case "capability-told":
    case "capability-shrunk":
      return change;
  }
}
