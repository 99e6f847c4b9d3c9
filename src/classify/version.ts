/** A release number as servers write it, read leniently. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** `rc0` → stage `rc`, number 0; `null` for a release. A vendor's or builder's suffix (`-ipexllm-20250331`) is no stage. */
  readonly stage: { readonly name: Stage; readonly number: number } | null;
}

/** Stages before a release, earliest first. */
const STAGES = ["alpha", "beta", "ci", "pre", "rc"] as const;
type Stage = (typeof STAGES)[number];

const LONGEST = 64; // characters; no release string comes near
const NUMBERS = /^v?(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:$|[-+](?=[0-9A-Za-z]))/u;
const STAGE = /^(alpha|beta|ci|pre|rc)[.-]?(\d{0,3})(?=$|[-+.])/u;
const ALLOWED_SUFFIX = /^[0-9A-Za-z.+-]*$/u;

/**
 * Reads a version string.
 *
 * @returns `null` when nothing is known: not three numbers up to 999, empty, `0.0.0` (a source build), or built from changed
 *   sources (`-dirty`). Unknown is neither old nor new.
 * @see ollama/ollama@fb307608 version/version.go (default `0.0.0`) and scripts/env.sh (`git describe --dirty`)
 */
export function parseVersion(text: string | null): Version | null {
  if (text === null || text.length > LONGEST) return null;
  const trimmed = text.trim();
  const head = NUMBERS.exec(trimmed);
  if (head === null) return null;
  const [major, minor, patch] = [Number(head[1]), Number(head[2]), Number(head[3])];
  const suffix = trimmed.slice(head[0].length);
  if (!ALLOWED_SUFFIX.test(suffix) || suffix.includes("dirty") || major + minor + patch === 0) return null;
  return { major, minor, patch, stage: stageOf(suffix) };
}

function stageOf(suffix: string): Version["stage"] {
  const match = STAGE.exec(suffix);
  const name = STAGES.find((one) => one === match?.[1]);
  return match === null || name === undefined ? null : { name, number: Number(match[2]) };
}

/** Thousandths added to the release below, so that every candidate sorts between that release and its own. */
const STAGE_FROM: Readonly<Record<Stage, number>> = { alpha: 100, beta: 200, ci: 300, pre: 400, rc: 500 };

/** One number that orders versions: `0.17.1` → 17001, its candidate `0.17.1-rc3` → 17000.503. */
export function versionRank(version: Version): number {
  const release = version.major * 1_000_000 + version.minor * 1_000 + version.patch;
  if (version.stage === null) return release;
  return ((release - 1) * 1_000 + STAGE_FROM[version.stage.name] + Math.min(version.stage.number, 99)) / 1_000;
}

/** The rank of a version string; `null` when unknown. */
export function rankOf(text: string | null): number | null {
  const version = parseVersion(text);
  return version === null ? null : versionRank(version);
}
