import type { NetworkWord } from "../model/condition.ts";

/**
 * Prefixes of each word that is a fact of the Internet's registries; `known` is the user's, and `public` is what no word holds, the
 * documentation ranges among it. `metadata` lies inside `link-local` and `private` and is both.
 *
 * @see RFC 1122, 1918, 3927, 4193, 4291, 6598; AWS, Azure and Google: instance metadata at 169.254.169.254, AWS also at fd00:ec2::254
 */
export const NETWORK_WORD_PREFIXES: Readonly<Record<Exclude<NetworkWord, "known" | "public">, readonly string[]>> = {
  loopback: ["127.0.0.0/8", "::1/128"],
  private: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"],
  "link-local": ["169.254.0.0/16", "fe80::/10"],
  metadata: ["169.254.169.254/32", "fd00:ec2::254/128"],
  any: ["0.0.0.0/32", "::/128"],
};
