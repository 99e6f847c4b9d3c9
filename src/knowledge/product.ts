import type { ModelEntry } from "../model/observation.ts";
import type { GetRouteId } from "./read-only-routes.ts";

/** What a look learned that can tell products apart; `null` is "not seen". */
export interface Evidence {
  /** From `/api/version`. */
  readonly version: string | null;
  /** From `/api/tags`. */
  readonly models: readonly ModelEntry[] | null;
  /** The beginning of what `/` says. */
  readonly root: string | null;
  /** `owned_by` values of `/v1/models`. */
  readonly owners: readonly string[] | null;
  /** Parsed body of the product's own route, when it was asked and answered 200 with a JSON object. */
  readonly own: { readonly route: GetRouteId; readonly body: Readonly<Record<string, unknown>> } | null;
}

/** One sign that tells a product. `certain` settles it; else it is a reason to ask the product's own route. */
export interface Tell {
  readonly certain: boolean;
  readonly holds: (evidence: Evidence) => boolean;
  readonly source: string;
  readonly matches: readonly [Partial<Evidence>, ...Partial<Evidence>[]];
  /** Look-alikes that it must not take. */
  readonly rejects: readonly [Partial<Evidence>, ...Partial<Evidence>[]];
}

/** A product that answers Ollama's paths. */
export interface Product {
  /** Stands in the `product` column for ever. */
  readonly id: string;
  readonly name: string;
  /** A route only this product answers, asked when an uncertain sign points at it. */
  readonly ownRoute: GetRouteId | null;
  readonly tells: readonly [Tell, ...Tell[]];
}

/** Evidence with nothing seen. */
export const NO_EVIDENCE: Evidence = { version: null, models: null, root: null, owners: null, own: null };

/** The title of an HTML page whose beginning is at hand; empty when there is none. */
export function titleOf(page: string | null): string {
  const from = page?.indexOf("<title>") ?? -1;
  return page === null || from < 0 ? "" : (page.slice(from + "<title>".length).split("<", 1)[0] ?? "").trim();
}
