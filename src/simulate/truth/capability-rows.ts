import { HARM_CLASSES } from "../../model/prompt-class.ts";
import type { HostFacts, Known } from "./host-facts.ts";
import { WORDS } from "./model-state.ts";
import { countIf, meanOf, openShares, type Population, tallied } from "./population.ts";
import type { TruthRow } from "./truth-record.ts";

const TIERS = ["hyperscaler", "indie-cloud", "telecom-residential", "academic", "other", "unknown", "all"] as const;
const CLASSES = ["once", "some", "backbone", "all"] as const;
/** Words of the exact sets and pairs; the others are too rare to be known of most hosts. */
const SET_WORDS = 6;

/** Outputs over capabilities, prompts and what they add up to: F3, T8r, T11 to T14. */
export function capabilityRows({ hosts }: Population): Readonly<Record<string, readonly TruthRow[]>> {
  return {
    F3: WORDS.map((item, at) => ({
      item,
      counted: countIf(hosts, ({ has }) => has[at] === 1),
      of_units: hosts.length,
      unknown_units: countIf(hosts, ({ has }) => has[at] === null),
    })),
    F3b: WORDS.map((item, at) => ({
      item,
      counted: countIf(hosts, ({ told }) => told[at] === true),
      of_units: countIf(hosts, ({ able }) => able[at] === true),
      unknown_units: countIf(hosts, ({ able }) => able[at] !== true),
    })),
    T8r: [
      {
        item: "chat-and-embedding",
        counted: countIf(hosts, ({ rag }) => rag === 1),
        of_units: hosts.length,
        unknown_units: countIf(hosts, ({ rag }) => rag === null),
      },
    ],
    T11a: openShares(
      tallied(hosts, setOf),
      hosts.length,
      countIf(hosts, (host) => setOf(host) === null),
    ),
    T11b: pairRows(hosts),
    T12: promptRows(hosts),
    T13: [
      stayRow(hosts, "observations", ({ persistence }) => (persistence === "backbone" ? 1 : 0)),
      stayRow(hosts, "presence", ({ presenceClass }) =>
        presenceClass === null ? null : presenceClass === "from-34" ? 1 : 0,
      ),
    ],
    T14: Object.entries(COMBINATIONS).flatMap(([combination, parts]) =>
      TIERS.flatMap((tier) => CLASSES.map((persistence) => riskRow(hosts, { combination, tier, persistence }, parts))),
    ),
  };
}

/** The exact set of words, sorted and joined; `null` when one of the six is not known. */
function setOf({ has }: HostFacts): string | null {
  if (has.slice(0, SET_WORDS).includes(null)) return null;
  const words = WORDS.filter((_, at) => has[at] === 1);
  return words.length === 0 ? "none" : words.toSorted().join("+");
}

function pairRows(hosts: readonly HostFacts[]): TruthRow[] {
  const rows: TruthRow[] = [];
  for (let one = 0; one < SET_WORDS; one += 1) {
    for (let other = one + 1; other < SET_WORDS; other += 1) {
      rows.push({
        word_a: WORDS[one] ?? "",
        word_b: WORDS[other] ?? "",
        ...bothOf(hosts, ({ has }) => allOf([has[one] ?? null, has[other] ?? null])),
      });
    }
  }
  return rows;
}

/** 0 if any part is 0, else `null` if any is not known, else 1. */
function allOf(parts: readonly Known[]): Known {
  if (parts.includes(0)) return 0;
  return parts.includes(null) ? null : 1;
}

function bothOf(
  hosts: readonly HostFacts[],
  state: (host: HostFacts) => Known,
): { readonly hosts: number; readonly of_hosts: number; readonly unknown_hosts: number } {
  return {
    hosts: countIf(hosts, (host) => state(host) === 1),
    of_hosts: hosts.length,
    unknown_hosts: countIf(hosts, (host) => state(host) === null),
  };
}

function promptRows(hosts: readonly HostFacts[]): TruthRow[] {
  const cards = countIf(hosts, ({ cardSeen }) => cardSeen);
  const systems = countIf(hosts, ({ prompts }) => prompts.size > 0);
  const row = (item: string, counted: number, of: number, unknown: number): TruthRow => ({
    item,
    counted,
    of_units: of,
    unknown_units: unknown,
  });
  const all = hosts.length;
  return [
    row("card", cards, all, 0),
    row("system-prompt", systems, cards, all - cards),
    row(
      "guard-off",
      countIf(hosts, ({ guardOff }) => guardOff === 1),
      cards,
      all - cards,
    ),
    ...HARM_CLASSES.map((harm) =>
      row(
        harm,
        countIf(hosts, ({ prompts }) => prompts.has(harm)),
        systems,
        all - systems,
      ),
    ),
  ];
}

const tools = ({ has }: HostFacts): Known => has[WORDS.indexOf("tools")] ?? null;
const vision = ({ has }: HostFacts): Known => has[WORDS.indexOf("vision")] ?? null;

function stayRow(hosts: readonly HostFacts[], rule: string, stays: (host: HostFacts) => Known): TruthRow {
  const state = (host: HostFacts): Known => allOf([tools(host), stays(host)]);
  const members = hosts.filter((host) => state(host) === 1);
  return {
    rule,
    ...bothOf(hosts, state),
    mean_uptime: meanOf(members.map(({ uptime }) => uptime)),
    mean_running: meanOf(members.map(({ running }) => running)),
    running_known: countIf(members, ({ running }) => running !== null),
  };
}

type Part = (host: HostFacts) => Known;
const persistent: Part = ({ persistence }) => (persistence === "backbone" ? 1 : 0);
const guardOff: Part = (host) => host.guardOff;
const rag: Part = (host) => host.rag;

const COMBINATIONS: Readonly<Record<string, readonly Part[]>> = {
  tools: [tools],
  "tools+vision": [tools, vision],
  "tools+vision+residential": [tools, vision, (host) => host.residential],
  "tools+persistent": [tools, persistent],
  "tools+guard-off": [tools, guardOff],
  "tools+rag": [tools, rag],
  rag: [rag],
  "guard-off": [guardOff],
};

function riskRow(
  hosts: readonly HostFacts[],
  cell: {
    readonly combination: string;
    readonly tier: (typeof TIERS)[number];
    readonly persistence: (typeof CLASSES)[number];
  },
  parts: readonly Part[],
): TruthRow {
  const members = hosts.filter(
    (host) =>
      (cell.tier === "all" || (host.tier ?? "unknown") === cell.tier) &&
      (cell.persistence === "all" || host.persistence === cell.persistence),
  );
  return { ...cell, ...bothOf(members, (host) => allOf(parts.map((part) => part(host)))) };
}
