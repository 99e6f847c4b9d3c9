import { takeReply, wantsReply } from "../../classify/look/take-reply.ts";
import type { Notes } from "../../classify/look/notes.ts";
import type { HttpAnswer } from "../../format/http-answer.ts";
import { readReply } from "../../format/read-reply.ts";
import { isReadRoute, readRoute } from "../../format/route-reading.ts";
import type { GetRouteId } from "../../knowledge/read-only-routes.ts";
import type { Failure } from "../../model/failure.ts";
import type { RouteReading } from "../../model/route-reading.ts";

const BEGINNING_BYTES = 4_096;
/** Of the body of a list no more is compared. */
const COMPARED_BYTES = 256;

/**
 * Notes one answer from a socket.
 *
 * @param inBatch - It was pipelined.
 * @returns What was wrong with it, for the request log; `null` when it fits or is an honest refusal.
 */
export function takeAnswer(notes: Notes, route: GetRouteId, answer: HttpAnswer, inBatch: boolean): Failure | null {
  const { head, body, truncated: isCut } = answer;
  const { status, kept: headers } = head;
  const reading = isCut || status < 200 || status > 299 ? null : readingOf(route, answer);
  const reply = wantsReply(notes, route, reading, body.length) ? readReply({ status, headers }, body, isCut) : null;
  const beginning = body.toString("latin1", 0, isReadRoute(route) ? COMPARED_BYTES : BEGINNING_BYTES);
  return takeReply(notes, route, { status, headers, beginning, isCut, reading, reply }, inBatch);
}

function readingOf(route: GetRouteId, { body }: HttpAnswer): RouteReading | null {
  return isReadRoute(route) ? readRoute(route, body) : null;
}
