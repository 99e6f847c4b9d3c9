/** What a name meant at the one moment it was resolved: a run asks nothing else under that name. */
export interface PinnedName {
  /** Canonical name. */
  readonly name: string;
  /** Canonical addresses, IPv4 before IPv6, each in order; empty when there are none. */
  readonly addresses: readonly string[];
  /** Why no address is known: `not-found`, `timeout`, `refused` …; `null` when the answer is whole. */
  readonly failure: string | null;
}
