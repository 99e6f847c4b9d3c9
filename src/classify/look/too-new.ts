import type { ModelEntry, RunningEntry } from "../../model/observation.ts";
import { fieldsTooNew } from "../field-too-new.ts";
import type { Notes } from "./notes.ts";

type FieldTest<T> = readonly [field: string, holds: (entry: T) => boolean];

const TAGS_FIELDS: readonly FieldTest<ModelEntry>[] = [
  ["model", (entry) => entry.model !== null],
  ["remote_host", (entry) => entry.remote_host !== null],
  ["remote_model", (entry) => entry.remote_model !== null],
  ["capabilities", (entry) => entry.capabilities !== null],
  ["details.family", (entry) => (entry.details?.family ?? null) !== null],
  ["details.parent_model", (entry) => (entry.details?.parent_model ?? null) !== null],
  ["details.context_length", (entry) => (entry.details?.context_length ?? null) !== null],
  ["details.embedding_length", (entry) => (entry.details?.embedding_length ?? null) !== null],
];
const PS_FIELDS: readonly FieldTest<RunningEntry>[] = [
  ["name", () => true],
  ["context_length", (entry) => entry.context_length !== null],
];

/** Whether an entry of a list bears a field that the version named could not send. */
export function sendsTooNew(notes: Pick<Notes, "version" | "models" | "running">): boolean {
  const { tags, ps } = testsBeyond(notes.version);
  return (
    tags.some((holds) => notes.models?.some(holds) === true) || ps.some((holds) => notes.running?.some(holds) === true)
  );
}

interface TooNew {
  readonly tags: readonly ((entry: ModelEntry) => boolean)[];
  readonly ps: readonly ((entry: RunningEntry) => boolean)[];
}

const MAX_REMEMBERED = 1_000;
const remembered = new Map<string | null, TooNew>();

/** Tests for everything that a version could not send; worked out once for each version seen. */
function testsBeyond(version: string | null): TooNew {
  const known = remembered.get(version);
  if (known !== undefined) return known;
  const isTooNew = (route: "tags" | "ps", name: string): boolean => fieldsTooNew(version, route, [name]).length > 0;
  const tests: TooNew = {
    tags: TAGS_FIELDS.filter(([name]) => isTooNew("tags", name)).map(([, holds]) => holds),
    ps: PS_FIELDS.filter(([name]) => isTooNew("ps", name)).map(([, holds]) => holds),
  };
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(version, tests);
  return tests;
}
