import { OLLAMA_GREETING } from "../../knowledge/ollama-greeting.ts";
import type { GetRouteId } from "../../knowledge/read-only-routes.ts";
import type { Failure } from "../../model/failure.ts";
import type { Result } from "../../model/result.ts";
import type { RouteReading, TagsReading } from "../../model/route-reading.ts";
import { noteSigns } from "./reply-signs.ts";
import type { TakenReply } from "./taken-reply.ts";
import type { Notes } from "./notes.ts";

/** Routes that make the service what it is; the others only add to what is known of it. */
const CORE: ReadonlySet<GetRouteId> = new Set(["version", "tags", "ps"]);
/** A server that says so wants to be left alone for now (rule R15). */
const BACK_OFF: ReadonlySet<number> = new Set([429, 503]);
/** A root as short as this from a likely Ollama is read from its beginning. */
const GREETING_BYTES = OLLAMA_GREETING.length;
const MOST_REDIRECTS = 2;
/** Beginnings that are kept to compare; longer than any two answers of a real server agree. */
const COMPARED_CHARACTERS = 256;
/** A version alone is shorter than this; more beside it may tell another product. */
const BARE_VERSION_BYTES = 48;

/** Whether the reply itself is needed to tell a product: not for what an Ollama says on its own routes. */
export function wantsReply(notes: Notes, route: GetRouteId, reading: RouteReading | null, bytes: number): boolean {
  const isGreeting = route === "root" && bytes === GREETING_BYTES && notes.version !== null && notes.models !== null;
  if (reading?.read.ok !== true) return route !== "control" && !isGreeting;
  if (route === "version") return bytes > BARE_VERSION_BYTES;
  return route === "v1-models" && notes.models === null;
}

/**
 * Notes one answer.
 *
 * @param inBatch - It was pipelined: an answer of the wrong shape may belong to another request, so the route is asked again alone.
 * @returns What was wrong with it, for the request log; `null` when it fits or is an honest refusal.
 */
export function takeReply(notes: Notes, route: GetRouteId, taken: TakenReply, inBatch: boolean): Failure | null {
  const { status } = taken;
  notes.settled.add(route);
  if (taken.reply !== null) notes.replies[route] = taken.reply;
  if (route === "root" || notes.server === null) notes.server = taken.headers["server"] ?? notes.server;
  noteSigns(notes, route, taken);
  if (status === 401 || status === 403 || status === 407) return takeDenial(notes, status);
  if (route !== "control") notes.status = decides(notes, route) ? status : notes.status;
  if (BACK_OFF.has(status)) notes.stop = "enough";
  if (status >= 300 && status < 400) return takeRedirect(notes, route);
  if (status < 200 || status > 299) return null;
  const failure = takeBody(notes, route, taken);
  if (failure === null || !CORE.has(route)) return failure;
  if (inBatch) {
    notes.settled.delete(route);
    notes.pipelining = "disliked";
  } else {
    notes.failure ??= failure;
  }
  return failure;
}

/** Notes that a route got no answer, or a broken one, and will not be asked again. */
export function takeFailure(notes: Notes, route: GetRouteId, failure: Failure): void {
  notes.settled.add(route);
  if (CORE.has(route) || notes.models === null) notes.failure ??= failure;
}

/** The status of the last route asked decides, until a list was read. */
function decides(notes: Notes, route: GetRouteId): boolean {
  return notes.models === null && (CORE.has(route) || notes.version === null);
}

/** What was learned before stands: a list that was read without a login stays open. */
function takeDenial(notes: Notes, status: number): null {
  const isOpen = notes.models !== null;
  notes.stop = isOpen ? "enough" : status === 401 ? "login" : "denied";
  if (!isOpen) notes.status = status;
  return null;
}

/** A page may send its visitors elsewhere from one path only; a service that does so twice sends everybody away. */
function takeRedirect(notes: Notes, route: GetRouteId): Failure {
  if (CORE.has(route) || route === "root") notes.failure ??= "redirect";
  notes.redirects += 1;
  if (notes.models === null && notes.redirects >= MOST_REDIRECTS) notes.stop = "enough";
  return "redirect";
}

function takeBody(notes: Notes, route: GetRouteId, taken: TakenReply): Failure | null {
  if (CORE.has(route)) notes.beginnings.push(taken.beginning.slice(0, COMPARED_CHARACTERS));
  if (route === "root") notes.root = taken.reply?.body ?? taken.beginning;
  if (route === "control") notes.control = taken.beginning.slice(0, COMPARED_CHARACTERS);
  if (taken.reading !== null) return takeReading(notes, taken.reading);
  return taken.isCut ? "body-too-large" : null;
}

function takeReading(notes: Notes, reading: RouteReading): Failure | null {
  switch (reading.route) {
    case "version":
      return keep(reading.read, ({ version, signs }) => {
        notes.version = version;
        for (const sign of signs) notes.signs.add(sign);
      });
    case "ps":
      return keep(reading.read, ({ entries, odd }) => {
        notes.running = entries;
        notes.hasOddEntries ||= odd > 0;
      });
    case "v1-models":
      return keep(reading.read, (models) => (notes.openAi = models));
    case "tags":
      return takeList(notes, reading.read);
  }
}

function takeList(notes: Notes, read: Result<TagsReading, Failure>): Failure | null {
  notes.tagsMisshapen = true;
  if (read.ok && isForeign(notes, read.value)) return "wrong-shape";
  return keep(read, ({ entries, odd, signs }) => {
    notes.tagsMisshapen = false;
    notes.models = entries;
    notes.hasOddEntries ||= odd > 0;
    notes.status = 200;
    for (const sign of signs) notes.signs.add(sign);
  });
}

/** Whether a list without one fitting entry comes from a service that named no version either: it is not empty but another product's. */
function isForeign(notes: Notes, { entries, odd }: TagsReading): boolean {
  return notes.version === null && entries.length === 0 && odd > 0;
}

function keep<T>(read: Result<T, Failure>, note: (value: T) => void): Failure | null {
  if (!read.ok) return read.error;
  note(read.value);
  return null;
}
