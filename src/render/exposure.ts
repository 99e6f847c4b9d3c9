import type { Check, Remediation } from "../knowledge/checks/check.ts";
import type { NetworkTier } from "../knowledge/networks/network-kind.ts";
import type { DecoyClass } from "../model/decoy.ts";
import type { Severity } from "../model/finding.ts";
import type { Instant } from "../model/instant.ts";
import type { Answer } from "../model/observation.ts";
import { serviceKey } from "../model/service.ts";
import type { Service } from "../model/service.ts";
import { visibleText } from "./visible-text.ts";

/** Where something was seen: one service, or (truncated) so many services of a network. */
export type ExposurePlace =
  | { readonly kind: "service"; readonly service: Service }
  /** `cidr` is a /24 or /48. */
  | { readonly kind: "network"; readonly cidr: string; readonly services: number };

/** What was seen at a place, for files that other programs read. */
export interface SeenPlace {
  readonly place: ExposurePlace;
  readonly answer: Answer;
  /** `null` = not told. */
  readonly product: string | null;
  /** As the server said; `null` = not told, or of several services. */
  readonly version: string | null;
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  /** Whether it is what it says it is; `null` = of several services. */
  readonly decoy: DecoyClass | null;
}

/** A failed check at a place. */
export interface Exposure extends SeenPlace {
  readonly check: Check;
  readonly severity: Severity;
  /** Why it failed, in one sentence that names no service. */
  readonly evidence: string;
  /** Infrastructure tier of the service's network; `null` = not known, or of several services. */
  readonly tier: NetworkTier | null;
}

/** What stands in the head of an exported file. */
export interface ExportHead {
  /** Corral's own version. */
  readonly toolVersion: string;
  /** Made by a generator: no measurement. */
  readonly synthetic: boolean;
}

/** The place in one line that cannot steer a reader: `http://192.0.2.7:11434/`, or `192.0.2.0/24`. */
export function placeName(place: ExposurePlace): string {
  return place.kind === "service" ? visibleText(serviceKey(place.service), 500) : place.cidr;
}

/** The same as a key that ids are made of. */
export function placeKey(place: ExposurePlace): string {
  return place.kind === "service" ? serviceKey(place.service) : place.cidr;
}

/** The place as an address or a prefix. */
export function placeAddress(place: ExposurePlace): string {
  return place.kind === "service" ? place.service.address : place.cidr;
}

/** What was seen, in one sentence. */
export function exposureText({ check, place, evidence }: Exposure): string {
  if (place.kind === "service") {
    const [subject, rest] = evidence.startsWith("It ") ? ["", evidence.slice("It ".length)] : [":", evidence];
    return `${placeName(place)}${subject} ${visibleText(rest, 1000)}`;
  }
  const services = place.services === 1 ? "1 service" : `${place.services} services`;
  return `${services} in ${place.cidr}: ${check.title}.`;
}

/** How to close it in this tier (`null` = not known), one measure a line, the cheapest first. */
export function remediationText({ remediation }: Check, tier: NetworkTier | null): string {
  return remediation.map((one) => `${one.measure} (${one.effort}): ${measureText(one, tier)}`).join("\n");
}

function measureText({ text, byTier }: Remediation, tier: NetworkTier | null): string {
  return (tier === null ? undefined : byTier?.[tier]) ?? text;
}

/** CVEs that a failed check means for what was seen: those of checks on exposure are Ollama's and say nothing of another product. */
export function exposureCves({ check, product }: Exposure): readonly string[] {
  return isVersionIndicated(check) || product === "ollama" ? check.ids.cve : [];
}

/** Whether a check follows from a version a server names and from nothing else. */
export function isVersionIndicated({ id }: Check): boolean {
  return id.startsWith("cve-");
}
