import { saysTheSame } from "../../classify/look/control-answer.ts";
import { FIRST_SIGHT_GETS, evidenceOf } from "../../classify/look/notes.ts";
import type { Notes } from "../../classify/look/notes.ts";
import { suspectedProducts, tellProduct } from "../../classify/tell-product.ts";
import { OLLAMA_GREETING } from "../../knowledge/ollama-greeting.ts";
import type { Product } from "../../knowledge/product.ts";
import { PRODUCTS } from "../../knowledge/products/index.ts";
import type { GetRouteId } from "../../knowledge/read-only-routes.ts";
import type { Failure } from "../../model/failure.ts";
import type { Remembered } from "./look.ts";

/** What is asked of an Ollama after version, list and running models, the most telling last to be left out. */
const FURTHER: readonly GetRouteId[] = ["control", "v1-models", "root"];
/** What any unknown service is asked while nothing points at a product. */
const GENERAL: readonly GetRouteId[] = ["root", "version", "v1-models", "tags"];

const OK = 200;
const NOT_FOUND = 404;

/** What of a look's place decides the questions. */
export interface Standing {
  readonly port: number;
  readonly confirmedBefore: boolean;
}

/**
 * Decides what to ask next.
 *
 * @returns Routes for one write: several only when the version fitted and nothing speaks against pipelining; empty when the look
 *   has seen enough or spent its requests.
 */
export function nextQuestions(notes: Notes, standing: Standing): readonly GetRouteId[] {
  const left = notes.ceiling - notes.sent;
  if (notes.stop !== null || left <= 0) return [];
  const wanted = wantedRoutes(notes, standing).filter((route) => !notes.settled.has(route));
  const mayPipeline = isLikeOllama(notes) && (notes.pipelining === "untried" || notes.pipelining === "liked");
  return wanted.slice(0, mayPipeline ? left : 1);
}

/** The version came alone in its answer, as an Ollama sends it, and no list has shown anything else. */
function isLikeOllama(notes: Notes): boolean {
  return (
    notes.version !== null && notes.replies.version === undefined && !(notes.tagsMisshapen && notes.settled.has("tags"))
  );
}

function wantedRoutes(notes: Notes, standing: Standing): readonly GetRouteId[] {
  if (notes.settled.size === 0) return [firstRoute(standing)];
  if (!isLikeOllama(notes)) return strangerRoutes(notes, standing);
  if (!notes.settled.has("tags") || !notes.settled.has("ps")) {
    return notes.settled.has("tags") && notes.models === null ? strangerRoutes(notes, standing) : ["tags", "ps"];
  }
  return notes.models === null ? strangerRoutes(notes, standing) : ollamaRoutes(notes);
}

/** A port where only other products live by default is begun at its page; everything else is first taken for an Ollama. */
function firstRoute({ port, confirmedBefore }: Standing): GetRouteId {
  return !confirmedBefore && FOREIGN_PORTS.has(port) ? "root" : "version";
}

const FOREIGN_PORTS: ReadonlySet<number> = new Set(
  PRODUCTS.filter(({ id }) => id !== "ollama").flatMap((product: Product) => product.ports),
);

function ollamaRoutes(notes: Notes): readonly GetRouteId[] {
  const tell = nextTelling(notes);
  const left = notes.ceiling - notes.sent;
  const further = FURTHER.map((route) => (route === "v1-models" && tell !== null ? tell : route));
  return further.filter((route) => !notes.settled.has(route)).slice(0, left);
}

/** A very old Ollama, an emulator, or something else: one question at a time, each from what the last one said. */
function strangerRoutes(notes: Notes, { port }: Standing): readonly GetRouteId[] {
  if (notes.root === OLLAMA_GREETING && !notes.settled.has("tags")) return ["version", "tags"];
  if (saysTheSame(notes) && !notes.settled.has("control")) return ["control"];
  const tell = nextTelling(notes);
  if (tell !== null) return [tell];
  if (notes.models !== null) return ["v1-models", "control", "ps"];
  const control: readonly GetRouteId[] = isSomethingSaid(notes) ? ["control"] : [];
  if (tellProduct(evidenceOf(notes)) !== null) return control;
  return FOREIGN_PORTS.has(port) ? ["root", ...routesAt(port), ...GENERAL, ...control] : [...GENERAL, ...control];
}

/** Told by what others say too, so that signs of these are followed first. */
const BROAD: ReadonlySet<string> = new Set(["ollama", "openai-compatible"]);

/** Routes of the products that live at a port by default: the first of each, then the second of each. */
function routesAt(port: number): readonly GetRouteId[] {
  const there = PRODUCTS.filter((product: Product) => product.ports.includes(port));
  const most = Math.max(0, ...there.map((product: Product) => product.routes.length));
  return Array.from({ length: most }, (_, depth) =>
    there.flatMap((product: Product) => product.routes.slice(depth, depth + 1)),
  ).flat();
}

/** The next route of the product that was told, else of those that some sign points at; `null` when all were asked. */
function nextTelling(notes: Notes): GetRouteId | null {
  const evidence = evidenceOf(notes);
  const told = tellProduct(evidence);
  const isOpen = told === null || BROAD.has(told.product.id);
  const products = isOpen ? suspectedProducts(evidence).filter((one) => !isCleared(one, notes)) : [told.product];
  for (const product of products) {
    const next = product.routes.find((route) => !notes.settled.has(route));
    if (next !== undefined) return next;
  }
  return null;
}

/** Whether one of a product's own routes was asked and said nothing: the suspicion ends. */
function isCleared({ routes }: Product, { replies }: Notes): boolean {
  return routes.some((route) => route !== "root" && (replies[route]?.status ?? OK) === NOT_FOUND);
}

/** Whether any path got a 2xx, so that a path nobody can know is worth a question. */
function isSomethingSaid(notes: Notes): boolean {
  return Object.values(notes.replies).some(({ status }) => status >= 200 && status < 300);
}

/** Learns how the service takes several requests in one write, when a write is over. */
export function learnPipelining(notes: Notes, sent: number, unanswered: number, isKeptAlive: boolean): void {
  if (unanswered > 0 && !isKeptAlive) notes.pipelining = "disliked";
  if (notes.pipelining !== "untried") return;
  if (!isKeptAlive) notes.pipelining = "pointless";
  else if (sent > 1 && unanswered === 0) notes.pipelining = "liked";
}

/** A re-visit that shows a digest not known before may cost as much as a first sight. */
export function raiseCeiling(notes: Notes, known: Remembered): void {
  const isNew = notes.models?.some(({ digest }) => digest !== null && !known.isDigestKnown(digest)) === true;
  if (isNew) notes.ceiling = FIRST_SIGHT_GETS;
}

/** Whether a server that ended so may simply not like what came before on the connection. */
export function isWorthAskingAlone(failure: Failure): boolean {
  return failure === "closed-early" || failure === "reset" || failure === "bad-http" || failure === "bad-length";
}
