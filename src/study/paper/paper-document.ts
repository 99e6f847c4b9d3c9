import type { Block, Document, Section, Tile } from "../../render/document.ts";
import { outside, type Inline } from "../../render/inline.ts";
import { count, share } from "../../render/number.ts";
import { STUDY_SECTIONS, type StudySection } from "../study-output.ts";
import type { Paper } from "./compute-paper.ts";
import { METHOD_POINTS, methodWords, populationKind, windowWords } from "./method-words.ts";
import type { Comparison } from "./paper-record.ts";
import { labelOf } from "./paper-record.ts";
import { sourceLine } from "./paper-figures.ts";
import type { PaperTable } from "./paper-table.ts";
import { showComparison } from "./show-comparison.ts";
import { showTable } from "./show-table.ts";

const TITLES: Readonly<Record<StudySection, string>> = {
  scale: "Scale and persistence",
  time: "Over time",
  places: "Places and networks",
  models: "Models",
  capabilities: "Capabilities and prompts",
  risk: "Risk",
  concentration: "Concentration",
};

/** A paper as a document: what stands first, the outputs by section, what it is compared with, and the methods. */
export function paperDocument(paper: Paper, compared: Comparison | null): Document {
  const context = { tables: paper.tables, source: sourceLine(paper, labelOf(paper.facts)) };
  const sections = STUDY_SECTIONS.flatMap((id): readonly Section[] => {
    const tables = paper.tables.filter(({ output }) => output.section === id);
    if (tables.length === 0) return [];
    return [{ id, title: TITLES[id], blocks: tables.flatMap((table) => showTable(table, paper.floor, context)) }];
  });
  const comparison: readonly Section[] =
    compared === null ? [] : [{ id: "comparison", title: `Beside ${compared.with}`, blocks: showComparison(compared) }];
  return {
    title: "Open model servers: a study",
    subtitle: subtitleOf(paper),
    label: labelWords(paper),
    tiles: tilesOf(paper.tables),
    sections: [...sections, ...comparison, { id: "methods", title: "Methods", blocks: methodBlocks(paper) }],
  };
}

function labelWords({ facts }: Paper): Document["label"] {
  const mark = labelOf(facts);
  if (mark === null) return null;
  const sentence =
    mark === "synthetic data"
      ? "Synthetic data: made by a generator. No host here exists and no number is a measurement."
      : `Synthetic data among it: ${count(facts.syntheticRuns)} of ${count(facts.runs)} runs were made by a generator. No number here is a measurement.`;
  return { mark, sentence };
}

function subtitleOf({ facts, run }: Paper): readonly Inline[] {
  if (run === null || populationKind(run) === "Empty:") return ["The lake holds no observation."];
  const window = `Observations from ${windowWords(run)} UTC`;
  const scopes = facts.scopes.slice(0, 3).flatMap((name, at) => [at === 0 ? ", scope " : ", ", outside(name)]);
  return [window, ...scopes, facts.scopes.length > 3 ? ` and ${count(facts.scopes.length - 3)} more.` : "."];
}

function methodBlocks(paper: Paper): readonly Block[] {
  const words = methodWords(paper);
  const items = METHOD_POINTS.map((point): readonly Inline[] => [`${capital(point)}: ${words[point]}`]);
  const missing = paper.facts.carries.map(({ source, columns }): readonly Inline[] => [
    "Source ",
    outside(source),
    " carries only these columns; all others are missing, not absent: ",
    outside(columns),
  ]);
  return [{ kind: "list", items: [...items, ...missing] }];
}

/** The few numbers that stand first, as far as the outputs hold them. */
function tilesOf(tables: readonly PaperTable[]): readonly Tile[] {
  const scale = tables.find(({ output }) => output.id === "T1")?.shown.all?.rows[0];
  const number = (name: string): string => {
    const value = scale?.[name];
    return typeof value === "number" ? count(value) : "–";
  };
  if (scale === undefined) return [];
  return [
    {
      name: "hosts",
      value: number("hosts"),
      note: `in ${number("countries")} countries, ${number("networks")} networks`,
    },
    { name: "observations", value: number("observations"), note: `on ${number("attempted_days")} days` },
    ...cellTile(tables, "T2", ["class", "backbone"], "hosts", "seen more than 100 times"),
    ...cellTile(tables, "F3", ["item", "tools"], "counted", "advertise or show tools"),
  ];
}

function cellTile(
  tables: readonly PaperTable[],
  id: string,
  [column, item]: readonly [string, string],
  cell: string,
  name: string,
): readonly Tile[] {
  const table = tables.find(({ output }) => output.id === id);
  const row = table?.shown.all?.rows.find((one) => one[column] === item);
  const of = row?.[table?.columns.find(({ from }) => from === cell)?.of ?? ""];
  const value = row?.[cell];
  if (typeof value !== "number" || typeof of !== "number") return [];
  return [{ name, value: share(value, of), note: `${count(value)} of ${count(of)} hosts` }];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
