import { objectAt, wordAt } from "../evidence.ts";
import type { Evidence } from "../product.ts";

/** The name that a server gives its software at `/.well-known/serviceinfo`, as the AI Horde began it; `null` when it gives none. */
export function softwareName(evidence: Evidence): string | null {
  return wordAt(objectAt(evidence, "service-info"), "software", "name");
}

/** The version beside it. */
export function softwareVersion(evidence: Evidence): string | null {
  return wordAt(objectAt(evidence, "service-info"), "software", "version");
}
