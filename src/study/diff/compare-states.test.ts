import { describe, expect, test } from "vitest";
import type { Change } from "./change.ts";
import { compareStates } from "./compare-states.ts";
import type { Compared } from "./compare-states.ts";
import type { ServiceState, StateInventory } from "./service-state.ts";

const OPEN: ServiceState = {
  scheme: "http",
  seenAt: "2026-01-10T03:04:05.000Z",
  answer: "open",
  status: 200,
  failure: null,
  surveyed: true,
  vantage: "inside",
  product: "ollama",
  version: "0.5.7",
  versionRank: 5007,
  inventory: "aa",
  modelCount: 1,
  isListWhole: true,
};
const NOTHING = { product: null, version: null, versionRank: null, inventory: null, modelCount: null } as const;
const SILENT: ServiceState = { ...OPEN, ...NOTHING, answer: "silent", failure: "silent" };
const REFUSED: ServiceState = { ...OPEN, ...NOTHING, answer: "refused", failure: "refused" };
const LOGIN: ServiceState = { ...OPEN, ...NOTHING, answer: "login" };
const DENIED: ServiceState = { ...OPEN, ...NOTHING, answer: "denied" };
const OTHER: ServiceState = { ...OPEN, ...NOTHING, answer: "other" };
const byImport = (state: ServiceState): ServiceState => ({ ...state, surveyed: false });

const LISTS: Readonly<Record<string, StateInventory>> = {
  aa: { models: [{ name: "a", digest: "1" }], capabilities: { tools: "absent", vision: "unknown", cloud: "absent" } },
  bare: { models: [], capabilities: { tools: "absent", vision: "absent", cloud: "absent" } },
  bb: {
    models: [
      { name: "a", digest: "1" },
      { name: "b", digest: "2" },
    ],
    capabilities: { tools: "has", vision: "has", cloud: "absent" },
  },
};
const PARTIAL: ServiceState = { ...OPEN, inventory: "bare", modelCount: 0, isListWhole: false };
const find = (id: string): StateInventory | null => LISTS[id] ?? null;
const changed = (...changes: readonly Change[]): Compared => ({ kind: "changed", changes });

describe("whether it stands open", () => {
  test.for<readonly [name: string, before: ServiceState | null, after: ServiceState | null, told: Compared]>([
    ["never seen before", null, OPEN, changed({ kind: "newly-open", before: null })],
    ["silent before", SILENT, OPEN, changed({ kind: "newly-open", before: "silent" })],
    ["a login before", LOGIN, OPEN, changed({ kind: "newly-open", before: "login" }, { kind: "login-removed" })],
    ["an import may say that it opened", null, byImport(OPEN), changed({ kind: "newly-open", before: null })],
    ["open twice", OPEN, OPEN, { kind: "unchanged" }],
    ["a login twice", LOGIN, LOGIN, { kind: "unchanged" }],
    ["a login now", OPEN, LOGIN, changed({ kind: "login-added" })],
    ["a login, says an import", OPEN, byImport(LOGIN), changed({ kind: "login-added" })],
    ["refused", OPEN, REFUSED, changed({ kind: "closed", after: "refused" })],
    ["silent", OPEN, SILENT, changed({ kind: "closed", after: "silent" })],
    ["another server in its place", OPEN, OTHER, changed({ kind: "closed", after: "other" })],
    ["denied to us, perhaps not to others", OPEN, DENIED, changed({ kind: "unclear", after: "denied" })],
    ["broke off", OPEN, { ...OTHER, failure: "reset" }, changed({ kind: "unclear", after: "other" })],
    ["asked too often", OPEN, { ...OTHER, status: 429 }, changed({ kind: "unclear", after: "other" })],
    ["too busy to answer", OPEN, { ...OTHER, status: 503 }, changed({ kind: "unclear", after: "other" })],
    ["a proxy whose server is away", OPEN, { ...OTHER, status: 502 }, changed({ kind: "unclear", after: "other" })],
    ["not found", OPEN, { ...OTHER, status: 404 }, changed({ kind: "closed", after: "other" })],
    ["still names its version", OPEN, { ...OTHER, version: "0.5.7" }, changed({ kind: "unclear", after: "other" })],
    ["not asked", OPEN, null, { kind: "not-asked" }],
    ["an import without an answer", OPEN, byImport(SILENT), { kind: "not-asked" }],
    ["an import with another server", OPEN, byImport(OTHER), { kind: "not-asked" }],
    ["silent to somebody elsewhere", OPEN, { ...SILENT, vantage: "outside" }, { kind: "not-asked" }],
    [
      "silent now, and nobody knows from where it was open",
      byImport({ ...OPEN, vantage: null }),
      SILENT,
      changed({ kind: "closed", after: "silent" }),
    ],
    [
      "open to somebody elsewhere",
      SILENT,
      { ...OPEN, vantage: "outside" },
      changed({ kind: "newly-open", before: "silent" }),
    ],
    ["was closed and is", REFUSED, SILENT, { kind: "aside" }],
    ["was closed and was not asked", REFUSED, null, { kind: "aside" }],
    ["a login that was never open", null, LOGIN, { kind: "aside" }],
    ["never anything", null, null, { kind: "aside" }],
  ])("%s", ([, before, after, told]) => {
    expect(compareStates(before, after, find)).toEqual(told);
  });
});

describe("what it is and holds", () => {
  test.for<readonly [name: string, after: Partial<ServiceState>, told: Compared]>([
    [
      "a higher version",
      { version: "0.6.0", versionRank: 6000 },
      changed({ kind: "version-up", before: "0.5.7", after: "0.6.0" }),
    ],
    [
      "a lower version",
      { version: "0.5.6", versionRank: 5006 },
      changed({ kind: "version-down", before: "0.5.7", after: "0.5.6" }),
    ],
    [
      "a version that cannot be ordered",
      { version: "dev", versionRank: null },
      changed({ kind: "version-changed", before: "0.5.7", after: "dev" }),
    ],
    ["no version told now", { version: null, versionRank: null }, { kind: "unchanged" }],
    ["no list seen now", { inventory: null, modelCount: null }, { kind: "unchanged" }],
    ["fewer models, of which some were left out", { inventory: "bare", isListWhole: false }, { kind: "unchanged" }],
    [
      "more models, and some were left out",
      { inventory: "bb", isListWhole: false },
      changed(
        { kind: "models-added", names: ["b"] },
        { kind: "capability-grown", capabilities: ["tools"] },
        { kind: "capability-told", capabilities: ["vision"] },
      ),
    ],
    ["a list that the lake lost", { inventory: "cc", modelCount: 1 }, { kind: "unchanged" }],
    ["no product told now", { product: null }, { kind: "unchanged" }],
    [
      "another product: its version and models are not compared",
      { product: "vllm", version: "0.9.0", versionRank: 9000, inventory: "bb" },
      changed({ kind: "product-changed", before: "ollama", after: "vllm" }),
    ],
    [
      "another list",
      { inventory: "bb", modelCount: 2 },
      changed(
        { kind: "models-added", names: ["b"] },
        { kind: "capability-grown", capabilities: ["tools"] },
        { kind: "capability-told", capabilities: ["vision"] },
      ),
    ],
  ])("%s", ([, after, told]) => {
    expect(compareStates(OPEN, { ...OPEN, ...after }, find)).toEqual(told);
  });

  test("what a list says that was short before was perhaps there all the time", () => {
    expect(compareStates(PARTIAL, { ...OPEN, inventory: "bb", modelCount: 2 }, find)).toEqual(
      changed({ kind: "capability-told", capabilities: ["tools", "vision"] }),
    );
  });
});
