import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { linkRules } from "../../src/classify/sigma/link-rules.ts";
import { startSigma } from "../../src/classify/sigma/run-sigma.ts";
import { readSigma } from "../../src/format/sigma/read-sigma.ts";
import { SIGMA_FIELDS } from "../../src/knowledge/sigma/fields.ts";
import type { EventClass, LogEvent } from "../../src/model/event.ts";
import * as make from "../../src/model/make-event.ts";

/** A row as the corpus writes it: fields by the names that the rule uses. */
export type CorpusRow = Readonly<Record<string, string | number | boolean | null>> & {
  readonly class: EventClass;
  readonly at: string;
};

/** One rule file of the corpus and the rows that it is tried on. */
export interface CorpusCase {
  readonly name: string;
  readonly text: string;
  /** Why pySigma's SQLite backend cannot convert it; left out = it can. */
  readonly engineCannot?: string;
  readonly stories: readonly CorpusStory[];
}

/** Rows, and whether the rules must speak of them. */
interface CorpusStory {
  readonly title: string;
  readonly speaks: boolean;
  /** Why the backend says the opposite; left out = it says the same. */
  readonly engineDiffers?: string;
  readonly rows: readonly CorpusRow[];
}

const FOLDER = join(import.meta.dirname, "../../corpus/sigma");

/** Every case of `corpus/sigma`. */
export function corpusCases(): readonly CorpusCase[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith(".yml"));
  return names.map((file) => {
    const name = file.slice(0, -4);
    const rows = JSON.parse(readFileSync(join(FOLDER, `${name}.rows.json`), "utf8")) as Omit<
      CorpusCase,
      "name" | "text"
    >;
    return { name, text: readFileSync(join(FOLDER, file), "utf8"), ...rows };
  });
}

/** The row as an event, its fields by their own names. */
export function eventOfRow(row: CorpusRow): LogEvent {
  const names = SIGMA_FIELDS[row.class];
  const fields = Object.entries(row).flatMap(([name, value]) => {
    const field = Object.hasOwn(names, name) ? names[name] : undefined;
    return field === undefined ? [] : [[field, value] as const];
  });
  const text = typeof row["row"] === "string" ? row["row"] : "";
  const product = typeof row["product"] === "string" ? row["product"] : "test";
  const head: make.EventHead = {
    at: Date.parse(row.at),
    observer: null,
    product,
    place: { source: 0, line: 1, offset: 0, text },
  };
  const rest = Object.fromEntries(fields) as never;
  const makers: Readonly<Record<EventClass, (head: make.EventHead, rest: never) => LogEvent>> = {
    http: make.httpEvent,
    network: make.networkEvent,
    process: make.processEvent,
    listen: make.listenEvent,
    setting: make.settingEvent,
    file: make.fileEvent,
    dns: make.dnsEvent,
    control: make.controlEvent,
  };
  return makers[row.class](head, rest);
}

/** How many alerts the rules of a file give; throws when something is wrong with them. */
export function sigmaAlerts(text: string, events: readonly LogEvent[]): number {
  const file = readSigma(text, "rule.yml");
  const linked = linkRules(file.documents);
  const wrong = [...file.problems, ...linked.problems].map(({ place, message }) => `${place}: ${message}`);
  const left = linked.notRun.map(({ place, why }) => `${place}: ${why}`);
  if (wrong.length + left.length > 0) throw new Error([...wrong, ...left].join("\n"));
  let alerts = 0;
  const sink = { opened: () => (alerts += 1), closed: () => undefined };
  const names = linked.jobs.map((_, at) => ({ id: `sigma-${at}`, severity: "medium" as const }));
  const run = startSigma(linked.jobs, names, { known: [], serverPorts: new Set([11_434]) }, sink);
  for (const event of events) if (run.isCandidate(event)) run.detect(event);
  run.end();
  return alerts;
}
