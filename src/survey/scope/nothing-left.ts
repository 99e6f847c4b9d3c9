import { Complaint } from "../../model/complaint.ts";
import { isEmpty, minus } from "../../model/prefix-set.ts";
import type { TargetSpace } from "./target-space.ts";

/** Refuses a scope whose every address is left alone, by the exclusions and opt-outs as they resolved: a {@link Complaint} with exit code 2. */
export function demandSomethingLeft({ territory }: TargetSpace, scopePath: string): void {
  const { open, optedOut, excludedByName, excludedByAsn } = territory;
  if (!isEmpty(minus(minus(minus(open, optedOut), excludedByName), excludedByAsn))) return;
  const message = "nothing is left to ask after exclusions and opt-outs";
  throw new Complaint([{ place: scopePath, message }], "corral config print scope shows what a scope may say");
}

/** Refuses to walk a scope without a single target: names without an address, or IPv6 prefixes too wide to walk. */
export function demandTargets({ size }: TargetSpace, scopePath: string): void {
  if (size > 0) return;
  const message =
    "names no target to walk: its names have no address in scope, or its IPv6 prefixes are wider than /112";
  throw new Complaint([{ place: scopePath, message }], "give the addresses with --targets");
}
