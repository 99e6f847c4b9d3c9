import { SEVERITIES } from "../model/finding.ts";
import { instantOf } from "../model/instant.ts";
import { visibleText } from "../render/visible-text.ts";
import { costLines } from "./cost-words.ts";
import { filePlace } from "./file-place.ts";
import type { SourceReport } from "./hunt-source.ts";
import { rowsRead } from "./hunt-result.ts";
import type { HuntResult } from "./hunt-result.ts";
import { isSigmaIncomplete, sigmaLines } from "./sigma-report.ts";
import { rejectedRows } from "./source-tally.ts";

const MOST_SOURCES = 40;
const LONGEST_PATH = 200;

/** What was read, from when to when, what was left out and why. */
export function summaryLines(result: HuntResult): readonly string[] {
  const { sources } = result;
  const cost = result.cost === null ? [] : [...costLines(result.cost), ""];
  const shown = sources.slice(0, MOST_SOURCES).flatMap((source) => sourceLines(sources, source));
  const more =
    sources.length > MOST_SOURCES ? [`… and ${sources.length - MOST_SOURCES} more logs: --json tells them all`] : [];
  const sigma = result.sigma === null ? [] : sigmaLines(result.sigma);
  return [
    ...cost,
    ...shown,
    ...more,
    ...leftOutLines(result),
    ...blindLines(result),
    ...sigma,
    "",
    verdictLine(result),
  ];
}

/** One log: what it is, what its rows were. */
export function sourceLines(sources: readonly SourceReport[], source: SourceReport): readonly string[] {
  const { tally, files } = source;
  const rejected = rejectedRows(tally);
  const names = files.map(({ path }) => visibleText(path === "-" ? "standard input" : path, LONGEST_PATH));
  const kinds = [...tally.grammars.keys()].join(", ") || "no log that Corral knows";
  const span =
    tally.firstAt === null || tally.lastAt === null ? "" : `, ${minute(tally.firstAt)} to ${minute(tally.lastAt)}`;
  const head = `${names[0] ?? "?"}${names.length > 1 ? ` and ${counted(names.length - 1, "more part")}` : ""}: ${kinds}, ${counted(tally.rows, "row")}, ${counted(tally.events, "event")}${span}`;
  const extra = [
    tally.passed > 0 ? `${tally.passed} tell nothing asked for` : "",
    tally.outside > 0 ? `${tally.outside} outside of the time asked for` : "",
    tally.late > 0 ? `${tally.late} came late` : "",
    tally.jumps > 0 ? `the clock was set back ${counted(tally.jumps, "time")}` : "",
    rejected > 0 ? `${rejected} rejected` : "",
  ].filter((one) => one !== "");
  return [
    head,
    ...(extra.length === 0 ? [] : [`    ${extra.join(", ")}`]),
    ...[...tally.zones.values()].map((zone) => `    ${visibleText(zone, LONGEST_PATH)}`),
    ...rejectedLines(sources, source),
  ];
}

function rejectedLines(sources: readonly SourceReport[], { number, tally }: SourceReport): readonly string[] {
  return [...tally.rejected].map(([reason, { count, first }]) => {
    const places = first.map((row) => {
      const { path, line, offset } = filePlace(sources, number, row);
      return `${visibleText(path, LONGEST_PATH)}:${line}@${offset}`;
    });
    return `    rejected, ${reason}: ${count}, first ${places.join(", ")}`;
  });
}

/** What was not read, not listed, held back. */
export function leftOutLines({
  sources,
  unread,
  unlisted,
  suppressed,
  expired,
  evicted,
}: HuntResult): readonly string[] {
  const dropped = sources.reduce((sum, { tally }) => sum + rejectedRows(tally), 0);
  return [
    ...(dropped === 0 ? [] : [`rejected: ${counted(dropped, "row")}; their first places stand with each log`]),
    ...unread.map(
      ({ path, reason, isMissing }) =>
        `${isMissing ? "not read" : "left aside"}: ${visibleText(path, LONGEST_PATH)}: ${visibleText(reason, LONGEST_PATH)}`,
    ),
    ...[...unlisted].map(([id, count]) => `not listed: ${count} more alerts of ${id}`),
    ...(suppressed.length === 0 ? [] : [`suppressed: ${suppressed.length} alerts`]),
    ...expired.map(
      ({ detection, expires, reason }) =>
        `expired: the suppression of ${detection} held until ${expires} (${visibleText(reason)})`,
    ),
    ...(evicted === 0 ? [] : [`cut short: ${evicted} groups of rows, for want of room`]),
  ];
}

/** What was not looked for, because it takes a log that is not there. */
export function blindLines({ blind, sources }: HuntResult): readonly string[] {
  if (blind.length === 0 || sources.length === 0) return [];
  return [`not looked for, as it takes the server's own log and one of connections or of a proxy: ${blind.join(", ")}`];
}

function verdictLine(result: HuntResult): string {
  const { alerts, unlisted, sources } = result;
  const counts = SEVERITIES.map((severity) => ({
    severity,
    count: alerts.filter((one) => one.severity === severity).length,
  }));
  const told = counts.filter(({ count }) => count > 0).map(({ severity, count }) => `${count} ${severity}`);
  const listed = alerts.length + [...unlisted.values()].reduce((sum, count) => sum + count, 0);
  if (sources.length === 0) return "nothing was read: there is no log among what was given";
  const of = `${counted(sources.length, "log")}, ${counted(rowsRead(result), "row")}`;
  return listed === 0
    ? `nothing found in ${of}`
    : `${listed} ${listed === 1 ? "alert" : "alerts"} (${told.join(", ")}) in ${of}`;
}

/** Nothing was read, rows that were not taken, files not read, alerts not listed, groups cut short, own rules not run: the hunt has not seen all. */
export function isIncomplete({ sources, unread, unlisted, evicted, sigma }: HuntResult): boolean {
  return (
    sources.length === 0 ||
    unread.some(({ isMissing }) => isMissing) ||
    unlisted.size > 0 ||
    evicted > 0 ||
    (sigma !== null && isSigmaIncomplete(sigma)) ||
    sources.some(({ tally }) => rejectedRows(tally) > 0)
  );
}

/** `1 row`, `2 rows` */
function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

/** `2026-01-30 10:05Z` */
function minute(at: number): string {
  return `${instantOf(at).slice(0, 16).replace("T", " ")}Z`;
}
