import type { Change } from "./change.ts";
import { compareInventories } from "./compare-inventories.ts";
import type { ServiceState, StateInventory } from "./service-state.ts";

/** What became of a service between two states. */
export type Compared =
  | { readonly kind: "changed"; readonly changes: readonly Change[] }
  | { readonly kind: "unchanged" }
  /** Open before, and nobody asked since: nothing is known. */
  | { readonly kind: "not-asked" }
  /** Nothing that this comparison is about: not open before, and not open now. */
  | { readonly kind: "aside" };

/** Finds a list by its id; `null` when the lake holds none. */
export type FindInventory = (inventory: string) => StateInventory | null;

/**
 * Compares what was seen of one service before and after; `null` = not looked at. That it closed is said only of a look by a survey:
 * silence is a fact only where somebody asked.
 */
export function compareStates(before: ServiceState | null, after: ServiceState | null, find: FindInventory): Compared {
  if (after === null || (!isPresent(after) && !mayTellAbsence(before, after))) {
    return before?.answer === "open" ? { kind: "not-asked" } : { kind: "aside" };
  }
  const changes = [...openness(before, after), ...(before === null ? [] : details(before, after, find))];
  if (changes.length > 0) return { kind: "changed", changes };
  const concerns = before !== null && isPresent(before) && isPresent(after);
  return { kind: concerns ? "unchanged" : "aside" };
}

/** An import knows only what answered, and what is silent here may answer elsewhere. */
function mayTellAbsence(before: ServiceState | null, after: ServiceState): boolean {
  const [was, is] = [before?.vantage ?? null, after.vantage];
  return after.surveyed && (was === null || is === null || was === is);
}

function isPresent({ answer }: ServiceState): boolean {
  return answer === "open" || answer === "login";
}

function openness(before: ServiceState | null, after: ServiceState): readonly Change[] {
  if (after.answer === "open") {
    if (before?.answer === "open") return [];
    const opened: Change = { kind: "newly-open", before: before?.answer ?? null };
    return before?.answer === "login" ? [opened, { kind: "login-removed" }] : [opened];
  }
  if (before?.answer !== "open") return [];
  switch (after.answer) {
    case "login":
      return [{ kind: "login-added" }];
    case "denied":
      return [{ kind: "unclear", after: after.answer }];
    case "other":
      return [{ kind: isAnotherServer(after) ? "closed" : "unclear", after: after.answer }];
    case "refused":
    case "silent":
      return [{ kind: "closed", after: after.answer }];
  }
}

const TOO_MANY_REQUESTS = 429;
const SERVER_ERROR = 500;

/** A whole answer that names no product and no version. What broke off, or still says who it is, tells nothing for sure. */
function isAnotherServer({ status, failure, product, version }: ServiceState): boolean {
  return failure === null && product === null && version === null && !isBusy(status);
}

/** Whether something answered only that it cannot answer now: a server that is loading, or a proxy whose server is away. */
function isBusy(status: number | null): boolean {
  return status === TOO_MANY_REQUESTS || (status !== null && status >= SERVER_ERROR);
}

function details(before: ServiceState, after: ServiceState, find: FindInventory): readonly Change[] {
  if (before.product !== null && after.product !== null && before.product !== after.product) {
    return [{ kind: "product-changed", before: before.product, after: after.product }];
  }
  return [...versionChange(before, after), ...inventoryChange(before, after, find)];
}

function versionChange(before: ServiceState, after: ServiceState): readonly Change[] {
  if (before.version === null || after.version === null || before.version === after.version) return [];
  return [{ kind: direction(before.versionRank, after.versionRank), before: before.version, after: after.version }];
}

function direction(before: number | null, after: number | null): "version-up" | "version-down" | "version-changed" {
  if (before === null || after === null || before === after) return "version-changed";
  return after > before ? "version-up" : "version-down";
}

function inventoryChange(before: ServiceState, after: ServiceState, find: FindInventory): readonly Change[] {
  if (before.inventory === null || after.inventory === null || before.inventory === after.inventory) return [];
  const [was, is] = [knownOf(before, find(before.inventory)), knownOf(after, find(after.inventory))];
  if (was === null || is === null) return [];
  return compareInventories(was, is).filter(
    ({ kind }) => (kind !== "models-added" || before.isListWhole) && (kind !== "models-gone" || after.isListWhole),
  );
}

/** What a list surely says: one of which entries were left out does not say what is missing. */
function knownOf({ isListWhole }: ServiceState, list: StateInventory | null): StateInventory | null {
  if (list === null || isListWhole) return list;
  const states = Object.entries(list.capabilities).map(
    ([word, state]) => [word, state === "absent" ? "unknown" : state] as const,
  );
  return { ...list, capabilities: Object.fromEntries(states) };
}
