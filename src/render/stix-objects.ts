import type { Check } from "../knowledge/checks/check.ts";
import type { Instant } from "../model/instant.ts";
import { exposureText, placeAddress, placeKey, placeName, remediationText } from "./exposure.ts";
import type { Exposure, ExposurePlace, SeenPlace } from "./exposure.ts";
import { uuidV5 } from "./uuid-v5.ts";
import { visibleText } from "./visible-text.ts";

/** A STIX 2.1 object, ready to be written. */
export interface StixObject extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly type: string;
}

/** Namespace of the ids of observables (STIX 2.1, section 2.9). */
const OBSERVABLES = "00abedb4-aa42-466c-9c01-fed23315a9b7";
/** Namespace of the ids of everything else that Corral writes: they never meet those of the observables. */
const CORRAL = "6f2f8a3e-9a1d-5c55-8f6b-2a7f0f0c9d41";
/** Objects that stand for Corral's own knowledge are as old as the project. */
export const EPOCH = "2026-01-01T00:00:00.000Z";

/** Markings of STIX 2.1, section 7.2.1.4, with the ids that everybody gives them. */
export const TLP_MARKINGS = {
  white: tlp("white", "613f2e26-407d-48c7-9eca-b8e91df99dc9"),
  green: tlp("green", "34098fce-860f-48ae-8e50-ebd3cc5e41da"),
  amber: tlp("amber", "f88d31f6-486f-44da-b317-01333bde0b82"),
  red: tlp("red", "5e57c739-391a-4eb3-b6be-7d15ca92d5ed"),
} as const;
export type TlpColour = keyof typeof TLP_MARKINGS;

function tlp(colour: string, uuid: string): StixObject {
  return {
    type: "marking-definition",
    spec_version: "2.1",
    id: `marking-definition--${uuid}`,
    created: "2017-01-20T00:00:00.000Z",
    definition_type: "tlp",
    name: `TLP:${colour.toUpperCase()}`,
    definition: { tlp: colour },
  };
}

/** The id of a bundle: the same for the same content's name. */
export function bundleId(name: string): string {
  return `bundle--${uuidV5(CORRAL, `bundle ${name}`)}`;
}

/** Who says it all. */
export const CORRAL_IDENTITY = domainObject("identity", "identity", EPOCH, EPOCH, {
  name: "Corral",
  identity_class: "system",
  description: "Corral finds self-hosted model servers that stand open. It observes; it exploits nothing.",
});

/** An address or a prefix. */
export function addressObject(place: ExposurePlace): StixObject {
  const value = placeAddress(place);
  return observable(value.includes(":") ? "ipv6-addr" : "ipv4-addr", { value });
}

/** That something was asked over TCP and HTTP; of a service its port. */
export function trafficObject(place: ExposurePlace, address: StixObject): StixObject {
  const port = place.kind === "service" ? { dst_port: place.service.port } : {};
  const isTls = place.kind === "service" && place.service.scheme === "https";
  const protocols = place.kind === "service" ? ["tcp", ...(isTls ? ["tls"] : []), "http"] : ["tcp", "http"];
  return observable("network-traffic", { ...port, dst_ref: address.id, protocols });
}

/** What it says it is. `null` when it does not. */
export function softwareObject({ product, version }: SeenPlace): StixObject | null {
  if (product === null) return null;
  return observable("software", {
    name: visibleText(product),
    ...(version === null ? {} : { version: visibleText(version) }),
  });
}

/** That the observables were seen together, when and how often. */
export function observedObject(seen: SeenPlace, refs: readonly string[], marking: string): StixObject {
  const number = seen.place.kind === "network" ? seen.place.services : 1;
  return domainObject("observed-data", seenKey(seen), seen.firstSeen, seen.lastSeen, {
    created_by_ref: CORRAL_IDENTITY.id,
    first_observed: seen.firstSeen,
    last_observed: seen.lastSeen,
    number_observed: number,
    object_refs: refs,
    object_marking_refs: [marking],
    ...(seen.decoy === null ? {} : { labels: [seen.decoy] }),
  });
}

/** One observed-data a place and product: of a network there may be several products. */
function seenKey({ place, product }: SeenPlace): string {
  return place.kind === "service" ? placeKey(place) : `${placeKey(place)} ${product ?? ""}`;
}

/** A published weakness that a version indicates. */
export function vulnerabilityObject(check: Check, cve: string, marking: string): StixObject {
  return domainObject("vulnerability", cve, EPOCH, EPOCH, {
    created_by_ref: CORRAL_IDENTITY.id,
    name: cve,
    description: `${check.title}. Source: ${check.source}; ${check.clause}.`,
    external_references: [{ source_name: "cve", external_id: cve }],
    object_marking_refs: [marking],
  });
}

/** A failed check: what, why, and how to close it. */
export function noteObject(exposure: Exposure, refs: readonly string[], marking: string): StixObject {
  const { check, severity, place, tier, firstSeen, lastSeen } = exposure;
  return domainObject("note", `${check.id} ${placeKey(place)}`, firstSeen, lastSeen, {
    created_by_ref: CORRAL_IDENTITY.id,
    abstract: `${check.title}: ${placeName(place)}`,
    content: `${exposureText(exposure)}\n\n${remediationText(check, tier)}`,
    labels: [check.id, `severity-${severity}`],
    object_refs: refs,
    object_marking_refs: [marking],
  });
}

/** An object of STIX's own domain; its id follows from its name. */
export function domainObject(
  type: string,
  name: string,
  created: Instant,
  modified: Instant,
  fields: object,
): StixObject {
  return {
    type,
    spec_version: "2.1",
    id: `${type}--${uuidV5(CORRAL, `${type} ${name}`)}`,
    created,
    modified,
    ...fields,
  };
}

/** An observable; the id follows from the contributing properties as canonical JSON: the fields are few, flat and given in the order of their names. */
export function observable(type: string, fields: object): StixObject {
  const canonical = JSON.stringify(Object.fromEntries(Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1))));
  return { type, spec_version: "2.1", id: `${type}--${uuidV5(OBSERVABLES, canonical)}`, ...fields };
}
