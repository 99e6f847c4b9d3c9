import { CATALOGUE } from "./catalogue.ts";
import type { CampaignModel, Country, NetworkKind, Profile } from "./campaign-model.ts";
import { RELEASES } from "./releases.ts";

const country = (code: string, share: number, ...regions: readonly (readonly [string, number])[]): Country => ({
  country: code,
  share,
  regions: regions.map(([region, part]) => ({ region, share: part })),
});

/** Kinds of networks of which labels or a row of overrides tell type and tier. */
export const NETWORK_KINDS: readonly NetworkKind[] = [
  {
    name: "homes and offices by wire",
    share: 0.3,
    networks: 60,
    type: "fixed-access",
    tier: "telecom-residential",
    label: "isp",
    organisation: "Simulated Fibre",
    override: false,
    loaded: 0.2,
  },
  {
    name: "mobile operators",
    share: 0.03,
    networks: 8,
    type: "mobile",
    tier: "telecom-residential",
    label: "mobile",
    organisation: "Simulated Wireless",
    override: false,
    loaded: 0.1,
  },
  {
    name: "hosters",
    share: 0.2,
    networks: 30,
    type: "hosting",
    tier: "indie-cloud",
    label: "hosting",
    organisation: "Simulated Hosting",
    override: false,
    loaded: 0.6,
  },
  {
    name: "platforms of the largest",
    share: 0.28,
    networks: 12,
    type: "cloud",
    tier: "hyperscaler",
    label: null,
    organisation: "Simulated Platform",
    override: true,
    loaded: 0.4,
  },
  {
    name: "universities",
    share: 0.04,
    networks: 12,
    type: "education",
    tier: "academic",
    label: "education",
    organisation: "Simulated University",
    override: false,
    loaded: 0.4,
  },
  {
    name: "own networks",
    share: 0.03,
    networks: 12,
    type: "enterprise",
    tier: "other",
    label: "business",
    organisation: "Simulated Works",
    override: false,
    loaded: 0.3,
  },
  {
    name: "nobody knows whose",
    share: 0.12,
    networks: 40,
    type: null,
    tier: null,
    label: null,
    organisation: "Simulated Holdings",
    override: false,
    loaded: 0.3,
  },
];

const COUNTRIES: readonly Country[] = [
  country("US", 24, ["Virginia", 0.18], ["California", 0.14], ["Oregon", 0.08]),
  country("CN", 22, ["Beijing", 0.3], ["Shanghai", 0.11], ["Guangdong", 0.1]),
  country("DE", 12),
  country("FR", 7),
  country("KR", 7, ["Seoul", 0.5]),
  country("IN", 6),
  country("SG", 5),
  country("BR", 5),
  country("GB", 5),
  country("JP", 4),
  country("PL", 2),
  country("ZA", 1),
];

/** What hosts mostly hold: everything, the small and well-known most. */
const EVERYTHING: Profile = {
  name: "a bit of everything",
  share: 0.7,
  since: null,
  lives: {},
  models: Object.fromEntries(
    CATALOGUE.filter(({ name }) => !name.startsWith("unbound")).map(({ name }) => [name, weightOf(name)]),
  ),
  allOf: [],
  sizes: null,
  loaded: null,
};

function weightOf(name: string): number {
  const often = ["llama3.2:3b", "llama3.1:8b", "qwen2.5:7b", "deepseek-r1:7b", "nomic-embed-text:latest"];
  if (often.includes(name)) return 12;
  const seldom = ["deepseek-r1:671b", "hf.co/example/gpt-oss-20b-GGUF:BF16", "example/lantern:latest"];
  return seldom.includes(name) ? 0.5 : 3;
}

/** A campaign as one could be: plausible, and nobody's measurement. */
export const DEFAULT_MODEL: CampaignModel = {
  name: "default",
  seed: "corral",
  hosts: 2000,
  from: "2026-03-02",
  days: 90,
  targets: 65_536,
  missingDays: [36],
  partialDays: [63],
  lives: [
    { name: "once", share: 0.3, looks: [1, 1], skew: 1, uptime: [1, 1], late: 1 },
    { name: "some", share: 0.5, looks: [2, 45], skew: 2.5, uptime: [0.35, 1], late: 1 },
    { name: "backbone", share: 0.2, looks: [60, 89], skew: 0.4, uptime: [0.85, 1], late: 1 },
  ],
  silentLooks: 3,
  networks: NETWORK_KINDS,
  countries: COUNTRIES,
  addresses: { ipv6: 0.06, reserved: 0.06 },
  networkChanges: 0.02,
  ports: [
    { port: 11_434, share: 0.92 },
    { port: 80, share: 0.05 },
    { port: 8443, share: 0.03 },
  ],
  secondServices: 0.02,
  versions: RELEASES,
  upgrades: { share: 0.2, everyDays: [10, 60], backShare: 0.01, halfLifeDays: 150 },
  inventory: {
    sizes: [
      { models: [0, 0], share: 6 },
      { models: [1, 1], share: 22 },
      { models: [2, 3], share: 40 },
      { models: [4, 9], share: 25 },
      { models: [10, 19], share: 5 },
      { models: [20, 30], share: 2 },
    ],
    growth: 0.2,
    unlisted: 0.01,
    aliases: 0.02,
  },
  profiles: [
    EVERYTHING,
    {
      ...EVERYTHING,
      name: "chat over documents",
      share: 0.15,
      allOf: [
        ["nomic-embed-text:latest", "mxbai-embed-large:latest", "bge-m3:latest"],
        ["llama3.1:8b", "qwen2.5:7b", "llama3:8b"],
      ],
      sizes: [{ models: [2, 5], share: 1 }],
    },
    {
      ...EVERYTHING,
      name: "agents",
      share: 0.15,
      since: "0.9.0",
      lives: { backbone: 2 },
      models: { "qwen3:8b": 5, "gpt-oss:20b": 3, "qwen3:30b-a3b": 2, "llama3.3:70b": 1, "gpt-oss:120b-cloud": 1 },
      sizes: [{ models: [1, 4], share: 1 }],
      loaded: 1.2,
    },
  ],
  models: CATALOGUE,
  extras: [
    { model: "unbound:latest", hosts: 12 },
    { model: "unbound-template:7b", hosts: 8 },
  ],
  logins: 0.03,
  moved: 0.03,
  decoys: 0.02,
  others: { login: 0.06, denied: 0.02, web: 0.02, koboldcpp: 0.02, koboldcppBeside: 0.3 },
  secondSource: { name: "corral-simulated-elsewhere", share: 0.4, only: 0.05, looks: 0.5 },
  expiryTold: true,
};
