import type { DecoyEntryInput, DecoyEntryTraits, DecoyInput, DecoyJudgement } from "./decoy.ts";
import type { Outcome, Severity } from "./finding.ts";
import type { NetworkInput, NetworkJudgement } from "./network.ts";
import type { Answer, Sign } from "./observation.ts";

/**
 * The pure judgements that views of the lake need, handed to the store by the face that opens it (the store knows no judgement itself).
 * Each is asked once per distinct input, so re-judging old data costs nothing and no verdict is frozen on disk.
 */
export interface Judgements {
  /** Names the user's own rules among them: within one program, the same mark judges the same. */
  readonly mark: string;
  model(input: ModelInput): ModelJudgement;
  /** CVEs a version string indicates, empty for none; `known` is false when the version cannot be parsed: then nothing is known. */
  version(version: string | null): VersionJudgement;
  /** The outcome of every check but those on versions, `not-applicable` included, in the order of reports. */
  checks(input: CheckInput): readonly CheckOutcome[];
  /** The outcome of every check on versions, as above; `{version}` stands in the evidence for the version. */
  versionChecks(input: VersionCheckInput): readonly CheckOutcome[];
  /** Of each capability word, whether a model has it and by what it is known, in the order of reports. */
  capabilities(input: CapabilityInput): readonly CapabilityJudgement[];
  /** What kind of network an address lies in. */
  network(input: NetworkInput): NetworkJudgement;
  readonly decoys: DecoyJudgements;
  /** Products that hold what retrieval reads, and where they usually listen. */
  readonly vectorStores: readonly { readonly id: string; readonly port: number }[];
}

/** Judgements on whether a service is what it says it is. */
export interface DecoyJudgements {
  /** Texts of `modified_at` that are copied from published samples. */
  readonly sampleStamps: readonly string[];
  /** How the Server field of a known proxy begins, up to `/` or the end, in small letters. */
  readonly proxies: readonly string[];
  /** Ports on which an Ollama is nothing odd. */
  readonly usualPorts: readonly number[];
  entry(input: DecoyEntryInput): DecoyEntryTraits;
  service(input: DecoyInput): DecoyJudgement;
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

/** Days on which a service was seen count up to the next of these below: few distinct inputs over any number of services. */
export const DAY_STEPS = [0, 1, 2, 7, 30, 100] as const;

/**
 * What the checks need to know of a service: its last answer, and what its last list of models told. `null` = not seen; a capability is
 * `true` when a model of the list has it by its own word or by inference, `false` when the whole list says that none has.
 */
export interface CheckInput {
  /** Whether the address is in 127.0.0.0/8 or is `::1`. */
  readonly loopback: boolean;
  readonly answer: Answer;
  readonly confirmed: boolean;
  /** Id of a product; `null` = not told. */
  readonly product: string | null;
  /** The tell that settled the product (`open-webui.config`). */
  readonly fingerprint: string | null;
  /** Of the last look, those the checks ask for. */
  readonly signs: readonly Sign[];
  /** Something stands in front: a name, a path or TLS that Ollama has not by itself, or a Server field. */
  readonly fronted: boolean;
  readonly completion: boolean | null;
  readonly tools: boolean | null;
  readonly vision: boolean | null;
  readonly embedding: boolean | null;
  readonly has_cloud_model: boolean | null;
  /** Whether a card of the list bears a prompt or template of the class `guard-off`. */
  readonly guard_off: boolean | null;
  /** Infrastructure tier of the address's network. */
  readonly tier: string | null;
  /** Whether an open vector store stands at the same address; `false` only when the run asked all their usual ports. */
  readonly vector_store_beside: boolean | null;
  /** UTC dates on which the service was seen open, as {@link DAY_STEPS}. */
  readonly open_days: number;
  /** UTC dates on which somebody looked at it, as {@link DAY_STEPS}. */
  readonly looked_days: number;
}

/** What the checks on versions need of a service's latest observation. */
export interface VersionCheckInput {
  readonly answer: Answer;
  readonly confirmed: boolean;
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
  /** Why it came out so, in one sentence that quotes the facts and names no service. */
  readonly evidence: string;
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
