import type { Lake } from "../lake-facts.ts";
import type { SqlFile } from "./sql-file.ts";

/** The relations that outputs read, in the order in which they are made: each reads those before it. */
export const BASES = [
  "study_day",
  "study_population",
  "study_host",
  "study_instance",
  "study_month",
  "study_week",
  "study_lineage_month",
  "study_pull",
  "study_period",
  "study_period_service",
  "study_period_host",
  "study_period_lineage",
] as const;
type Base = (typeof BASES)[number];

const READS: Readonly<Record<Base, readonly Base[]>> = {
  study_day: [],
  study_population: [],
  study_host: ["study_day"],
  study_instance: ["study_host"],
  study_month: ["study_host"],
  study_week: ["study_day", "study_host"],
  study_lineage_month: ["study_host"],
  study_pull: ["study_host"],
  study_period: [],
  study_period_service: ["study_period"],
  study_period_host: ["study_period_service"],
  study_period_lineage: ["study_period_service"],
};

/** Name of the file of a relation. */
export function baseFile(base: Base): string {
  return `base/${base.replaceAll("_", "-")}`;
}

/** Makes the relations that a query names, each once, as temporary tables of the lake's engine. */
export interface BaseTables {
  ready(sql: string): Promise<void>;
}

/** Readies the relations over a lake; `files` are those of {@link baseFile}. */
export function baseTables(lake: Lake, files: ReadonlyMap<string, SqlFile>): BaseTables {
  const made = new Map<Base, Promise<void>>();
  const make = async (base: Base): Promise<void> => {
    for (const other of READS[base]) await once(other);
    await lake.table(base, files.get(baseFile(base))?.sql ?? "");
  };
  const once = async (base: Base): Promise<void> => {
    const running = made.get(base) ?? make(base);
    made.set(base, running);
    await running;
  };
  return {
    async ready(sql) {
      for (const base of BASES) if (new RegExp(`\\b${base}\\b`, "u").test(sql)) await once(base);
    },
  };
}
