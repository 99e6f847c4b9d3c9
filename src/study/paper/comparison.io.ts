import { resolve } from "node:path";
import { PUBLISHED_FIGURES } from "../../knowledge/published-figures.ts";
import type { Terminal } from "../../model/command.ts";
import { Complaint } from "../../model/complaint.ts";
import type { Judgements } from "../../model/judgements.ts";
import { openSnapshot } from "../../store/snapshot.io.ts";
import { STUDY_OUTPUTS } from "../catalogue/study-outputs.ts";
import { comparePublished, compareSides, type Side } from "../compare/compare.ts";
import { mannerOf, PUBLISHED_MANNER } from "../compare/manner.ts";
import { guardingOutputs, withheldFigures } from "../compare/withheld-figures.ts";
import { BASES, baseFile } from "./base-tables.ts";
import { computePaper, METHOD_FILE, type Paper } from "./compute-paper.ts";
import { windowWords } from "./method-words.ts";
import { type Comparison, labelOf } from "./paper-record.ts";
import { refuseSmallCells } from "./small-cells.ts";
import { loadSqlFiles } from "./sql-files.io.ts";

/** How another lake is read. */
export interface ComparisonMeans {
  readonly terminal: Terminal;
  readonly judgements: Judgements;
  readonly floor: number;
  readonly memoryMiB: number;
}

/**
 * Sets a paper beside the published figures, or beside those of another lake, in which the floor holds as in the first.
 *
 * @throws a `Complaint` when there is no such lake, and for a floor that may not be asked of it.
 */
export async function comparisonOf(paper: Paper, compare: string, means: ComparisonMeans): Promise<Comparison | null> {
  const here = sideOf(paper);
  if (here === null) return null;
  if (compare === "published") {
    const rows = comparePublished(here, PUBLISHED_FIGURES, PUBLISHED_MANNER, means.floor);
    return { with: "the published study", rows };
  }
  const theirs = await paperOfOther(compare, means);
  const there = sideOf(theirs);
  const words = [windowWords(theirs.run ?? {}), labelOf(theirs.facts) ?? []].flat().join(", ");
  return { with: `the other lake (${words})`, rows: there === null ? [] : compareSides(here, there, means.floor) };
}

async function paperOfOther(
  compare: string,
  { terminal, judgements, floor, memoryMiB }: ComparisonMeans,
): Promise<Paper> {
  const { stopped } = terminal;
  const lake = await openSnapshot(resolve(terminal.cwd, compare), judgements, { stopped, memoryMiB }).catch(atCompare);
  try {
    await refuseSmallCells(lake, floor);
    const outputs = guardingOutputs(STUDY_OUTPUTS);
    const files = await loadSqlFiles([...BASES.map(baseFile), METHOD_FILE, ...outputs.map(({ file }) => file)]);
    const paper = await computePaper(lake, { outputs, files, floor, withMethod: true, withSums: true });
    for (const { file, reason } of lake.damaged)
      terminal.say(`left out of the other lake, damaged: ${file}: ${reason}`);
    return paper;
  } finally {
    await lake.close();
  }
}

/** What is wrong with the other lake is wrong with `--compare`. */
function atCompare(error: unknown): never {
  if (!(error instanceof Complaint)) throw error;
  const problems = error.problems.map((problem) =>
    problem.place === "--lake" ? { ...problem, place: "--compare" } : problem,
  );
  throw new Complaint(problems, "published, or the folder of another lake");
}

/** Of the numbers of T1, none is told where nothing was known: no country known is not zero countries. */
function sideOf({ run, sums, tables }: Paper): Side | null {
  if (run === null || sums === null) return null;
  const scale = tables.find(({ output }) => output.id === "T1")?.shown.all?.rows[0] ?? {};
  const numbers = Object.entries(scale).flatMap(([name, value]) =>
    typeof value === "number" && value > 0 ? [[name, value] as const] : [],
  );
  return { manner: mannerOf(run), sums, withheld: withheldFigures(tables), scale: new Map(numbers) };
}
