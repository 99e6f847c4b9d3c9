import type { CommandRow } from "./command-row.ts";
import { JSON_FLAG, LAKE } from "./shared-options.ts";

/** `corral diff`. */
export const DIFF: CommandRow = {
  name: "diff",
  summary: "tell what changed between two runs or two times, service by service",
  about: [
    "Newly open, closed, login added or removed, capabilities, models, versions. That a service closed is said only when the later",
    "run asked it; what was open and was not asked again is told apart, and imports never say that anything closed.",
    "Without --from and --to: the newest survey and the one before it of the same scope. docs/diff.md explains every kind.",
    "--webhook posts what changed as JSON, signed when CORRAL_WEBHOOK_SECRET is set; when it is not taken the exit code is 3.",
  ],
  args: [],
  options: {
    lake: LAKE,
    from: { value: "TIME|RUN", describe: "the earlier end: 2026-01-10, 2026-01-10T03:04:05Z, or a run's first digits" },
    to: { value: "TIME|RUN", describe: "the later end (default: the newest)" },
    full: { describe: "whole addresses and names of models; own or contract scopes only" },
    "fail-on": { value: "LIST", describe: "exit 1 on these kinds of change: newly-open,login-removed …, or any" },
    webhook: { value: "URL", describe: "post what changed to https://…, or to http on loopback" },
    json: JSON_FLAG,
  },
  examples: [
    { line: "corral diff --lake lake", tells: "since the run before" },
    {
      line: "corral diff --lake lake --full --fail-on newly-open,login-removed",
      tells: "for a timer, of one's own network",
    },
    { line: "corral diff --lake lake --from 2026-01-01 --to 2026-02-01 --json", tells: "a month" },
  ],
  load: async () => (await import("../study/diff-command.io.ts")).runDiff,
};
