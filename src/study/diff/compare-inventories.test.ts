import fc from "fast-check";
import { expect, test } from "vitest";
import { compareInventories } from "./compare-inventories.ts";
import type { StateInventory, StateModel } from "./service-state.ts";

type State = "has" | "absent" | "unknown";
const list = (models: readonly StateModel[], tools: State = "absent"): StateInventory => ({
  models,
  capabilities: { tools },
});
const A: StateModel = { name: "a", digest: "1" };
const B: StateModel = { name: "b", digest: "2" };

test.for<readonly [name: string, before: StateInventory, after: StateInventory, told: readonly object[]]>([
  ["came", list([A]), list([A, B]), [{ kind: "models-added", names: ["b"] }]],
  ["went", list([A, B]), list([B]), [{ kind: "models-gone", names: ["a"] }]],
  ["all went", list([A]), list([]), [{ kind: "models-gone", names: ["a"] }]],
  ["another digest", list([A]), list([{ ...A, digest: "9" }]), [{ kind: "models-changed", names: ["a"] }]],
  ["a digest not told", list([A]), list([{ ...A, digest: null }]), []],
  ["another order", list([A, B]), list([B, A]), []],
  ["can now", list([A]), list([A], "has"), [{ kind: "capability-grown", capabilities: ["tools"] }]],
  ["told now", list([A], "unknown"), list([A], "has"), [{ kind: "capability-told", capabilities: ["tools"] }]],
  ["can no more", list([A], "has"), list([A]), [{ kind: "capability-shrunk", capabilities: ["tools"] }]],
  ["cannot be told now", list([A], "has"), list([A], "unknown"), []],
  [
    "a name of the language",
    list([{ name: "__proto__", digest: "1" }]),
    list([]),
    [{ kind: "models-gone", names: ["__proto__"] }],
  ],
])("%s", ([, before, after, told]) => {
  expect(compareInventories(before, after)).toEqual(told);
});

test("the way back tells the opposite", () => {
  const names = fc.uniqueArray(fc.string({ maxLength: 3 }), { maxLength: 6 });
  const of = (words: readonly string[]): StateInventory => list(words.map((name) => ({ name, digest: null })));
  const named = (changes: ReturnType<typeof compareInventories>, kind: string): readonly string[] =>
    changes.flatMap((change) => (change.kind === kind && "names" in change ? change.names : []));
  fc.assert(
    fc.property(names, names, (before, after) => {
      const there = compareInventories(of(before), of(after));
      const back = compareInventories(of(after), of(before));
      expect(named(there, "models-added")).toEqual(named(back, "models-gone"));
      expect(named(there, "models-gone")).toEqual(named(back, "models-added"));
    }),
  );
});
