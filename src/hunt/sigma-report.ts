import type { SigmaRemark } from "../classify/sigma/link-rules.ts";
import type { Problem } from "../model/complaint.ts";
import { visibleText } from "../render/visible-text.ts";
import type { OwnRule } from "./sigma-detection.ts";

/** What became of a person's own rules. */
export interface SigmaReport {
  /** As the user named it. */
  readonly path: string;
  /** Rules and correlations that ran, by the id of their alerts. */
  readonly rules: ReadonlyMap<string, OwnRule>;
  readonly problems: readonly Problem[];
  readonly notRun: readonly SigmaRemark[];
  readonly partial: readonly SigmaRemark[];
}

const MOST_TOLD = 40;
const LONGEST = 300;

/** Whether some rule could not be run. */
export function isSigmaIncomplete({ problems, notRun }: SigmaReport): boolean {
  return problems.length > 0 || notRun.length > 0;
}

/** Rules that ran, that did not and why, and that are partly blind. */
export function sigmaLines(report: SigmaReport): readonly string[] {
  const { path, rules, problems, notRun, partial } = report;
  const head = `${visibleText(path, LONGEST)}: ${rules.size} Sigma ${rules.size === 1 ? "rule" : "rules"} ran`;
  return [
    head,
    ...some(problems, ({ place, message }) => `    not read: ${shown(place)}: ${shown(message)}`),
    ...some(notRun, (one) => `    not run: ${remarkText(one)}`),
    ...some(partial, (one) => `    in part: ${remarkText(one)}`),
  ];
}

function remarkText({ place, title, why }: SigmaRemark): string {
  return `${shown(place)} ${shown(title)}: ${shown(why)}`;
}

function shown(text: string): string {
  return visibleText(text, LONGEST);
}

function some<One>(list: readonly One[], words: (one: One) => string): readonly string[] {
  const more = list.length - MOST_TOLD;
  return [
    ...list.slice(0, MOST_TOLD).map(words),
    ...(more > 0 ? [`    … and ${more} more: --json tells them all`] : []),
  ];
}

/** The report for programs. */
export function sigmaRecord(report: SigmaReport): Readonly<Record<string, unknown>> {
  const problem = ({ place, message }: Problem): object => ({ place: shown(place), message: shown(message) });
  const remark = ({ place, title, why }: SigmaRemark): object => ({
    place: shown(place),
    title: shown(title),
    why: shown(why),
  });
  return {
    path: report.path,
    rules: Object.fromEntries(report.rules),
    not_read: report.problems.map(problem),
    not_run: report.notRun.map(remark),
    in_part: report.partial.map(remark),
  };
}
