import type { CampaignModel, Country, NetworkKind } from "./campaign-model.ts";
import { dealt, quotas } from "./quota.ts";
import { createRandom, type Random, scatter } from "./random.ts";

/** One network: its number belongs to nobody (RFC 6996, private use). */
export interface Network {
  readonly asn: number;
  readonly organisation: string;
  readonly kind: NetworkKind;
}

/** Where each host lies. Every address is private, reserved or for documentation: no real host can have one. */
export interface Places {
  /** Number of networks that some host lies in. */
  readonly networks: readonly Network[];
  country(host: number): Country;
  region(host: number): string | null;
  network(host: number): Network;
  /** Another network of the same kind and country; the same where there is only one. */
  otherNetwork(host: number, draw: number): Network;
  address(host: number): string;
  /** The /24 or /48 that an address lies in. */
  part(host: number): string;
}

const FIRST_ASN = 4_200_000_000;
const LIKELY = 1.3; // of networks of one kind and country the first hold most hosts

/** Places `count` hosts: kinds of network, countries and regions in exact proportion. */
export function placesOf(model: CampaignModel, count: number): Places {
  const random = createRandom(`${model.seed}/places`);
  const share = ({ share: weight }: { readonly share: number }): number => weight;
  const countryOf = dealt(count, model.countries.map(share), random.fork("countries"));
  const kindOf = dealt(count, model.networks.map(share), random.fork("networks"));
  const regionOf = regionsOf(model.countries, countryOf, random.fork("regions"));
  const { networks, cells } = networksOf(model, countryOf, kindOf);
  const cellOf = (host: number): Cell =>
    cells[(countryOf[host] ?? 0) * model.networks.length + (kindOf[host] ?? 0)] ?? NO_CELL;
  const networkOf = new Uint32Array(count);
  const filled = new Map<Cell, number>();
  const draws = random.fork("network of a host");
  for (let host = 0; host < count; host += 1) {
    const cell = cellOf(host);
    const before = filled.get(cell) ?? 0;
    filled.set(cell, before + 1);
    networkOf[host] = cell.from + (before < cell.size ? before : Math.floor(cell.size * draws.next() ** LIKELY));
  }
  const known = (at: number): Network => networks[at] ?? NOWHERE;
  const addresses = addressesOf(model, networkOf, known, random.fork("addresses"));
  return {
    networks,
    country: (host) => model.countries[countryOf[host] ?? 0] ?? { country: "", share: 0, regions: [] },
    region: (host) => model.countries[countryOf[host] ?? 0]?.regions[(regionOf[host] ?? 0) - 1]?.region ?? null,
    network: (host) => known(networkOf[host] ?? 0),
    otherNetwork: (host, draw) => {
      const cell = cellOf(host);
      return known(
        cell.from + (((networkOf[host] ?? 0) - cell.from + 1 + (draw % Math.max(1, cell.size - 1))) % cell.size),
      );
    },
    ...addresses,
  };
}

/** Networks of one kind in one country lie side by side. */
interface Cell {
  from: number;
  size: number;
}

const NO_CELL: Cell = { from: 0, size: 1 };
const NOWHERE: Network = {
  asn: FIRST_ASN,
  organisation: "",
  kind: {
    name: "",
    share: 0,
    networks: 0,
    type: null,
    tier: null,
    label: null,
    organisation: "",
    override: false,
    loaded: 0,
  },
};

function networksOf(
  model: CampaignModel,
  countryOf: Uint16Array,
  kindOf: Uint16Array,
): { readonly networks: readonly Network[]; readonly cells: readonly Cell[] } {
  const kinds = model.networks.length;
  const hosts = Array.from({ length: model.countries.length * kinds }, () => 0);
  for (const [host, country] of countryOf.entries()) {
    const at = country * kinds + (kindOf[host] ?? 0);
    hosts[at] = (hosts[at] ?? 0) + 1;
  }
  const cells: Cell[] = hosts.map(() => ({ from: 0, size: 0 }));
  const networks: Network[] = [];
  for (const [kindAt, kind] of model.networks.entries()) {
    const places = model.countries.map((_, at) => at * kinds + kindAt);
    const sizes = spreadNetworks(
      kind.networks,
      places.map((at) => hosts[at] ?? 0),
    );
    for (const [country, at] of places.entries()) {
      const size = sizes[country] ?? 0;
      cells[at] = { from: networks.length, size };
      for (let one = 0; one < size; one += 1) {
        const number = networks.length;
        networks.push({ asn: FIRST_ASN + number, organisation: `${kind.organisation} ${number + 1}`, kind });
      }
    }
  }
  return { networks, cells };
}

/** How many of `total` networks each country has: at least one where there are hosts, never more than hosts. */
function spreadNetworks(total: number, hosts: readonly number[]): number[] {
  const sizes = quotas(
    Math.min(
      total,
      hosts.reduce((sum, one) => sum + one, 0),
    ),
    hosts.map((one) => one ** 0.7),
  );
  const bounded = sizes.map((size, at) => Math.min(Math.max(size, (hosts[at] ?? 0) > 0 ? 1 : 0), hosts[at] ?? 0));
  const order = hosts.map((_, at) => at).toSorted((a, b) => (hosts[b] ?? 0) - (hosts[a] ?? 0) || a - b);
  let surplus = bounded.reduce((sum, one) => sum + one, 0) - total;
  for (const at of order) {
    const size = bounded[at] ?? 0;
    const changed = Math.max(Math.min(1, size), Math.min(hosts[at] ?? 0, size - surplus));
    surplus -= size - changed;
    bounded[at] = changed;
  }
  return bounded;
}

function regionsOf(countries: readonly Country[], countryOf: Uint16Array, random: Random): Uint16Array {
  const hosts: number[][] = countries.map(() => []);
  for (const [host, country] of countryOf.entries()) hosts[country]?.push(host);
  const regionOf = new Uint16Array(countryOf.length);
  for (const [at, { regions }] of countries.entries()) {
    const members = hosts[at] ?? [];
    const told = regions.reduce((sum, { share }) => sum + share, 0);
    const hands = dealt(members.length, [Math.max(0, 1 - told), ...regions.map(({ share }) => share)], random);
    for (const [place, host] of members.entries()) regionOf[host] = hands[place] ?? 0;
  }
  return regionOf;
}

const KINDS_OF_ADDRESS = ["private", "reserved", "ipv6"] as const;
const BITS_24 = 1 << 24;
const BITS_23 = 1 << 23;
const SIDE_BY_SIDE = 200; // hosts of one /24

function addressesOf(
  model: CampaignModel,
  networkOf: Uint32Array,
  known: (at: number) => Network,
  random: Random,
): Pick<Places, "address" | "part"> {
  const count = networkOf.length;
  const { ipv6, reserved } = model.addresses;
  const hands = dealt(count, [Math.max(0, 1 - ipv6 - reserved), reserved, ipv6], random);
  const step = (scatter(random.between(0, 2 ** 31), 1, 1) | 1) >>> 0;
  const seats = seatsOf(hands, networkOf, known);
  /** A number of 24 bits that no other host has: an odd factor permutes them. */
  const own = (host: number): number => Math.imul(host + 1, step);
  const partOf = (host: number): readonly [string, number] => {
    const kind = KINDS_OF_ADDRESS[hands[host] ?? 0] ?? "private";
    const seat = seats[host] ?? 0;
    if (seat > 0) {
      const block = BITS_23 / 256 + Math.floor((seat - 1) / SIDE_BY_SIDE);
      return [`10.${block >>> 8}.${block & 255}`, 10 + ((seat - 1) % SIDE_BY_SIDE)];
    }
    const number = own(host) & (kind === "private" ? BITS_23 - 1 : BITS_24 - 1);
    const [high, middle, low] = [number >>> 16, (number >>> 8) & 255, number & 255];
    if (kind === "ipv6") return [`2001:db8:${((number >>> 12) + 0x1000).toString(16)}`, (number & 4095) + 0x1000];
    return [kind === "private" ? `10.${high}.${middle}` : `240.${high}.${middle}`, low];
  };
  return {
    address: (host) => {
      const [part, rest] = partOf(host);
      return part.includes(":") ? `${part}:${rest.toString(16)}::1` : `${part}.${rest}`;
    },
    part: (host) => partOf(host)[0],
  };
}

/** Hosts of data centres sit side by side, each network from a new /24 on: seats from 1; 0 = the host stands alone. */
function seatsOf(hands: Uint16Array, networkOf: Uint32Array, known: (at: number) => Network): Uint32Array {
  const isDense = (host: number): boolean => {
    const { type } = known(networkOf[host] ?? 0).kind;
    return hands[host] === 0 && (type === "hosting" || type === "cloud");
  };
  const dense = [...networkOf.keys()].filter(isDense);
  const seats = new Uint32Array(networkOf.length);
  let [seat, network] = [0, -1];
  for (const host of dense.toSorted((a, b) => (networkOf[a] ?? 0) - (networkOf[b] ?? 0) || a - b)) {
    const own = networkOf[host] ?? 0;
    if (own !== network) seat = Math.ceil(seat / SIDE_BY_SIDE) * SIDE_BY_SIDE;
    network = own;
    seat += 1;
    seats[host] = seat;
  }
  return seats;
}
