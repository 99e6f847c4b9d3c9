import type { Document, Label, Section, Tile } from "../render/document.ts";
import { type Inline, outside } from "../render/inline.ts";
import { count, share } from "../render/number.ts";
import { SMALLEST_CELL } from "./distribution.ts";
import { type Lake, lakeFacts, type LakeFacts } from "./lake-facts.ts";
import { methodSection } from "./method.ts";
import { type Computed, readOutput } from "./read-output.ts";
import { type ReportRecord, reportRecord } from "./report-record.ts";
import { REPORT_SECTIONS } from "./report-sections.ts";
import { showOutput } from "./show-output.ts";

/** What a report shows. */
export interface ReportOptions {
  /** Single services with whole addresses, and small cells: for the owner alone. */
  readonly full: boolean;
  /** What whoever makes the report knows besides the lake, in sentences of our own words; stands first. `null` = nothing. */
  readonly preface: Preface | null;
}

export interface Preface {
  readonly title: string;
  readonly sentences: readonly string[];
}

/** A report, ready to be drawn. */
export interface Report {
  readonly document: Document;
  readonly record: ReportRecord;
}

/** Asks a lake for every output of the report. The same lake gives the same report: its time is that of the newest observation. */
export async function buildReport(lake: Lake, facts: LakeFacts, options: ReportOptions): Promise<Report> {
  const computed = new Map<string, Computed>();
  for (const { outputs } of REPORT_SECTIONS) {
    for (const output of outputs) {
      if (output.kind === "rows" && output.fullOnly && !options.full) continue;
      computed.set(output.id, readOutput(output, await lake.query(output.sql), options.full ? 1 : SMALLEST_CELL));
    }
  }
  const sections = REPORT_SECTIONS.map(({ id, title, says, outputs }): Section => {
    const blocks = outputs.flatMap((output) => {
      const one = computed.get(output.id);
      return one === undefined ? [] : showOutput(one);
    });
    return { id, title, blocks: [{ kind: "paragraph", text: [says] }, ...blocks] };
  });
  const label = labelOf(facts);
  const document: Document = {
    title: "Open model servers: what was seen",
    subtitle: subtitle(facts),
    label,
    tiles: tilesOf(computed),
    sections: [...prefaceSections(options.preface), ...sections, methodSection(facts, options.full)],
  };
  return { document, record: reportRecord(facts, label, options, [...computed.values()]) };
}

function prefaceSections(preface: Preface | null): readonly Section[] {
  if (preface === null) return [];
  const items = preface.sentences.map((sentence) => [sentence]);
  return [{ id: "preface", title: preface.title, blocks: [{ kind: "list", items }] }];
}

/** Reads what must be known first, then builds the report. */
export async function reportOfLake(lake: Lake, options: ReportOptions): Promise<Report> {
  return buildReport(lake, await lakeFacts(lake), options);
}

function labelOf({ runs, syntheticRuns }: LakeFacts): Label | null {
  if (syntheticRuns === 0) return null;
  if (syntheticRuns < runs) {
    const sentence = `Synthetic data: ${count(syntheticRuns)} of ${count(runs)} runs were made by a generator. No number here is a measurement.`;
    return { mark: "partly synthetic data", sentence };
  }
  return {
    mark: "synthetic data",
    sentence:
      "Synthetic data: made by a generator to show what a report looks like. No host here exists and no number is a measurement.",
  };
}

function subtitle(facts: LakeFacts): readonly Inline[] {
  if (facts.first === null || facts.newest === null) return ["The lake holds no observation."];
  const window = `Observations from ${minuteOf(facts.first)} to ${minuteOf(facts.newest)} UTC`;
  const scopes = facts.scopes.slice(0, 3).flatMap((name, index) => [index === 0 ? ", scope " : ", ", outside(name)]);
  return [window, ...scopes, facts.scopes.length > 3 ? ` and ${count(facts.scopes.length - 3)} more.` : "."];
}

/** `2026-06-10T03:04:05.123Z` → `2026-06-10 03:04`. */
function minuteOf(instant: string): string {
  return instant.slice(0, 16).replace("T", " ");
}

function tilesOf(computed: ReadonlyMap<string, Computed>): readonly Tile[] {
  const scale = computed.get("scale");
  const numbers = new Map(scale?.kind === "numbers" ? scale.numbers.map((row) => [row.item, row.value]) : []);
  const number = (item: string): string => {
    const value = numbers.get(item);
    return typeof value === "number" ? count(value) : "–";
  };
  return [
    { name: "hosts", value: number("hosts"), note: "confirmed at least once" },
    ...exposureTiles(computed.get("exposure")),
    { name: "observations", value: number("observations"), note: `${number("confirmed_observations")} confirmed` },
    { name: "days", value: number("days"), note: number("runs") === "1" ? "in 1 run" : `in ${number("runs")} runs` },
  ];
}

const TILE_NAMES = new Map([
  ["no_login", "without login"],
  ["cve", "and with a CVE indicated"],
]);

function exposureTiles(computed: Computed | undefined): readonly Tile[] {
  if (computed?.kind !== "shares") return [];
  return computed.distribution.shares.flatMap((one) => {
    const name = TILE_NAMES.get(one.item);
    if (name === undefined) return [];
    if (one.counted === null) return [{ name, value: "<5", note: `of ${count(one.of)} hosts` }];
    return [
      {
        name,
        value: count(one.counted),
        note: `${share(one.counted, one.of)} of ${count(one.of)} hosts, ${count(one.unknown)} unknown`,
      },
    ];
  });
}
