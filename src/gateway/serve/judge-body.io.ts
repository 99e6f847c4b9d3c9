import type { ModelRouteId } from "../../knowledge/ollama-routes.ts";
import { ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import type { RolePolicy } from "../config/gateway-config.ts";
import type { Refusal } from "../refusal.ts";
import { answerBound, applyPolicy } from "../request/apply-policy.ts";
import { BODY_FORMS } from "../request/body-form.ts";
import { bodyFacts, NO_FACTS } from "../request/body-facts.ts";
import type { BodyFacts } from "../request/body-facts.ts";
import { putWithin } from "../request/edit.ts";
import type { Edit } from "../request/edit.ts";
import type { RouteMatch } from "../request/find-route.ts";
import { member, textOf } from "../request/json-node.ts";
import { JsonScan } from "../request/json-scan.ts";
import { mayUse, modelRules } from "../request/model-rules.ts";
import { multipartFacts } from "../request/multipart-facts.ts";
import { pathFacts } from "../request/path-facts.ts";
import { spliceBody, splicedPieces } from "../request/splice-body.ts";
import type { Desk } from "./desk.ts";
import type { UpstreamBody } from "./forward.ts";
import type { Known } from "./tally.ts";

/** Bytes that are scanned before other requests get their turn: a fraction of a millisecond. */
const STEP_BYTES = 64 * 1024;
/** A longer body is digested in turns, and not copied. */
const LONG_BYTES = 64 * 1024;

const REMOTE_DENIED: Refusal = { status: 403, reason: "model-denied", message: "this key may not use this model" };
const LIST_UNREADABLE: Refusal = {
  status: 502,
  reason: "model-list-unreadable",
  message: "the model server does not tell its models, so it is not known where this one runs",
};

/** A request as it will go upstream, and what is known of it. */
export interface Judged extends Known {
  readonly body: UpstreamBody;
  /** The model's name as the client wrote it. */
  readonly asked: string | null;
  /** Whether the body passes through unread. */
  readonly passes: boolean;
  /** Whether the stream's counts were asked for by the gateway alone. */
  readonly hidesUsage: boolean;
}

/** What is judged, and by what. */
export interface Case {
  readonly role: RolePolicy;
  readonly match: RouteMatch;
  readonly contentType: string | null;
  readonly query: string;
}

/** What judging needs of the desk. */
export type Judging = Pick<Desk, "models" | "digest" | "digestSlowly">;

/** Reads a body as the upstream will, judges it by the role, and makes the changes that the role demands; a long body in turns. */
export function judgeBody(desk: Judging, asked: Case, body: Buffer): Judged | Refusal | Promise<Judged | Refusal> {
  const { id, parameter, route } = asked.match;
  if (route.body === "multipart") return judge(desk, asked, body, multipartFacts(asked.contentType, asked.query, body));
  if (route.body !== "json")
    return judge(desk, asked, body, parameter === null || route.model === "none" ? ok(NO_FACTS) : pathFacts(parameter));
  const form = BODY_FORMS[id];
  if (form === undefined) return judge(desk, asked, body, ok(NO_FACTS));
  const scan = new JsonScan(body, form);
  if (scan.step(STEP_BYTES)) return judge(desk, asked, body, bodyFacts(id, body, scan));
  return scanned(scan).then(() => judge(desk, asked, body, bodyFacts(id, body, scan)));
}

/** Scans on, other work between the steps. */
function scanned(scan: JsonScan): Promise<void> {
  return new Promise((resolve) => {
    const next = (): void => {
      if (scan.step(STEP_BYTES)) resolve();
      else setImmediate(next);
    };
    setImmediate(next);
  });
}

function judge(
  desk: Judging,
  { role, match }: Case,
  body: Buffer,
  facts: Result<BodyFacts, Refusal>,
): Judged | Refusal | Promise<Judged | Refusal> {
  if (!facts.ok) return facts.error;
  const edits = applyPolicy(match.id, facts.value, role);
  if (!edits.ok) return edits.error;
  const usage = usageEdit(match.id, facts.value);
  const known = {
    model: facts.value.model?.key ?? null,
    asked: askedName(facts.value),
    promptBytes: facts.value.promptBytes,
    answerTokens: match.route.generates
      ? (answerBound(facts.value, role) ?? role.reserveTokens * facts.value.choices)
      : 0,
    passes: false,
    hidesUsage: usage !== null,
  };
  const all = usage === null ? edits.value : [...edits.value, usage];
  const changed = body.length > LONG_BYTES && all.length > 0 ? splicedPieces(body, all) : spliceBody(body, all);
  const finish = (): Judged | Promise<Judged> => {
    const sent = changed.length === 0 ? null : changed;
    if (!match.route.generates) return { ...known, body: sent, promptDigest: null };
    if (body.length <= LONG_BYTES) return { ...known, body: sent, promptDigest: desk.digest(body) };
    return desk.digestSlowly(body).then((promptDigest) => ({ ...known, body: sent, promptDigest }));
  };
  return unlessRemote(desk, role, facts.value, finish);
}

/** A role that may use no model that runs elsewhere uses none whose name does not tell either. */
function unlessRemote(
  desk: Judging,
  role: RolePolicy,
  { model }: BodyFacts,
  finish: () => Judged | Promise<Judged>,
): Judged | Refusal | Promise<Judged | Refusal> {
  if (model === null || role.cloud) return finish();
  const isRemote = desk.models.isRemote(model.key);
  const rules = modelRules(role);
  const told = (is: boolean | null): Judged | Refusal | Promise<Judged | Refusal> => {
    if (mayUse(rules, model, is ?? true)) return finish();
    return is === null && mayUse(rules, model, false) ? LIST_UNREADABLE : REMOTE_DENIED;
  };
  return typeof isRemote === "boolean" ? told(isRemote) : isRemote.then(told);
}

/** Streams of OpenAI's shape tell their counts only when asked. */
function usageEdit(id: ModelRouteId, { body, stream }: BodyFacts): Edit | null {
  if ((id !== "v1-chat" && id !== "v1-completions") || !stream || body === null) return null;
  if (member(member(body.root, "stream_options"), "include_usage")?.kind === "true") return null;
  return putWithin(body.root, "stream_options", "include_usage", "true");
}

function askedName({ body, model }: BodyFacts): string | null {
  const node = body === null ? null : (member(body.root, "model") ?? member(body.root, "name"));
  return body === null || node === null ? (model?.key ?? null) : textOf(body.bytes, node);
}
