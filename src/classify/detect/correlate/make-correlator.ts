import type { EventField } from "../../../model/condition.ts";
import { readersByClass } from "../group-key.ts";
import type { FieldReader } from "../field-readers.ts";
import { changeRule } from "./change.ts";
import type { Bench, Correlator } from "./correlator.ts";
import { countRule } from "./count.ts";
import { disagree } from "./disagree.ts";
import { distinctRule } from "./distinct.ts";
import { eachRule } from "./each.ts";
import { firstRule } from "./first.ts";
import { sequenceRule } from "./sequence.ts";
import { standing } from "./standing.ts";
import { sumRule } from "./sum.ts";
import { windowed } from "./windowed.ts";

/** Puts a detection to work, without any memory yet. */
export function makeCorrelator(bench: Bench): Correlator {
  const { correlation } = bench.detection;
  switch (correlation.kind) {
    case "each":
      return windowed(eachRule(correlation), bench);
    case "count":
      return windowed(countRule(correlation), bench);
    case "distinct":
      return windowed(distinctRule(correlation, fieldOf(correlation.field, bench)), bench);
    case "sum":
      return windowed(sumRule(correlation, fieldOf(correlation.field, bench)), bench);
    case "sequence":
      return windowed(sequenceRule(correlation), bench);
    case "first":
      return standing(correlation, firstRule(), bench);
    case "change":
      return standing(correlation, changeRule(), bench);
    case "disagree":
      return disagree(correlation, bench);
  }
}

function fieldOf(field: EventField, bench: Bench): FieldReader {
  const readers = readersByClass([field], bench.world);
  return (event) => readers[event.class][0]?.(event) ?? null;
}
