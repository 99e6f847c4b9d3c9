import type { Outcome, Severity } from "./finding.ts";
import type { NetworkInput, NetworkJudgement } from "./network.ts";
import type { Answer } from "./observation.ts";

/**
 * The pure judgements that views of the lake need, handed to the store by the face that opens it (the store knows no judgement itself).
 * Each is asked once per distinct input, so re-judging old data costs nothing and no verdict is frozen on disk.
 */
export interface Judgements {
  model(input: ModelInput): ModelJudgement;
  /** CVEs a version string indicates, empty for none; `known` is false when the version cannot be parsed: then nothing is known. */
  version(version: string | null): VersionJudgement;
  /** Every check's outcome from a service's latest observation, `not-applicable` included, in the order of reports. */
  checks(input: CheckInput): readonly CheckOutcome[];
  /** Of each capability word, whether a model has it and by what it is known, in the order of reports. */
  capabilities(input: CapabilityInput): readonly CapabilityJudgement[];
  /** What kind of network an address lies in. */
  network(input: NetworkInput): NetworkJudgement;
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

/** What the checks need of a service's latest observation; few distinct values over any number of services. */
export interface CheckInput {
  /** Whether the address is in 127.0.0.0/8 or is `::1`. */
  readonly loopback: boolean;
  readonly answer: Answer;
  readonly confirmed: boolean;
  /** `ollama`, an emulator's id, or `null`. */
  readonly product: string | null;
  readonly version: string | null;
}

/** One check's outcome: `no-login`, `cve-2026-7482` (the lower-cased number) … */
export interface CheckOutcome {
  readonly check: string;
  readonly outcome: Outcome;
  readonly severity: Severity;
  readonly title: string;
  /** Release that ends it, of a check on versions; `null` = none is stated. */
  readonly fixed_in: string | null;
}

/** What is known of a model's capabilities; `null` = not seen. */
export interface CapabilityInput {
  /** The server's version: it decides which words a list could have held. */
  readonly version: string | null;
  /** `capabilities` of the entry in `/api/tags`. */
  readonly tags: readonly string[] | null;
  /** `capabilities` of an agreed card. */
  readonly card: readonly string[] | null;
  /** Version of the server that showed the card. */
  readonly card_version: string | null;
  readonly family: string | null;
  readonly families: readonly string[] | null;
  readonly template_uses_tools: boolean | null;
  readonly has_projector: boolean | null;
  readonly is_cloud: boolean;
}

/**
 * `advertised`: the server's list says so. `absent`: a list that could have said so does not. `inferred`: no list, but other
 * fields tell it. `unknown`: nothing tells. What is advertised is not what is wired up.
 */
export interface CapabilityJudgement {
  readonly capability: string;
  readonly state: "advertised" | "absent" | "inferred" | "unknown";
  /** What it is known by; `null` when unknown. */
  readonly basis: "tags" | "card" | "template" | "families" | "projector" | "architecture" | null;
}
