import type { CampaignModel, Country, NetworkKind, Profile } from "./campaign-model.ts";
import { DEFAULT_MODEL } from "./model-default.ts";
import { modelsFor, PUBLISHED_MODELS, type Size, type Use } from "./published-catalogue.ts";
import { RELEASES } from "./releases.ts";

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
  network(["homes and offices", "Simulated Fibre", "isp"], [32, 1440], ["fixed-access", "telecom-residential"], 0.25),
  network(["clouds of telecoms", "Simulated Carrier", null], [12, 300], ["fixed-access", "hyperscaler"], 0.5),
  network(["servers of telecoms", "Simulated Carrier", null], [8, 400], ["fixed-access", "indie-cloud"], 0.8),
  network(["firms at telecoms", "Simulated Carrier", null], [4, 200], ["fixed-access", "other"], 0.4),
  network(["platforms of the largest", "Simulated Platform", null], [17, 130], ["cloud", "hyperscaler"], 0.5),
  network(["platforms nobody typed", "Simulated Platform", null], [3, 130], [null, "hyperscaler"], 0.5),
  network(["hosters", "Simulated Hosting", "hosting"], [5, 400], ["hosting", "indie-cloud"], 0.8),
  network(["universities", "Simulated University", "education"], [3, 232], ["education", "academic"], 0.5),
  network(["nobody knows whose", "Simulated Holdings", null], [16, 800], [null, null], 0.4),
];

function network(
  [name, organisation, label]: readonly [string, string, string | null],
  [share, networks]: readonly [number, number],
  [type, tier]: readonly [NetworkKind["type"], NetworkKind["tier"]],
  loaded: number,
): NetworkKind {
  return { name, share, networks, type, tier, label, organisation, loaded, override: label === null && tier !== null };
}

/** Parts of the hosts of each kind by the formats they hold: Q4_K_M stands on 48 % of hosts, 16 bits are 19 % of instances. */
const FORMAT_PARTS = { new: 0.475, old: 0.25, full: 0.275 } as const;

/** Parts of the hosts of each use that hold one lineage alone; the others mix (`null`). Multi-family hosts are some 45 %. */
const LINEAGE_PARTS: Readonly<Record<Use, readonly (readonly [string | null, number])[]>> = {
  tools: [
    [null, 0.42],
    ["llama", 0.33],
    ["qwen2", 0.25],
  ],
  thinking: [
    [null, 0.57],
    ["", 0.43],
  ],
  vision: [
    [null, 0.5],
    ["", 0.5],
  ],
  plain: [
    [null, 0.6],
    ["llama", 0.26],
    ["gemma2", 0.14],
  ],
};

/** Hosts that use models of one size for one thing, by the format of their time. */
function kinds(use: Use, size: Size, share: number, more: Partial<Profile> = {}): readonly Profile[] {
  return (["new", "old", "full"] as const).flatMap((format) =>
    LINEAGE_PARTS[use].map(([family, part]) => {
      const own = modelsFor(use, size, format, family ?? "");
      const isMixed = family === null;
      const house = use === "tools" ? { "house-assistant:latest": 130 } : { "house-writer:latest": 200 };
      return {
        name: `${use}, ${size}, ${format} formats, ${isMixed ? "mixed" : family === "" ? "alone" : family}`,
        share: share * FORMAT_PARTS[format] * part,
        since: use === "tools" || use === "thinking" ? "0.9.0" : null,
        lives: {},
        models: isMixed ? { ...modelsFor("plain", size, format), ...own, ...(size === "large" ? house : {}) } : own,
        allOf: use === "plain" ? [] : [Object.keys(own)],
        sizes: isMixed ? MIXED_SIZES : null,
        loaded: null,
        ...more,
      };
    }),
  );
}

/** Hosts with several lineages hold more. */
const MIXED_SIZES: Profile["sizes"] = [
  { models: [1, 1], share: 8 },
  { models: [2, 3], share: 36 },
  { models: [4, 6], share: 29 },
  { models: [7, 9], share: 14 },
  { models: [10, 14], share: 8 },
];

const AGENTS: Profile = {
  name: "agents",
  share: 8.3,
  since: "0.9.0",
  lives: { backbone: 0.8 },
  models: {
    "qwen3:30b-a3b": 5,
    "qwen3:8b": 5,
    "qwen3:0.6b": 6,
    "nomic-embed-text:latest": 12,
    "gpt-oss:20b": 3,
    "gemma3:4b": 4,
    "llama3.2-vision:11b": 2,
  },
  allOf: [["qwen3:8b", "qwen3:30b-a3b", "qwen3:0.6b"]],
  sizes: [{ models: [2, 6], share: 1 }],
  loaded: 4,
};
const LIBRARIES: Profile = {
  name: "public libraries",
  share: 1.47,
  since: "0.9.0",
  lives: {},
  models: Object.fromEntries(PUBLISHED_MODELS.map(({ name }) => [name, name.startsWith("unbound") ? 0 : 3])),
  allOf: [],
  sizes: [{ models: [26, 40], share: 1 }],
  loaded: null,
};
const STAYS: Partial<Profile> = { lives: { backbone: 1.35 } };
const FEW_STAY: Partial<Profile> = { lives: { backbone: 1.1 }, loaded: 3.1 };

/** What hosts hold, so that host by host the published shares of capabilities, formats and bands come out (rows 28 to 47). */
const PROFILES: readonly Profile[] = [
  ...kinds("tools", "small", 11.2, FEW_STAY),
  ...kinds("tools", "middle", 7.1, FEW_STAY),
  ...kinds("tools", "large", 8.9, FEW_STAY),
  ...kinds("tools", "other", 9.9, FEW_STAY),
  ...kinds("thinking", "small", 5, STAYS),
  ...kinds("thinking", "middle", 4.4, STAYS),
  ...kinds("thinking", "large", 3, STAYS),
  ...kinds("thinking", "other", 3, STAYS),
  ...kinds("vision", "middle", 2),
  ...kinds("vision", "large", 1.3),
  ...kinds("vision", "other", 1.7),
  ...kinds("plain", "small", 2.4),
  ...kinds("plain", "middle", 1),
  ...kinds("plain", "large", 1),
  ...kinds("plain", "other", 1.6),
  AGENTS,
  LIBRARIES,
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
    { name: "once", share: 36, looks: [1, 1], skew: 1, uptime: [1, 1], late: 5 },
    { name: "some", share: 51, looks: [2, 100], skew: 4.75, uptime: [0.3, 1], late: 5 },
    { name: "backbone", share: 13, looks: [101, 290], skew: 0.35, uptime: [0.45, 1], late: 1 },
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
      { models: [0, 0], share: 2 },
      { models: [1, 1], share: 20 },
      { models: [2, 3], share: 35 },
      { models: [4, 6], share: 28 },
      { models: [7, 9], share: 10 },
      { models: [10, 14], share: 4 },
    ],
    growth: 0.3,
    unlisted: 0,
    aliases: 0,
  },
  profiles: PROFILES,
  models: PUBLISHED_MODELS,
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
