import type { CalendarDay } from "../calendar.ts";
import type { CampaignModel } from "../campaign-model.ts";
import type { CardRegister } from "../card-register.ts";
import type { LiveHost } from "../live-host.ts";
import { attemptedOn, SOURCE } from "../run-line.ts";
import { capabilityRows } from "./capability-rows.ts";
import { hostFacts, type HostFacts } from "./host-facts.ts";
import { type CountedLook, type HostRecord, lineagesOf, type ServiceRecord } from "./host-record.ts";
import { instanceRows } from "./instance-rows.ts";
import { monthRows } from "./month-rows.ts";
import { hostRows } from "./host-rows.ts";
import { pluralityRows } from "./plurality-rows.ts";
import { mergedSums, type Population } from "./population.ts";
import { endMonth, noSums, sumLook, type Sums } from "./sums.ts";
import { timeRows } from "./time-rows.ts";
import type { TruthRecord, TruthRow } from "./truth-record.ts";

export type { CountedLook } from "./host-record.ts";

/** Counts the truth of a campaign while its lines are written. */
export interface Truth {
  look(look: CountedLook): void;
  /** A look that is not counted. */
  other(day: CalendarDay): void;
  /** An emulator of another product that confirmed itself; `host` = the host at the same address. */
  emulator(address: string, host: LiveHost | null): void;
  /** Looks so far. */
  observations(): number;
  finish(register: CardRegister): TruthRecord;
}

interface DaySums {
  observations: number;
  counted: number;
  hosts: number;
}

/** Opens the count of a campaign. */
export function openTruth(model: CampaignModel, days: readonly CalendarDay[], hosts: readonly LiveHost[]): Truth {
  const records: (HostRecord | undefined)[] = Array.from({ length: hosts.length });
  const sums: readonly [Sums, Sums] = [noSums(), noSums()];
  const daySums: DaySums[] = days.map(() => ({ observations: 0, counted: 0, hosts: 0 }));
  const emulators = new Map<string, LiveHost | null>();
  let observations = 0;
  const noDay: DaySums = { observations: 0, counted: 0, hosts: 0 };
  const on = (day: CalendarDay): DaySums => daySums[day.index] ?? noDay;
  return {
    look: (look) => {
      const record = records[look.host.index] ?? newRecord(look.host);
      records[look.host.index] = record;
      observations += 1;
      const day = on(look.day);
      day.observations += 1;
      day.counted += 1;
      if (record.days.at(-1) !== look.day.index) {
        record.days.push(look.day.index);
        day.hosts += 1;
      }
      const service = serviceOf(record, look);
      sumLook(sums[record.isDecoy ? 1 : 0], record, look, service.lineages);
    },
    other: (day) => {
      on(day).observations += 1;
      observations += 1;
    },
    emulator: (address, host) => emulators.set(address, host),
    observations: () => observations,
    finish: (register) => {
      const seen = records.filter((record) => record !== undefined);
      for (const record of seen) endMonth(sums[record.isDecoy ? 1 : 0], record);
      const facts = seen.map((record) => hostFacts(record, days, register));
      const outputs: Record<string, readonly TruthRow[]> = { coverage: coverageRows(model, days, daySums) };
      for (const population of populationsOf(facts, sums)) {
        const told = emulatorsOf(emulators, records, population);
        for (const [id, rows] of Object.entries(outputsOf(population, { model, days, emulators: told }))) {
          const named = rows.map((row) => ({ population: population.name, ...row }));
          outputs[id] = [...(outputs[id] ?? []), ...named];
        }
      }
      return { schema: "corral.truth/1", model: model.name, seed: model.seed, outputs };
    },
  };
}

function populationsOf(facts: readonly HostFacts[], sums: readonly [Sums, Sums]): readonly Population[] {
  return [
    { name: "all", hosts: facts, sums: mergedSums(sums) },
    { name: "without-decoys", hosts: facts.filter(({ isDecoy }) => !isDecoy), sums: sums[0] },
  ];
}

interface Campaign {
  readonly model: CampaignModel;
  readonly days: readonly CalendarDay[];
  readonly emulators: { readonly count: number; readonly alone: number };
}

function outputsOf(
  population: Population,
  { model, days, emulators }: Campaign,
): Readonly<Record<string, readonly TruthRow[]>> {
  return {
    ...hostRows(population, days, emulators),
    ...monthRows(population),
    ...instanceRows(population),
    ...capabilityRows(population),
    ...timeRows(population, days),
    ...pluralityRows(population, [SOURCE, model.secondSource?.name ?? null]),
  };
}

function newRecord(host: LiveHost): HostRecord {
  return {
    host,
    isDecoy: host.plan.decoy !== null,
    observations: 0,
    days: [],
    services: [],
    sources: [false, false],
    lineageDays: new Map(),
    month: null,
  };
}

/** Counts the look in its service's record. */
function serviceOf(record: HostRecord, look: CountedLook): ServiceRecord {
  const { service, segment, day, ms, running } = look;
  record.observations += 1;
  record.sources[look.source] = true;
  const known = record.services.find((one) => one.service === service);
  if (known === undefined) {
    const made: ServiceRecord = {
      service,
      observations: 1,
      first: segment.release,
      last: segment,
      running,
      lastDay: day.index,
      lastMs: ms,
      lineages: lineagesOf(segment),
    };
    record.services.push(made);
    return made;
  }
  known.observations += 1;
  if (known.last !== segment) known.lineages = lineagesOf(segment);
  known.last = segment;
  known.running = running;
  known.lastDay = day.index;
  known.lastMs = ms;
  return known;
}

/** Emulators of a population, and how many of them stand where no counted host is. */
function emulatorsOf(
  emulators: ReadonlyMap<string, LiveHost | null>,
  records: readonly (HostRecord | undefined)[],
  { name }: Population,
): { readonly count: number; readonly alone: number } {
  const kept = [...emulators.values()].filter((host) => name === "all" || host?.plan.decoy == null);
  const alone = kept.filter((host) => host === null || records[host.index] === undefined);
  return { count: kept.length, alone: alone.length };
}

function coverageRows(model: CampaignModel, days: readonly CalendarDay[], sums: readonly DaySums[]): TruthRow[] {
  const attempted = days.filter((day) => day.attempted).map(({ index }) => index);
  const [first, last] = [attempted[0] ?? 0, attempted.at(-1) ?? -1];
  return days.slice(first, last + 1).map((day) => ({
    day: day.date,
    attempted: day.attempted ? 1 : 0,
    is_partial: day.partial ? 1 : 0,
    observations: sums[day.index]?.observations ?? 0,
    counted: sums[day.index]?.counted ?? 0,
    hosts: sums[day.index]?.hosts ?? 0,
    targets: day.attempted ? model.targets : null,
    targets_attempted: day.attempted ? attemptedOn(model, day) : null,
  }));
}
