import type { ProxyName } from "./proxies.ts";
import type { Figures, Outcome, Part } from "./rounds.ts";
import { quantile, spread } from "./sums.ts";

type Figure = keyof Figures;

interface Column {
  readonly title: string;
  readonly digits: number;
  /** The figure of one round, given the same round without a proxy and behind nginx. */
  of(own: Partial<Figures>, bare: Partial<Figures>, nginx: Partial<Figures>): number;
}

const get = (figures: Partial<Figures>, figure: Figure): number => figures[figure] ?? Number.NaN;
const own = (title: string, figure: Figure, digits: number): Column => ({
  title,
  digits,
  of: (one) => get(one, figure),
});
const added = (title: string, figure: Figure, factor: number, digits: number): Column => ({
  title,
  digits,
  of: (one, bare) => (get(one, figure) - get(bare, figure)) * factor,
});
const against = (title: string, figure: Figure): Column => ({
  title,
  digits: 2,
  of: (one, _bare, nginx) => get(one, figure) / get(nginx, figure),
});
const addedAgainst = (title: string, figure: Figure): Column => ({
  title,
  digits: 2,
  of: (one, bare, nginx) => (get(one, figure) - get(bare, figure)) / (get(nginx, figure) - get(bare, figure)),
});

const TABLES: readonly { readonly part: Part; readonly title: string; readonly columns: readonly Column[] }[] = [
  {
    part: "unary",
    title: "POST /api/chat, 280 bytes, answered by 550 bytes of JSON; 64 connections, then 200 requests/s",
    columns: [
      own("requests/s", "perSecond", 0),
      against("÷ nginx", "perSecond"),
      own("µs of processor a request", "micros", 1),
      against("÷ nginx", "micros"),
      own("core busy", "busy", 2),
      own("not 200", "refused", 0),
      own("p50 ms at 200/s", "p50", 3),
      added("added p50 µs", "p50", 1000, 0),
      addedAgainst("÷ nginx", "p50"),
      own("p99 ms", "p99", 2),
    ],
  },
  {
    part: "streams",
    title: "50 streams of 64 chunks, one every 20 ms",
    columns: [
      own("delay p50 ms", "chunkP50", 3),
      own("p99 ms", "chunkP99", 2),
      added("added p50 µs", "chunkP50", 1000, 0),
      addedAgainst("÷ nginx", "chunkP50"),
      added("added p99 µs", "chunkP99", 1000, 0),
      addedAgainst("÷ nginx", "chunkP99"),
      own("ms of processor a stream", "streamCpu", 2),
      against("÷ nginx", "streamCpu"),
      own("merged", "merged", 0),
      own("split", "split", 0),
      own("lost", "lost", 0),
      own("first token p50 ms", "firstP50", 2),
      own("p99 ms", "firstP99", 2),
    ],
  },
  {
    part: "cancels",
    title: "A client leaves: until the upstream's connection ends",
    columns: [own("cancels a round", "cancels", 0), own("p50 ms", "cancelP50", 2), own("slowest ms", "cancelMost", 2)],
  },
  {
    part: "big",
    title: "Bodies of 8 MB while 20 streams run: the slowest chunk of any of them",
    columns: [
      own("without a body, ms", "calm", 1),
      own("beside a body, median ms", "bigMedian", 1),
      own("slowest ms", "bigMost", 1),
      own("body answered after ms", "bodyMs", 0),
      added("median, more than without a proxy, ms", "bigMedian", 1, 1),
      added("slowest, more than without a proxy, ms", "bigMost", 1, 1),
    ],
  },
  {
    part: "memory",
    title: "Many open streams, four chunks a second each: resident memory",
    columns: [
      own("streams open", "open", 0),
      own("carrying process, MB", "carrierMb", 0),
      own("all processes, MB", "wholeMb", 0),
    ],
  },
];

const NONE: Partial<Figures> = {};

function values(outcome: Outcome, name: ProxyName, column: Column): readonly number[] {
  const rows = outcome.get(name) ?? [];
  return rows.map((row, round) =>
    column.of(row, outcome.get("no proxy")?.[round] ?? NONE, outcome.get("nginx")?.[round] ?? NONE),
  );
}

/** The tables of every part that ran: median (least–most) of the rounds, ratios taken round by round. */
export function tables(outcome: Outcome, parts: ReadonlySet<Part>): string {
  return TABLES.filter(({ part }) => parts.has(part))
    .map(({ title, columns }) => {
      const head = `| ${title} | ${columns.map((column) => column.title).join(" | ")} |\n|${" --- |".repeat(columns.length + 1)}\n`;
      const rows = [...outcome.keys()].map(
        (name) =>
          `| ${name} | ${columns.map((column) => spread(values(outcome, name, column), column.digits)).join(" | ")} |\n`,
      );
      return head + rows.join("");
    })
    .join("\n");
}

interface Target {
  readonly part: Part;
  readonly measure: string;
  readonly words: string;
  readonly digits: number;
  /** Rounds' figures. */
  readonly of: (outcome: Outcome) => readonly number[];
  /** Holds for the median, or for every round where "every time" is said. */
  readonly holds: (median: number, most: number) => boolean;
}

const corral = (outcome: Outcome, column: Column): readonly number[] => values(outcome, "corral", column);

const TARGETS: readonly Target[] = [
  {
    part: "unary",
    measure: "requests/s ÷ nginx",
    words: "≥ 0.4",
    digits: 2,
    of: (outcome) => corral(outcome, against("", "perSecond")),
    holds: (median) => median >= 0.4,
  },
  {
    part: "unary",
    measure: "requests/s ÷ Caddy",
    words: "≥ 1.3",
    digits: 2,
    of: (outcome) =>
      (outcome.get("corral") ?? []).map(
        (row, round) => get(row, "perSecond") / get(outcome.get("caddy")?.[round] ?? NONE, "perSecond"),
      ),
    holds: (median) => median >= 1.3,
  },
  {
    part: "unary",
    measure: "processor a request ÷ nginx",
    words: "≤ 3.5",
    digits: 2,
    of: (outcome) => corral(outcome, against("", "micros")),
    holds: (median) => median <= 3.5,
  },
  {
    part: "unary",
    measure: "added p50 ÷ nginx's",
    words: "≤ 1.5",
    digits: 2,
    of: (outcome) => corral(outcome, addedAgainst("", "p50")),
    holds: (median) => median <= 1.5,
  },
  {
    part: "streams",
    measure: "added delay a chunk, p50 ÷ nginx's",
    words: "≤ 1.9",
    digits: 2,
    of: (outcome) => corral(outcome, addedAgainst("", "chunkP50")),
    holds: (median) => median <= 1.9,
  },
  {
    part: "streams",
    measure: "processor a stream ÷ nginx",
    words: "≤ 3.5",
    digits: 2,
    of: (outcome) => corral(outcome, against("", "streamCpu")),
    holds: (median) => median <= 3.5,
  },
  {
    part: "streams",
    measure: "text chunks merged, split or lost",
    words: "0",
    digits: 0,
    of: (outcome) =>
      (outcome.get("corral") ?? []).map((row) => get(row, "merged") + get(row, "split") + get(row, "lost")),
    holds: (_median, most) => most === 0,
  },
  {
    part: "cancels",
    measure: "slowest cancel, ms",
    words: "< 50, every time",
    digits: 1,
    of: (outcome) => corral(outcome, own("", "cancelMost", 1)),
    holds: (_median, most) => most < 50,
  },
  {
    part: "memory",
    measure: "worker with so many streams, MB",
    words: "≤ 160 at 1,000",
    digits: 0,
    of: (outcome) => corral(outcome, own("", "carrierMb", 0)),
    holds: (median) => median <= 160,
  },
  {
    part: "big",
    measure: "other streams beside 8 MB: slowest chunk, more than without a proxy, ms",
    words: "≤ 5",
    digits: 1,
    of: (outcome) => corral(outcome, added("", "bigMost", 1, 1)),
    holds: (median) => median <= 5,
  },
];

/** Corral against its targets. */
export function targets(outcome: Outcome, parts: ReadonlySet<Part>): string {
  const rows = TARGETS.filter(({ part }) => parts.has(part)).map(({ measure, words, digits, of, holds }) => {
    const found = of(outcome);
    const isKnown = found.length > 0 && !found.some(Number.isNaN);
    const verdict = holds(quantile(found, 0.5), quantile(found, 1)) ? "met" : "missed";
    return `| ${measure} | ${spread(found, digits)} | ${words} | ${isKnown ? verdict : "not measured"} |\n`;
  });
  return `| measure | corral | target | |\n| --- | --- | --- | --- |\n${rows.join("")}`;
}
