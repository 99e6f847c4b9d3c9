import type { Holding } from "./holding.ts";
import type { HostPlan, ServicePlan } from "./host-plan.ts";
import { headText, openText, placeText } from "./line-text.ts";
import type { Network, Places } from "./places.ts";
import { scatter } from "./random.ts";
import { type Segment, segmentOf } from "./segment.ts";

/** A host while the campaign walks over its days. */
export interface LiveHost {
  readonly index: number;
  readonly plan: HostPlan;
  readonly address: string;
  /** The /24 or /48 it lies in. */
  readonly part: string;
  readonly country: string;
  readonly region: string | null;
  network: Network;
  placed: string;
  readonly services: readonly LiveService[];
  /** Chance of its own, by day. */
  readonly seed: number;
  /** Position of the next of its days; it answers on it. */
  next: number;
  /** Looks in a row at which it was silent. */
  silent: number;
}

/** One of its services. */
export interface LiveService {
  readonly plan: ServicePlan;
  readonly at: number;
  readonly head: string;
  segment: Segment | null;
  text: string;
  /** The same as the second source writes it; empty until asked for. */
  secondText: string;
  loadable: readonly Holding[];
  /** Models whose cards may still have to be asked. */
  pending: readonly Holding[];
  /** `digest version` of the cards it showed. */
  shown: Set<string> | null;
}

const REQUESTS = 3;

/** A host before its first look. */
export function liveHost(index: number, plan: HostPlan, places: Places, seed: number): LiveHost {
  const address = places.address(index);
  const country = places.country(index).country;
  const region = places.region(index);
  const network = places.network(index);
  return {
    index,
    plan,
    address,
    part: places.part(index),
    country,
    region,
    network,
    placed: placeText({ country, region, network }, REQUESTS),
    services: plan.services.map((service, at) => ({
      plan: service,
      at,
      head: headText(address, service.port),
      segment: null,
      text: "",
      secondText: "",
      loadable: [],
      pending: [],
      shown: null,
    })),
    seed: scatter(seed, index, 0),
    next: 0,
    silent: 0,
  };
}

/** Moves a host to another network of its kind and country. */
export function moveHost(host: LiveHost, places: Places): void {
  host.network = places.otherNetwork(host.index, host.seed);
  host.placed = placeText({ country: host.country, region: host.region, network: host.network }, REQUESTS);
}

/** What a service tells on a day; its texts are made anew only when that changed. */
export function segmentOn(host: LiveHost, service: LiveService, day: number): Segment {
  if (service.segment !== null && day < service.segment.untilDay) return service.segment;
  const segment = segmentOf(service.plan, day);
  const signs = host.plan.decoy === "same-body" ? ["control-answered", "control-same-body"] : [];
  service.segment = segment;
  service.text = openText(segment, "ollama", signs);
  service.secondText = host.plan.second ? openText(segment, null, signs) : "";
  service.loadable = (segment.entries ?? []).filter(({ model }) => !model.cloud);
  service.pending = host.plan.decoy === null ? service.loadable : [];
  return segment;
}

/** Frees the texts of a host that is not seen again. */
export function endHost(host: LiveHost): void {
  for (const service of host.services) {
    service.text = "";
    service.secondText = "";
    service.loadable = [];
    service.pending = [];
  }
}
