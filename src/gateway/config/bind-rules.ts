import { parsePrefix, prefixSize } from "../../model/prefix.ts";
import { isEmpty, minus } from "../../model/prefix-set.ts";
import { addressKind, PRIVATE_RANGES, setOf } from "./address-kind.ts";
import type { ConfigFault } from "./config-fault.ts";
import type { Listen } from "./gateway-config.ts";

/** What opens an address beyond loopback, for the hint of a refusal to start. */
export const BIND_HINT =
  "set listen.tls (own certificate, or local-ca), or listen.behind to the proxy's address, or for a home network listen.plain: private-ranges";

/** How the refusal to listen without protection begins; those who show it add what to do. */
export const OPEN_WORDS = "is open beyond this machine";

/** Most public addresses that one proxy's prefix may hold. */
const MOST_PROXIES = 256n;

/** What is wrong with where clients come in: beyond loopback it takes TLS, a proxy named by address, or private ranges alone. */
export function bindFaults(listen: Listen): ConfigFault[] {
  const kind = addressKind(listen.address);
  const faults = behindFaults(listen.behind);
  const fault = (key: string, message: string): void => void faults.push({ path: ["listen", key], message });
  if (kind === null) fault("address", "is no IP address; a name may come to mean another machine");
  if (listen.plain === "private-ranges" && listen.tls !== null) fault("plain", "goes without tls; take one of them");
  if (listen.plain === "private-ranges" && listen.behind.length > 0)
    fault("plain", "goes without behind; take one of them");
  const isShut = listen.tls !== null || listen.behind.length > 0 || listen.plain === "private-ranges";
  if (kind !== null && kind !== "loopback" && !isShut) fault("address", `${OPEN_WORDS} without TLS`);
  if (kind === "public" && listen.plain === "private-ranges")
    fault("address", "is a public address: private-ranges cannot keep keys off the internet there");
  return faults;
}

function behindFaults(behind: readonly string[]): ConfigFault[] {
  return behind.flatMap((text, at) => {
    const path = ["listen", "behind", at];
    const prefix = parsePrefix(text);
    if (!prefix.ok) return [{ path, message: prefix.error }];
    const isPrivate = isEmpty(minus(setOf([text]), PRIVATE_RANGES));
    return isPrivate || prefixSize(prefix.value) <= MOST_PROXIES
      ? []
      : [{ path, message: "holds more public addresses than one proxy has; name the proxy's own" }];
  });
}

/** What a person should know of the way in before the gateway starts. */
export function bindWarnings(listen: Listen): string[] {
  const warnings: string[] = [];
  if (listen.plain === "private-ranges") {
    warnings.push(
      "plain mode: keys and prompts cross the network readable; whoever listens there can use them. Only peers in private ranges are let in.",
    );
  }
  const kind = addressKind(listen.address);
  if (listen.behind.length > 0 && listen.tls === null && kind !== "loopback")
    warnings.push("between the proxy and the gateway keys cross the network readable; see that nobody else is on it");
  return warnings;
}
