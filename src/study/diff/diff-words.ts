import { count } from "../../render/number.ts";
import { visibleText } from "../../render/visible-text.ts";
import { CHANGE_KINDS, CHANGE_KIND_IDS } from "./change.ts";
import type { ChangeRecord, DiffRecord, EndRecord, ServiceRecord } from "./diff-schema.ts";

/** Names of models shown in one line. */
const NAMES_SHOWN = 5;

/** A diff for people: between what, how many of each kind, then one line a service. */
export function diffWords(record: DiffRecord): string {
  const lines = record.services.map(serviceLine);
  const body = lines.length === 0 ? ["Nothing changed."] : [...summaryLines(record), "", ...padded(lines)];
  return `${[...headLines(record), "", ...body].join("\n")}\n`;
}

function headLines({ from, to, counts, synthetic }: DiffRecord): readonly string[] {
  return [
    ...(synthetic ? ["Synthetic data: no number here is a measurement."] : []),
    `from  ${endWords(from)}: ${services(counts.before_services)}, ${count(counts.before_open)} open`,
    `to    ${endWords(to)}: ${services(counts.after_services)}, ${count(counts.after_open)} open`,
  ];
}

function endWords(end: EndRecord): string {
  if (end.kind === "time") return `${minute(end.at)} UTC`;
  const asked = end.targets === null ? "" : `, ${count(end.attempted ?? 0)} of ${count(end.targets)} targets asked`;
  const ended = end.finished_at === null ? ", not finished" : "";
  const scope = end.scope_name === null ? `import (${visibleText(end.source)})` : visibleText(end.scope_name);
  return `run ${end.run.slice(0, 8)} of ${scope}, ${minute(end.started_at)} UTC${asked}${ended}`;
}

/** `2026-06-10T03:04:05.123Z` → `2026-06-10 03:04`. */
function minute(instant: string): string {
  return instant.slice(0, 16).replace("T", " ");
}

function services(number: number): string {
  return number === 1 ? "1 service seen" : `${count(number)} services seen`;
}

function summaryLines({ summary, counts }: DiffRecord): readonly string[] {
  const kinds = CHANGE_KIND_IDS.map((kind) => [CHANGE_KINDS[kind].words, summary[kind]] as const);
  const rows = [
    ...kinds,
    ["not asked again", counts.not_asked] as const,
    ["decoys among them", counts.likely_decoys] as const,
  ].filter(([, number]) => number > 0);
  return padded([...rows, ["unchanged", counts.unchanged] as const].map(([words, number]) => [words, count(number)]));
}

type Line = readonly [left: string, right: string];

function padded(lines: readonly Line[]): readonly string[] {
  const width = Math.max(...lines.map(([left]) => left.length));
  return lines.map(([left, right]) => `${left.padEnd(width)}  ${right}`);
}

function serviceLine({ network, service, asked, likely_decoy: isDecoy, changes }: ServiceRecord): Line {
  const name = service === null ? network : visibleText(service.url);
  const words = asked ? changes.map(changeWords).join("; ") : "not asked again (was open)";
  return [name, isDecoy ? `${words} [likely decoy]` : words];
}

function changeWords(change: ChangeRecord): string {
  const { words } = CHANGE_KINDS[change.kind];
  switch (change.kind) {
    case "newly-open":
      return `${words} (${change.before === null ? "not seen before" : `${change.before} before`})`;
    case "login-removed":
    case "login-added":
      return words;
    case "unclear":
    case "closed":
      return `${words} (${change.after})`;
    case "version-up":
    case "version-down":
    case "version-changed":
    case "product-changed":
      return `${words} ${shown(change.before)} → ${shown(change.after)}`;
    case "models-added":
    case "models-changed":
    case "models-gone":
      return `${words}: ${namesWords(change.names, change.count)}`;
    case "capability-grown":
    case "capability-told":
    case "capability-shrunk":
      return `${words}: ${change.capabilities.join(", ")}`;
  }
}

function shown(text: string | null): string {
  return text === null ? "(not shown)" : visibleText(text, 60);
}

function namesWords(names: readonly string[] | null, total: number): string {
  if (names === null) return count(total);
  const first = names.slice(0, NAMES_SHOWN).map((name) => visibleText(name, 60));
  const rest = total - first.length;
  return rest > 0 ? `${first.join(", ")} and ${count(rest)} more` : first.join(", ");
}
