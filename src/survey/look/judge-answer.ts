import { fieldsTooNew } from "../../classify/field-too-new.ts";
import type { ProductId } from "../../knowledge/products/index.ts";
import type { Answer, ModelEntry, RunningEntry, Sign } from "../../model/observation.ts";
import { evidenceOf } from "./look-notes.ts";
import type { Notes } from "./look-notes.ts";
import { tellProduct } from "./tell-product.ts";

/** What a look's notes mean. */
export interface Verdict {
  readonly answer: Answer;
  readonly confirmed: boolean;
  readonly product: ProductId | null;
  readonly signs: readonly Sign[];
}

/**
 * Judges what came back. Confirmed is only an Ollama that named a version (any text) and listed its models, an empty or null list
 * included; an emulator bears its own name.
 */
export function judge(notes: Notes): Verdict {
  const product = tellProduct(evidenceOf(notes));
  const confirmed = product === "ollama" && notes.version !== null && notes.models !== null;
  return { answer: answerOf(notes), confirmed, product, signs: signsOf(notes) };
}

function answerOf(notes: Notes): Answer {
  if (notes.models !== null) return "open";
  if (notes.stop === "login" || notes.stop === "denied") return notes.stop;
  if (notes.status === null) {
    if (notes.failure === "refused") return "refused";
    if (notes.failure === "silent" || notes.failure === "unreachable") return "silent";
  }
  return "other";
}

function signsOf(notes: Notes): readonly Sign[] {
  const signs: Sign[] = [];
  if (notes.control !== null) signs.push("control-answered");
  if (notes.control !== null && isOtherBody(notes, notes.control)) signs.push("control-same-body");
  if (sendsTooNew(notes)) signs.push("field-too-new");
  if (notes.pipelining === "disliked") signs.push("pipelining-disliked");
  if (notes.hasOddEntries) signs.push("odd-entries");
  return signs;
}

/** Whether the control path got what another route said. */
function isOtherBody(notes: Notes, control: string): boolean {
  return control !== "" && (control === notes.root || notes.beginnings.includes(control));
}

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

function sendsTooNew(notes: Notes): boolean {
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
