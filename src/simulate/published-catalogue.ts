import type { CapabilityWord, CatalogueModel } from "./campaign-model.ts";
import { CATALOGUE } from "./catalogue.ts";
import { versionNumber } from "./releases.ts";

/** What hosts of one kind use models for. */
export type Use = "tools" | "thinking" | "vision" | "plain";
/** Groups of sizes: `1-3B`, `4-7B`, `8-14B`, and what lies beyond. */
export type Size = "small" | "middle" | "large" | "other";

interface Line {
  readonly base: string;
  readonly family: string;
  readonly brand: string;
  readonly maker: string;
  readonly parameterSize: string;
  readonly billions: number;
  readonly band: string;
  readonly use: Use;
  readonly size: Size;
  readonly needs: string;
  readonly weight: number;
}

const line = (
  [base, family, brand, maker]: readonly [string, string, string, string],
  [parameterSize, billions, band]: readonly [string, number, string],
  [use, size]: readonly [Use, Size],
  needs: string,
  weight: number,
): Line => ({ base, family, brand, maker, parameterSize, billions, band, use, size, needs, weight });

/** Lines of models as they are spread in the calibrated campaign: one row a use and a size. */
const LINES: readonly Line[] = [
  line(["llama3.2:3b", "llama", "llama3.2", "Meta"], ["3.2B", 3.21, "1-3B"], ["tools", "small"], "0.3.0", 10),
  line(["qwen2.5:3b", "qwen2", "qwen2.5", "Alibaba"], ["3.1B", 3.09, "1-3B"], ["tools", "small"], "0.3.10", 8),
  line(["mistral:7b", "llama", "mistral", "Mistral AI"], ["7.2B", 7.25, "4-7B"], ["tools", "middle"], "0.1.0", 10),
  line(["qwen2.5:7b", "qwen2", "qwen2.5", "Alibaba"], ["7.6B", 7.62, "4-7B"], ["tools", "middle"], "0.3.10", 9),
  line(["llama3.1:8b", "llama", "llama3.1", "Meta"], ["8.0B", 8.03, "8-14B"], ["tools", "large"], "0.3.0", 10),
  line(["qwen2.5:14b", "qwen2", "qwen2.5", "Alibaba"], ["14.8B", 14.8, "8-14B"], ["tools", "large"], "0.3.10", 8),
  line(["llama3.3:70b", "llama", "llama3.3", "Meta"], ["70.6B", 70.6, "35-70B"], ["tools", "other"], "0.3.0", 8),
  line(["qwen2.5:32b", "qwen2", "qwen2.5", "Alibaba"], ["32.8B", 32.8, "15-34B"], ["tools", "other"], "0.3.10", 7),
  line(
    ["deepseek-r1:1.5b", "qwen2", "deepseek-r1", "DeepSeek"],
    ["1.8B", 1.78, "1-3B"],
    ["thinking", "small"],
    "0.5.5",
    10,
  ),
  line(
    ["deepseek-r1:7b", "qwen2", "deepseek-r1", "DeepSeek"],
    ["7.6B", 7.62, "4-7B"],
    ["thinking", "middle"],
    "0.5.5",
    10,
  ),
  line(
    ["deepseek-r1:8b", "llama", "deepseek-r1", "DeepSeek"],
    ["8.0B", 8.03, "8-14B"],
    ["thinking", "large"],
    "0.5.5",
    10,
  ),
  line(
    ["deepseek-r1:32b", "qwen2", "deepseek-r1", "DeepSeek"],
    ["32.8B", 32.8, "15-34B"],
    ["thinking", "other"],
    "0.5.5",
    10,
  ),
  line(["llava:7b", "llama", "llava", "LLaVA"], ["7B", 7.1, "4-7B"], ["vision", "middle"], "0.1.15", 10),
  line(["llava:13b", "llama", "llava", "LLaVA"], ["13B", 13, "8-14B"], ["vision", "large"], "0.1.15", 10),
  line(["llava:34b", "llama", "llava", "LLaVA"], ["34B", 34.4, "15-34B"], ["vision", "other"], "0.1.15", 10),
  line(["gemma2:2b", "gemma2", "gemma2", "Google"], ["2.6B", 2.61, "1-3B"], ["plain", "small"], "0.2.0", 4),
  line(["qwen2:1.5b", "qwen2", "qwen2", "Alibaba"], ["1.5B", 1.54, "1-3B"], ["plain", "small"], "0.1.40", 3),
  line(["tinyllama:1.1b", "llama", "tinyllama", "TinyLlama"], ["1.1B", 1.1, "1-3B"], ["plain", "small"], "0.0.1", 5),
  line(["llama2:7b", "llama", "llama2", "Meta"], ["7B", 6.74, "4-7B"], ["plain", "middle"], "0.0.1", 5),
  line(["qwen2:7b", "qwen2", "qwen2", "Alibaba"], ["7.6B", 7.62, "4-7B"], ["plain", "middle"], "0.1.40", 3),
  line(["gemma2:9b", "gemma2", "gemma2", "Google"], ["9.2B", 9.24, "8-14B"], ["plain", "large"], "0.2.0", 5),
  line(["llama3:8b", "llama", "llama3", "Meta"], ["8.0B", 8.03, "8-14B"], ["plain", "large"], "0.1.30", 4),
  line(["gemma2:27b", "gemma2", "gemma2", "Google"], ["27.2B", 27.2, "15-34B"], ["plain", "other"], "0.2.0", 5),
  line(["llama3:70b", "llama", "llama3", "Meta"], ["70.6B", 70.6, "35-70B"], ["plain", "other"], "0.1.30", 3),
];

const USES: Readonly<Record<Use, readonly CapabilityWord[]>> = {
  tools: ["completion", "tools"],
  thinking: ["completion", "thinking"],
  vision: ["completion", "vision"],
  plain: ["completion"],
};

/** Formats of hosts that pull what the library gives today, of those that hold what it gave earlier, and of those with memory to spare. */
export type Format = "new" | "old" | "full";
interface Quantization {
  readonly quantization: string;
  readonly bits: number;
  readonly weight: number;
}
const FORMATS: Readonly<Record<Format, readonly Quantization[]>> = {
  new: [
    { quantization: "Q4_K_M", bits: 4, weight: 60 },
    { quantization: "Q4_K_S", bits: 4, weight: 14 },
    { quantization: "IQ4_XS", bits: 4, weight: 9 },
    { quantization: "IQ4_NL", bits: 4, weight: 7 },
    { quantization: "Q4_1", bits: 4, weight: 5 },
  ],
  old: [
    { quantization: "Q4_0", bits: 4, weight: 60 },
    { quantization: "Q4_1", bits: 4, weight: 15 },
    { quantization: "Q4_K_S", bits: 4, weight: 10 },
    { quantization: "IQ4_NL", bits: 4, weight: 8 },
    { quantization: "Q5_0", bits: 5, weight: 6 },
  ],
  full: [
    { quantization: "F16", bits: 16, weight: 60 },
    { quantization: "BF16", bits: 16, weight: 22 },
    { quantization: "Q8_0", bits: 8, weight: 10 },
  ],
};

const NO_PROMPT = [{ class: "none", share: 1 }] as const;
/** Says who the model is, as the library's builds of this line do. */
const WHO_IT_IS = [{ class: "benign", share: 1 }] as const;
/** Of own builds: so many are harmful that 7.5 % of all visible prompts are (row 50); which harm is invented. */
const HOUSE_PROMPTS = [
  { class: "benign", share: 62 },
  { class: "unread", share: 4 },
  { class: "hacking", share: 13 },
  { class: "fraud", share: 7 },
  { class: "data-theft", share: 4 },
  { class: "hate", share: 4 },
  { class: "violence", share: 4 },
  { class: "child-abuse", share: 2 },
] as const;

function variant(one: Line, { quantization, bits }: Quantization): CatalogueModel {
  return {
    name: `${one.base}-instruct-${quantization.toLowerCase()}`,
    family: one.family,
    lineage: one.family,
    families: one.use === "vision" ? [one.family, "clip"] : [one.family],
    brand: one.brand,
    maker: one.maker,
    parameterSize: one.parameterSize,
    billions: one.billions,
    band: one.band,
    quantization,
    bits,
    gigabytes: Math.round(one.billions * bits * 1.44) / 10,
    capabilities: USES[one.use],
    templateTools: one.use === "tools",
    projector: one.use === "vision",
    sees: false,
    embeds: false,
    needs: one.needs,
    cloud: false,
    own: false,
    prompts: one.brand === "qwen2.5" && one.size !== "large" ? WHO_IT_IS : NO_PROMPT,
    templateClass: "none",
  };
}

const VARIANTS: readonly CatalogueModel[] = LINES.flatMap((one) =>
  Object.values(FORMATS).flatMap((forms) => forms.map((form) => variant(one, form))),
);

/** What could be there in 2025; only own builds have prompts. */
const COMMON: readonly CatalogueModel[] = CATALOGUE.filter(
  ({ needs }) => versionNumber(needs) < versionNumber("0.14.0"),
).map((model) => {
  if (model.name.startsWith("house-")) return { ...model, prompts: HOUSE_PROMPTS };
  return model.own ? model : { ...model, prompts: NO_PROMPT };
});

/** Every model of the calibrated campaign: the lines in each format, and those of the catalogue; a name once. */
export const PUBLISHED_MODELS: readonly CatalogueModel[] = [
  ...new Map([...COMMON, ...VARIANTS].map((model) => [model.name, model])).values(),
];

/** Names and weights of the models of a use, a size and a format; of one lineage alone where it is not empty. */
export function modelsFor(use: Use, size: Size, format: Format, family = ""): Readonly<Record<string, number>> {
  const rows = LINES.filter((one) => one.use === use && one.size === size && (family === "" || one.family === family));
  return Object.fromEntries(
    rows.flatMap((one) => FORMATS[format].map((form) => [variant(one, form).name, one.weight * form.weight])),
  );
}
