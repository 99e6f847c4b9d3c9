import { BRANDS, MAKER_PREFIXES } from "../knowledge/brands.ts";
import type { Brand } from "../knowledge/brands.ts";
import { modelNameParts } from "./model-name.ts";

const BY_STEM: ReadonlyMap<string, Brand> = new Map(
  BRANDS.flatMap((brand) => brand.stems.map((stem) => [stem, brand] as const)),
);
const BEGINNINGS: ReadonlySet<string> = new Set([...BY_STEM.keys()].map((stem) => stem.slice(0, 2)));
const LONGEST_HEAD = Math.max(...[...BY_STEM.keys()].map((stem) => stem.length)) + "-123.456".length;
const BEFORE_NUMBER = /(?<=[a-z])-(?=\d)/gu;
/** What may follow the stem of a brand with versions: `.5` after `kimi-k2`, `3.1` or `-3` after a word. */
const VERSIONS_AT_END: readonly RegExp[] = [/\.\d{1,3}$/u, /-?\d{1,3}(?:\.\d{1,3})?$/u];
const ENDS_IN_DIGIT = /\d$/u;
const WORD = /[a-z0-9]/u;

/**
 * The maker's line a name belongs to, told by how its model part begins: `deepseek-r1:7b` is DeepSeek's R1 whatever architecture
 * carries it. Altered models that keep the name (`deepseek-r1-abliterated`) count to it. Names are free text on the server:
 * a brand is a claim.
 *
 * @returns `null` when the name is not sent, malformed or of no known line.
 */
export function brandOf(name: string | null): Brand | null {
  const parts = modelNameParts(name);
  if (parts === null) return null;
  for (const candidate of candidates(parts.model)) {
    const plain = longestStem(candidate);
    const squeezed = candidate.replace(BEFORE_NUMBER, "");
    const other = squeezed === candidate ? null : longestStem(squeezed);
    const best = (other?.length ?? 0) > (plain?.length ?? 0) ? other : plain;
    if (best !== null) return best.brand;
  }
  return null;
}

/** The model part without a maker before `_` (`qwen_qwen3-8b`), as it is, and without a maker before `-`. */
function candidates(model: string): readonly string[] {
  const without = (mark: string): readonly string[] =>
    MAKER_PREFIXES.filter((maker) => model.startsWith(maker + mark)).map((maker) => model.slice(maker.length + 1));
  return [...without("_"), model, ...without("-")].map((text) => text.replaceAll("_", "-"));
}

/** The brand with the longest stem that ends where a word ends, and the length of what matched. */
function longestStem(model: string): { readonly brand: Brand; readonly length: number } | null {
  if (!BEGINNINGS.has(model.slice(0, 2))) return null;
  for (let end = Math.min(model.length, LONGEST_HEAD); end > 0; end -= 1) {
    const brand = endsWord(model, end) ? brandWithStem(model.slice(0, end)) : null;
    if (brand !== null) return { brand, length: end };
  }
  return null;
}

function brandWithStem(head: string): Brand | null {
  const exact = BY_STEM.get(head);
  if (exact !== undefined) return exact;
  if (!ENDS_IN_DIGIT.test(head)) return null;
  const versioned = VERSIONS_AT_END.map((version) => BY_STEM.get(head.replace(version, "")));
  return versioned.find((brand) => brand?.versions === true) ?? null;
}

/** `llama3` ends no word in `llama3.2` or `llama33`, but does in `llama3-8b` and `llama3`. */
function endsWord(model: string, end: number): boolean {
  const next = model[end];
  if (next === undefined) return true;
  if (WORD.test(next)) return false;
  return !(next === "." && WORD.test(model[end + 1] ?? ""));
}
