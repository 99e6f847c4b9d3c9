/** Whose packets count, seen from the server: everybody's, strangers', or those of every other machine that is not the user's. */
export type Clients = "everybody" | "strangers" | "others";

/** A path as a request names it, and whether more may follow. `:name` stands for one segment. */
export interface PathAsked {
  readonly path: string;
  readonly isBegun: boolean;
}

/** What a rule asks of one packet's content; `null` = nothing. */
export interface PacketContent {
  readonly methods: readonly string[] | null;
  readonly paths: readonly PathAsked[] | null;
  /** One of these stands in the user agent, in any case. */
  readonly agents: readonly string[] | null;
  readonly statuses: ReadonlySet<number> | null;
}

/** Something remembered: of one connection, or of one client for so many seconds. */
export interface PacketBit {
  readonly of: "connection" | "client";
  readonly does: "set" | "isset" | "isnotset";
  readonly name: string;
  readonly seconds: number;
}

/** How often a rule speaks. */
export interface PacketLimit {
  /** `once`: the first of a window; `after`: when so many have come. */
  readonly kind: "once" | "after";
  readonly count: number;
  readonly seconds: number;
  readonly by: "client" | "server";
}

/** One rule for engines that read packets, before it has words. */
export interface PacketRule {
  /** `connection` looks at the first bytes that the server sends. */
  readonly looksAt: "request" | "response" | "connection";
  readonly clients: Clients;
  readonly content: PacketContent;
  readonly bits: readonly PacketBit[];
  /** `null`: it only remembers. */
  readonly limit: PacketLimit | null;
}

/** The rules of a detection in order, and what they do otherwise. */
export interface PacketRules {
  readonly rules: readonly PacketRule[];
  readonly differs: readonly string[];
}

/** Asks nothing. */
export const NO_CONTENT: PacketContent = { methods: null, paths: null, agents: null, statuses: null };
