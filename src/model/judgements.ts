/**
 * The pure judgements that views of the lake need, handed to the store by the face that opens it (the store knows no judgement itself).
 * Each is asked once per distinct input, so re-judging old data costs nothing and no verdict is frozen on disk.
 */
export interface Judgements {
  model(input: ModelInput): ModelJudgement;
  /** CVEs a version string indicates, empty for none; `known` is false when the version cannot be parsed: then nothing is known. */
  version(version: string | null): VersionJudgement;
}

export interface ModelInput {
  readonly name: string | null;
  readonly family: string | null;
  readonly quantization_level: string | null;
  readonly parameter_size: string | null;
  readonly remote_host: string | null;
}

export interface ModelJudgement {
  /** Architecture line (`llama`, `qwen2`); `null` = not seen. */
  readonly lineage: string | null;
  /** Maker's line by name (`deepseek-r1`); `null` = cannot be told. */
  readonly brand: string | null;
  readonly maker: string | null;
  readonly bits: number | null;
  readonly parameter_count: number | null;
  readonly parameter_band: string | null;
  readonly is_cloud: boolean;
}

export interface CveIndication {
  readonly cve: string;
  readonly state: "indicated" | "unknown";
  readonly kind: "fixed-version" | "range-only";
  readonly fixed_in: string | null;
  readonly severity: "critical" | "high" | "medium" | "low";
  readonly reach: string;
  readonly title: string;
  readonly source: string;
}

export interface VersionJudgement {
  readonly known: boolean;
  /** `0.17.1` → 17001; `null` when unknown. Orders versions; a release candidate sorts before its release. */
  readonly rank: number | null;
  readonly capabilities_in_tags: boolean | null;
  readonly cves: readonly CveIndication[];
}
