import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startFarm } from "../../../test/farm/farm.ts";
import type { Farm, FarmSpec } from "../../../test/farm/farm.ts";
import { INVENTORY } from "../../../test/farm/inventory.ts";
import { lookerOptions, orderFor } from "../../../test/farm/look-order.ts";
import type { ProductExample } from "../../knowledge/product.ts";
import type { Observation } from "../../model/observation.ts";
import { createLooker } from "./look.io.ts";
import type { Looker, LookOrder } from "./look.ts";

const CONTROL = "GET /corral-control-0123456789abcdef";
const FIRST_SIGHT = ["GET /api/version", "GET /api/tags", "GET /api/ps", CONTROL, "GET /v1/models", "GET /"];
const ONE_BY_ONE = ["GET /api/version", "GET /api/tags", "GET /api/ps", CONTROL, "GET /v1/models", "GET /"];

interface Case {
  readonly name: string;
  readonly spec: FarmSpec;
  readonly target?: Partial<LookOrder["target"]>;
  readonly told: Partial<Observation>;
  readonly asked: readonly string[];
}

const confirmed = (version: string): Partial<Observation> => ({
  answer: "open",
  confirmed: true,
  product: "ollama",
  version,
  status: 200,
  failure: null,
  signs: [],
});

/** What an owner who wants to hide the server may call a model. */
const ODD = { ...INVENTORY[0]!, name: "x\u001b[2J" };

/** Whatever is asked, it names itself as a product would at its root. */
const ONE_JSON: ProductExample = {
  name: "one JSON for every path",
  replies: {},
  otherwise: {
    status: 200,
    body: { title: "qdrant - vector search engine", version: "1.15.4", commit: "0123456789abcdef" },
  },
  told: { version: "1.15.4", models: null, answer: "open" },
};

const CASES: readonly Case[] = [
  ...["0.1.14", "0.1.20", "0.1.37", "0.1.38", "0.3.14", "0.6.4", "0.9.0", "0.12.0", "0.17.1", "0.30.0"].map(
    (version) => ({
      name: `Ollama ${version}`,
      spec: { kind: "ollama", version } as const,
      told: confirmed(version),
      asked: FIRST_SIGHT,
    }),
  ),
  {
    name: "Ollama 0.0.20 knows no version",
    spec: { kind: "ollama", version: "0.0.20" },
    told: { answer: "open", confirmed: false, product: "ollama", version: null, running: null, signs: [] },
    asked: ["GET /api/version", "GET /", "GET /api/tags", "GET /v1/models", CONTROL, "GET /api/ps"],
  },
  {
    name: "an empty list as null",
    spec: { kind: "ollama", version: "0.1.37", models: [] },
    told: { ...confirmed("0.1.37"), models: [] },
    asked: FIRST_SIGHT,
  },
  {
    name: "an empty list as []",
    spec: { kind: "ollama", version: "0.5.1", models: [] },
    told: { ...confirmed("0.5.1"), models: [], running: [] },
    asked: FIRST_SIGHT,
  },
  ...[[...INVENTORY, ODD], [ODD]].map((models) => ({
    name: `${models.length - 1} models and one with a name that fits nothing`,
    spec: { kind: "ollama", version: "0.5.1", models } as const,
    told: {
      ...confirmed("0.5.1"),
      models: Array(models.length - 1).fill(expect.anything()),
      signs: ["odd-entries"],
    } as const,
    asked: FIRST_SIGHT,
  })),
  ...[
    { what: "a control character", version: "0.12.0\u001b[31m", told: "0.12.0\ufffd[31m", asked: FIRST_SIGHT },
    { what: "half a surrogate pair", version: "0.12.0\ud800", told: "0.12.0\ufffd", asked: FIRST_SIGHT },
    {
      what: "an over-long text",
      version: `0.12.0-${"x".repeat(500)}`,
      told: `0.12.0-${"x".repeat(56)}…`,
      asked: ["GET /api/version", "GET /", "GET /api/tags", "GET /v1/models", CONTROL, "GET /api/ps"],
    },
  ].map(({ what, version, told, asked }) => ({
    name: `${what} in its version hides no list`,
    spec: { kind: "ollama", version, fieldsOf: "0.12.0" } as const,
    told: { ...confirmed("0.12.0"), version: told, signs: ["version-odd"] } as const,
    asked,
  })),
  {
    name: "the same JSON on every path is no store of vectors",
    spec: { kind: "product", example: ONE_JSON },
    told: {
      product: "qdrant",
      answer: "open",
      confirmed: false,
      signs: ["control-answered", "control-same-body", "control-tells"],
    },
    asked: ["GET /api/version", "GET /", CONTROL, "GET /collections"],
  },
  {
    name: "a sub-path",
    spec: { kind: "ollama", version: "0.5.1", basePath: "/ollama" },
    target: { base_path: "/ollama" },
    told: { ...confirmed("0.5.1"), base_path: "/ollama" },
    asked: FIRST_SIGHT.map((line) => line.replace("GET /", "GET /ollama/")),
  },
  {
    name: "a login before everything",
    spec: { kind: "login", at: "everything" },
    told: { answer: "login", confirmed: false, product: null, version: null, status: 401, models: null },
    asked: ["GET /api/version"],
  },
  {
    name: "a login before the list",
    spec: { kind: "login", at: "tags" },
    told: { answer: "login", confirmed: false, version: "0.5.1", status: 401, models: null },
    asked: ["GET /api/version", "GET /api/tags", "GET /api/ps"],
  },
  {
    name: "a login before what is not the API leaves the list open",
    spec: { kind: "login", at: "others" },
    told: { answer: "open", confirmed: true, version: "0.5.1", status: 200 },
    asked: FIRST_SIGHT,
  },
  {
    name: "403",
    spec: { kind: "denied", status: 403 },
    told: { answer: "denied", confirmed: false, status: 403 },
    asked: ["GET /api/version"],
  },
  {
    name: "407",
    spec: { kind: "denied", status: 407 },
    told: { answer: "denied", confirmed: false, status: 407 },
    asked: ["GET /api/version"],
  },
  {
    name: "TLS said to be so",
    spec: { kind: "ollama", version: "0.5.1", tls: "always" },
    target: { scheme: "https" },
    told: { ...confirmed("0.5.1"), scheme: "https" },
    asked: FIRST_SIGHT,
  },
  ...(["400", "nothing", "alert"] as const).map((says) => ({
    name: `TLS after plain HTTP got ${says}`,
    spec: { kind: "tls-only", says } as const,
    told: { ...confirmed("0.5.1"), scheme: "https", requests: 6 } as const,
    asked: ["GET /api/version", "GET /api/version", "GET /api/tags", "GET /api/ps", CONTROL, "GET /v1/models"],
  })),
  {
    name: "no TLS where the scheme is said to be http",
    spec: { kind: "tls-only", says: "400" },
    target: { scheme: "http" },
    told: { answer: "other", scheme: "http", status: 400 },
    asked: ["GET /api/version", "GET /", "GET /v1/models", "GET /api/tags"],
  },
  {
    name: "KoboldCpp",
    spec: { kind: "emulator", product: "koboldcpp" },
    told: { answer: "open", confirmed: false, product: "koboldcpp", version: "1.96" },
    asked: ["GET /api/version", "GET /api/tags", "GET /api/ps", CONTROL, "GET /api/extra/version", "GET /"],
  },
  {
    name: "LocalAI",
    spec: { kind: "emulator", product: "localai" },
    told: { answer: "open", confirmed: false, product: "localai", version: "v3.1.0", signs: ["field-too-new"] },
    asked: ["GET /api/version", "GET /api/tags", "GET /api/ps", CONTROL, "GET /.well-known/localai.json", "GET /"],
  },
  {
    name: "Open WebUI itself",
    spec: { kind: "emulator", product: "open-webui" },
    told: { answer: "login", confirmed: false, product: "open-webui", version: "0.6.5", models: null },
    asked: ["GET /api/version", "GET /api/tags", "GET /api/ps", "GET /", "GET /v1/models", "GET /api/config"],
  },
  {
    name: "Open WebUI passing an Ollama on",
    spec: { kind: "open-webui-proxy", basePath: "/ollama", login: false },
    target: { base_path: "/ollama" },
    told: { answer: "open", confirmed: false, product: "open-webui" },
    asked: FIRST_SIGHT.map((line) => line.replace("GET /", "GET /ollama/")),
  },
  {
    name: "Open WebUI with its login",
    spec: { kind: "open-webui-proxy", basePath: "/ollama", login: true },
    target: { base_path: "/ollama" },
    told: { answer: "login", confirmed: false, version: "0.5.1", models: null },
    asked: ["GET /ollama/api/version", "GET /ollama/api/tags", "GET /ollama/api/ps"],
  },
  {
    name: "SGLang",
    spec: { kind: "emulator", product: "sglang" },
    told: { answer: "open", confirmed: false, product: "sglang", version: null },
    asked: ["GET /api/version", "GET /", "GET /api/tags", "GET /v1/models", CONTROL, "GET /api/ps"],
  },
  {
    name: "llama.cpp",
    spec: { kind: "emulator", product: "llama-cpp" },
    told: { answer: "open", confirmed: false, product: "llama-cpp", failure: null },
    asked: ["GET /api/version", "GET /", "GET /v1/models", CONTROL],
  },
  {
    name: "a server that closes after each answer",
    spec: { kind: "ollama", version: "0.5.1", keeping: "closes-each" },
    told: confirmed("0.5.1"),
    asked: ONE_BY_ONE,
  },
  {
    name: "a proxy that answers only the first of a batch",
    spec: { kind: "ollama", version: "0.5.1", keeping: "answers-first-only" },
    told: { ...confirmed("0.5.1"), running: expect.any(Array) as never, signs: ["pipelining-disliked"], requests: 6 },
    asked: ["GET /api/version", "GET /api/tags", "GET /api/ps", "GET /api/ps", CONTROL, "GET /v1/models"],
  },
  {
    name: "a proxy that mixes up answers",
    spec: { kind: "ollama", version: "0.5.1", keeping: "mixes-up" },
    told: { ...confirmed("0.5.1"), signs: ["pipelining-disliked"], requests: 6 },
    asked: ["GET /api/version", "GET /api/tags", "GET /api/ps", "GET /api/tags", "GET /api/ps", CONTROL],
  },
  {
    name: "a service that answers every path",
    spec: { kind: "ollama", version: "0.5.1", everyPath: "/api/version" },
    told: { ...confirmed("0.5.1"), signs: ["control-answered", "control-same-body"] },
    asked: FIRST_SIGHT,
  },
  {
    name: "an old version that sends new fields",
    spec: { kind: "ollama", version: "0.5.1", fieldsOf: "0.30.0" },
    told: { ...confirmed("0.5.1"), signs: ["field-too-new"] },
    asked: FIRST_SIGHT,
  },
  {
    name: "nobody listening",
    spec: { kind: "dead" },
    told: { answer: "refused", confirmed: false, failure: "refused", status: null, requests: 1 },
    asked: [],
  },
  {
    name: "a SYN without an answer",
    spec: { kind: "black-hole" },
    told: { answer: "silent", confirmed: false, failure: "silent", status: null, requests: 1 },
    asked: [],
  },
];

let farm: Farm;
let looker: Looker;
beforeAll(async () => {
  farm = await startFarm(CASES.map(({ spec }) => spec));
  looker = createLooker(lookerOptions());
});
afterAll(async () => {
  looker.close();
  await farm.close();
});

describe("a first look at", () => {
  test.each(CASES.map((one, index) => ({ ...one, index })))("$name", async ({ index, target, told, asked }) => {
    const host = farm.hosts[index];
    if (host === undefined) throw new Error("no host");
    const look = await looker.look(orderFor(host, target === undefined ? {} : { target }));
    expect(look.again).toBeNull();
    expect(look.observation).toMatchObject(told);
    expect(farm.asked(index)).toEqual(asked);
    expect(look.observation?.requests).toBe(Math.max(1, asked.length));
    expect(look.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(
      asked.length > 0 ? asked : ["GET /api/version"],
    );
  });
});
