import type { NetworkType } from "./network-kind.ts";

/** One group of words that records use for a network. Words on anonymity (`vpn`, `proxy`, `tor`) tell no type and are no row. */
export interface NetworkLabel {
  readonly id: string;
  readonly type: NetworkType;
  /** Whole labels, in small letters. */
  readonly words: readonly string[];
  readonly source: string;
}

const OBSERVATION = "model/observation.ts, labels: the words that Corral's readers write";
const OWN_WORDS = "words that scan services write in tags and network types";

/** What a record's own labels say of its network, in the order in which they are believed. */
export const NETWORK_LABELS: readonly NetworkLabel[] = [
  { id: "satellite", type: "satellite", words: ["satellite"], source: OBSERVATION },
  { id: "mobile", type: "mobile", words: ["mobile", "cellular"], source: OBSERVATION },
  { id: "education", type: "education", words: ["education", "university", "academic"], source: OWN_WORDS },
  { id: "government", type: "government", words: ["government", "military"], source: OWN_WORDS },
  { id: "cdn", type: "cdn", words: ["cdn"], source: OWN_WORDS },
  {
    id: "hosting",
    type: "hosting",
    words: ["hosting", "cloud", "datacenter", "data center", "vps"],
    source: `${OBSERVATION}; ${OWN_WORDS}`,
  },
  { id: "access", type: "fixed-access", words: ["isp", "residential", "broadband"], source: OWN_WORDS },
  { id: "enterprise", type: "enterprise", words: ["business", "enterprise", "corporate"], source: OWN_WORDS },
];
