import type { StoredLook } from "../format/stored-look.ts";
import { PRODUCTS } from "../knowledge/products/index.ts";
import { BASE_PATH } from "../model/base-path.ts";
import type { Observation, Vantage } from "../model/observation.ts";
import type { StoredReply } from "../model/reply.ts";
import { READ_ONLY_ROUTES } from "../knowledge/read-only-routes.ts";
import { judgeReplies, type StoredJudgement } from "./judge-replies.ts";

/** Whose file it is. */
export interface Origin {
  readonly source: string;
  readonly vantage: Vantage | null;
}

/** A look whose paths lie below one base path. */
export interface BasedLook extends StoredLook {
  readonly base_path: string;
}

/** Paths that mean something, the longest first: what stands before one of them is the base path. */
const KNOWN_PATHS: readonly string[] = Object.values(READ_ONLY_ROUTES)
  .map(({ path }) => path)
  .filter((path) => path !== "/" && !path.includes("{"))
  .toSorted((one, other) => other.length - one.length);

/** Cuts a path that was asked into base path and route: `/llm/api/tags` → `/llm`, `/api/tags`. A path that nobody knows stays whole. */
export function splitPath(path: string): { readonly base: string; readonly path: string } {
  const known = KNOWN_PATHS.find((one) => path.endsWith(one));
  const base = known === undefined ? "" : path.slice(0, path.length - known.length);
  if (known === undefined || base === "" || base.endsWith("/") || !BASE_PATH.test(base)) return { base: "/", path };
  return { base, path: known };
}

/** The same look, for each base path that its replies name. */
export function basedLooks(look: StoredLook): readonly BasedLook[] {
  if (look.replies.length === 0) return [{ ...look, base_path: "/" }];
  const byBase = new Map<string, StoredReply[]>();
  for (const reply of look.replies) {
    const { base, path } = splitPath(reply.path);
    byBase.set(base, [...(byBase.get(base) ?? []), { ...reply, path }]);
  }
  return [...byBase].map(([base_path, replies]) => ({ ...look, replies, base_path }));
}

/**
 * Makes the observation of a look. Replies are judged as fresh ones would be; what the source says in its own words fills only what they
 * leave open, and confirms nothing. An open port alone is a candidate: `other`, no product, no status.
 */
export function observeLook(look: BasedLook, { source, vantage }: Origin): Observation {
  const { claim, place } = look;
  const judged = look.replies.length === 0 ? CANDIDATE : judgeReplies(look.replies);
  const claimed = productOf(claim.products);
  const product = judged.product ?? claimed;
  return {
    kind: "observation",
    schema: 1,
    scheme: look.scheme,
    address: look.address,
    port: look.port,
    host_name: look.host_name,
    base_path: look.base_path,
    seen_at: look.seen_at,
    run: null,
    vantage,
    source,
    ...judged,
    product,
    version: judged.version ?? (claimed !== null && claimed === product ? claim.version : null),
    failure: judged.failure ?? look.failure,
    server: judged.server ?? claim.server,
    title: judged.title ?? claim.title,
    certificate: null,
    ...place,
    requests: null,
    duration_ms: null,
  };
}

const CANDIDATE: StoredJudgement = {
  answer: "other",
  confirmed: false,
  product: null,
  fingerprint: null,
  version: null,
  status: null,
  failure: null,
  signs: [],
  server: null,
  title: null,
  page: null,
  models: null,
  running: null,
};

const PRODUCT_WORDS: ReadonlyMap<string, string> = new Map(
  PRODUCTS.flatMap(({ id, name }) => [[id, id] as const, [name.toLowerCase(), id] as const]),
);

/** The product that one of a source's words names: an id or a name of the table, nothing like it. */
function productOf(words: readonly string[]): string | null {
  for (const word of words) {
    const id = PRODUCT_WORDS.get(word.trim().toLowerCase());
    if (id !== undefined) return id;
  }
  return null;
}
