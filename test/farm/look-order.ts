import { promptClass } from "../../src/classify/prompt-class.ts";
import type { LookerOptions, LookOrder } from "../../src/survey/look/look.ts";
import { LOOK_LIMITS } from "../../src/survey/look/look.ts";
import type { FarmHost } from "./farm.ts";

/** Options of a looker for tests: a fixed run, a fixed control token, no lag unless said otherwise. */
export function lookerOptions(changes: Partial<LookerOptions> = {}): LookerOptions {
  return {
    userAgent: "corral/0.1 (+https://survey.example)",
    run: "00112233445566778899aabbccddeeff",
    vantage: "same-host",
    source: "corral",
    limits: LOOK_LIMITS,
    prompts: { judge: promptClass, keepsText: false },
    effects: { nowMs: Date.now, worstLagMs: () => 0, controlToken: () => "0123456789abcdef" },
    ...changes,
  };
}

/** A first look at a host of the farm, without cards. */
export function orderFor(
  host: FarmHost,
  changes: Partial<Omit<LookOrder, "target">> & { readonly target?: Partial<LookOrder["target"]> } = {},
): LookOrder {
  const { target, ...others } = changes;
  return {
    target: { scheme: "auto", address: host.address, port: host.port, host_name: null, base_path: "/", ...target },
    known: { seenBefore: false, confirmedBefore: false, isDigestKnown: () => false },
    cards: null,
    pace: () => 0,
    ...others,
  };
}
