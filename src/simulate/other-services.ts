import type { CampaignModel } from "./campaign-model.ts";
import type { PlaceText } from "./line-text.ts";
import type { LiveHost } from "./live-host.ts";
import type { Places } from "./places.ts";
import { scatter } from "./random.ts";

/** A service that is no open Ollama: behind a login, refusing, another web server, or an emulator that says what it is. */
export interface OtherService {
  /** Number of its address; that of a host where it stands beside one. */
  readonly index: number;
  readonly address: string;
  readonly port: number;
  readonly answer: "login" | "denied" | "other" | "koboldcpp";
  readonly place: PlaceText;
  /** The host that it stands beside; `null` = it stands alone. */
  readonly host: LiveHost | null;
  readonly seed: number;
}

export type Others = readonly OtherService[];

const KOBOLD_PORT = 5001;
const PORT = 11_434;

/** Every other service of a campaign; those that stand alone have the addresses behind those of the hosts. */
export function othersOf(model: CampaignModel, places: Places, hosts: readonly LiveHost[], seed: number): Others {
  const { others } = model;
  const many = (share: number): number => Math.round(model.hosts * share);
  const alone: readonly (readonly [OtherService["answer"], number])[] = [
    ["login", many(others.login)],
    ["denied", many(others.denied)],
    ["other", many(others.web)],
    ["koboldcpp", many(others.koboldcpp * (1 - others.koboldcppBeside))],
  ];
  let index = model.hosts - 1;
  const standing = alone.flatMap(([answer, count]) =>
    Array.from({ length: count }, (): OtherService => {
      index += 1;
      return {
        index,
        address: places.address(index),
        port: answer === "koboldcpp" ? KOBOLD_PORT : PORT,
        answer,
        place: { country: places.country(index).country, region: places.region(index), network: places.network(index) },
        host: null,
        seed: scatter(seed, index, 7),
      };
    }),
  );
  const beside = hosts
    .filter(({ plan }) => plan.beside)
    .map((host): OtherService => {
      const { address, country, region, network } = host;
      const place = { country, region, network };
      return { index: host.index, address, port: KOBOLD_PORT, answer: "koboldcpp", place, host, seed: host.seed };
    });
  return [...standing, ...beside];
}
