import { PUBLIC_LISTS } from "../../knowledge/public-lists.ts";
import type { CheckInput } from "../../model/judgements.ts";

/** What a last answer says to strangers: `open` only of a confirmed Ollama or another product whose answer a key would have withheld. */
export type Access = "open" | "login" | "unknown";

/** Reads the last answer; 403, 407, silence, an open page of nobody knows whom and a list that is always public are unknown. */
export function accessOf(input: CheckInput): Access {
  switch (input.answer) {
    case "open":
      return input.confirmed || isGuarded(input.product) ? "open" : "unknown";
    case "login":
      return "login";
    case "denied":
    case "refused":
    case "silent":
    case "other":
      return "unknown";
  }
}

/** Whether an open answer of this product is one that its own login, if it has one, would have withheld. */
function isGuarded(product: string | null): boolean {
  return product !== null && product !== "ollama" && !PUBLIC_LISTS.has(product);
}

/** The outcome of a check on something that only matters while strangers get in: `true` = it is there. */
export function whileOpen(input: CheckInput, holds: boolean | null): "fail" | "pass" | "unknown" {
  const access = accessOf(input);
  if (access === "login") return "pass";
  if (access === "unknown" || holds === null) return "unknown";
  return holds ? "fail" : "pass";
}

/** Whether all hold; one that does not settles it, else one that is not known leaves it open. */
export function allOf(...parts: readonly (boolean | null)[]): boolean | null {
  if (parts.includes(false)) return false;
  return parts.includes(null) ? null : true;
}

/** Whether something answered that no product was told of: it may be any, so that what concerns one of them is not known of it. */
export function mayBeAny({ answer, product }: Pick<CheckInput, "answer" | "product">): boolean {
  return product === null && answer !== "refused" && answer !== "silent";
}

/** Whether others can reach it, and it is an Ollama or not told: what the checks on lists of models concern. */
export function isOllamaBeyondLoopback({ loopback, product }: CheckInput): boolean {
  return !loopback && (product === null || product === "ollama");
}
