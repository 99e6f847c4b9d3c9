import { Buffer } from "node:buffer";
import { judge } from "../classify/look/judge.ts";
import { createNotes, FIRST_SIGHT_GETS, type Notes } from "../classify/look/notes.ts";
import { takeReply, wantsReply } from "../classify/look/take-reply.ts";
import { readReply } from "../format/read-reply.ts";
import { isReadRoute, readRoute } from "../format/route-reading.ts";
import { type GetRouteId, READ_ONLY_ROUTES } from "../knowledge/read-only-routes.ts";
import { LINE_LIMITS } from "../model/line-limits.ts";
import type { Answer, Observation } from "../model/observation.ts";
import type { StoredReply } from "../model/reply.ts";

/** What stored replies of one service mean: the columns of an observation that a fresh look would have filled from them. */
export type StoredJudgement = Pick<
  Observation,
  | "answer"
  | "confirmed"
  | "product"
  | "fingerprint"
  | "version"
  | "status"
  | "failure"
  | "signs"
  | "server"
  | "title"
  | "page"
  | "models"
  | "running"
>;

/** Ollama's own routes in the order taken: what decides most comes last, and the version before the list that is read by it. */
const OWN: readonly GetRouteId[] = ["root", "v1-models", "version", "ps", "tags"];
const LAST: ReadonlySet<string> = new Set(["show", "control", ...OWN]);
const OTHERS = Object.keys(READ_ONLY_ROUTES).filter((route): route is GetRouteId => !LAST.has(route));
/** Routes of which a real server answers a GET with 405 or 404. Corral never asks them; a stored answer may be there (rule R10). */
const WRITING = /^\/api\/(?:generate|chat|embed|embeddings|pull|push|create|copy|delete)$/u;
const OK = 200;
const BEGINNING_BYTES = 4_096;

/** Judges replies that somebody kept, paths below the base path, as a fresh look's would be. */
export function judgeReplies(replies: readonly StoredReply[]): StoredJudgement {
  const at = new Map(replies.map((reply) => [reply.path, reply]));
  const notes = createNotes(FIRST_SIGHT_GETS);
  for (const route of [...OTHERS, ...OWN]) {
    const reply = at.get(READ_ONLY_ROUTES[route].path);
    if (reply !== undefined) takeStored(notes, route, reply);
  }
  const stranger = replies.find(({ path }) => !isRoute(path));
  const verdict = judge(notes);
  const writes = replies.some(({ path, status }) => WRITING.test(path) && status === OK);
  return {
    answer: verdict.answer === "other" && notes.settled.size === 0 ? denialOf(stranger) : verdict.answer,
    confirmed: verdict.confirmed,
    product: verdict.product,
    fingerprint: verdict.fingerprint,
    version: verdict.version,
    status: verdict.status ?? stranger?.status ?? null,
    failure: verdict.failure,
    signs: writes ? [...verdict.signs, "writes-answered"] : verdict.signs,
    server: textOf(notes.server ?? stranger?.headers["server"] ?? null),
    title: textOf(verdict.title),
    page: verdict.page,
    models: verdict.models,
    running: notes.running,
  };
}

function takeStored(notes: Notes, route: GetRouteId, stored: StoredReply): void {
  const { status, headers, isCut } = stored;
  const body = Buffer.from(stored.body ?? "");
  const isRead = stored.body !== null && !isCut && status >= 200 && status <= 299;
  const reading = isRead && isReadRoute(route) ? readRoute(route, body) : null;
  const reply = wantsReply(notes, route, reading, body.length) ? readReply({ status, headers }, body, isCut) : null;
  takeReply(
    notes,
    route,
    { status, headers, beginning: body.toString("latin1", 0, BEGINNING_BYTES), isCut, reading, reply },
    false,
  );
}

const PATHS: ReadonlySet<string> = new Set(Object.values(READ_ONLY_ROUTES).map(({ path }) => path));

function isRoute(path: string): boolean {
  return PATHS.has(path);
}

/** A path that no product is told by still tells a login. */
function denialOf(reply: StoredReply | undefined): Answer {
  if (reply?.status === 401) return "login";
  return reply?.status === 403 || reply?.status === 407 ? "denied" : "other";
}

function textOf(text: string | null): string | null {
  return text === null || text === "" || text.length > LINE_LIMITS.text || !text.isWellFormed() ? null : text;
}
