import type { GetRouteId } from "../../knowledge/read-only-routes.ts";
import type { Failure } from "../../model/failure.ts";
import { FIRST_SIGHT_GETS, evidenceOf } from "./look-notes.ts";
import type { Notes } from "./look-notes.ts";
import type { Remembered } from "./look.ts";
import { routeThatWouldTell } from "./tell-product.ts";

/** What is asked after version, list and running models, the most telling last to be left out. */
const FURTHER: readonly GetRouteId[] = ["control", "v1-models", "root"];

/**
 * Decides what to ask next.
 *
 * @returns Routes for one write: several only when the version fitted and nothing speaks against pipelining; empty when the look
 *   has seen enough or spent its requests.
 */
export function nextQuestions(notes: Notes): readonly GetRouteId[] {
  const left = notes.ceiling - notes.sent;
  if (notes.stop !== null || left <= 0) return [];
  const wanted = wantedRoutes(notes).filter((route) => !notes.settled.has(route));
  const mayPipeline = notes.version !== null && (notes.pipelining === "untried" || notes.pipelining === "liked");
  return wanted.slice(0, mayPipeline ? left : 1);
}

function wantedRoutes(notes: Notes): readonly GetRouteId[] {
  if (!notes.settled.has("version")) return ["version"];
  if (notes.version === null) return withoutVersion(notes);
  if (!notes.settled.has("tags") || !notes.settled.has("ps")) {
    return notes.settled.has("tags") && notes.models === null ? furtherRoutes(notes) : ["tags", "ps"];
  }
  return furtherRoutes(notes);
}

/** A list that did not come, or a foreign root, is followed only as far as it tells which product this is. */
function furtherRoutes(notes: Notes): readonly GetRouteId[] {
  const tell = routeThatWouldTell(evidenceOf(notes));
  if (notes.models === null) {
    if (!notes.settled.has("root")) return ["root"];
    return tell === null ? [] : [tell];
  }
  const left = notes.ceiling - notes.sent;
  const further = FURTHER.map((route) => (route === "v1-models" && tell !== null ? tell : route));
  return further.filter((route) => !notes.settled.has(route)).slice(0, left);
}

/** No fitting version: a very old Ollama, an emulator, or something else. One question at a time. */
function withoutVersion(notes: Notes): readonly GetRouteId[] {
  if (!notes.settled.has("root")) return ["root"];
  if (!notes.settled.has("tags")) return ["tags"];
  const tell = routeThatWouldTell(evidenceOf(notes));
  if (notes.models !== null) return [tell ?? "v1-models", "control", "ps"];
  if (notes.tagsMisshapen) return ["v1-models"];
  return tell === null ? [] : [tell];
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
