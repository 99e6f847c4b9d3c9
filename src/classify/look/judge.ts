import { createHash } from "node:crypto";
import { titleOf } from "../../knowledge/evidence.ts";
import { OLLAMA_GREETING } from "../../knowledge/ollama-greeting.ts";
import type { ProductFacts } from "../../knowledge/product.ts";
import type { ProductId } from "../../knowledge/products/index.ts";
import type { Failure } from "../../model/failure.ts";
import { epochMsOf } from "../../model/instant.ts";
import type { Answer, ModelEntry, Sign } from "../../model/observation.ts";
import { fingerprintOf, tellProduct, type Told } from "../tell-product.ts";
import { restsOnControl } from "./control-answer.ts";
import { evidenceOf } from "./notes.ts";
import type { Notes } from "./notes.ts";
import { sendsTooNew } from "./too-new.ts";

/** What a look's notes mean. */
export interface Verdict {
  readonly answer: Answer;
  readonly confirmed: boolean;
  readonly product: ProductId | null;
  readonly fingerprint: string | null;
  readonly version: string | null;
  readonly status: number | null;
  readonly models: readonly ModelEntry[] | null;
  readonly failure: Failure | null;
  readonly signs: readonly Sign[];
  readonly title: string | null;
  readonly page: string | null;
}

const OK = 200;
const PAGE_DIGITS = 32;
const LONGEST_TITLE = 256;

/**
 * Judges what came back. Confirmed is only an Ollama that named a version (any text) and listed its models, an empty or null list
 * included; an emulator bears its own name.
 */
export function judge(notes: Notes): Verdict {
  const evidence = evidenceOf(notes);
  const told = tellProduct(evidence);
  const facts: ProductFacts = told?.product.facts(evidence) ?? {};
  const product = told?.product.id ?? null;
  const confirmed = product === "ollama" && notes.version !== null && notes.models !== null;
  const answer = answerOf(notes, facts);
  return {
    answer,
    confirmed,
    product,
    fingerprint: told === null ? null : fingerprintOf(told),
    version: product === "ollama" ? notes.version : (facts.version ?? notes.version),
    status: isToldBy(notes, facts) ? OK : notes.status,
    models: notes.models ?? facts.models ?? null,
    // What another product said to Ollama's questions is no failure of it.
    failure: product !== null && (answer === "open" || answer === "login") ? null : notes.failure,
    signs: signsOf(notes, told, facts),
    ...pageOf(notes.root),
  };
}

/** Whether a product's own 200 decided the answer. */
function isToldBy({ models, stop }: Notes, facts: ProductFacts): boolean {
  const isSaid = (facts.access ?? null) !== null || (facts.models ?? null) !== null;
  return models === null && isSaid && (isOpenList(facts) || (stop !== "login" && stop !== "denied"));
}

/** A list that a stranger was given: another route's 401 does not take it back. */
function isOpenList(facts: ProductFacts): boolean {
  return facts.access === "open" && (facts.models ?? null) !== null;
}

function answerOf(notes: Notes, facts: ProductFacts): Answer {
  if (notes.models !== null || isOpenList(facts)) return "open";
  if (notes.stop === "login" || notes.stop === "denied") return notes.stop;
  if ((facts.access ?? null) !== null) return facts.access ?? "other";
  if ((facts.models ?? null) !== null) return "open";
  if (notes.status === null) {
    if (notes.failure === "refused") return "refused";
    if (notes.failure === "silent" || notes.failure === "unreachable") return "silent";
  }
  return "other";
}

function signsOf(notes: Notes, told: Told | null, facts: ProductFacts): readonly Sign[] {
  const signs: Sign[] = [];
  if (notes.control !== null) signs.push("control-answered");
  if (notes.control !== null && isOtherBody(notes, notes.control)) signs.push("control-same-body");
  if (told !== null && restsOnControl(notes, told)) signs.push("control-tells");
  if (sendsTooNew(notes)) signs.push("field-too-new");
  if (notes.pipelining === "disliked") signs.push("pipelining-disliked");
  if (notes.hasOddEntries) signs.push("odd-entries");
  if (facts.signs !== undefined) signs.push(...facts.signs);
  if (told?.product.id !== "ollama") return signs;
  if (notes.signs.size > 0) signs.push(...notes.signs);
  if (createdDiffers(notes)) signs.push("created-differs");
  return signs;
}

/** Whether the control path got what another route said. */
function isOtherBody(notes: Notes, control: string): boolean {
  if (control === "") return false;
  return notes.root?.startsWith(control) === true || notes.beginnings.includes(control);
}

/** Whether `/v1/models` dates a model otherwise than `/api/tags`: Ollama fills both from the same file time. */
function createdDiffers({ openAi, models }: Notes): boolean {
  const first = openAi?.find(({ created }) => created !== null);
  const listed = first === undefined ? undefined : models?.find(({ name }) => name === first.id);
  const modifiedMs = listed?.modified_at == null ? null : epochMsOf(listed.modified_at);
  if (first?.created == null || modifiedMs === null) return false;
  return Math.abs(modifiedMs / 1_000 - first.created) > 1;
}

function pageOf(root: string | null): { readonly title: string | null; readonly page: string | null } {
  if (root === null || root === "" || root === OLLAMA_GREETING) return { title: null, page: null };
  const title = titleOf(root).slice(0, LONGEST_TITLE).toWellFormed();
  const page = createHash("sha256").update(root).digest("hex").slice(0, PAGE_DIGITS);
  return { title: title === "" ? null : title, page };
}
