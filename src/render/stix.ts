import { isVersionIndicated } from "./exposure.ts";
import type { ExportHead, Exposure, SeenPlace } from "./exposure.ts";
import {
  CORRAL_IDENTITY,
  TLP_MARKINGS,
  addressObject,
  bundleId,
  noteObject,
  observedObject,
  softwareObject,
  trafficObject,
  vulnerabilityObject,
} from "./stix-objects.ts";
import type { StixObject, TlpColour } from "./stix-objects.ts";

/** Writes one STIX 2.1 bundle piece by piece; every object stands in it once. It remembers the ids it wrote, some 60 bytes each. */
export interface StixBundle {
  head(): string;
  /** A place and what was seen there. */
  seen(one: SeenPlace): string;
  /** A failed check as a note on the place, with the vulnerability that its version indicates. */
  exposure(one: Exposure): string;
  tail(): string;
}

/**
 * Begins a bundle.
 *
 * @param name - What the bundle's own id is made of: of the same lake and options the same.
 */
export function stixBundle(name: string, colour: TlpColour, { synthetic }: ExportHead): StixBundle {
  const marking = TLP_MARKINGS[colour];
  const written = new Set<string>();
  const pieces = (objects: readonly (StixObject | null)[]): string =>
    objects
      .filter((one) => one !== null)
      .filter(({ id }) => !written.has(id) && written.add(id))
      .map((one) => `,\n${JSON.stringify(one)}`)
      .join("");
  const place = (one: SeenPlace): { readonly objects: readonly (StixObject | null)[]; readonly id: string } => {
    const address = addressObject(one.place);
    const traffic = trafficObject(one.place, address);
    const software = softwareObject(one);
    const refs = [address.id, traffic.id, ...(software === null ? [] : [software.id])];
    const observed = observedObject(one, refs, marking.id);
    return { objects: [address, traffic, software, observed], id: observed.id };
  };
  return {
    head() {
      const first = [marking, synthetic ? { ...CORRAL_IDENTITY, labels: ["synthetic-data"] } : CORRAL_IDENTITY];
      for (const { id } of first) written.add(id);
      const objects = first.map((one) => JSON.stringify(one)).join(",\n");
      return `{"type":"bundle","id":${JSON.stringify(bundleId(name))},"objects":[\n${objects}`;
    },
    seen: (one) => pieces(place(one).objects),
    exposure(one) {
      const { objects, id } = place(one);
      const cves = isVersionIndicated(one.check) ? one.check.ids.cve : [];
      const vulnerabilities = cves.map((cve) => vulnerabilityObject(one.check, cve, marking.id));
      const refs = [id, ...vulnerabilities.map((weakness) => weakness.id)];
      const seenHere = written.has(id) ? [] : objects;
      return pieces([...seenHere, ...vulnerabilities, noteObject(one, refs, marking.id)]);
    },
    tail: () => "\n]}\n",
  };
}
