import type { SigmaEvents } from "../../knowledge/sigma/logsources.ts";
import type { Problem } from "../../model/complaint.ts";
import type {
  SigmaCorrelation,
  SigmaDocument,
  SigmaExpression,
  SigmaFilter,
  SigmaHead,
  SigmaLogsource,
  SigmaRule,
} from "../../model/sigma.ts";
import { fieldsOf } from "./asked-fields.ts";
import { sourceOf } from "./field-source.ts";
import { eventsOf, logsourceWords } from "./logsource-events.ts";

/** A detection rule ready to run. */
export interface LinkedRule {
  readonly rule: SigmaRule;
  /** The rule's own condition and those of its filters. */
  readonly where: SigmaExpression;
  readonly events: SigmaEvents;
}

/** What makes alerts of its own: a rule by itself, or a correlation of several. */
export interface SigmaJob {
  readonly head: SigmaHead;
  /** `null` = every row of the one rule speaks. */
  readonly correlation: SigmaCorrelation | null;
  /** In the order of the correlation. */
  readonly members: readonly LinkedRule[];
}

/** A rule that is well written and of which not all can be judged here. */
export interface SigmaRemark {
  readonly place: string;
  readonly title: string;
  readonly why: string;
}

/** Rules of several files, put together. */
export interface LinkedSigma {
  readonly jobs: readonly SigmaJob[];
  readonly problems: readonly Problem[];
  /** Rules that were not run, and why. */
  readonly notRun: readonly SigmaRemark[];
  /** Rules that ask fields which no event here has. */
  readonly partial: readonly SigmaRemark[];
}

/** What is collected on the way. */
interface Link {
  readonly byName: ReadonlyMap<string, SigmaRule | SigmaCorrelation>;
  /** Names of more than one: they mean none. */
  readonly several: ReadonlySet<string>;
  readonly ready: Map<SigmaRule, LinkedRule>;
  readonly problems: Problem[];
  readonly notRun: SigmaRemark[];
}

/**
 * Puts rules, filters and correlations together by id and name. A rule that a correlation names speaks by itself only if that says
 * `generate`; a rule whose log source Corral does not read is not run, nor is what rests on it, nor a second rule of the same id.
 */
export function linkRules(documents: readonly SigmaDocument[]): LinkedSigma {
  const problems: Problem[] = [];
  const notRun: SigmaRemark[] = [];
  const own = withoutTwins(documents, notRun);
  const { byName, several } = namesOf(own);
  const link: Link = { byName, several, ready: new Map(), problems, notRun };
  const filters = own.filter((one) => one.kind === "filter");
  const correlations = own.filter((one) => one.kind === "correlation");
  const rules = own.filter((one) => one.kind === "rule");
  for (const filter of filters) checkFilter(filter, link);
  for (const rule of rules) readyRule(rule, filters, link);
  const jobs = correlations.flatMap((one) => correlationJob(one, link));
  const silent = new Set(
    correlations.filter(({ generate }) => !generate).flatMap((one) => one.rules.map((name) => byName.get(name))),
  );
  const alone = [...link.ready.values()].filter(({ rule }) => !silent.has(rule));
  return {
    jobs: [...alone.map((one): SigmaJob => ({ head: one.rule, correlation: null, members: [one] })), ...jobs],
    problems,
    notRun,
    partial: [...link.ready.values()].flatMap(partialOf),
  };
}

/** Leaves out a second rule of the same id, or of the same name when it has no id: it may be a copy, and one alert is enough. */
function withoutTwins(documents: readonly SigmaDocument[], notRun: SigmaRemark[]): readonly SigmaDocument[] {
  const places = new Map<string, string>();
  return documents.filter((one) => {
    const key = one.kind === "filter" ? null : (one.id ?? one.name);
    if (key === null) return true;
    const other = places.get(key);
    if (other === undefined) places.set(key, one.place);
    else notRun.push(remark(one, `"${key}" is the rule at ${other} already`));
    return other === undefined;
  });
}

function namesOf(documents: readonly SigmaDocument[]): Pick<Link, "byName" | "several"> {
  const byName = new Map<string, SigmaRule | SigmaCorrelation>();
  const several = new Set<string>();
  for (const document of documents) {
    if (document.kind === "filter") continue;
    for (const name of new Set([document.id, document.name])) {
      if (name === null) continue;
      if (byName.has(name)) several.add(name);
      else byName.set(name, document);
    }
  }
  for (const name of several) byName.delete(name);
  return { byName, several };
}

function checkFilter(filter: SigmaFilter, { byName, several, problems }: Link): void {
  for (const name of filter.rules ?? []) {
    if (several.has(name)) continue; // it holds for all of them
    const rule = byName.get(name);
    const message =
      rule === undefined
        ? `there is no rule "${name}"`
        : rule.kind === "correlation"
          ? `"${name}" is a correlation: a filter names its rules`
          : fits(filter.logsource, rule.logsource)
            ? null
            : `the rule "${name}" looks at another log source`;
    if (message !== null) problems.push({ place: filter.place, message });
  }
}

/** Whether what the filter's log source says is said of the rule's too. */
function fits(filter: SigmaLogsource, rule: SigmaLogsource): boolean {
  const KEYS = ["category", "product", "service"] as const;
  return KEYS.every((key) => filter[key] === null || filter[key] === rule[key]);
}

function readyRule(rule: SigmaRule, filters: readonly SigmaFilter[], { ready, notRun }: Link): void {
  const events = eventsOf(rule.logsource);
  if (events === null) {
    notRun.push(remark(rule, `Corral reads no log of ${logsourceWords(rule.logsource)}`));
    return;
  }
  const own = filters.filter(
    ({ logsource, rules }) =>
      fits(logsource, rule.logsource) &&
      (rules === null || rules.some((name) => name === rule.id || name === rule.name)),
  );
  const where: SigmaExpression =
    own.length === 0 ? rule.where : { kind: "all", of: [rule.where, ...own.map((filter) => filter.where)] };
  ready.set(rule, { rule, where, events });
}

function correlationJob(correlation: SigmaCorrelation, link: Link): readonly SigmaJob[] {
  const { byName, several, ready, problems, notRun } = link;
  const members: LinkedRule[] = [];
  for (const name of correlation.rules) {
    const rule = byName.get(name);
    const member = rule?.kind === "rule" ? ready.get(rule) : undefined;
    const none = several.has(name)
      ? `"${name}" is the name of several rules: say the id of one`
      : `there is no rule "${name}"`;
    if (rule === undefined) problems.push({ place: correlation.place, message: none });
    else if (rule.kind === "correlation")
      problems.push({
        place: correlation.place,
        message: `"${name}" is a correlation: those of correlations are not supported`,
      });
    else if (member === undefined) notRun.push(remark(correlation, `its rule "${name}" is not run`));
    else members.push(member);
  }
  if (members.length < correlation.rules.length) return [];
  const untold = members.flatMap((member) => untoldFields(correlation, member));
  const [first] = untold;
  if (first !== undefined) {
    notRun.push(remark(correlation, `no event of its rules has the field "${first}"`));
    return [];
  }
  return [{ head: correlation, correlation, members }];
}

/** What the correlation calls a field, in the words of one of its rules. */
export function fieldFor({ aliases }: SigmaCorrelation, field: string, { rule }: LinkedRule): string {
  const own = Object.hasOwn(aliases, field) ? aliases[field] : undefined;
  if (own === undefined) return field;
  const key = [rule.name, rule.id].find((name) => name !== null && Object.hasOwn(own, name));
  return (key === undefined || key === null ? undefined : own[key]) ?? field;
}

function untoldFields(correlation: SigmaCorrelation, member: LinkedRule): readonly string[] {
  const asked = [...correlation.groupBy, ...(correlation.field === null ? [] : [correlation.field])];
  return asked.map((field) => fieldFor(correlation, field, member)).filter((field) => !isTold(field, member.events));
}

function isTold(field: string, { classes }: SigmaEvents): boolean {
  return classes.some((eventClass) => sourceOf(field, eventClass) !== null);
}

function partialOf({ rule, where, events }: LinkedRule): readonly SigmaRemark[] {
  const untold = [...fieldsOf(where)].filter((field) => !isTold(field, events));
  return untold.length === 0 ? [] : [remark(rule, `no event has ${untold.join(", ")}`)];
}

function remark({ place, title }: SigmaHead, why: string): SigmaRemark {
  return { place, title, why };
}
