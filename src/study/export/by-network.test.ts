import { expect, test } from "vitest";
import { NO_LOGIN } from "../../knowledge/checks/no-login.ts";
import type { Exposure, SeenPlace } from "../../render/exposure.ts";
import { exposuresByNetwork, seenByNetwork } from "./by-network.ts";

function seen(address: string, port: number, changes: Partial<SeenPlace> = {}): SeenPlace {
  return {
    place: { kind: "service", service: { scheme: "http", address, port, host_name: "secret.example", base_path: "/" } },
    answer: "open",
    product: "ollama",
    version: "0.5.7",
    firstSeen: "2026-01-05T00:00:00.000Z",
    lastSeen: "2026-01-06T00:00:00.000Z",
    decoy: "likely-real",
    ...changes,
  };
}
const exposed = (one: SeenPlace): Exposure => ({
  ...one,
  check: NO_LOGIN,
  severity: "critical",
  evidence: "It says secret.",
  tier: "academic",
});

test("five hosts are told, with the number of their services and the widest window", () => {
  const gatherer = exposuresByNetwork();
  for (const host of [1, 2, 3, 4, 5]) gatherer.add(exposed(seen(`192.0.2.${host}`, 11434)));
  gatherer.add(
    exposed(seen("192.0.2.5", 8080, { firstSeen: "2026-01-01T00:00:00.000Z", lastSeen: "2026-02-01T00:00:00.000Z" })),
  );
  const { shown, held } = gatherer.end();
  expect(held).toBe(0);
  expect(shown).toEqual([
    {
      check: NO_LOGIN,
      severity: "critical",
      evidence: `${NO_LOGIN.title}.`,
      tier: null,
      place: { kind: "network", cidr: "192.0.2.0/24", services: 6 },
      answer: "open",
      product: null,
      version: null,
      decoy: null,
      firstSeen: "2026-01-01T00:00:00.000Z",
      lastSeen: "2026-02-01T00:00:00.000Z",
    },
  ]);
});

test("four hosts are not, however many services they have", () => {
  const gatherer = exposuresByNetwork();
  for (const host of [1, 2, 3, 4]) for (const port of [1, 2, 3]) gatherer.add(exposed(seen(`192.0.2.${host}`, port)));
  expect(gatherer.end()).toEqual({ shown: [], held: 1 });
});

test("services are told by product, of those that Corral knows; IPv6 by /48", () => {
  const gatherer = seenByNetwork();
  for (const host of [1, 2, 3, 4, 5]) gatherer.add(seen(`2001:db8:7:${host}::1`, 1));
  for (const host of [1, 2, 3, 4, 5]) gatherer.add(seen(`2001:db8:7:${host}::1`, 2, { product: `acme-${host}` }));
  const places = gatherer.end().shown.map(({ place, product }) => [product, place]);
  expect(places).toEqual([
    ["ollama", { kind: "network", cidr: "2001:db8:7::/48", services: 5 }],
    [null, { kind: "network", cidr: "2001:db8:7::/48", services: 5 }],
  ]);
});
