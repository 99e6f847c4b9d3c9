import type { Evidence } from "../../knowledge/product.ts";
import type { GetRouteId } from "../../knowledge/read-only-routes.ts";
import type { Failure } from "../../model/failure.ts";
import type { ModelEntry, RunningEntry, Sign } from "../../model/observation.ts";
import type { ReadReply } from "../../model/reply.ts";
import type { OpenAiModel } from "../../model/route-reading.ts";

/** GETs at first sight, and on a re-visit whose digests are known. */
export const FIRST_SIGHT_GETS = 6;
export const REVISIT_GETS = 3;

/** How the service takes several requests in one write. */
export type Pipelining = "untried" | "liked" | "disliked" | "pointless";

/** Why no further GET goes out. */
export type Stop = "login" | "denied" | "enough";

/** Everything one look, fresh or stored, has learned so far; changed by `takeReply` and `takeFailure` only. */
export interface Notes {
  /** GETs that went out, repeated ones included, and how many may. */
  sent: number;
  ceiling: number;
  /** Routes that need not be asked (again): answered, or given up. */
  readonly settled: Set<GetRouteId>;
  pipelining: Pipelining;
  stop: Stop | null;
  version: string | null;
  models: readonly ModelEntry[] | null;
  /** `/api/tags` answered 200, but with something else. */
  tagsMisshapen: boolean;
  running: readonly RunningEntry[] | null;
  /** One of the two lists held entries that were left out. */
  hasOddEntries: boolean;
  openAi: readonly OpenAiModel[] | null;
  root: string | null;
  /** Replies by which products are told; of an Ollama none. */
  readonly replies: Partial<Record<GetRouteId, ReadReply>>;
  /** Server field of the answer to `/`, else of the first that had one. */
  server: string | null;
  /** Beginnings of the bodies of version, tags and ps, to compare with the control path's. */
  readonly beginnings: string[];
  /** Beginning of what the control path got with a 2xx; `null` when it was not asked or refused as it should be. */
  control: string | null;
  /** Answers that sent elsewhere; none is followed. */
  redirects: number;
  /** Signs of a made-up Ollama; they count only when it says that it is one. */
  readonly signs: Set<Sign>;
  /** Status of the answer that decides. */
  status: number | null;
  /** The first thing that went wrong and was not made good. */
  failure: Failure | null;
}

/** Nothing asked yet. */
export function createNotes(ceiling: number): Notes {
  return {
    sent: 0,
    ceiling,
    settled: new Set(),
    pipelining: "untried",
    stop: null,
    version: null,
    models: null,
    tagsMisshapen: false,
    running: null,
    hasOddEntries: false,
    openAi: null,
    root: null,
    replies: {},
    server: null,
    beginnings: [],
    control: null,
    redirects: 0,
    signs: new Set(),
    status: null,
    failure: null,
  };
}

/** The part of the notes that tells products apart. */
export function evidenceOf(notes: Notes): Evidence {
  return {
    version: notes.version,
    models: notes.models,
    root: notes.root,
    owners: notes.openAi?.map((model) => model.owned_by ?? "") ?? null,
    replies: notes.replies,
  };
}
