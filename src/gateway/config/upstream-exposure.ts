import { canonicalAddress } from "../../model/address.ts";
import type { HostNetwork } from "../../model/host-network.ts";
import { addressKind } from "./address-kind.ts";

/**
 * Tells whether the model server can be reached past the gateway, as one sentence or two; `null` when it listens on loopback alone.
 *
 * @param upstream - URL of the model server.
 * @param network - What listens on this machine; a container's own network shows here only by its published ports.
 */
export function upstreamExposure(upstream: string, network: HostNetwork): string | null {
  const url = URL.parse(upstream);
  if (url === null) return null;
  const host = url.hostname.replaceAll(/[[\]]/gu, "");
  const own = new Set(network.interfaces.map((one) => one.address));
  const address = canonicalAddress(host);
  const isHere = host === "localhost" || addressKind(host) === "loopback" || (address !== null && own.has(address));
  if (!isHere) {
    return `the upstream ${host} is another machine or container: see that nobody but this gateway can reach its port, for instance by its firewall`;
  }
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  if (network.sockets === null)
    return "what listens on this machine cannot be read: see that the upstream listens on loopback alone";
  const open = network.sockets.filter((socket) => socket.port === port && addressKind(socket.address) !== "loopback");
  if (open.length === 0) return null;
  const places = [...new Set(open.map((socket) => socket.address))].toSorted().join(", ");
  return `the upstream itself listens beyond this machine, on ${places} port ${port}: whoever reaches that goes past the gateway. For Ollama set OLLAMA_HOST=127.0.0.1:${port} and restart it.`;
}
