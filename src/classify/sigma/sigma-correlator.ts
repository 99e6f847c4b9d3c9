import type { LogEvent } from "../../model/event.ts";
import type { SigmaCorrelation } from "../../model/sigma.ts";
import { countRule } from "../detect/correlate/count.ts";
import type { AlertBench, Correlator, DetectSink } from "../detect/correlate/correlator.ts";
import { distinctRule } from "../detect/correlate/distinct.ts";
import { eachRule } from "../detect/correlate/each.ts";
import { sequenceRule } from "../detect/correlate/sequence.ts";
import { sumRule } from "../detect/correlate/sum.ts";
import { windowed } from "../detect/correlate/windowed.ts";
import type { FieldReader } from "../detect/field-readers.ts";
import { fieldFor } from "./link-rules.ts";
import type { LinkedRule, SigmaJob } from "./link-rules.ts";
import { plainKeys, readersOf, sigmaKeys } from "./sigma-keys.ts";
import type { ByClass, SigmaKeys } from "./sigma-keys.ts";
import { togetherRule } from "./together.ts";

/** Rows of one rule, machine and client within so many seconds of each other are one alert. */
const QUIET_SECONDS = 300;

/** Rules of one correlation whose rows are grouped by the same fields. */
interface Batch {
  /** Bits of the rules' numbers. */
  readonly mask: number;
  readonly readers: readonly ByClass[];
  /** Reads what is counted or added up. */
  readonly value: ByClass | null;
}

/** Puts a rule or a correlation to work on the correlations of Corral's own detections. */
export function sigmaCorrelator({ correlation, members }: SigmaJob, bench: AlertBench): Correlator {
  if (correlation === null) {
    const each = { kind: "each", of: "", by: [], withinSeconds: QUIET_SECONDS } as const;
    return windowed(eachRule(each), bench, plainKeys(bench.world));
  }
  const keys = sigmaKeys(correlation.groupBy);
  const batches = batchesOf(correlation, members, bench);
  let value: ByClass | null = null;
  const counted: FieldReader = (event) => value?.[event.class](event) ?? null;
  const inner = correlatorOf(correlation, counted, keys, bench);
  return {
    ...inner,
    take(event: LogEvent, roles: number, sink: DetectSink) {
      for (const batch of batches) {
        const own = roles & batch.mask;
        if (own === 0) continue;
        keys.use(batch.readers);
        value = batch.value;
        inner.take(event, own, sink);
      }
    },
  };
}

function correlatorOf(
  correlation: SigmaCorrelation,
  counted: FieldReader,
  keys: SigmaKeys,
  bench: AlertBench,
): Correlator {
  const { type, atLeast, withinSeconds, rules } = correlation;
  const common = { of: "", by: [], atLeast, withinSeconds } as const;
  switch (type) {
    case "event_count":
      return windowed(countRule({ kind: "count", ...common }), bench, keys);
    case "value_count":
      return windowed(distinctRule({ kind: "distinct", field: "product", ...common }, counted), bench, keys);
    case "value_sum":
      return windowed(sumRule({ kind: "sum", field: "product", ...common }, counted), bench, keys);
    case "temporal":
      return windowed(togetherRule(rules.length, atLeast, withinSeconds), bench, keys);
    case "temporal_ordered":
      return windowed(sequenceRule({ kind: "sequence", steps: rules, by: [], withinSeconds }), bench, keys);
  }
}

function batchesOf(
  correlation: SigmaCorrelation,
  members: readonly LinkedRule[],
  { world }: AlertBench,
): readonly Batch[] {
  const byFields = new Map<string, { mask: number; readonly member: LinkedRule }>();
  for (const [role, member] of members.entries()) {
    const asked = [...correlation.groupBy, correlation.field ?? ""];
    const key = JSON.stringify(asked.map((field) => fieldFor(correlation, field, member)));
    const known = byFields.get(key);
    if (known === undefined) byFields.set(key, { mask: 1 << role, member });
    else known.mask |= 1 << role;
  }
  return [...byFields.values()].map(({ mask, member }) => {
    const read = (field: string): ByClass => readersOf(fieldFor(correlation, field, member), world);
    return {
      mask,
      readers: correlation.groupBy.map(read),
      value: correlation.field === null ? null : read(correlation.field),
    };
  });
}
