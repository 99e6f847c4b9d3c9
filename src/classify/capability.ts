import { CAPABILITIES, VISION_FAMILIES } from "../knowledge/capabilities.ts";
import type { Capability } from "../knowledge/capabilities.ts";
import type { CapabilityInput, CapabilityJudgement } from "../model/judgements.ts";
import { knownLineage } from "./lineage.ts";
import { sendsField } from "./field-too-new.ts";

/**
 * Judges every capability word of one model. The list in `/api/tags` (from 0.30.0) counts first, then the card (from 0.6.4); only
 * without a list is anything inferred, and never for a cloud stub. A word that the server's version could not say is unknown, not
 * absent.
 */
export function capabilitiesOf(input: CapabilityInput): readonly CapabilityJudgement[] {
  return CAPABILITIES.map((word) => judge(word, input));
}

function judge(word: Capability, input: CapabilityInput): CapabilityJudgement {
  const said = listed(word, "tags", input.tags, input.version) ?? listed(word, "card", input.card, input.card_version);
  if (said !== null) return said;
  const basis = input.tags === null && input.card === null && !input.is_cloud ? inference(word.id, input) : null;
  return { capability: word.id, state: basis === null ? "unknown" : "inferred", basis };
}

/** What one list says of a word; `null` when there is no list, or it could not have held the word. */
function listed(
  word: Capability,
  basis: "tags" | "card",
  list: readonly string[] | null,
  version: string | null,
): CapabilityJudgement | null {
  if (list === null) return null;
  if (list.includes(word.id)) return { capability: word.id, state: "advertised", basis };
  const couldSay = word.since === FIRST_LISTS || sendsField(version, "show", `capabilities=${word.id}`) === true;
  return couldSay ? { capability: word.id, state: "absent", basis } : null;
}

const FIRST_LISTS = "0.6.4"; // every list ever sent could hold the words of this release

/** What tells a capability without a list; the fallback for servers before 0.6.4 and for unasked cards. */
function inference(word: string, input: CapabilityInput): CapabilityJudgement["basis"] {
  switch (word) {
    case "tools":
      return input.template_uses_tools === true ? "template" : null;
    case "vision":
      return visionBasis(input);
    case "embedding":
      return knownLineage(input.family)?.kind === "embedding" ? "architecture" : null;
    default:
      return null;
  }
}

function visionBasis(input: CapabilityInput): CapabilityJudgement["basis"] {
  if (input.has_projector === true) return "projector";
  if (input.families?.some((family) => VISION_FAMILIES.includes(family.toLowerCase())) === true) return "families";
  return knownLineage(input.family)?.vision === true ? "architecture" : null;
}
