import type { CountryMap, Figure, Histogram, Lorenz, Matrix, Ranks, Survival } from "../../src/render/figure.ts";
import { outside } from "../../src/render/inline.ts";

const source = "published counts of 2026-01-29, rounded; drawn to be looked at";
const frame = { unit: "hosts", of: "of 175,108 hosts", source };

export const COUNTRY_MAP: CountryMap = {
  kind: "country-map",
  title: "Hosts by country",
  alt: "World map of hosts: China 52,532, United States 32,421, Germany 10,507; 120 of 175,108 without a country",
  frame: { ...frame, of: "of 175,108 hosts, 120 without a country" },
  rows: [
    { country: "CN", value: 52_532 },
    { country: "US", value: 32_421 },
    { country: "DE", value: 10_507 },
    { country: "KR", value: 8_120 },
    { country: "FR", value: 5_400 },
    { country: "IN", value: 4_900 },
    { country: "SG", value: 4_210 },
    { country: "BR", value: 3_002 },
    { country: "RU", value: 2_950 },
    { country: "GB", value: 2_801 },
    { country: "HK", value: 2_214 },
    { country: "ZA", value: 310 },
    { country: "AU", value: 905 },
    { country: "CA", value: 1_803 },
    { country: "KE", value: 41 },
    { country: "EG", value: 88 },
    { country: "KZ", value: 17 },
    { country: "AR", value: 204 },
    { country: "XK", value: 6 },
    { country: "MT", value: 9 },
    { country: "GL", value: null },
    { country: "ZZ", value: 5 },
  ],
  whole: 175_108,
  withheld: 34,
  unknown: 120,
};

export const HISTOGRAM: Histogram = {
  kind: "histogram",
  title: "Hosts by number of models",
  alt: "Columns of hosts by number of models: 2 to 3 models 58,210 of 175,108, unknown 6,604",
  frame,
  rows: [
    { label: "0", value: 15_200 },
    { label: "1", value: 41_877 },
    { label: "2-3", value: 58_210 },
    { label: "4-9", value: 42_906 },
    { label: "10-19", value: 8_311 },
    { label: "20+", value: null },
  ],
  unknown: { label: "unknown", value: 6_604 },
};

const LINEAGES = [
  "llama",
  "qwen2",
  "qwen3",
  "gemma3",
  "deepseek2",
  "mistral3",
  "phi3",
  "bert",
  "nomic-bert",
  "gemma-with-a-very-long-name",
];

export const RANKS: Ranks = {
  kind: "ranks",
  title: "Lineages by hosts, month by month",
  alt: "Ranks of ten lineages over ten months: llama first in 8, qwen2 first in the last two",
  frame: { ...frame, of: "of hosts with a list that month" },
  steps: ["04", "05", "06", "07", "08", "09", "10", "11", "12", "13"].map((month) =>
    month === "13" ? "2026-01" : `2025-${month}`,
  ),
  rows: LINEAGES.map((name, at) => ({
    label: outside(name),
    ranks: Array.from({ length: 10 }, (_, month) => {
      if (at === 2 && month < 3) return null;
      if (at === 6 && (month === 4 || month > 6)) return null;
      if (at < 2 && month > 7) return 2 - at;
      if (at === 4 && month > 5) return 4;
      if (at === 3 && month > 5) return 4;
      return at + 1;
    }),
  })),
};

export const LORENZ: Lorenz = {
  kind: "lorenz",
  title: "Concentration of observations over hosts",
  alt: "Lorenz curve: the half of hosts seen least hold 3.1% of the observations; Gini 0.75",
  frame: { ...frame, unit: "observations", of: "7,230,000 over 175,108 hosts" },
  units: "hosts",
  amount: "observations",
  points: Array.from({ length: 99 }, (_, index) => ({ units: (index + 1) / 100, amount: ((index + 1) / 100) ** 5 })),
  gini: 0.75,
};

export const MATRIX: Matrix = {
  kind: "matrix",
  title: "Quantizations by tier",
  alt: "Shares of hosts by tier and quantization: Q4_K_M first in each tier, 48% to 71%",
  frame: { ...frame, of: "of each tier's hosts, the first five formats of each" },
  columns: ["Q4_K_M", "Q4_0", "F16", "Q8_0", "Q6_K", "Q5_K_M", "MXFP4", "unknown-format-of-a-stranger"].map(outside),
  rows: [
    { label: "hyperscaler", cells: [0.71, 0.22, 0.31, 0.08, null, 0.02, null, null] },
    { label: "hosting", cells: [0.654, 0.25, 0.28, 0.09, 0.049, null, null, null] },
    { label: "telecom-residential", cells: [0.48, 0.3, 0.17, null, 0.05, null, 0.004, null] },
    { label: "education-research", cells: [0.52, 0.1, 0.33, 0.11, null, "withheld", null, "withheld"] },
    { label: "unknown", cells: [1, 0, 0.995, null, null, null, null, null] },
  ],
};

export const SURVIVAL: Survival = {
  kind: "survival",
  title: "Hosts still seen after their first week",
  alt: "Survival curve: 62% of 175,108 hosts are still seen 4 weeks after the first look, 21% after 40",
  frame,
  time: "weeks since first seen",
  steps: Array.from({ length: 41 }, (_, at) => ({
    at,
    share: Math.round((0.2 + 0.8 * 0.88 ** at) * 1_000) / 1_000,
    atRisk: at === 40 ? null : Math.round(175_108 * 0.9 ** at),
  })),
};

/** The capability bars of the study: a bar for who has it, lighter who cannot tell. */
export const CAPABILITIES: Figure = {
  kind: "bars",
  title: "Hosts by capability",
  alt: "Bars of 175,108 hosts: completion 160,020, tools 84,227, vision 38,410; up to 9,210 unknown",
  frame,
  words: { value: "has it", unknown: "not known" },
  rows: [
    { label: "completion", value: 160_020, whole: 175_108, shown: "160,020 · 91.4%", unknown: 9_210 },
    { label: "tools", value: 84_227, whole: 175_108, shown: "84,227 · 48.1%", unknown: 9_210 },
    { label: "vision", value: 38_410, whole: 175_108, shown: "38,410 · 21.9%", unknown: 9_004 },
    { label: "audio", value: 0, whole: 175_108, shown: "withheld" },
  ],
};

/** One figure a kind, as the study draws them. */
export const STUDY_FIGURES: readonly Figure[] = [COUNTRY_MAP, CAPABILITIES, RANKS, HISTOGRAM, LORENZ, MATRIX, SURVIVAL];
