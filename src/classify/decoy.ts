import { DECOY_SIGNS } from "../knowledge/decoy-signs.ts";
import type { DecoyEvidence, DecoyInput, DecoyJudgement, DecoyWeight } from "../model/decoy.ts";

/** Points of each weight. One strong sign, or two of medium weight, make a likely decoy. */
const POINTS: Readonly<Record<DecoyWeight, number>> = {
  strong: 6,
  medium: 3,
  weak: 1,
  against: -2,
  "weakly-against": -1,
  note: 0,
};
/** What speaks against takes off no more: a careful decoy can show it. So a strong sign never leaves a service likely real. */
const MOST_OFF = -3;
const DECOY_FROM = 5;
const UNCERTAIN_FROM = 2;

const LITTLE_SEEN: DecoyEvidence = {
  sign: "little-seen",
  weight: "note",
  text: "Too little was seen to call it real: nothing that a decoy would have had to invent.",
};

/**
 * Judges whether a service is a decoy, from every sign that holds. A service of which too little was seen stays `uncertain` even when
 * nothing is odd: the absence of signs is no proof where there was nothing to show them.
 */
export function decoyOf(input: DecoyInput): DecoyJudgement {
  const held = DECOY_SIGNS.filter((sign) => sign.holds(input));
  const evidence = held.map(({ id, weight, says }) => ({ sign: id, weight, text: filled(says, input) }));
  const points = held.map(({ weight }) => POINTS[weight]);
  const sum = (part: readonly number[]): number => part.reduce((total, one) => total + one, 0);
  const score = sum(points.filter((one) => one > 0)) + Math.max(MOST_OFF, sum(points.filter((one) => one < 0)));
  if (score >= DECOY_FROM) return { class: "likely-decoy", score, evidence };
  if (score >= UNCERTAIN_FROM) return { class: "uncertain", score, evidence };
  if (isEnoughSeen(input)) return { class: "likely-real", score, evidence };
  return { class: "uncertain", score, evidence: [...evidence, LITTLE_SEEN] };
}

/** Whether there was something that a decoy would have had to invent: a list with digests, a life over time, a product that names its version. */
function isEnoughSeen(input: DecoyInput): boolean {
  if (input.product === null) return false;
  if (input.running_changed || input.version_rose) return true;
  const listed = input.entries ?? 0;
  if (input.product === "ollama") return listed > 0 && input.has_digests;
  return input.version_told || listed > 0;
}

const MOST = 100; // numbers are cut there when they are counted

/** Only numbers are filled in, so nothing that a stranger wrote. */
function filled(says: string, input: DecoyInput): string {
  const numbers = [
    ["{stamp_addresses}", input.stamp_addresses],
    ["{page_addresses}", input.page_addresses],
    ["{page_products}", input.page_products],
    ["{open_ports}", input.open_ports],
    ["{running_looks}", input.running_looks],
  ] as const;
  return numbers.reduce((text, [name, value]) => text.replaceAll(name, () => numberText(value)), says);
}

function numberText(value: number): string {
  return value >= MOST ? `${value} or more` : String(value);
}
