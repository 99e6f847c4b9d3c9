import type { Answer } from "../../model/observation.ts";

/** What a kind of change is called and what it claims. */
interface ChangeKind {
  readonly words: string;
  /** In full: what must have been seen for it to be said. */
  readonly claims: string;
}

/** Every kind of change, gravest first. Ids are words of `--fail-on` and of the JSON; their meaning never changes. */
export const CHANGE_KINDS = {
  "newly-open": {
    words: "newly open",
    claims: "open now; not open when last looked at, or never looked at before",
  },
  "login-removed": { words: "login removed", claims: "asked for a login (401) before, open now" },
  "capability-grown": {
    words: "capability grown",
    claims:
      "a model can now what none could before, both told by lists or cards; a cloud model counts as the capability cloud",
  },
  "version-down": { words: "version down", claims: "the same product names a lower version" },
  "product-changed": { words: "product changed", claims: "another product answers at the same place" },
  "models-added": { words: "models added", claims: "names in the list that were not in the list before" },
  "models-changed": { words: "models changed", claims: "a name of the list has another digest" },
  "version-changed": {
    words: "version changed",
    claims: "another version text of the same product, and at least one of the two cannot be ordered",
  },
  "version-up": { words: "version up", claims: "the same product names a higher version" },
  "capability-told": {
    words: "capability told",
    claims: "a capability is told now of which nothing could be said before: perhaps it was always there",
  },
  "models-gone": { words: "models gone", claims: "names of the list before that are in the list no more" },
  "capability-shrunk": { words: "capability shrunk", claims: "a capability was told before; every list now says no" },
  "login-added": { words: "login added", claims: "open before, asks for a login (401) now" },
  unclear: {
    words: "unclear",
    claims: "open before; asked again and denied (403, 407) or broken off: nothing tells that it is closed to others",
  },
  closed: {
    words: "closed",
    claims: "open before; asked again by a survey and refused, silent, or something that is no model server answered",
  },
} as const satisfies Record<string, ChangeKind>;

/** Name of a kind of change. */
export type ChangeKindId = keyof typeof CHANGE_KINDS;
export const CHANGE_KIND_IDS = Object.keys(CHANGE_KINDS).filter(isChangeKind);

/** Whether a word names a kind of change. */
export function isChangeKind(word: string): word is ChangeKindId {
  return Object.hasOwn(CHANGE_KINDS, word);
}

/** One change of one service. `before` of an answer is `null` when no look before is known. Names are as the server sent them. */
export type Change =
  | { readonly kind: "newly-open"; readonly before: Answer | null }
  | { readonly kind: "login-removed" | "login-added" }
  | { readonly kind: "unclear" | "closed"; readonly after: Answer }
  | {
      readonly kind: "version-up" | "version-down" | "version-changed" | "product-changed";
      readonly before: string;
      readonly after: string;
    }
  | { readonly kind: "models-added" | "models-changed" | "models-gone"; readonly names: readonly string[] }
  | {
      readonly kind: "capability-grown" | "capability-told" | "capability-shrunk";
      readonly capabilities: readonly string[];
    };
