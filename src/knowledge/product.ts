import type { ModelEntry, Sign } from "../model/observation.ts";
import type { ReadReply } from "../model/reply.ts";
import type { GetRouteId } from "./read-only-routes.ts";

/** What a product is for; several checks ask for it. */
export const PRODUCT_KINDS = [
  "inference", // runs models and answers prompts
  "gateway", // passes prompts on to other servers
  "front-end", // a chat page over other servers
  "workflow", // agents and flows that call tools
  "agent-gateway", // lets agents reach tools and machines
  "vector-store", // holds what retrieval reads
  "image", // makes pictures
  "platform", // serves or tracks models of any sort
  "app", // any page built with a toolkit
] as const;
export type ProductKind = (typeof PRODUCT_KINDS)[number];

/** What a look learned that can tell products apart; `null`, or no reply, is "not seen". */
export interface Evidence {
  /** From `/api/version`. */
  readonly version: string | null;
  /** From `/api/tags`. */
  readonly models: readonly ModelEntry[] | null;
  /** The beginning of what `/` says. */
  readonly root: string | null;
  /** `owned_by` values of `/v1/models`. */
  readonly owners: readonly string[] | null;
  /** Replies of any status to the routes asked; version, list and running models only when they are not Ollama's. */
  readonly replies: Readonly<Partial<Record<GetRouteId, ReadReply>>>;
}

/** One sign that tells a product. `certain` settles it; else it is a reason to ask the product's own routes. */
export interface Tell {
  /** Stands in the `fingerprint` column for ever, after the product's id and a dot. */
  readonly id: string;
  readonly certain: boolean;
  readonly holds: (evidence: Evidence) => boolean;
  readonly source: string;
  readonly matches: readonly [Partial<Evidence>, ...Partial<Evidence>[]];
  /** Look-alikes that it must not take. */
  readonly rejects: readonly [Partial<Evidence>, ...Partial<Evidence>[]];
}

/** What a product's replies say of it; a field left out is "not seen". */
export interface ProductFacts {
  readonly version?: string | null;
  readonly models?: readonly ModelEntry[] | null;
  /** Whether a stranger gets what only users should: `open`, or `login` when the product says that it asks for one. */
  readonly access?: "open" | "login" | null;
  readonly signs?: readonly Sign[];
}

/** One answer of an example; the body is text, or JSON to be written out. */
export interface ExampleReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | object;
}

/** A whole server as it answers the survey's questions: invented, in the shape that the source gives. */
export interface ProductExample {
  readonly name: string;
  readonly replies: Readonly<Partial<Record<GetRouteId, ExampleReply>>>;
  /** The answer to every other path. */
  readonly otherwise: ExampleReply;
  /** What a look at it tells. */
  readonly told: {
    readonly version: string | null;
    /** Names of the models listed; `null` = no list. */
    readonly models: readonly string[] | null;
    readonly answer: "open" | "login" | "denied" | "other";
    readonly signs?: readonly Sign[];
  };
}

/** A product that may stand behind an open port. */
export interface Product {
  /** Stands in the `product` column for ever. */
  readonly id: string;
  readonly name: string;
  readonly kind: ProductKind;
  /** Where it listens unless told otherwise; a hint at what to ask, never a sign. */
  readonly ports: readonly number[];
  /** Harmless GETs that tell it and what it holds, in the order to ask; the first that says nothing ends the suspicion. */
  readonly routes: readonly GetRouteId[];
  /** Its real servers answer a path that they do not know with success, in words that name the path. */
  readonly answersEveryPath?: true;
  readonly tells: readonly [Tell, ...Tell[]];
  /** Reads the replies of a service that was told to be this product. */
  readonly facts: (evidence: Evidence) => ProductFacts;
  readonly examples: readonly [ProductExample, ...ProductExample[]];
  /** Whole servers that resemble it and are not it. */
  readonly lookAlikes: readonly ProductExample[];
}

/** Evidence with nothing seen. */
export const NO_EVIDENCE: Evidence = { version: null, models: null, root: null, owners: null, replies: {} };
