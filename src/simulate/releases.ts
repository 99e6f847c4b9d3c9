import type { Release } from "./campaign-model.ts";

/** `0.12.3` → 12003: orders releases; text behind a `-` is left out. */
export function versionNumber(text: string): number {
  const [major = 0, minor = 0, patch = 0] = text.split("-", 1)[0]?.split(".").map(Number) ?? [];
  return major * 1_000_000 + minor * 1_000 + patch;
}

/** A release with what follows from its text, worked out once. */
export interface KnownRelease extends Release {
  readonly index: number;
  /** Version number of what its answers hold. */
  readonly number: number;
  /** Whether the text says which version it is. */
  readonly readable: boolean;
  /** `0.17`; empty when unreadable. */
  readonly minor: string;
  /** Whether some published CVE of Ollama names it; `null` when unreadable. */
  readonly indicated: boolean | null;
}

/** The newest release that a record names: CVE-2026-7020 up to 0.20.2; every older one lies in CVE-2026-7482 (before 0.17.1) or that. */
const LAST_INDICATED = versionNumber("0.20.2");

/** Releases of a model, oldest first. */
export function knownReleases(releases: readonly Release[]): readonly KnownRelease[] {
  const sorted = releases.toSorted((a, b) => numberOf(a) - numberOf(b) || (a.version < b.version ? -1 : 1));
  return sorted.map((release, index) => {
    const readable = versionNumber(release.version) > 0;
    return {
      ...release,
      index,
      number: numberOf(release),
      readable,
      minor: readable ? release.version.split(".").slice(0, 2).join(".") : "",
      indicated: readable ? versionNumber(release.version) <= LAST_INDICATED : null,
    };
  });
}

function numberOf(release: Release): number {
  return versionNumber(release.sends ?? release.version);
}

const release = (version: string, released: string, share = 1): Release => ({ version, released, sends: null, share });

/**
 * Releases of Ollama that the models here use. The days of 0.6.4, 0.9.0 and 0.30.0 are those of the facts, which decide what an answer
 * can hold; the others are within some weeks of the truth and decide nothing.
 */
export const RELEASES: readonly Release[] = [
  release("0.1.14", "2023-12-09"),
  release("0.1.17", "2023-12-19"),
  release("0.1.29", "2024-03-14"),
  release("0.1.34", "2024-05-07"),
  release("0.1.44", "2024-06-13"),
  release("0.3.14", "2024-10-18", 2),
  release("0.5.7", "2025-01-16", 3),
  release("0.5.12", "2025-02-24", 2),
  release("0.6.2", "2025-03-18", 2),
  release("0.6.4", "2025-04-02"),
  release("0.6.8", "2025-05-03", 2),
  release("0.7.1", "2025-05-21"),
  release("0.9.0", "2025-05-28", 2),
  release("0.9.6", "2025-07-08", 2),
  release("0.10.1", "2025-07-31"),
  release("0.11.4", "2025-08-07", 2),
  release("0.11.10", "2025-09-04", 2),
  release("0.12.0", "2025-09-18"),
  release("0.12.3", "2025-09-26", 2),
  release("0.12.10", "2025-11-05"),
  release("0.13.0", "2025-11-18"),
  release("0.13.5", "2025-12-18", 2),
  release("0.14.3", "2026-01-16", 2),
  release("0.17.0", "2026-02-20"),
  release("0.17.1", "2026-02-26", 2),
  release("0.17.7", "2026-03-05"),
  release("0.20.2", "2026-04-03", 2),
  release("0.24.0", "2026-05-12", 2),
  release("0.30.0", "2026-06-01"),
  release("0.30.1", "2026-06-05", 2),
  release("0.31.2", "2026-07-10", 2),
  { version: "0.0.0", released: "2025-11-20", sends: "0.13.0", share: 0.3 },
];
