import type { DecoyInput, DecoyWeight } from "../model/decoy.ts";
import type { Sign } from "../model/observation.ts";
import { ENGINES } from "./engines.ts";
import type { Product } from "./product.ts";
import { PRODUCTS } from "./products/index.ts";

/** One sign that a service is, or is not, what it says it is. */
export interface DecoySign {
  /** Stands in the evidence for ever. */
  readonly id: string;
  readonly weight: DecoyWeight;
  /** What it means, in one sentence; a field in braces is filled in from the input. */
  readonly says: string;
  readonly source: string;
  readonly holds: (input: DecoyInput) => boolean;
  /** What it must hold of, as changes to {@link NOTHING_ODD}. */
  readonly examples: readonly [Partial<DecoyInput>, ...Partial<DecoyInput>[]];
  /** Look-alikes of which it must not hold. */
  readonly lookAlikes: readonly [Partial<DecoyInput>, ...Partial<DecoyInput>[]];
}

/** An Ollama with three models about which nothing is odd: where examples start. */
export const NOTHING_ODD: DecoyInput = {
  answer: "open",
  confirmed: true,
  product: "ollama",
  version_told: true,
  port_usual: true,
  behind_proxy: false,
  signs: [],
  entries: 3,
  has_digests: true,
  digest_odd: false,
  digest_of_name: false,
  size_impossible: false,
  all_famous: false,
  all_common: false,
  stamp_of_sample: false,
  stamps_alike: false,
  stamps_whole: false,
  out_of_order: false,
  stamp_addresses: 0,
  has_own_stamps: true,
  page_addresses: 0,
  page_products: 0,
  products: ["ollama"],
  open_ports: 1,
  running_looks: 1,
  ever_loaded: false,
  running_changed: false,
  version_rose: false,
};

/** Times of the list in published documentation (ollama/ollama docs/api.md, editions of 2023 to 2025, read 2026-11-21). */
export const SAMPLE_STAMPS: readonly string[] = [
  "2023-08-02T17:02:23.713454393-07:00",
  "2023-08-08T12:08:38.093596297-07:00",
  "2023-11-04T14:56:49.277302595-07:00",
  "2023-12-07T09:32:18.757212583-08:00",
  "2025-05-04T17:37:44.706015396-07:00",
  "2025-05-10T08:06:48.639712648-07:00",
];

/** What stands in front of an honest server and names itself in the Server field; `ollama…` are proxies made for it (recog PR 675). */
export const PROXIES: readonly string[] = (
  "akamaighost apache awselb caddy cloudflare cloudfront envoy haproxy istio-envoy litespeed microsoft-iis nginx ollama " +
  "openresty tengine traefik"
).split(" ");

/** Ollama's own port, and those of the web. */
export const USUAL_PORTS: readonly number[] = [11_434, 80, 443, 8080, 8443];

const SURVEY = "survey rules of Corral, signals of decoys (our proposal)";
const ROUTES = "ollama/ollama@fb307608 server/routes.go";

const isOllama = (input: DecoyInput): boolean => input.product === "ollama";
const isEngine = (input: DecoyInput): boolean => input.product !== null && ENGINES.has(input.product);
const ANSWERS_EVERY_PATH: ReadonlySet<string> = new Set(
  PRODUCTS.filter((product: Product) => product.answersEveryPath === true).map(({ id }) => id),
);
const refusesUnknownPaths = (input: DecoyInput): boolean =>
  isEngine(input) && !ANSWERS_EVERY_PATH.has(input.product ?? "");

/** A sign that the survey noted by itself. */
function noted(
  sign: Sign,
  weight: DecoyWeight,
  says: string,
  concerns: (input: DecoyInput) => boolean,
  lookAlike: Partial<DecoyInput> | null,
): DecoySign {
  return {
    id: sign,
    weight,
    says,
    source: SURVEY,
    holds: (input) => input.signs.includes(sign) && concerns(input),
    examples: [{ signs: [sign] }],
    lookAlikes: lookAlike === null ? [{}] : [{}, { ...lookAlike, signs: [sign] }],
  };
}

const FRONT_END = { product: "open-webui", products: ["open-webui"] };

/** Every sign, in the order of evidence: strongest first, what speaks against last. */
export const DECOY_SIGNS: readonly DecoySign[] = [
  noted(
    "control-same-body",
    "strong",
    "A path that nobody knows got the same body as a route of the API.",
    isEngine,
    FRONT_END,
  ),
  noted(
    "control-tells",
    "strong",
    "A path that nobody knows got the very JSON by which the product was told: every path says so.",
    () => true,
    null,
  ),
  noted(
    "writes-answered",
    "strong",
    "A stored answer says 200 to a GET that a real server refuses (405, before 0.7.0 404).",
    isOllama,
    FRONT_END,
  ),
  noted("passwd-body", "strong", "A body looks like a file of user accounts.", () => true, null),
  noted("mixed-body", "strong", "One body holds the keys of several routes at once.", () => true, null),
  noted("details-misnamed", "strong", "Keys inside `details` bear names that no version has.", isOllama, {
    product: "localai",
  }),
  {
    id: "digest-odd",
    weight: "strong",
    says: "A digest in the list is not 64 lower-case hex characters; Ollama sends them without prefix.",
    source: `${SURVEY}; ollama/ollama@fb307608 manifest/manifest.go`,
    holds: (input) => isOllama(input) && input.digest_odd,
    examples: [{ digest_odd: true }],
    lookAlikes: [{}, { digest_odd: true, product: "localai" }],
  },
  {
    id: "digest-of-name",
    weight: "strong",
    says: "A digest in the list is nothing but the hash of the model's name.",
    source: SURVEY,
    holds: (input) => isOllama(input) && input.digest_of_name,
    examples: [{ digest_of_name: true }],
    lookAlikes: [{}, { digest_of_name: true, product: "localai" }],
  },
  {
    id: "stamp-of-sample",
    weight: "strong",
    says: "A model's time is copied from a sample in published documentation.",
    source: "ollama/ollama docs/api.md, editions of 2023 to 2025",
    holds: (input) => isOllama(input) && input.stamp_of_sample,
    examples: [{ stamp_of_sample: true }],
    lookAlikes: [{}, { stamp_of_sample: true, product: "koboldcpp" }],
  },
  noted(
    "control-answered",
    "medium",
    "A path that nobody knows was answered with success.",
    (input) => refusesUnknownPaths(input) && !input.signs.includes("control-same-body"),
    { product: "lm-studio", products: ["lm-studio"] },
  ),
  noted("field-too-new", "medium", "A field is shown that the version named could not send.", isOllama, {
    product: "localai",
  }),
  noted(
    "root-server-header",
    "medium",
    "A Server field stands beside Ollama's greeting, which sends none, and names no proxy known to us.",
    (input) => isOllama(input) && !input.behind_proxy,
    { behind_proxy: true },
  ),
  noted(
    "charset-wrong",
    "medium",
    "A content type has a charset where Ollama sends none, or none where it sends one.",
    isOllama,
    { product: "llama-cpp" },
  ),
  noted(
    "not-found-foreign",
    "medium",
    "An unknown path was refused in other words than Ollama's, and no proxy known to us explains it.",
    (input) => isOllama(input) && !input.behind_proxy,
    { behind_proxy: true },
  ),
  noted(
    "cors-unasked",
    "medium",
    "Fields for browsers came although no Origin was sent, and no proxy known to us explains them.",
    (input) => isOllama(input) && !input.behind_proxy,
    { behind_proxy: true },
  ),
  noted("created-differs", "medium", "Two lists of the same models disagree on their times.", isOllama, {
    product: "vllm",
  }),
  {
    id: "out-of-order",
    weight: "medium",
    says: "The list of models is not newest first, as Ollama sorts it.",
    source: `${SURVEY}; ${ROUTES}`,
    holds: (input) => isOllama(input) && input.out_of_order,
    examples: [{ out_of_order: true }],
    lookAlikes: [{}, { out_of_order: true, product: "localai" }],
  },
  {
    id: "size-impossible",
    weight: "medium",
    says: "A model's size cannot hold its number of weights at its number of bits, or is many times what they need.",
    source: SURVEY,
    holds: (input) => isOllama(input) && input.size_impossible,
    examples: [{ size_impossible: true }],
    lookAlikes: [{}, { size_impossible: true, product: "koboldcpp" }],
  },
  {
    id: "stamps-alike",
    weight: "medium",
    says: "Three or more models bear one and the same time to the fraction of a second: they were not pulled.",
    source: SURVEY,
    holds: (input) => isOllama(input) && input.stamps_alike,
    examples: [{ stamps_alike: true }],
    lookAlikes: [{}, { stamps_alike: true, product: "koboldcpp" }],
  },
  {
    id: "stamps-shared-widely",
    weight: "medium",
    says:
      "On one day {stamp_addresses} addresses showed a model with the same time to the fraction of a second; copies of one " +
      "machine image would too.",
    source: SURVEY,
    holds: (input) => isOllama(input) && input.stamp_addresses >= 4,
    examples: [{ stamp_addresses: 4 }, { stamp_addresses: 100, has_own_stamps: false }],
    lookAlikes: [{ stamp_addresses: 3 }, { stamp_addresses: 40, product: "koboldcpp" }],
  },
  {
    id: "engines-many",
    weight: "medium",
    says: "Three or more servers of models, or six or more products, answer at this one address.",
    source: SURVEY,
    holds: ({ products }) => products.length >= 6 || products.filter((one) => ENGINES.has(one)).length >= 3,
    examples: [{ products: ["llama-cpp", "ollama", "vllm"] }],
    lookAlikes: [{ products: ["comfyui", "n8n", "ollama", "open-webui", "qdrant"] }, { products: ["ollama", "vllm"] }],
  },
  {
    id: "page-plays-many",
    weight: "medium",
    says: "Behind one and the same page this address plays {page_products} products.",
    source: SURVEY,
    holds: (input) => input.page_products >= 2,
    examples: [{ page_products: 2 }],
    lookAlikes: [{ page_products: 1, page_addresses: 50 }],
  },
  {
    id: "stamps-shared",
    weight: "weak",
    says:
      "On one day {stamp_addresses} addresses showed a model with the same time to the fraction of a second; a second address " +
      "of the same machine would too.",
    source: SURVEY,
    holds: (input) => isOllama(input) && input.stamp_addresses >= 2 && input.stamp_addresses < 4,
    examples: [{ stamp_addresses: 2 }],
    lookAlikes: [{ stamp_addresses: 0 }, { stamp_addresses: 4 }],
  },
  {
    id: "stamps-whole",
    weight: "weak",
    says: "No model's time has a fraction of a second; layers of a container image would look so too.",
    source: SURVEY,
    holds: (input) => isOllama(input) && input.stamps_whole,
    examples: [{ stamps_whole: true }],
    lookAlikes: [{}, { stamps_whole: true, product: "localai" }],
  },
  {
    id: "port-unusual",
    weight: "weak",
    says: "It listens neither on Ollama's port nor on one of the web's.",
    source: SURVEY,
    holds: (input) => isOllama(input) && !input.port_usual,
    examples: [{ port_usual: false }],
    lookAlikes: [{}, { port_usual: false, product: "vllm" }],
  },
  {
    id: "ports-many",
    weight: "weak",
    says: "{open_ports} ports of this address answered.",
    source: SURVEY,
    holds: (input) => input.open_ports >= 20,
    examples: [{ open_ports: 20 }],
    lookAlikes: [{ open_ports: 19 }],
  },
  noted("keys-sorted", "weak", "The keys of its JSON stand in alphabetical order, which Ollama's do not.", isOllama, {
    product: "vllm",
  }),
  {
    id: "page-shared",
    weight: "weak",
    says: "{page_addresses} addresses show the same page where Ollama shows its greeting.",
    source: SURVEY,
    holds: (input) => isOllama(input) && input.page_addresses >= 3,
    examples: [{ page_addresses: 3 }],
    lookAlikes: [{ page_addresses: 2 }, { page_addresses: 90, product: "open-webui" }],
  },
  {
    id: "never-loaded",
    weight: "weak",
    says: "It lists famous models only, and over {running_looks} looks or more none was ever loaded.",
    source: SURVEY,
    holds: (input) => isOllama(input) && input.all_famous && input.running_looks >= 5 && !input.ever_loaded,
    examples: [{ all_famous: true, running_looks: 5 }],
    lookAlikes: [
      { all_famous: true, running_looks: 4 },
      { all_famous: true, running_looks: 9, ever_loaded: true },
      { running_looks: 9 },
    ],
  },
  {
    id: "image-clone",
    weight: "against",
    says:
      "The times it shares with others are explained by a common machine image: it has models, a history or a version of " +
      "its own besides.",
    source: SURVEY,
    holds: (input) =>
      input.stamp_addresses >= 2 && (input.has_own_stamps || input.running_changed || input.version_rose),
    examples: [
      { stamp_addresses: 9 },
      { stamp_addresses: 9, has_own_stamps: false, version_rose: true },
      { stamp_addresses: 2, has_own_stamps: false, running_changed: true },
    ],
    lookAlikes: [{ stamp_addresses: 9, has_own_stamps: false }, {}],
  },
  {
    id: "running-changes",
    weight: "against",
    says: "What it has loaded changed between looks.",
    source: SURVEY,
    holds: (input) => input.running_changed,
    examples: [{ running_changed: true }],
    lookAlikes: [{ ever_loaded: true, running_looks: 5 }],
  },
  {
    id: "version-rises",
    weight: "against",
    says: "Its version rose over time, as after an upgrade.",
    source: SURVEY,
    holds: (input) => input.version_rose,
    examples: [{ version_rose: true }],
    lookAlikes: [{}],
  },
  {
    id: "digests-common",
    weight: "weakly-against",
    says:
      "Each of its digests is listed by at least five addresses with five different times, as models of a public library " +
      "are; the library itself was not asked, and a decoy may copy them.",
    source: SURVEY,
    holds: (input) => isOllama(input) && input.all_common,
    examples: [{ all_common: true }],
    lookAlikes: [{}, { all_common: true, product: "localai" }],
  },
];
