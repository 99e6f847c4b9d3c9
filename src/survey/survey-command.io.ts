import { resolve } from "node:path";
import { systemClock } from "../machine/clock.io.ts";
import { resolveNames } from "../machine/resolve-names.io.ts";
import type { CommandRun, Terminal } from "../model/command.ts";
import { Complaint, EXIT } from "../model/complaint.ts";
import type { ExitCode } from "../model/complaint.ts";
import type { PinnedName } from "../model/pinned-name.ts";
import type { Scope } from "../model/scope.ts";
import { dryRunPlan, dryRunText } from "./dry-run.ts";
import { gatherTargets } from "./order/listed-targets.ts";
import type { ListedTargets } from "./order/listed-targets.ts";
import { loadScopeFile } from "./scope/scope-file.io.ts";
import { parseSurveyOptions } from "./survey-options.ts";
import type { SurveyOptions } from "./survey-options.ts";
import { runSurveyJob, slowed } from "./survey-run.io.ts";
import type { SurveyResult } from "./survey-run.io.ts";
import { listWords, surveyWords } from "./survey-words.ts";
import { readTargets } from "./order/target-file.io.ts";
import { openScopeNetworks } from "./scope/scope-networks.io.ts";
import { demandSomethingLeft, demandTargets } from "./scope/nothing-left.ts";
import { unresolvedAmong } from "./scope/scope-plan.ts";
import { namesToPin, targetSpace } from "./scope/target-space.ts";
import type { TargetSpace } from "./scope/target-space.ts";

/** `corral survey`: asks what a scope names, as slowly and as little as it says, and keeps what came back. */
export const runSurvey: CommandRun = async (_args, values, terminal) => {
  const options = parseSurveyOptions(values);
  const scope = await readScope(options, terminal);
  const pins = await resolveNames(namesToPin(scope), { stopped: terminal.stopped });
  if (terminal.stopped.aborted) return EXIT.interrupted;
  const networks = openScopeNetworks(scope, options.networks, terminal.cwd, !options.dryRun);
  const space = targetSpace(scope, pins, networks.ranges);
  demandLeftAlone(space);
  demandSomethingLeft(space, options.scope);
  for (const pin of pins.filter((one) => one.addresses.length === 0))
    terminal.say(`note: ${pin.name}: ${pin.failure ?? "no address"}`);
  const list = await readList(options, scope, pins, space, terminal);
  if (list === null) demandTargets(space, options.scope);
  if (options.dryRun) {
    const plan = dryRunPlan(scope, space, { list, tables: networks.words }, options, systemClock.epochMs());
    await terminal.out(options.json ? `${JSON.stringify(plan, null, 2)}\n` : dryRunText(plan));
    return EXIT.fine;
  }
  const lake = resolve(terminal.cwd, options.lake);
  const { locator, words } = networks;
  if (words.length > 0) terminal.say(`networks: ${words.join("; ")}`);
  return tell(await runSurveyJob({ scope, space, pins, list, lake, locator, options }, terminal), options, terminal);
};

async function readScope(options: SurveyOptions, terminal: Terminal): Promise<Scope> {
  const scope = await loadScopeFile(options.scope, terminal.cwd, systemClock.epochMs());
  const { rate } = scope.limits;
  if (options.rate === null || options.rate <= rate) return { ...scope, limits: slowed(scope.limits, options.rate) };
  const message = `${options.rate} is above the ${rate} connections a second of the scope; a run may only be slower`;
  throw new Complaint([{ place: "--rate", message }], `raise limits.rate in ${options.scope} if you are allowed to`);
}

/** An opted-out or excluded name that cannot be resolved now may stand for any address: nothing runs until it can (rule R4). */
function demandLeftAlone({ territory, pins }: TargetSpace): void {
  const unknown = [
    ...unresolvedAmong(territory.optedOutDomains, pins).map((name) => ({ place: "optOut", ...name })),
    ...unresolvedAmong(territory.excludedDomains, pins).map((name) => ({ place: "exclude", ...name })),
  ];
  if (unknown.length === 0) return;
  throw new Complaint(
    unknown.map(({ place, name, failure }) => ({ place, message: `${name} cannot be resolved (${failure})` })),
    "try again, or write the addresses to be left alone instead of the name",
  );
}

async function readList(
  options: SurveyOptions,
  scope: Scope,
  pins: readonly PinnedName[],
  space: TargetSpace,
  terminal: Terminal,
): Promise<ListedTargets | null> {
  if (options.targets === null) return null;
  const path = options.targets === "-" ? "-" : resolve(terminal.cwd, options.targets);
  const list = await readTargets(path, gatherTargets(scope.ports, pins, space.admit), () => terminal.input());
  for (const line of listWords(list)) terminal.say(line);
  return list;
}

async function tell({ run, end }: SurveyResult, options: SurveyOptions, terminal: Terminal): Promise<ExitCode> {
  const { coverage } = run;
  if (options.json) await terminal.out(`${JSON.stringify(run)}\n`);
  if (coverage !== null) for (const line of surveyWords(end, coverage)) terminal.say(line);
  if (end.reason !== "done") terminal.say("hint: --resume goes on where it stopped");
  switch (end.reason) {
    case "done":
      return end.progress.state.tally.givenUp > 0 ? EXIT.incomplete : EXIT.fine;
    case "pilot":
      return EXIT.fine;
    case "stopped":
      return EXIT.interrupted;
    case "local":
    case "expired":
      return EXIT.incomplete;
  }
}
