import type { Exposure, SeenPlace } from "../../render/exposure.ts";
import { SMALLEST_CELL } from "../distribution.ts";
import { knownProduct } from "../known-product.ts";
import { truncatedNetwork } from "../truncated-network.ts";

/** Places gathered by network, and how many were too few to be told. */
export interface ByNetwork<T> {
  readonly shown: readonly T[];
  /** Groups of fewer than {@link SMALLEST_CELL} hosts, left out (rule R14). */
  readonly held: number;
}

interface Group<T> {
  readonly first: T;
  readonly cidr: string;
  services: number;
  hosts: number;
  lastAddress: string;
  firstSeen: string;
  lastSeen: string;
}

/** Gathers what was seen by network and product; rows come in the order of their addresses. */
export function seenByNetwork(): Gatherer<SeenPlace> {
  return gatherer(
    ({ product }) => knownProduct(product) ?? "",
    (one) => ({ ...one, product: knownProduct(one.product) }),
  );
}

/** Gathers failed checks by network and check. */
export function exposuresByNetwork(): Gatherer<Exposure> {
  return gatherer(
    ({ check }) => check.id,
    (one) => ({ ...one, product: null, tier: null, evidence: `${one.check.title}.` }),
  );
}

/** Takes rows one by one and gives the groups at the end; its memory grows with the networks, not with the rows. */
export interface Gatherer<T> {
  add(one: T): void;
  end(): ByNetwork<T>;
}

function gatherer<T extends SeenPlace>(keyOf: (one: T) => string, common: (one: T) => T): Gatherer<T> {
  const groups = new Map<string, Group<T>>();
  return {
    add(one) {
      if (one.place.kind === "network") return;
      const { address } = one.place.service;
      const cidr = cidrOf(address);
      const key = `${cidr} ${keyOf(one)}`;
      const { firstSeen, lastSeen } = one;
      const group = groups.get(key) ?? {
        first: one,
        cidr,
        services: 0,
        hosts: 0,
        lastAddress: "",
        firstSeen,
        lastSeen,
      };
      groups.set(key, group);
      group.services += 1;
      if (group.lastAddress !== address) group.hosts += 1;
      group.lastAddress = address;
      if (firstSeen < group.firstSeen) group.firstSeen = firstSeen;
      if (lastSeen > group.lastSeen) group.lastSeen = lastSeen;
    },
    end() {
      const all = [...groups.values()];
      const enough = all.filter(({ hosts }) => hosts >= SMALLEST_CELL);
      return { shown: enough.map((group) => gathered(group, common)), held: all.length - enough.length };
    },
  };
}

function gathered<T extends SeenPlace>(group: Group<T>, common: (one: T) => T): T {
  const { cidr, services, firstSeen, lastSeen } = group;
  const place = { kind: "network", cidr, services } as const;
  return { ...common(group.first), place, version: null, decoy: null, firstSeen, lastSeen };
}

/** `192.0.2.x` → `192.0.2.0/24`; a /48 is one already. */
function cidrOf(address: string): string {
  const network = truncatedNetwork(address);
  return network.endsWith(".x") ? `${network.slice(0, -1)}0/24` : network;
}
