import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { field, isObject } from "../format/bounded-value.ts";
import { LOG_GRAMMARS } from "../format/log/grammars.ts";
import { DETECTIONS } from "../knowledge/detections/detections.ts";
import { abortable } from "../machine/abortable.io.ts";
import { readBoundedText } from "../machine/bounded-text.io.ts";
import { systemClock } from "../machine/clock.io.ts";
import { refuseUnlessFile } from "../machine/replaceable.io.ts";
import { trueNameOf } from "../machine/true-name.io.ts";
import { keepHeapSmall, keepNewObjectsYoung } from "../machine/small-heap.io.ts";
import { streamToFile } from "../machine/stream-file.io.ts";
import type { CommandRun, Terminal } from "../model/command.ts";
import { Complaint, EXIT } from "../model/complaint.ts";
import type { ExitCode } from "../model/complaint.ts";
import type { Detection } from "../model/detection.ts";
import { SEVERITIES } from "../model/finding.ts";
import type { LogSetting } from "../model/log-grammar.ts";
import { AlertKeeper } from "./alert-keeper.ts";
import { blindDetections, grammarsAhead, grammarsMet } from "./blind-detections.ts";
import { costTally } from "./cost.ts";
import type { CostTable } from "./cost.ts";
import { bothEvaluators, startEvaluator } from "./evaluator.ts";
import { findFiles } from "./find-files.io.ts";
import type { FoundFiles } from "./find-files.io.ts";
import type { HuntResult } from "./hunt-result.ts";
import { readTask } from "./hunt-task.ts";
import type { HuntTask } from "./hunt-task.ts";
import { huntSources } from "./hunt.io.ts";
import type { Hunted } from "./hunt.io.ts";
import { readOwnRules } from "./own-rules.io.ts";
import type { OwnRules } from "./own-rules.io.ts";
import { prepareSources } from "./prepare.io.ts";
import type { Prepared } from "./prepare.io.ts";
import { openProgress } from "./progress.io.ts";
import { resultText } from "./result-text.ts";
import { showRow } from "./show-row.io.ts";
import { isIncomplete } from "./summary.ts";
import { isExpired, parseSuppressions, SUPPRESSION_FILE_BYTES, suppressionOf } from "./suppression.ts";
import type { Suppression } from "./suppression.ts";

const ALL: ReadonlyMap<string, Detection> = new Map(Object.entries<Detection>(DETECTIONS));

/**
 * `corral hunt LOG…`: reads logs, tells what detections say of them. Exit 1 when an alert is at or above `--fail-on`, 3 when something
 * could not be read, 130 when stopped; 1 comes before 3.
 */
export const runHunt: CommandRun = async (args, options, terminal) => {
  const { show } = options;
  if (typeof show === "string") return showRow(show, args, terminal);
  keepNewObjectsYoung();
  const nowMs = systemClock.epochMs();
  const task = readTask(args, options, [...ALL.keys()], nowMs);
  if (task.out !== null) await refuseUnlessFile(resolve(terminal.cwd, task.out));
  const own = await readOwnRules(task.sigma, terminal.cwd);
  const suppressions = await readSuppressions(task, terminal.cwd, own);
  const result = await hunt(task, { suppressions, own }, terminal, nowMs).catch((error: unknown) => {
    if (terminal.stopped.aborted) throw new Complaint("stopped; nothing was written", null, EXIT.interrupted);
    throw error;
  });
  const text = resultText(result, task.format);
  if (task.out === null) await terminal.out(text);
  else await streamToFile(resolve(terminal.cwd, task.out), once(text), terminal.stopped);
  return exitOf(result, task);
};

async function* once(text: string): AsyncGenerator<string, true> {
  yield text;
  return true;
}

/** What the user brings along. */
interface Brought {
  readonly suppressions: readonly Suppression[];
  readonly own: OwnRules | null;
}

async function hunt(
  task: HuntTask,
  { suppressions, own }: Brought,
  terminal: Terminal,
  nowMs: number,
): Promise<HuntResult> {
  const found = await findFiles(task.names, terminal.cwd, nowMs);
  if (task.out !== null) refuseEvidence(task.out, found, terminal.cwd);
  const setting = settingOf(task);
  const { cwd, stopped } = terminal;
  const stdin = (): AsyncIterable<Uint8Array> => abortable(terminal.input(), terminal.stopped);
  const prepared = await prepareSources(found.files, { cwd, grammars: LOG_GRAMMARS, setting, stdin, stopped });
  const asked = chosen(task);
  const blind = blindDetections(asked, grammarsAhead(prepared.sources));
  const round: Round = { task, terminal, prepared, setting, own, totalBytes: totalBytes(found) };
  const first = await runRound(round, asked, blind);
  const truly = blindDetections(asked, grammarsMet(first.hunted.sources));
  // A file was mixed of more logs than its beginning showed: what was left out can speak after all.
  const mayAgain = truly.length < blind.length && prepared.pipes.size === 0;
  const { hunted, keeper, evicted, cost } = mayAgain ? await runRound(round, asked, truly) : first;
  return {
    toolVersion: packageVersion(),
    ...sifted(keeper, suppressions, nowMs),
    unlisted: keeper.unlisted,
    detections: new Map([...ALL, ...(own?.detections ?? []).map((one) => [one.id, one] as const)]),
    blind: (mayAgain ? truly : blind).map(({ id }) => id),
    sources: hunted.sources,
    unread: [...found.unread, ...prepared.unread, ...hunted.unread],
    evicted,
    cost,
    sigma: own?.report ?? null,
  };
}

/** A report never takes the place of what it was made from. */
function refuseEvidence(out: string, { files }: FoundFiles, cwd: string): void {
  const target = trueNameOf(resolve(cwd, out));
  const same = files.find(({ path }) => path !== "-" && trueNameOf(resolve(cwd, path)) === target);
  if (same === undefined) return;
  const problem = { place: "--out", message: `${out}: is ${same.path}, one of the logs to be read` };
  throw new Complaint([problem], "give the report another name");
}

interface Round {
  readonly task: HuntTask;
  readonly terminal: Terminal;
  readonly prepared: Prepared;
  readonly setting: (source: number, modifiedMs: number) => LogSetting;
  readonly own: OwnRules | null;
  readonly totalBytes: number | null;
}

interface RoundResult {
  readonly hunted: Hunted;
  readonly keeper: AlertKeeper;
  readonly evicted: number;
  readonly cost: CostTable | null;
}

/** Reads all sources once, with all detections but those that are blind. */
async function runRound(
  { task, terminal, prepared, setting, own, totalBytes: total }: Round,
  asked: readonly Detection[],
  blind: readonly Detection[],
): Promise<RoundResult> {
  const keeper = new AlertKeeper();
  const seeing = asked.filter((one) => !blind.includes(one));
  const judged = { known: task.known, serverPorts: new Set(task.ports) };
  const corral = startEvaluator(seeing, judged, keeper);
  const evaluator = own === null ? corral : bothEvaluators(corral, own.start(judged, keeper));
  const cost = task.cost ? costTally(task.known) : null;
  const progress = openProgress(terminal, systemClock, total);
  // Several logs at once leave more litter, as rows wait for each other; a person's own rules may keep many rows waiting too.
  const endSmall = prepared.sources.length > 1 || own !== null ? keepHeapSmall() : null;
  const hunted = await huntSources(prepared.sources, {
    cwd: terminal.cwd,
    grammars: LOG_GRAMMARS,
    pipes: prepared.pipes,
    setting,
    sinceMs: task.sinceMs,
    untilMs: task.untilMs,
    evaluator,
    cost,
    stopped: terminal.stopped,
    progress: (bytes, rows) => {
      progress.add(bytes, rows);
    },
  });
  endSmall?.();
  return { hunted, keeper, evicted: evaluator.evicted(), cost: cost === null ? null : cost.table() };
}

function chosen({ only, skip }: HuntTask): readonly Detection[] {
  return [...ALL.values()].filter(({ id }) => (only.length === 0 || only.includes(id)) && !skip.includes(id));
}

function settingOf(task: HuntTask): (source: number, modifiedMs: number) => LogSetting {
  const serverPorts = new Set(task.ports);
  const serverAddresses = new Set(task.servers);
  return (source, modifiedMs) => ({
    source,
    zoneMinutes: task.zoneMinutes,
    ...yearOf(task, modifiedMs),
    serverPorts,
    serverAddresses,
  });
}

/** Of rows without a year: the user's word, else that of the file's last change, rows of later months the year before. */
function yearOf({ year }: HuntTask, modifiedMs: number): Pick<LogSetting, "year" | "month"> {
  if (year !== null) return { year };
  const changed = new Date(modifiedMs);
  return { year: changed.getUTCFullYear(), month: changed.getUTCMonth() + 1 };
}

async function readSuppressions(
  { suppressions: path }: HuntTask,
  cwd: string,
  own: OwnRules | null,
): Promise<readonly Suppression[]> {
  if (path === null) return [];
  const text = await readBoundedText(path, cwd, SUPPRESSION_FILE_BYTES);
  const list = parseSuppressions(text, path, [...ALL.keys(), ...(own?.detections ?? []).map(({ id }) => id)]);
  if (!list.ok) throw new Complaint(list.error, "docs/hunt.md shows a file of suppressions");
  return list.value;
}

function sifted(
  keeper: AlertKeeper,
  suppressions: readonly Suppression[],
  nowMs: number,
): Pick<HuntResult, "alerts" | "suppressed" | "expired"> {
  const current = suppressions.filter((one) => !isExpired(one, nowMs));
  const judged = keeper.inOrder().map((alert) => ({ alert, by: suppressionOf(alert, current) }));
  return {
    alerts: judged.filter(({ by }) => by === null).map(({ alert }, at) => ({ ...alert, number: at + 1 })),
    suppressed: judged.flatMap(({ alert, by }) => (by === null ? [] : [{ alert, by }])),
    expired: suppressions.filter((one) => isExpired(one, nowMs)),
  };
}

function exitOf(result: HuntResult, { failOn }: HuntTask): ExitCode {
  const limit = failOn === null ? -1 : SEVERITIES.indexOf(failOn);
  const unlisted = [...result.unlisted.keys()].map((id) => result.detections.get(id)?.severity ?? "critical");
  const spoke = [...result.alerts.map(({ severity }) => severity), ...unlisted];
  if (spoke.some((severity) => SEVERITIES.indexOf(severity) <= limit)) return EXIT.findings;
  return isIncomplete(result) ? EXIT.incomplete : EXIT.fine;
}

function totalBytes({ files }: FoundFiles): number | null {
  let sum = 0;
  for (const { sizeBytes } of files) {
    if (sizeBytes === null) return null;
    sum += sizeBytes;
  }
  return sum;
}

function packageVersion(): string {
  const about: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const version = isObject(about) ? field(about, "version") : null;
  return typeof version === "string" ? version : "0";
}
