/** Risk classes of routes: A reads lists, B computes, C discloses prompts or identity, D changes models or disk or calls outside. */
export const RISK_CLASSES = ["A", "B", "C", "D"] as const;
export type RiskClass = (typeof RISK_CLASSES)[number];

/** Windows of the UTC calendar in which amounts are counted. */
export const WINDOWS = ["minute", "hour", "day", "month"] as const;
export type Window = (typeof WINDOWS)[number];

/** So many units in each window; a new window begins with none used. */
export interface Allowance {
  readonly count: number;
  readonly per: Window;
}

/** How much may be used; an empty list and `null` set no limit. Every entry of a list holds at once. */
export interface Limits {
  readonly requests: readonly Allowance[];
  /** Tokens of prompts and answers together, by the server's own counts. */
  readonly tokens: readonly Allowance[];
  /** Requests at work at the same time. */
  readonly concurrent: number | null;
}

/** The largest values a request may ask for; larger ones are lowered, `null` leaves them alone. */
export interface Clamp {
  /** Tokens of context (`num_ctx`). */
  readonly numCtx: number | null;
  /** Tokens of an answer (`num_predict`, `max_tokens`, `max_completion_tokens`, `max_output_tokens`). */
  readonly numPredict: number | null;
  /** Seconds that a model stays loaded (`keep_alive`); "for ever" is lowered too. */
  readonly keepAliveSeconds: number | null;
  /** Layers on the GPU (`num_gpu`). */
  readonly numGpu: number | null;
  /** Images in one request; more are refused. */
  readonly images: number | null;
  /** Bytes of a request's body; more are refused with 413. */
  readonly bodyBytes: number;
}

/** What the tools that a model is offered, and calls, may be. */
export interface ToolPolicy {
  /** Names of tools, or `*` for every one; an empty list allows none. */
  readonly allow: readonly string[];
  /** JSON Schema that the arguments of a tool must fit, by its name. */
  readonly arguments: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What the keys of one role may do. */
export interface RolePolicy {
  readonly allow: readonly RiskClass[];
  /** Ids of routes (`knowledge/ollama-routes.ts`) allowed or denied whatever their class; a denial wins. */
  readonly routes: { readonly allow: readonly string[]; readonly deny: readonly string[] };
  /** Model names as people write them, or `*`; compared by canonical name. */
  readonly models: readonly string[];
  /** Model names that are denied although `models` holds them. */
  readonly deniedModels: readonly string[];
  /** Whether models that run elsewhere (`:cloud`, remote stubs) may be used. */
  readonly cloud: boolean;
  /** Whether requests may name images and other media by URL, for the server to fetch. */
  readonly remoteMedia: boolean;
  /** Whether requests may bring a template of the prompt, or values for one. */
  readonly chatTemplates: boolean;
  readonly limits: { readonly perKey: Limits; readonly total: Limits };
  readonly clamp: Clamp;
  /** Tokens held back for an answer whose length the request does not bound. */
  readonly reserveTokens: number;
  /** System prompt that every request gets in place of its own; `null` leaves the request's. */
  readonly system: string | null;
  readonly tools: ToolPolicy;
  /** Weight in the fair queue, 1 to 10. */
  readonly priority: number;
}

/** Own certificate and its key, as absolute paths once loaded. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

/** Where clients come in. */
export interface Listen {
  readonly address: string;
  readonly port: number;
  readonly tls: CertificateFiles | "local-ca" | null;
  /** Names and addresses that clients use, beyond this machine's own; for the certificate of `local-ca`. */
  readonly names: readonly string[];
  /** Addresses and prefixes of the proxy in front: it alone may connect, and its `X-Forwarded-For` is believed. */
  readonly behind: readonly string[];
  /** `private-ranges`: without TLS, for peers in private ranges only. */
  readonly plain: "no" | "private-ranges";
}

/** Who may sign in place of sending a key, and as what. */
export interface SignatureAccess {
  readonly authorizedKeys: string;
  /** Role of the lines that name none. */
  readonly role: string;
  readonly windowSeconds: number;
}

/** How callers may show who they are. */
export interface Access {
  /** Whether `/k/KEY/api/chat` carries the key, for clients that can send no header. */
  readonly pathToken: boolean;
  /** Whether the password of Basic authentication may be a key. */
  readonly basic: boolean;
  /** Ollama's own client signatures; `null` = refused. */
  readonly signatures: SignatureAccess | null;
  readonly guesses: {
    /** Failed attempts a minute from one address (IPv6: one /64) before it is answered 429 unheard. */
    readonly perMinute: number;
  };
}

/** Places at the upstream, and who may wait for one. */
export interface Capacity {
  readonly concurrent: number;
  readonly queue: number;
  readonly queueSeconds: number;
}

/** Price of one model's tokens, for the usage report. */
export interface Price {
  readonly perMillionPrompt: number;
  readonly perMillionAnswer: number;
  /** ISO 4217 code. */
  readonly currency: string;
}

/** `gateway.yaml` with every default applied; paths are absolute once `loadConfig` read it. */
export interface GatewayConfig {
  /** http(s) URL of the model server, maybe with a base path; no trailing slash. */
  readonly upstream: string;
  readonly listen: Listen;
  /** Listener of metrics and health; `null` = none. */
  readonly operations: { readonly address: string; readonly port: number } | null;
  /** Folder of keys, counts, audit trail and certificates. */
  readonly state: string;
  /** Processes that carry requests. */
  readonly workers: number;
  readonly access: Access;
  /** Origins of pages in browsers that may call, as browsers write them; empty = pages of other origins can read nothing. */
  readonly origins: readonly string[];
  readonly capacity: Capacity;
  readonly roles: Readonly<Record<string, RolePolicy>>;
  /** Redis or Valkey that keeps the counts; `null` = the state folder does. */
  readonly redis: { readonly url: string; readonly whenGone: "closed" | "local" } | null;
  readonly audit: { readonly checkpointSeconds: number };
  /** Prices by model name. */
  readonly tariff: Readonly<Record<string, Price>>;
}
