import type { CapabilityWord } from "../campaign-model.ts";
import { wordsKnown } from "../card-text.ts";
import type { Holding } from "../holding.ts";
import type { KnownRelease } from "../releases.ts";
import { SENDS } from "../segment.ts";

/** Words in the order of reports. */
export const WORDS: readonly CapabilityWord[] = [
  "completion",
  "tools",
  "thinking",
  "vision",
  "insert",
  "embedding",
  "image",
  "audio",
];

/** What is to be known of one word of one model: a list names it, a list that could have named it does not, it follows from elsewhere, nothing tells. */
export type WordState = "told" | "absent" | "inferred" | "unknown";

/** The version from which a list can hold a word that came later than the lists. */
const LATER: Readonly<Partial<Record<CapabilityWord, number>>> = {
  thinking: SENDS.thinking,
  image: SENDS.image,
  audio: SENDS.audio,
};

/** What can be known of a model's words at a service: from its list, its card, or what follows from either. */
export function wordStates(holding: Holding, release: KnownRelease, hasCard: boolean): readonly WordState[] {
  const { model } = holding;
  if (model.cloud) return WORDS.map(() => "unknown");
  const inTags = release.number >= SENDS.tagsCapabilities;
  const inCard = hasCard && release.number >= SENDS.cardCapabilities;
  if (inTags || inCard) {
    const list = inTags ? model.capabilities : wordsKnown(model.capabilities, release.number);
    return WORDS.map((word) => {
      if (list.includes(word)) return "told";
      const since = LATER[word];
      return since === undefined || (release.readable && release.number >= since) ? "absent" : "unknown";
    });
  }
  const follows = followsFor(holding, release, hasCard);
  return WORDS.map((word) => (follows.has(word) ? "inferred" : "unknown"));
}

function followsFor({ model }: Holding, release: KnownRelease, hasCard: boolean): ReadonlySet<CapabilityWord> {
  const follows = new Set<CapabilityWord>();
  const tellsDetails = release.number >= SENDS.details;
  const eye = model.families?.some((family) => family === "clip" || family === "mllama") === true || model.sees;
  if (hasCard && model.templateTools) follows.add("tools");
  if ((hasCard && model.projector) || (tellsDetails && eye)) follows.add("vision");
  if (tellsDetails && model.embeds) follows.add("embedding");
  return follows;
}
