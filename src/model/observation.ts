import type { Failure } from "./failure.ts";
import type { Instant } from "./instant.ts";
import type { Service } from "./service.ts";

/** What came back. `silent` and `refused` are rows only for services seen before; else they are counts of the run. */
export const ANSWERS = ["open", "login", "denied", "refused", "silent", "other"] as const;
export type Answer = (typeof ANSWERS)[number];

/** From where a run looked: the host itself, inside its network, or outside of it. */
export const VANTAGES = ["same-host", "inside", "outside"] as const;
export type Vantage = (typeof VANTAGES)[number];

/** One entry of `/api/tags` as servers send it; `null` is "not sent" (facts/ollama-api.md 3.2). */
export interface ModelEntry {
  readonly name: string;
  readonly model: string | null;
  /** Text as sent, with zone and nanoseconds. */
  readonly modified_at: string | null;
  readonly size: number | null;
  /** 64 hex characters when honest; kept as sent. */
  readonly digest: string | null;
  readonly details: ModelDetails | null;
  readonly capabilities: readonly string[] | null;
  readonly remote_model: string | null;
  readonly remote_host: string | null;
}

export interface ModelDetails {
  readonly parent_model: string | null;
  readonly format: string | null;
  readonly family: string | null;
  readonly families: readonly string[] | null;
  readonly parameter_size: string | null;
  readonly quantization_level: string | null;
  readonly context_length: number | null;
  readonly embedding_length: number | null;
}

/** One entry of `/api/ps`: a model loaded at that moment (facts/ollama-api.md 3.3). */
export interface RunningEntry {
  readonly name: string;
  readonly digest: string | null;
  readonly size: number | null;
  readonly size_vram: number | null;
  readonly context_length: number | null;
  readonly expires_at: string | null;
}

/** Facts of the certificate a TLS service showed; never a verdict on trust. */
export interface CertificateFacts {
  readonly sha256: string;
  readonly subject: string | null;
  readonly issuer: string | null;
  readonly not_before: Instant | null;
  readonly not_after: Instant | null;
  readonly names: readonly string[];
  readonly self_signed: boolean;
}

/** Signs noticed while asking, kept as evidence for later judgements. */
export const SIGNS = [
  "control-answered", // the random path got a 2xx: every path answers
  "control-same-body", // ... with the body of another route
  "control-tells", // ... with the very JSON by which the product was told
  "card-disagrees", // its card differs from what others say of the same digest
  "field-too-new", // sends a field that its version could not send
  "pipelining-disliked", // had to be asked one by one
  "odd-entries", // its list of models, or of running ones, held entries that are none; they were left out
  "version-odd", // the version it told cannot be shown as sent: control characters, or longer than any
  "open-signup", // strangers may make themselves an account
  "no-admin", // nobody has made the first account yet: whoever comes first is administrator
  "auth-disabled", // says of itself that its login is turned off
  "management-open", // a route that manages the service answered without a login
  "root-server-header", // a Server field beside the greeting of Ollama, which sends none
  "charset-wrong", // charset where Ollama sends none, or none where it sends one
  "not-found-foreign", // a 404 that is not Go's plain text
  "cors-unasked", // CORS fields although no Origin was sent
  "created-differs", // `created` of /v1/models is not `modified_at` of /api/tags
  "keys-sorted", // JSON keys in alphabetical order, which Ollama's are not
  "details-misnamed", // keys inside `details` that no version has
  "mixed-body", // one body with keys of several routes
  "passwd-body", // a body that looks like a passwd file
  "writes-answered", // a stored 200 to GET /api/generate or the like: a real server says 405
] as const;
export type Sign = (typeof SIGNS)[number];

/**
 * One look at one service in one run; also the line of Corral's JSONL, of the journal and of an export
 * (`docs/reference/observation.schema.json`). Every field is always present; `null` means not seen, never zero.
 */
export interface Observation extends Service {
  readonly kind: "observation";
  readonly schema: 1;
  readonly seen_at: Instant;
  /** 32 hex digits; `null` in a foreign file that names no run (the import's own run takes its place). */
  readonly run: string | null;
  readonly vantage: Vantage | null;
  /** Who looked: `corral`, `censys`, or the name a foreign file gives itself. */
  readonly source: string;
  readonly answer: Answer;
  /** The rule of facts/survey.md 4: a string `version` and a `models` list or null. What the study counts. */
  readonly confirmed: boolean;
  /** Id of a row of `knowledge/products/`: `ollama`, `vllm`, an emulator's (`koboldcpp`); `null` = not told. */
  readonly product: string | null;
  /** Id of the sign that settled the product (`vllm.owner`). */
  readonly fingerprint: string | null;
  readonly version: string | null;
  /** The HTTP status that decided the answer. */
  readonly status: number | null;
  readonly failure: Failure | null;
  readonly signs: readonly Sign[];
  /** Server field of the answer to `/`, else of the answer that decided. */
  readonly server: string | null;
  /** Title of the page at `/`. */
  readonly title: string | null;
  /** First 32 hex digits of SHA-256 over the beginning of the body of `/`; `null` for the greeting of Ollama too. */
  readonly page: string | null;
  /** `null` = list not seen; `[]` = seen and empty. */
  readonly models: readonly ModelEntry[] | null;
  readonly running: readonly RunningEntry[] | null;
  readonly certificate: CertificateFacts | null;
  /** ISO 3166 alpha-2. */
  readonly country: string | null;
  readonly region: string | null;
  readonly city: string | null;
  readonly asn: number | null;
  readonly organisation: string | null;
  /** What a source says of the network: `hosting`, `mobile`, `satellite`, `vpn`, `proxy`, `tor`, or its own words. */
  readonly labels: readonly string[] | null;
  /** Who says the place: `record`, or the name and build date of a table of networks (`ip-location-db 2026-11-01`). */
  readonly place_source: string | null;
  /** Requests this look cost, connection retries included. */
  readonly requests: number | null;
  readonly duration_ms: number | null;
}
