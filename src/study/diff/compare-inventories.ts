import type { Change } from "./change.ts";
import type { StateInventory } from "./service-state.ts";

type ModelsKind = "models-added" | "models-changed" | "models-gone";
type CapabilityKind = "capability-grown" | "capability-told" | "capability-shrunk";

/**
 * Compares two lists of models: names that came, went or mean another digest, then what the models can do together. What could not be
 * told before has not grown, and what cannot be told now has not shrunk. The order of a list means nothing here.
 */
export function compareInventories(before: StateInventory, after: StateInventory): readonly Change[] {
  const was = digests(before);
  const is = digests(after);
  const changed = [...is].filter(([name, digest]) => isOther(was.get(name) ?? null, digest)).map(([name]) => name);
  return [
    ...modelsChange("models-added", missingFrom(is, was)),
    ...modelsChange("models-changed", changed),
    ...modelsChange("models-gone", missingFrom(was, is)),
    ...capabilityChange("capability-grown", words(before, after, "absent", "has")),
    ...capabilityChange("capability-told", words(before, after, "unknown", "has")),
    ...capabilityChange("capability-shrunk", words(before, after, "has", "absent")),
  ];
}

function digests({ models }: StateInventory): ReadonlyMap<string, string | null> {
  return new Map(models.map(({ name, digest }) => [name, digest]));
}

function isOther(before: string | null, after: string | null): boolean {
  return before !== null && after !== null && before !== after;
}

function missingFrom(names: ReadonlyMap<string, unknown>, others: ReadonlyMap<string, unknown>): readonly string[] {
  return [...names.keys()].filter((name) => !others.has(name));
}

function words(before: StateInventory, after: StateInventory, from: string, to: string): readonly string[] {
  return Object.keys(after.capabilities).filter(
    (word) => before.capabilities[word] === from && after.capabilities[word] === to,
  );
}

function modelsChange(kind: ModelsKind, names: readonly string[]): readonly Change[] {
  return names.length === 0 ? [] : [{ kind, names: names.toSorted() }];
}

function capabilityChange(kind: CapabilityKind, capabilities: readonly string[]): readonly Change[] {
  return capabilities.length === 0 ? [] : [{ kind, capabilities }];
}
