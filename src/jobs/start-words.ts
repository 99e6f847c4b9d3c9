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

function nameOf({ product, version, confirmed, answer, modelCount }: FoundService): string {
  const name = product === "ollama" ? "Ollama" : visibleText(product ?? "A server");
  if (answer === "login") return `${name} (behind a login)`;
  if (!confirmed) return name;
  const models = modelCount === null ? "" : `, ${modelCount} ${modelCount === 1 ? "model" : "models"}, no login`;
  return `${name} (version ${visibleText(version ?? "unknown")}${models})`;
}

function placeOf({ scheme, address, port }: FoundService): string {
  const host = address.includes(":") ? `[${address}]` : address;
  return `at ${scheme}://${host}:${port}`;
}
