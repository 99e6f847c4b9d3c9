/** A version that hosts of the sample run, before and after each date on which Ollama's answers gained a field. */
export interface SampleVersion {
  readonly text: string;
  /** `major × 10^6 + minor × 10^3 + patch` of what the binary can send; a source build (`0.0.0`) sends what its sources could. */
  readonly sends: number;
  readonly weight: number;
}

const version = (text: string, weight: number): SampleVersion => ({ text, sends: versionNumber(text), weight });

/** Oldest first. */
export const SAMPLE_VERSIONS: readonly SampleVersion[] = [
  version("0.1.14", 2),
  version("0.1.17", 3),
  version("0.1.29", 2),
  version("0.1.34", 3),
  version("0.1.44", 3),
  version("0.3.14", 6),
  version("0.5.7", 10),
  version("0.6.2", 6),
  version("0.6.8", 8),
  version("0.9.6", 9),
  version("0.11.10", 9),
  version("0.12.3", 10),
  version("0.13.5", 8),
  { text: "0.0.0", sends: versionNumber("0.13.0"), weight: 3 },
  version("0.17.0", 5),
  version("0.17.7", 8),
  version("0.20.2", 7),
  version("0.24.0", 6),
  version("0.30.1", 8),
  version("0.31.2", 6),
];

/** `0.12.3` → 12003. */
export function versionNumber(text: string): number {
  const [major = 0, minor = 0, patch = 0] = text.split(".").map(Number);
  return major * 1_000_000 + minor * 1_000 + patch;
}
