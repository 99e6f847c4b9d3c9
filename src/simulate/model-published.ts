import { CATALOGUE } from "./catalogue.ts";
import type { CampaignModel, Country, NetworkKind, Profile } from "./campaign-model.ts";
import { DEFAULT_MODEL } from "./model-default.ts";
import { RELEASES, versionNumber } from "./releases.ts";

/** Shares of hosts in percent (facts, rows 21 to 26: 30 % and 20 % are of the press; the tail falls off evenly and is ours). */
const LEADING: readonly Country[] = [
  {
    country: "CN",
    share: 30.3,
    regions: [
      { region: "Beijing", share: 0.3 },
      { region: "Shanghai", share: 0.11 },
      { region: "Guangdong", share: 0.1 },
    ],
  },
  {
    country: "US",
    share: 20.4,
    regions: [
      { region: "Virginia", share: 0.18 },
      { region: "California", share: 0.15 },
      { region: "Oregon", share: 0.08 },
    ],
  },
  { country: "DE", share: 7, regions: [] },
  { country: "FR", share: 4, regions: [] },
  { country: "KR", share: 3.5, regions: [] },
  { country: "IN", share: 3.2, regions: [] },
  { country: "RU", share: 3, regions: [] },
  { country: "SG", share: 2.8, regions: [] },
  { country: "BR", share: 2.5, regions: [] },
  { country: "GB", share: 2.3, regions: [] },
];

/** The other 120 of 130 countries. */
const TAIL = (
  "JP CA AU NL IT ES PL TW HK VN ID TH TR UA SE CH FI RO MY IL AT CZ BE DK NO PT HU GR IE BG MX AR CL CO PE EC VE UY BO PY CR PA GT HN SV NI DO " +
  "JM TT ZA EG NG KE MA TN DZ GH SN CI CM UG TZ ZM ZW MZ AO NA BW MU RW ET SA AE QA KW BH OM JO LB IQ IR PK BD LK NP KZ UZ KG GE AM AZ BY MD LT " +
  "LV EE SK SI HR RS BA MK AL ME LU MT CY IS MN KH LA MM PH NZ FJ PG BN MO PS LY SY YE SD"
).split(" ");
const TAIL_SHARE = 21;

const COUNTRIES: readonly Country[] = [
  ...LEADING,
  ...TAIL.slice(0, 120).map((country, at) => ({ country, share: (TAIL_SHARE * 0.955 ** at) / 22, regions: [] })),
];

/** Two cuts of the same hosts (rows 13 to 17): fixed access 56 % and null 19 % by type; hyperscaler 32 %, residential 32 % and null 16 % by tier. */
const NETWORKS: readonly NetworkKind[] = [
  ["homes and offices", 32, 1600, "fixed-access", "telecom-residential", "isp", "Simulated Fibre", 0.25],
  ["clouds of telecoms", 12, 300, "fixed-access", "hyperscaler", null, "Simulated Carrier", 0.5],
  ["servers of telecoms", 8, 400, "fixed-access", "indie-cloud", null, "Simulated Carrier", 0.8],
  ["firms at telecoms", 4, 200, "fixed-access", "other", null, "Simulated Carrier", 0.4],
  ["platforms of the largest", 17, 60, "cloud", "hyperscaler", null, "Simulated Platform", 0.5],
  ["platforms nobody typed", 3, 40, null, "hyperscaler", null, "Simulated Platform", 0.5],
  ["hosters", 5, 400, "hosting", "indie-cloud", "hosting", "Simulated Hosting", 0.8],
  ["universities", 3, 232, "education", "academic", "education", "Simulated University", 0.5],
  ["nobody knows whose", 16, 800, null, null, null, "Simulated Holdings", 0.4],
].map(([name, share, networks, type, tier, label, organisation, loaded]): NetworkKind => {
  return {
    name,
    share,
    networks,
    type,
    tier,
    label,
    organisation,
    loaded,
    override: label === null && tier !== null,
  } as NetworkKind;
});

const MODELS = CATALOGUE.filter(({ needs }) => versionNumber(needs) < versionNumber("0.14.0")).map((model) =>
  model.own ? model : { ...model, prompts: [{ class: "none", share: 1 }] as const },
);

const kind = (
  name: string,
  share: number,
  models: Readonly<Record<string, number>>,
  more: Partial<Profile>,
): Profile => ({
  name,
  share,
  since: "0.9.0",
  lives: {},
  models,
  allOf: [],
  sizes: null,
  loaded: null,
  ...more,
});

const LLAMAS_WITH_TOOLS = ["llama3.1:8b", "llama3.2:3b", "mistral:7b", "house-assistant:latest"];
const QWENS_WITH_TOOLS = ["qwen2.5:7b", "qwen2.5:0.5b", "qwen2.5:14b", "qwen2.5:7b-instruct-q8_0"];
const PLAIN = {
  "gemma2:9b": 4,
  "gemma2:2b": 3,
  "llama3:8b": 5,
  "llama2:7b": 2,
  "tinyllama:1.1b": 3,
  "phi3:mini": 1,
  "qwen2:1.5b": 3,
};

/** What hosts hold, so that host by host the published shares of capabilities, formats and bands come out (rows 28 to 47). */
const PROFILES: readonly Profile[] = [
  kind(
    "chat and tools",
    38,
    {
      ...{ "llama3.1:8b": 8, "llama3.2:3b": 10, "mistral:7b": 6, "house-assistant:latest": 9 },
      ...{ "qwen2.5:7b": 12, "qwen2.5:0.5b": 6, "qwen2.5:14b": 3, "qwen2.5:7b-instruct-q8_0": 4 },
      ...{ "llama3.2:1b-instruct-fp16": 9, "qwen2.5:1.5b-instruct-fp16": 9, "gemma2:9b": 6, "gemma2:2b": 6 },
    },
    { allOf: [[...LLAMAS_WITH_TOOLS, ...QWENS_WITH_TOOLS]], lives: { backbone: 0.4 } },
  ),
  kind(
    "agents",
    8.5,
    {
      ...{ "qwen3:8b": 8, "qwen3:30b-a3b": 2, "qwen3:0.6b": 3, "nomic-embed-text:latest": 7, "gpt-oss:20b": 2 },
      ...{ "gemma3:4b": 3, "qwen2.5:7b": 4, "llama3.1:8b": 4, "gemma2:9b": 4 },
    },
    { allOf: [["qwen3:8b", "qwen3:30b-a3b", "qwen3:0.6b"]], loaded: 2.6, lives: { backbone: 1 } },
  ),
  kind(
    "public libraries",
    1.46,
    Object.fromEntries(MODELS.map(({ name }) => [name, name.startsWith("unbound") ? 0 : 3])),
    {
      sizes: [{ models: [22, 34], share: 1 }],
      since: "0.12.0",
    },
  ),
  kind(
    "reasoners",
    16,
    { ...PLAIN, "deepseek-r1:7b": 12, "deepseek-r1:1.5b": 8, "deepseek-r1:8b": 6, "deepseek-r1:32b": 3 },
    { allOf: [["deepseek-r1:7b", "deepseek-r1:1.5b", "deepseek-r1:8b", "deepseek-r1:32b"]] },
  ),
  kind(
    "eyes",
    8,
    { ...PLAIN, "llava:7b": 10, "gemma3:4b": 3, "llama3.2-vision:11b": 2, "house-writer:latest": 5 },
    { since: null, allOf: [["llava:7b", "gemma3:4b", "llama3.2-vision:11b"]] },
  ),
  kind(
    "plain chat",
    8,
    {
      ...PLAIN,
      "qwen:4b": 2,
      "mistral:7b-text-fp16": 4,
      "nomic-embed-text:latest": 5,
      "house-writer:latest": 5,
      "gemma2:2b-text-fp16": 4,
    },
    { since: null },
  ),
];

/**
 * A campaign calibrated to the published table of the "Silent Brothers" study (SentinelLABS and Censys, 29 January 2026): 175,108 hosts, 7.23
 * million observations, 293 days. What the study did not publish (cadence, days, tails, bits of most formats) is invented. No decoys, no
 * second source, no other products: the study tells of none.
 */
export const PUBLISHED_MODEL: CampaignModel = {
  ...DEFAULT_MODEL,
  name: "published",
  seed: "silent brothers",
  hosts: 175_108,
  from: "2025-03-10",
  days: 293,
  targets: 4_000_000,
  missingDays: [41, 160],
  partialDays: [97],
  lives: [
    { name: "once", share: 36, looks: [1, 1], skew: 1, uptime: [1, 1], late: 2.2 },
    { name: "some", share: 51, looks: [2, 100], skew: 4.9, uptime: [0.3, 1], late: 2.2 },
    { name: "backbone", share: 13, looks: [101, 290], skew: 0.37, uptime: [0.75, 1], late: 1 },
  ],
  silentLooks: 0,
  networks: NETWORKS,
  countries: COUNTRIES,
  addresses: { ipv6: 0.02, reserved: 0.03 },
  networkChanges: 0,
  secondServices: 0,
  versions: RELEASES.filter(({ released }) => released < "2026-01-01" && released > "2024-10-01"),
  upgrades: { share: 0.35, everyDays: [30, 120], backShare: 0.002, halfLifeDays: 60 },
  inventory: {
    sizes: [
      { models: [0, 0], share: 3 },
      { models: [1, 1], share: 25 },
      { models: [2, 3], share: 43 },
      { models: [4, 6], share: 19 },
      { models: [7, 9], share: 6 },
      { models: [10, 15], share: 2 },
    ],
    growth: 0.3,
    unlisted: 0,
    aliases: 0,
  },
  profiles: PROFILES,
  models: MODELS,
  extras: [
    { model: "unbound:latest", hosts: 121 },
    { model: "unbound-template:7b", hosts: 80 },
  ],
  logins: 0,
  moved: 0.05,
  decoys: 0,
  others: { login: 0, denied: 0, web: 0, koboldcpp: 0, koboldcppBeside: 0 },
  secondSource: null,
  expiryTold: false,
};
