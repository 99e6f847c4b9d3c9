import { NETWORK_WORD_PREFIXES } from "../knowledge/network-words.ts";
import { parseAddress } from "../model/address.ts";
import type { Alert } from "../model/alert.ts";
import type { Detection } from "../model/detection.ts";
import { instantOf } from "../model/instant.ts";
import { parsePrefix } from "../model/prefix.ts";
import { holds, prefixSet } from "../model/prefix-set.ts";
import { bundleId, CORRAL_IDENTITY, domainObject, EPOCH, observable, TLP_MARKINGS } from "./stix-objects.ts";
import type { StixObject } from "./stix-objects.ts";
import { alertKey, alertText, whatNowText } from "./told-alert.ts";
import type { ToldAlert } from "./told-alert.ts";
import { visibleText } from "./visible-text.ts";

const MARKING = TLP_MARKINGS.amber;
const COMMON = { created_by_ref: CORRAL_IDENTITY.id, object_marking_refs: [MARKING.id] };

/** Addresses that mean another machine in every network: nobody else can act on one. */
const NOT_PUBLIC = prefixSet(
  Object.values(NETWORK_WORD_PREFIXES)
    .flat()
    .flatMap((text) => {
      const prefix = parsePrefix(text);
      return prefix.ok ? [prefix.value] : [];
    }),
);

/**
 * Alerts as a STIX 2.1 bundle: what each detection looks for as an attack pattern, each alert as a sighting of it with the observed
 * address and the log's file. An address becomes an indicator only when a connection shows it (what a header claims is in none of it), when
 * it is public, and when it came: what the server itself connected to is seen and no more.
 */
export function alertStix(alerts: readonly ToldAlert[]): string {
  const objects = new Map<string, StixObject>([
    [MARKING.id, MARKING],
    [CORRAL_IDENTITY.id, CORRAL_IDENTITY],
  ]);
  for (const told of alerts) for (const one of objectsOf(told)) if (!objects.has(one.id)) objects.set(one.id, one);
  const id = bundleId(`hunt ${alerts.map(alertKey).join("\n")}`);
  return `${JSON.stringify({ type: "bundle", id, objects: [...objects.values()] })}\n`;
}

function objectsOf(told: ToldAlert): readonly StixObject[] {
  const { alert, detection } = told;
  const firstSeen = instantOf(alert.firstAt);
  const lastSeen = instantOf(alert.lastAt);
  const key = alertKey(told);
  const pattern = patternObject(detection);
  const address = alert.peerTrust === "connection" ? addressOf(alert.peer) : null;
  const files = [...new Set(told.evidence.map(({ path }) => path))].map((path) =>
    observable("file", { name: visibleText(path === "-" ? "standard input" : path, 200) }),
  );
  const seen = [...(address === null ? [] : [address]), ...files];
  const observed = domainObject("observed-data", key, firstSeen, lastSeen, {
    ...COMMON,
    first_observed: firstSeen,
    last_observed: lastSeen,
    number_observed: Math.min(Math.max(alert.rows, 1), 999_999_999),
    object_refs: seen.map(({ id }) => id),
  });
  const sighting = domainObject("sighting", key, firstSeen, lastSeen, {
    ...COMMON,
    description: alertText(told),
    first_seen: firstSeen,
    last_seen: lastSeen,
    count: Math.min(Math.max(alert.rows, 1), 999_999_999),
    sighting_of_ref: pattern.id,
    observed_data_refs: [observed.id],
    where_sighted_refs: [CORRAL_IDENTITY.id],
    confidence: detection.lifecycle === "stable" ? 85 : 50,
    labels: [detection.id, `severity-${alert.severity}`],
  });
  return [
    pattern,
    ...seen,
    observed,
    sighting,
    ...(address !== null && isIndicator(alert) ? indicators(address, pattern, told) : []),
  ];
}

function patternObject(detection: Detection): StixObject {
  return domainObject("attack-pattern", detection.id, EPOCH, EPOCH, {
    ...COMMON,
    name: detection.title,
    description: `${detection.hypothesis}\n\n${whatNowText(detection)}`,
    external_references: [
      { source_name: "corral", external_id: detection.id },
      ...detection.ids.attack.map((id) => ({ source_name: "mitre-attack", external_id: id })),
    ],
  });
}

function addressOf(peer: string | null): StixObject | null {
  const address = peer === null ? null : parseAddress(peer);
  return address === null ? null : observable(address.family === 6 ? "ipv6-addr" : "ipv4-addr", { value: peer });
}

function isIndicator({ peer, peerCame }: Alert): boolean {
  const address = peer === null ? null : parseAddress(peer);
  return peerCame && address !== null && !holds(NOT_PUBLIC, address);
}

/** That this address did it; valid from its first row on. */
function indicators(address: StixObject, pattern: StixObject, { alert, detection }: ToldAlert): readonly StixObject[] {
  const firstSeen = instantOf(alert.firstAt);
  const key = `${detection.id} ${String(address["value"])} ${firstSeen}`;
  const indicator = domainObject("indicator", key, firstSeen, firstSeen, {
    ...COMMON,
    name: `${detection.title}: ${String(address["value"])}`,
    description: "The address of a connection that logs show.",
    indicator_types: ["malicious-activity"],
    pattern: `[${address.type}:value = '${String(address["value"])}']`,
    pattern_type: "stix",
    valid_from: firstSeen,
  });
  const relation = domainObject("relationship", key, firstSeen, firstSeen, {
    ...COMMON,
    relationship_type: "indicates",
    source_ref: indicator.id,
    target_ref: pattern.id,
  });
  return [indicator, relation];
}
