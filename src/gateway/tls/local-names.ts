import { z } from "zod";
import { parseAddress } from "../../model/address.ts";
import { holds } from "../../model/prefix-set.ts";
import type { InterfaceAddress } from "../../model/host-network.ts";
import { setOf } from "../config/address-kind.ts";
import type { Listen } from "../config/gateway-config.ts";

/** DNS names that mean something in one's own network alone (RFC 6762, RFC 8375, ICANN's .internal) … */
const LOCAL_NAMES = ["localhost", "local", "internal", "lan", "home.arpa"] as const;
/** … and the ranges of private addresses: what a local authority vouches for, whatever its names are. */
const LOCAL_PREFIXES = [
  "127.0.0.0/8",
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "169.254.0.0/16",
  "::1/128",
  "fc00::/7",
  "fe80::/10",
] as const;

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u;
const LINK_LOCAL = /^fe[89ab]/u;

/** What clients may call this gateway by: names and addresses for its certificate, without doubles. */
export function ownNames(
  listen: Pick<Listen, "address" | "names">,
  hostName: string,
  interfaces: readonly InterfaceAddress[],
): string[] {
  const host = hostName.toLowerCase();
  const short = host.split(".")[0] ?? host;
  const everywhere = listen.address === "0.0.0.0" || listen.address === "::";
  const addresses = everywhere ? interfaces.map((one) => one.address) : [listen.address];
  const names = ["localhost", host, `${short}.local`, ...listen.names.map((name) => name.toLowerCase())];
  return [
    ...new Set([
      ...names.filter((name) => parseAddress(name) !== null || isDnsName(name)),
      "127.0.0.1",
      "::1",
      ...addresses.filter((address) => !LINK_LOCAL.test(address)),
    ]),
  ];
}

/** What an authority may vouch for: DNS names with all below them, and prefixes of addresses. */
export interface Limits {
  readonly names: readonly string[];
  readonly prefixes: readonly string[];
}

export const limitsSchema: z.ZodType<Limits> = z.strictObject({
  names: z.array(z.string().max(253)),
  prefixes: z.array(z.string().max(64)),
});

/** Whether an authority of these limits may vouch for a name or address. */
export function isVouchedFor(name: string, limits: Limits): boolean {
  const address = parseAddress(name);
  if (address !== null) return holds(setOf(limits.prefixes), address);
  return limits.names.some((one) => name === one || name.endsWith(`.${one}`));
}

/** What an authority made for these names vouches for: they, and whatever is local. */
export function vouchedFor(names: readonly string[]): Limits {
  const local: Limits = { names: LOCAL_NAMES, prefixes: LOCAL_PREFIXES };
  const others = names.filter((name) => !isVouchedFor(name, local));
  const isAddress = (name: string): boolean => parseAddress(name) !== null;
  return {
    names: [...LOCAL_NAMES, ...others.filter((name) => !isAddress(name))],
    prefixes: [...LOCAL_PREFIXES, ...others.filter(isAddress)],
  };
}

/** Whether a text is a host name of at most 253 characters. */
export function isDnsName(text: string): boolean {
  return text.length <= 253 && text.split(".").every((label) => LABEL.test(label));
}
