import { systemClock } from "../../machine/clock.io.ts";
import { resolveNames } from "../../machine/resolve-names.io.ts";
import type { CommandRun } from "../../model/command.ts";
import { EXIT } from "../../model/complaint.ts";
import type { PinnedName } from "../../model/pinned-name.ts";
import { planRows } from "./describe-plan.ts";
import { networkOptions } from "../../machine/network-options.ts";
import { demandSomethingLeft } from "./nothing-left.ts";
import { loadScopeFile } from "./scope-file.io.ts";
import { openScopeNetworks } from "./scope-networks.io.ts";
import { scopePlan } from "./scope-plan.ts";
import { namesToPin, targetSpace } from "./target-space.ts";

/**
 * `corral scope check FILE`: whether the scope may run now and what a run would do. Connects to no target; asks DNS for the scope's names,
 * with `--dry-run` not even that.
 */
export const runScopeCheck: CommandRun = async ([path = ""], options, terminal) => {
  const nowMs = systemClock.epochMs();
  const scope = await loadScopeFile(path, terminal.cwd, nowMs);
  const names = options["dry-run"] === true ? [] : namesToPin(scope);
  const pins: readonly PinnedName[] = await resolveNames(names, { stopped: terminal.stopped });
  if (terminal.stopped.aborted) return EXIT.interrupted;
  const { ranges, words } = openScopeNetworks(scope, networkOptions(options), terminal.cwd, false);
  const space = targetSpace(scope, pins, ranges);
  demandSomethingLeft(space, path);
  const plan = scopePlan(scope, space, nowMs, words);
  if (options["json"] === true) {
    await terminal.out(`${JSON.stringify(plan, null, 2)}\n`);
    return EXIT.fine;
  }
  const rows = planRows(plan);
  const width = rows.reduce((widest, row) => Math.max(widest, row.label.length), 0);
  await terminal.out(rows.map((row) => `${row.label.padEnd(width)}  ${row.value}\n`).join(""));
  return EXIT.fine;
};
