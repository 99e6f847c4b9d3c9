import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { isObject } from "../format/bounded-value.ts";
import { parseJson } from "../format/json-guard.ts";
import { readOpenAiModels, readRunning, readVersion } from "../format/ollama-answers.ts";
import { readTags } from "../format/ollama-tags.ts";
import { type Evidence, NO_EVIDENCE, type Product, titleOf } from "../knowledge/product.ts";
import { PRODUCTS } from "../knowledge/products/index.ts";
import { type GetRouteId, READ_ONLY_ROUTES } from "../knowledge/read-only-routes.ts";
import type { Failure } from "../model/failure.ts";
import { LINE_LIMITS } from "../model/line-limits.ts";
import type { Answer, ModelEntry, RunningEntry, Sign } from "../model/observation.ts";
import type { StoredReply } from "../model/reply.ts";
import { fail, ok, type Result } from "../model/result.ts";

/** What stored replies of one service mean: the columns of an observation that a fresh look would have filled from them. */
export interface StoredJudgement {
  readonly answer: Answer;
  readonly confirmed: boolean;
  readonly product: string | null;
  readonly fingerprint: string | null;
  readonly version: string | null;
  readonly status: number | null;
  readonly failure: Failure | null;
  readonly signs: readonly Sign[];
  readonly server: string | null;
  readonly title: string | null;
  readonly page: string | null;
  readonly models: readonly ModelEntry[] | null;
  readonly running: readonly RunningEntry[] | null;
}

const GREETING = "Ollama is running";
/** Routes by what decides most: the first that was answered gives status and failure. */
const DECIDING = ["/api/tags", "/api/version", "/api/ps", "/v1/models", "/"] as const;
const DENIALS: ReadonlyMap<number, Answer> = new Map<number, Answer>([
  [401, "login"],
  [403, "denied"],
  [407, "denied"],
]);

/** Judges replies that somebody kept, paths below the base path, as a fresh look's would be. */
export function judgeReplies(replies: readonly StoredReply[], _port: number): StoredJudgement {
  const at = new Map(replies.map((reply) => [reply.path, reply]));
  const version = read(at.get("/api/version"), readVersion);
  const tags = read(at.get("/api/tags"), readTags);
  const running = read(at.get("/api/ps"), readRunning);
  const openAi = read(at.get("/v1/models"), readOpenAiModels);
  const root = at.get("/");
  const models = tags?.ok === true ? tags.value.entries : null;
  const evidence: Evidence = {
    ...NO_EVIDENCE,
    version: version?.ok === true ? version.value : null,
    models,
    root: root !== undefined && isFine(root) ? root.body : null,
    owners: openAi?.ok === true ? openAi.value.map((model) => model.owned_by ?? "") : null,
    own: ownBody(at),
  };
  const product = tellProduct(evidence);
  const odd = (tags?.ok === true ? tags.value.odd : 0) + (running?.ok === true ? running.value.odd : 0);
  const deciding = DECIDING.map((path) => at.get(path)).find((reply) => reply !== undefined) ?? replies[0];
  const misread = [version, tags, running].find((one) => one?.ok === false);
  return {
    answer: answerOf(replies, models),
    confirmed: product === "ollama" && evidence.version !== null && models !== null,
    product,
    fingerprint: null,
    version: evidence.version,
    status: models === null ? (deciding?.status ?? null) : 200,
    failure: misread?.ok === false ? misread.error : isRedirect(deciding) ? "redirect" : null,
    signs: odd > 0 ? ["odd-entries"] : [],
    server: textOf((root ?? deciding)?.headers["server"] ?? null),
    title: textOf(titleOf(evidence.root)),
    page: pageOf(evidence.root),
    models,
    running: running?.ok === true ? running.value.entries : null,
  };
}

function answerOf(replies: readonly StoredReply[], models: readonly ModelEntry[] | null): Answer {
  if (models !== null) return "open";
  for (const [status, answer] of DENIALS) if (replies.some((reply) => reply.status === status)) return answer;
  return "other";
}

function tellProduct(evidence: Evidence): string | null {
  const products: readonly Product[] = PRODUCTS;
  return products.find(({ tells }) => tells.some((tell) => tell.certain && tell.holds(evidence)))?.id ?? null;
}

const OWN_ROUTES: readonly GetRouteId[] = ["koboldcpp-version", "localai-well-known", "open-webui-config"];

function ownBody(at: ReadonlyMap<string, StoredReply>): Evidence["own"] {
  for (const route of OWN_ROUTES) {
    const body = read(at.get(READ_ONLY_ROUTES[route].path), (json) =>
      isObject(json) ? ok(json) : fail("wrong-shape"),
    );
    if (body?.ok === true) return { route, body: body.value };
  }
  return null;
}

/** `null` when the path was not asked, refused, or its body not kept. */
function read<T>(
  reply: StoredReply | undefined,
  reader: (json: unknown) => Result<T, Failure>,
): Result<T, Failure> | null {
  if (reply === undefined || !isFine(reply) || reply.body === null) return null;
  if (reply.isCut) return fail("body-too-large");
  const parsed = parseJson(Buffer.from(reply.body));
  return parsed.ok ? reader(parsed.value) : parsed;
}

function isFine({ status }: StoredReply): boolean {
  return status >= 200 && status <= 299;
}

function isRedirect(reply: StoredReply | undefined): boolean {
  return reply !== undefined && reply.status >= 300 && reply.status <= 399;
}

function pageOf(root: string | null): string | null {
  if (root === null || root === GREETING) return null;
  return createHash("sha256").update(root).digest("hex").slice(0, 32);
}

function textOf(text: string | null): string | null {
  return text === null || text === "" || text.length > LINE_LIMITS.text || !text.isWellFormed() ? null : text;
}
