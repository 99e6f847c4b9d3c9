import { addressKind } from "./address-kind.ts";
import { bindWarnings } from "./bind-rules.ts";
import type { GatewayConfig } from "./gateway-config.ts";

/** What a person should know before this configuration runs; each is one sentence or two. */
export function configWarnings(config: GatewayConfig): string[] {
  const warnings = bindWarnings(config.listen);
  if (isReadableUpstream(config.upstream))
    warnings.push("the way to the upstream is plain http beyond this machine: prompts and answers cross it readable");
  if (config.operations !== null && addressKind(config.operations.address) !== "loopback")
    warnings.push(
      "the operations listener is open beyond this machine without TLS: its token crosses the network readable",
    );
  if (config.access.pathToken)
    warnings.push(
      "keys in paths end up in histories and logs of clients and proxies; give those keys little and rotate them",
    );
  const managers = Object.entries(config.roles).filter(([, role]) => role.allow.includes("D"));
  for (const [name] of managers)
    warnings.push(`role ${name} may change models and make this machine call others (class D)`);
  if (Object.keys(config.roles).length === 0) warnings.push("there is no role: no key may do anything");
  return warnings;
}

function isReadableUpstream(upstream: string): boolean {
  const url = URL.parse(upstream);
  if (url?.protocol !== "http:") return false;
  const host = url.hostname.replaceAll(/[[\]]/gu, "");
  return host !== "localhost" && addressKind(host) !== "loopback";
}
