import { count } from "../../render/number.ts";
import type { Row } from "../../store/snapshot.ts";
import { textOrNull } from "../row-values.ts";
import type { Paper } from "./compute-paper.ts";

/** What every paper must state (rule R18): the lint refuses one that leaves a point out. */
export const METHOD_POINTS = [
  "population",
  "unit",
  "confirmation",
  "coverage",
  "decoy filter",
  "denominators",
  "nulls",
  "lower bounds",
  "small cells",
  "addresses",
  "places",
  "clocks",
  "left out",
] as const;
export type MethodPoint = (typeof METHOD_POINTS)[number];

/** The points as sentences, told of this very run. */
export function methodWords({ run, floor, facts }: Paper): Readonly<Record<MethodPoint, string>> {
  const row = run ?? {};
  const number = (name: string): number => numberIn(row, name);
  const n = (name: string): string => count(number(name));
  return {
    population: `${populationKind(row)} ${n("counted")} counted observations of ${n("hosts")} hosts, out of ${n("observations")} observations of any kind.`,
    unit: `A host is one address; ${n("services")} services were counted on ${n("hosts")} hosts. A machine with two addresses is two hosts, an address that changed hands is one.`,
    confirmation:
      "An observation counts when the service told a string version and a list of models or null, and is an Ollama, or an import does not say what it is.",
    coverage: coverageWords(row),
    "decoy filter": `None is left out of the first figures: every output is given over all hosts and again without the ${n("decoys")} that are likely decoys. Uncertain ones stay in both; a careful decoy passes for real. The difference of the two tells counts of likely decoys, which no floor protects.`,
    denominators:
      "Each share is a count, the number it is of, and how many of those are unknown. Unknown stays in the denominator unless the output says that it is beside it. Capabilities have two denominators: all hosts, and hosts whose lists could tell.",
    nulls: `Null means not seen and is never zero: an empty list is known. ${n("without_list")} hosts showed no list, ${n("without_country")} have no known country, ${n("without_network")} no known network.`,
    "lower bounds":
      "What only some versions or some models tell (capabilities, formats, sizes, prompts) is a lower bound: the true share lies between the one shown and that plus the unknowns. Counts of prompts are of those that cards made visible.",
    "small cells":
      floor > 1
        ? `Cells of 1 to ${count(floor - 1)} hosts are not shown: names that strangers gave are left out, cells of our own lists withheld, and with them the next smallest where the rest would give them away.`
        : "Nothing is withheld: the floor was set to 1.",
    addresses: "No address is in any output.",
    places: `Country and network are what the records say, else a table of networks; the last counts. ${n("moved_hosts")} addresses changed their network number within the window.`,
    clocks: `Times are those of who looked. ${n("misdated")} observations lie more than an hour outside the run that says to have made them; they count where they stand.`,
    "left out": `${n("other_hosts")} hosts answered as another product with Ollama's routes and are counted in no output but that on other products.${damageWords(facts.damaged)}`,
  };
}

function damageWords(damaged: readonly string[]): string {
  return damaged.length === 0
    ? ""
    : ` ${count(damaged.length)} damaged files of the lake are missing from every count.`;
}

/** One attempted day is a snapshot; more make a union over the window. */
export function populationKind(run: Row): "A snapshot:" | "A union over the window:" | "Empty:" {
  const attempted = numberIn(run, "attempted_days");
  if (attempted === 0) return "Empty:";
  return attempted === 1 ? "A snapshot:" : "A union over the window:";
}

/** `2026-06-10 to 2026-07-09`: first and last date of an attempt. */
export function windowWords(run: Row): string {
  return `${textOrNull(run, "first_day") ?? "no day"} to ${textOrNull(run, "last_day") ?? "no day"}`;
}

function coverageWords(run: Row): string {
  const days = numberIn(run, "days");
  if (days === 0) return "Nobody looked.";
  const window = `From ${windowWords(run)}: ${count(days)} dates`;
  const gaps = `${count(numberIn(run, "gap_days"))} without an attempt, ${count(numberIn(run, "partial_days"))} partial (less than 95 % of the targets asked; left out of uptime)`;
  return `${window}, ${gaps}. ${count(numberIn(run, "runs"))} runs, ${count(numberIn(run, "sources"))} sources. The table of coverage tells each day.`;
}

/** The number in a column of the method row; 0 for none, as of an empty lake. */
function numberIn(row: Row, name: string): number {
  const value = row[name];
  return typeof value === "number" ? value : 0;
}
