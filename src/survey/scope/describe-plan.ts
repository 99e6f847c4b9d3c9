import type { Scope } from "../../model/scope.ts";
import { scopePlan } from "./scope-plan.ts";
import type { LeftAlone, ScopePlan, UnresolvedName } from "./scope-plan.ts";
import type { TargetSpace } from "./target-space.ts";

/** One line of a plan: a label and what it says. */
export interface PlanRow {
  readonly label: string;
  readonly value: string;
}

/** Tells what a run over the scope would do, for `corral scope check` and `corral survey --dry-run`. */
export function describePlan(scope: Scope, space: TargetSpace, nowMs: number): PlanRow[] {
  return planRows(scopePlan(scope, space, nowMs));
}

/** A plan as lines to read. */
export function planRows(plan: ScopePlan): PlanRow[] {
  const { limits } = plan;
  const row = (label: string, value: string): PlanRow => ({ label, value });
  const rescan = `${amount(limits.rescanHours)} h before the same service is asked again`;
  return [
    row("scope", `${plan.scope_name} (${plan.scope_hash.slice(0, 16)})`),
    row("operator", `${plan.operator}, ${plan.contact}`),
    row(
      "authority",
      `${plan.basis}: allowed by ${plan.allowed_by}, ${plan.since} to ${plan.until} (${daysLeft(plan.days_left)})`,
    ),
    row("addresses", `${amount(plan.addresses)} in ${counted(plan.prefixes, "prefix", "prefixes")}${listedOnly(plan)}`),
    ...nameRows(plan),
    row("ports", portRuns(plan.ports)),
    row("targets", amount(plan.targets)),
    row(
      "duration",
      `at least ${duration(plan.seconds)} at ${pace(plan)}${plan.ends_in_time ? "" : ": longer than the authority lasts"}`,
    ),
    row(
      "rate",
      `${amount(limits.rate)}/s in all (highest allowed here: ${amount(plan.highest_rate)}), ${amount(limits.perNetwork)}/s a network, ${amount(limits.inFlight)} open at once`,
    ),
    row("per host", `${amount(limits.perHost)} requests/s; ${rescan}`),
    row("pilot", `${counted(limits.pilot, "target", "targets")} with --pilot`),
    row("vantage", plan.vantage),
    row(
      "depth",
      plan.depth === "cards"
        ? `cards: at most ${amount(limits.cardsPerHost)} a host, ${amount(limits.cardsPerRun)} a run`
        : "metadata",
    ),
    ...(plan.prompts === "text" ? [row("prompts", "the text of system prompts is kept")] : []),
    row("retention", counted(plan.retention_days, "day", "days")),
    ...plan.networks.map((words) => row("networks", words)),
    ...plan.unresolved_opt_outs.map((name) => row("opt-out", unresolvedWords(name))),
    ...plan.unresolved_exclusions.map((name) => row("exclude", unresolvedWords(name))),
    ...plan.left_alone.map((left) => row("left alone", leftAloneWords(left))),
    ...plan.refused_names.map((pin) => row("left alone", `${pin.name} at ${pin.address}: ${pin.reason}`)),
  ];
}

function listedOnly(plan: ScopePlan): string {
  return plan.listed_only_ipv6 === "0"
    ? ""
    : `; ${exponent(plan.listed_only_ipv6)} more in IPv6 prefixes, asked only where a target list or a name gives them`;
}

function nameRows(plan: ScopePlan): PlanRow[] {
  const failed = plan.names.filter((pin) => pin.failure !== null);
  const rows = failed.map((pin) => ({ label: "name", value: `${pin.name}: ${pin.failure}` }));
  const total = plan.names.length + plan.unresolved_names;
  if (total === 0) return [];
  const open =
    plan.unresolved_names === 0
      ? ""
      : `, ${amount(plan.unresolved_names)} of them not resolved now: their targets are not in these counts`;
  return [{ label: "names", value: `${amount(total)}${open}` }, ...rows];
}

function unresolvedWords({ name, failure }: UnresolvedName): string {
  return `${name} cannot be resolved (${failure}): a survey does not begin before it can`;
}

function leftAloneWords(left: LeftAlone): string {
  const v4 = left.ipv4_addresses === 0 ? [] : [counted(left.ipv4_addresses, "address", "addresses")];
  const v6 = left.ipv6_addresses === "0" ? [] : [`${exponent(left.ipv6_addresses)} IPv6 addresses`];
  const addresses = [...v4, ...v6].join(" and ");
  return `${left.what}: ${addresses === "" ? "no address of this scope" : addresses}, ${left.reason} (${left.why})`;
}

function pace({ limits, paced_by: by }: ScopePlan): string {
  return by === "rate"
    ? `${amount(limits.rate)} connections/s`
    : `${amount(limits.perNetwork)} connections/s into one network`;
}

function daysLeft(days: number): string {
  return days < 1 ? "ended" : `${counted(days, "day", "days")} left`;
}

/** Ports in order, neighbours as a run: `80, 8000-8003, 11434`. */
function portRuns(ports: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const port of ports.toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run !== undefined && port <= run[1] + 1) run[1] = port;
    else runs.push([port, port]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(", ");
}

/** Seconds as words, two units at most: `45 s`, `2 min 5 s`, `3 h 20 min`, `49 days 17 h`. */
export function duration(seconds: number): string {
  const units: readonly (readonly [number, string])[] = [
    [86_400, "days"],
    [3600, "h"],
    [60, "min"],
    [1, "s"],
  ];
  const at = units.findIndex(([size]) => seconds >= size);
  if (at === -1) return "1 s";
  const parts = units.slice(at, at + 2).map(([size, unit], index) => {
    const rest = index === 0 ? seconds : seconds % units[at]![0];
    return [Math.floor(rest / size), unit] as const;
  });
  return parts
    .flatMap(([count, unit]) =>
      count === 0 ? [] : [`${amount(count)} ${count === 1 && unit === "days" ? "day" : unit}`],
    )
    .join(" ");
}

function counted(count: number, one: string, many: string): string {
  return `${amount(count)} ${count === 1 ? one : many}`;
}

const GROUPED = new Intl.NumberFormat("en-US", { maximumFractionDigits: 3 });

/** A number with a comma before each three digits. */
function amount(value: number): string {
  return GROUPED.format(value);
}

/** A decimal text: as it is when short, else as a power of two, rounded down. */
function exponent(text: string): string {
  return text.length <= 9 ? amount(Number(text)) : `over 2^${BigInt(text).toString(2).length - 1}`;
}
