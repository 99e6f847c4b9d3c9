import { PRODUCTS } from "../knowledge/products/index.ts";
import { PUBLIC_LISTS } from "../knowledge/public-lists.ts";
import type { HostNetwork } from "../model/host-network.ts";
import { visibleText } from "../render/visible-text.ts";
import { reachOf } from "../survey/scope/reach.ts";

/** A model server that answered on this machine, as its lake's last look tells it. */
export interface FoundService {
  readonly scheme: string;
  readonly address: string;
  readonly port: number;
  readonly answer: string;
  readonly confirmed: boolean;
  readonly product: string | null;
  readonly version: string | null;
  readonly modelCount: number | null;
}

/** Says of each service in one sentence what it is and who else could reach it; of none, that nothing was found. */
export function foundWords(found: readonly FoundService[], network: HostNetwork): readonly string[] {
  if (found.length === 0) {
    const ports =
      network.sockets === null ? "the usual port (what listens here could not be read)" : "every listening port";
    return [`Nothing found: no model server answered on this machine (asked: ${ports}).`];
  }
  return found.map((one) => `${nameOf(one)} ${placeOf(one)} ${reachOf(one, network).sentence}.`);
}

const NAMES: ReadonlyMap<string, string> = new Map(PRODUCTS.map(({ id, name }) => [id, name]));

function nameOf(service: FoundService): string {
  const { product, answer } = service;
  const name = product === null ? "A server" : (NAMES.get(product) ?? visibleText(product));
  if (answer === "login") return `${name} (behind a login)`;
  return answer === "open" ? `${name} (${openWords(service).join(", ")})` : name;
}

/** A list that is public with a key too tells that it can be read, and nothing of a login. */
function openWords({ product, version, confirmed, modelCount }: FoundService): readonly string[] {
  return [
    ...(version === null && !confirmed ? [] : [`version ${visibleText(version ?? "unknown")}`]),
    ...(modelCount === null ? [] : [`${modelCount} ${modelCount === 1 ? "model" : "models"}`]),
    PUBLIC_LISTS.has(product ?? "") ? "its list open to anyone" : "no login",
  ];
}

function placeOf({ scheme, address, port }: FoundService): string {
  const host = address.includes(":") ? `[${address}]` : address;
  return `at ${scheme}://${host}:${port}`;
}
