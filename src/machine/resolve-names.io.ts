import { Resolver } from "node:dns/promises";
import { formatAddress, parseAddress } from "../model/address.ts";
import { domainCovers } from "../model/host-name.ts";
import type { PinnedName } from "../model/pinned-name.ts";

/** How names are resolved. */
export interface ResolveOptions {
  /** `address:port` of the name servers to ask; left out: those of the system. */
  readonly servers?: readonly string[];
  /** Milliseconds that one query waits for its first answer; it is sent twice. */
  readonly afterMs?: number;
  /** Aborted: what is not yet resolved fails with `cancelled`. */
  readonly stopped?: AbortSignal;
}

const MOST_IN_FLIGHT = 200;
const MOST_ADDRESSES = 64;
const AFTER_MS = 2000;

/**
 * Resolves each name once, IPv4 and IPv6, by DNS, at most 200 queries in flight. Only DNS is asked: the hosts file says nothing about what a
 * name means to others. `localhost` and names below it are 127.0.0.1 and ::1 without a question (RFC 6761 6.3). Never rejects: what
 * cannot be resolved has its `failure`, and of more than 64 addresses the first in order are kept.
 *
 * @param names - Canonical names.
 */
export async function resolveNames(names: readonly string[], options: ResolveOptions = {}): Promise<PinnedName[]> {
  const resolver = new Resolver({ timeout: options.afterMs ?? AFTER_MS, tries: 2 });
  if (options.servers !== undefined) resolver.setServers(options.servers);
  const cancel = (): void => resolver.cancel();
  options.stopped?.addEventListener("abort", cancel);
  const pins: PinnedName[] = [];
  const left = [...names.entries()].values();
  const worker = async (): Promise<void> => {
    for (const [at, name] of left) {
      pins[at] =
        options.stopped?.aborted === true
          ? { name, addresses: [], failure: "cancelled" }
          : await resolveOne(resolver, name);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(MOST_IN_FLIGHT / 2, names.length) }, worker));
  } finally {
    options.stopped?.removeEventListener("abort", cancel);
  }
  return pins;
}

async function resolveOne(resolver: Resolver, name: string): Promise<PinnedName> {
  if (domainCovers("localhost", name)) return { name, addresses: ["127.0.0.1", "::1"], failure: null };
  const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  const found = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
  const failures = answers.flatMap((answer) => (answer.status === "rejected" ? [failureOf(answer.reason)] : []));
  const missing = failures.find((failure) => failure !== "no-address");
  return { name, addresses: inOrder(found), failure: missing ?? (found.length === 0 ? "no-address" : null) };
}

/** Canonical addresses, each once, IPv4 first, in numeric order. */
function inOrder(texts: readonly string[]): string[] {
  const addresses = texts.flatMap((text) => parseAddress(text) ?? []);
  const sorted = addresses.toSorted((a, b) => a.family - b.family || (a.value < b.value ? -1 : 1));
  return [...new Set(sorted.map(formatAddress))].slice(0, MOST_ADDRESSES);
}

const FAILURES: ReadonlyMap<unknown, string> = new Map([
  ["ENODATA", "no-address"],
  ["ENOTFOUND", "not-found"],
  ["ETIMEOUT", "timeout"],
  ["ECANCELLED", "cancelled"],
  ["ECONNREFUSED", "no-name-server"],
  ["EREFUSED", "refused"],
  ["ESERVFAIL", "server-failure"],
]);

function failureOf(reason: unknown): string {
  const code: unknown = reason instanceof Error && "code" in reason ? reason.code : null;
  return FAILURES.get(code) ?? "bad-answer";
}
