import { z } from "zod";
import { RISK_CLASSES, WINDOWS } from "./gateway-config.ts";
import type {
  Access,
  Capacity,
  Clamp,
  GatewayConfig,
  Limits,
  Listen,
  Price,
  RolePolicy,
  ToolPolicy,
} from "./gateway-config.ts";

const MOST_ENTRIES = 4096;
const MOST_TOKENS = 1e12;
const MOST_BODY_BYTES = 1 << 30;
const BODY_BYTES = 8 << 20;
const ROLE_NAME = /^[a-z][a-z0-9-]{0,39}$/u;
const CURRENCY = /^[A-Z]{3}$/u;

const text = (most: number): z.ZodString => z.string().min(1).max(most);
const names = (description: string): z.ZodArray<z.ZodString> =>
  z.array(text(300)).max(MOST_ENTRIES).describe(description);
const cap = (most: number, description: string): z.ZodDefault<z.ZodNullable<z.ZodInt>> =>
  z.int().nonnegative().max(most).nullable().default(null).describe(description);
const port = z.int().min(0).max(65_535);

const certificate = z.strictObject({
  certificate: text(4096).describe("PEM file of the certificate and its chain."),
  key: text(4096).describe("PEM file of its private key."),
});

const listen: z.ZodType<Listen> = z
  .strictObject({
    address: text(64)
      .default("127.0.0.1")
      .describe(
        "IP address to listen on. Beyond loopback the gateway demands TLS, a proxy in front, or private ranges.",
      ),
    port: port.default(11_435).describe("Port to listen on."),
    tls: z
      .union([z.literal("local-ca"), certificate], { error: "must be null, local-ca, or certificate and key files" })
      .nullable()
      .default(null)
      .describe("null, local-ca (the gateway makes its own authority and certificate), or certificate and key files."),
    names: names(
      "Names and addresses that clients use beyond this machine's own, for the certificate of local-ca.",
    ).default([]),
    behind: names(
      "Addresses and prefixes of the proxy in front: it alone may connect, and its X-Forwarded-For is believed.",
    ).default([]),
    plain: z
      .enum(["no", "private-ranges"])
      .default("no")
      .describe(
        "private-ranges: no TLS, for peers in private address ranges only. Keys then cross the network readable.",
      ),
  })
  .describe("Where clients come in.");

const access: z.ZodType<Access> = z
  .strictObject({
    pathToken: z
      .boolean()
      .default(false)
      .describe("Take a key from the path (/k/KEY/api/chat), for clients without headers."),
    basic: z.boolean().default(true).describe("Take a key as the password of Basic authentication."),
    signatures: z
      .strictObject({
        authorizedKeys: text(4096).describe(
          "File of lines: ssh-ed25519 KEY NAME ENDPOINTS, as /api/tags,/api/chat or *.",
        ),
        role: text(40).describe("Role of those keys; a line may name another as its last word, role=NAME."),
        windowSeconds: z.int().min(1).max(300).default(60).describe("How old a signature may be."),
      })
      .nullable()
      .default(null)
      .describe(
        "Ollama's own client signatures (OLLAMA_AUTH); null = refused. Only over TLS or loopback, never class D.",
      ),
    guesses: z
      .strictObject({
        perMinute: z
          .int()
          .min(1)
          .max(10_000)
          .default(20)
          .describe("Failed attempts a minute from one address (IPv6: one /64) before it gets 429 unheard."),
      })
      .prefault({})
      .describe("How much guessing of keys is borne."),
  })
  .describe("How callers may show who they are. A key in Authorization or x-api-key is always taken.");

const capacity: z.ZodType<Capacity> = z
  .strictObject({
    concurrent: z.int().min(1).max(100_000).default(8).describe("Requests at work at the upstream at once."),
    queue: z
      .int()
      .min(0)
      .max(100_000)
      .default(64)
      .describe("Requests that may wait for a place; more are refused with 503."),
    queueSeconds: z.number().min(0).max(3600).default(30).describe("Longest wait for a place."),
  })
  .describe("Places at the upstream. Who waits is served fairly across keys, by priority.");

const allowances = z.array(
  z.strictObject({
    count: z.int().nonnegative().max(MOST_TOKENS).describe("How many."),
    per: z.enum(WINDOWS).describe("minute, hour, day or month of the UTC calendar."),
  }),
);

const limits = (description: string): z.ZodType<Limits> =>
  z
    .strictObject({
      requests: allowances
        .max(8)
        .default([])
        .describe("Requests, each as {count: 100, per: minute}; all hold at once."),
      tokens: allowances.max(8).default([]).describe("Tokens of prompts and answers together, likewise."),
      concurrent: cap(100_000, "Requests at work at once; null = no limit."),
    })
    .prefault({})
    .describe(description);

const clamp: z.ZodType<Clamp> = z
  .strictObject({
    numCtx: cap(1 << 30, "Most tokens of context (num_ctx); null = no cap."),
    numPredict: cap(1 << 30, "Most tokens of an answer (num_predict, max_tokens and their like)."),
    keepAliveSeconds: cap(
      1 << 30,
      "Longest keep_alive; for ever (-1) is lowered to it, and less than a second (unload now) raised.",
    ),
    numGpu: cap(1 << 30, "Most layers on the GPU (num_gpu)."),
    images: cap(10_000, "Most images in a request; more are refused."),
    bodyBytes: z
      .int()
      .min(1024)
      .max(MOST_BODY_BYTES)
      .default(BODY_BYTES)
      .describe("Most bytes of a request body; more are refused with 413."),
  })
  .describe("Largest values a request may ask for; larger ones are lowered.");

const tools: z.ZodType<ToolPolicy> = z
  .strictObject({
    allow: names("Tools that may be offered and called, by name; * is every one.").default(["*"]),
    arguments: z
      .record(text(200), z.record(z.string(), z.unknown()))
      .default({})
      .describe(
        "JSON Schema for the arguments of a tool, by its name. A pattern that may take long on some text is refused.",
      ),
  })
  .describe("Tools of the model.");

const role: z.ZodType<RolePolicy> = z.strictObject({
  allow: z
    .array(z.enum(RISK_CLASSES))
    .max(4)
    .default(["A", "B"])
    .describe(
      "Risk classes of routes: A lists, B inference, C prompts and identity, D changes models or calls outside.",
    ),
  routes: z
    .strictObject({
      allow: names("Ids of routes allowed whatever their class.").default([]),
      deny: names("Ids of routes denied; wins over everything.").default([]),
    })
    .prefault({})
    .describe("Single routes, by the ids in docs/reference/gateway-routes.md."),
  models: names("Models that may be used and are shown, as people write them; * is every one on this server.").default([
    "*",
  ]),
  deniedModels: names("Models denied although the list above holds them.").default([]),
  cloud: z.boolean().default(false).describe("Whether models that run elsewhere (:cloud, remote stubs) may be used."),
  remoteMedia: z
    .boolean()
    .default(false)
    .describe(
      "Whether requests may name images, sound, video and files by URL, which servers other than Ollama fetch from wherever it leads.",
    ),
  chatTemplates: z
    .boolean()
    .default(false)
    .describe(
      "Whether requests may bring a template of the prompt (chat_template, chat_template_kwargs), which servers other than Ollama run.",
    ),
  limits: z
    .strictObject({ perKey: limits("For each key of the role."), total: limits("For all keys of the role together.") })
    .prefault({ perKey: {}, total: {} })
    .describe("How much may be used; without entries there is no limit."),
  clamp: clamp.prefault({}),
  reserveTokens: z
    .int()
    .nonnegative()
    .max(1 << 30)
    .default(1024)
    .describe("Tokens held back while an answer runs whose length the request does not bound."),
  system: text(100_000)
    .nullable()
    .default(null)
    .describe("System prompt that replaces every request's own; null = none."),
  tools: tools.prefault({}),
  priority: z.int().min(1).max(10).default(5).describe("Weight in the fair queue, 1 to 10."),
});

const price: z.ZodType<Price> = z.strictObject({
  perMillionPrompt: z.number().nonnegative().describe("Price of a million tokens of prompts."),
  perMillionAnswer: z.number().nonnegative().describe("Price of a million tokens of answers."),
  currency: z.string().regex(CURRENCY, "must be a code such as EUR").describe("ISO 4217 code."),
});

/** The strict schema of `gateway.yaml`: shape, simple bounds, and a default for every key but `upstream`. Rules across keys: `config-faults.ts`. */
export const gatewaySchema: z.ZodType<GatewayConfig> = z.strictObject({
  upstream: text(2048).describe("The model server: http or https URL, maybe with a base path."),
  listen: listen.prefault({}),
  operations: z
    .strictObject({
      address: text(64).default("127.0.0.1").describe("IP address of the listener."),
      port: port.default(11_436).describe("Its port."),
    })
    .nullable()
    .prefault({})
    .describe("Metrics and health on a listener of their own, behind a bearer token; null = none."),
  state: text(4096)
    .default("gateway-state")
    .describe("Folder of keys, counts, audit trail and certificates; relative to this file."),
  workers: z.int().min(1).max(64).default(1).describe("Processes that carry requests."),
  access: access.prefault({}),
  origins: z
    .array(text(300))
    .max(256)
    .default([])
    .describe(
      "Pages that may call from a browser, by exact origin (https://chat.example.org, app://obsidian.md); those of others get 403 then. Empty: no page is answered as one.",
    ),
  capacity: capacity.prefault({}),
  roles: z
    .record(z.string().regex(ROLE_NAME, "a role's name is lower-case letters, digits and -"), role)
    .default({})
    .describe("What the keys of each role may do. A key of a role that stands not here may do nothing."),
  redis: z
    .strictObject({
      url: text(2048).describe("redis:// or rediss:// URL."),
      whenGone: z
        .enum(["closed", "local"])
        .default("closed")
        .describe("closed: refuse with 503 while it is gone; local: count in the state folder meanwhile."),
    })
    .nullable()
    .default(null)
    .describe("Redis or Valkey that keeps the counts of several gateways; null = the state folder does."),
  audit: z
    .strictObject({
      checkpointSeconds: z.int().min(1).max(86_400).default(60).describe("Seconds between signed checkpoints."),
    })
    .prefault({})
    .describe("The record of every request."),
  tariff: z.record(text(300), price).default({}).describe("Prices by model, for corral gateway usage."),
});

/** JSON Schema of `gateway.yaml` as people write it, for editors and other programs. */
export function gatewayJsonSchema(): object {
  return z.toJSONSchema(gatewaySchema, { io: "input" });
}
