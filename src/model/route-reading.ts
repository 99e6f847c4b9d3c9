import type { Failure } from "./failure.ts";
import type { ModelEntry, RunningEntry, Sign } from "./observation.ts";
import type { Result } from "./result.ts";

/** One entry of `/v1/models`; `null` is "not sent". */
export interface OpenAiModel {
  readonly id: string;
  /** Unix seconds. */
  readonly created: number | null;
  readonly owned_by: string | null;
}

/** What a list held. One strange entry must not hide the server that sent it. */
export interface ModelList<T> {
  /** In the order sent. */
  readonly entries: readonly T[];
  /** How many were left out because they are no entry: a name over its cap, a control character, a field of the wrong type. */
  readonly odd: number;
}

/** A list of models, and what its raw JSON shows that its entries no longer do. */
export interface TagsReading extends ModelList<ModelEntry> {
  readonly signs: readonly Sign[];
}

/** A version, and what else its raw JSON shows. */
export interface VersionReading {
  readonly version: string;
  readonly signs: readonly Sign[];
}

/** What the body of a 200 of one of Ollama's own routes says. */
export type RouteReading =
  | { readonly route: "version"; readonly read: Result<VersionReading, Failure> }
  | { readonly route: "tags"; readonly read: Result<TagsReading, Failure> }
  | { readonly route: "ps"; readonly read: Result<ModelList<RunningEntry>, Failure> }
  | { readonly route: "v1-models"; readonly read: Result<readonly OpenAiModel[], Failure> };
