import type { ModelEntry, Observation } from "../../src/model/observation.ts";
import { lakeObservation } from "./lake-lines.ts";

const LOOKS = 700;
const DAY_MS = 86_400_000;
const BEGIN_MS = Date.UTC(2026, 0, 20);

/** Numbers in [0, 1) from a seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Looks that make every kind of trouble: two vantages and two sources in one millisecond that tell different things, services of one
 * address, IPv6, lists and places that come and go, products that change, looks that are no answer.
 * None twice: some 600 of 25 addresses.
 */
export function troubledLooks(): readonly Observation[] {
  return [...new Map(looks().map((one) => [keyOf(one), one])).values()];
}

function looks(): readonly Observation[] {
  const random = seeded(7);
  const pick = <T>(from: readonly [T, ...T[]]): T => from[Math.floor(random() * from.length)] ?? from[0];
  const maybe = <T>(value: T): T | null => (random() < 0.3 ? null : value);
  return Array.from({ length: LOOKS }, (_, n) => {
    const host = Math.floor(random() * 25);
    const entries = entriesOf(n, random);
    return lakeObservation(1, n, {
      address: host % 9 === 8 ? `2001:db8::${host}` : `10.9.0.${host}`,
      port: host % 3 === 0 ? pick([11434, 8080]) : 11434,
      host_name: host % 7 === 0 ? "llm.example.net" : null,
      seen_at: new Date(BEGIN_MS + Math.floor(random() * 60) * DAY_MS).toISOString(),
      vantage: maybe(pick(["inside", "outside"])),
      source: pick(["corral", "other"]),
      answer: pick(["open", "open", "open", "login", "other"]),
      confirmed: random() < 0.8,
      product: maybe(pick(["ollama", "ollama", "koboldcpp"])),
      version: maybe(pick(["0.5.7", "0.6.2", "0.9.0", "odd"])),
      status: maybe(200),
      signs: random() < 0.2 ? [pick(["odd-entries", "control-answered", "open-signup"])] : [],
      server: maybe(pick(["nginx/1.2", "ollama"])),
      page: maybe(pick(["ab".repeat(16), "cd".repeat(16)])),
      models: maybe(entries),
      running: random() < 0.3 ? [loadedOf(n)] : maybe([]),
      country: maybe(pick(["DE", "US"])),
      region: maybe(pick(["A", "B"])),
      asn: maybe(pick([64_496, 64_497])),
      organisation: maybe(pick(["Example Telecom", "Example Hosting"])),
      labels: maybe(pick([["hosting"], ["mobile"]])),
    });
  });
}

function entriesOf(n: number, random: () => number): readonly ModelEntry[] {
  const [entry] = lakeObservation(1, n).models ?? [];
  if (entry === undefined) throw new Error("no entry");
  const stamps = ["2026-01-10T03:04:05.123456789Z", "2026-01-11T03:04:05.5Z", "2026-01-12T03:04:05.987654321Z"];
  return Array.from({ length: Math.floor(random() * 3) }, (_, at) => ({
    ...entry,
    name: `model-${Math.floor(random() * 4)}-${at}`,
    modified_at: stamps[Math.floor(random() * 3)] ?? null,
    capabilities: random() < 0.5 ? ["completion", "tools"] : null,
  }));
}

function loadedOf(n: number): NonNullable<Observation["running"]>[number] {
  return { name: `model-${n % 3}`, digest: null, size: n, size_vram: n, context_length: null, expires_at: null };
}

function keyOf({ address, port, host_name: name, seen_at: at, vantage, source }: Observation): string {
  return [address, port, name, at, vantage, source].join(" ");
}
