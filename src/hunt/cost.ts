import { isCloudModel } from "../classify/cloud-model.ts";
import { addressBook, wordBit } from "../classify/detect/address-words.ts";
import { routeFinder } from "../classify/detect/route-of.ts";
import type { AddressTrust, HttpEvent, LogEvent } from "../model/event.ts";

/** What requests of one address cost, as one log tells it. Two logs of the same request tell it twice: their rows stand apart. */
export interface PeerCost {
  readonly peer: string;
  readonly trust: AddressTrust;
  /** Which log said so. */
  readonly product: string;
  requests: number;
  /** Requests that made a model work, and were answered. */
  modelRequests: number;
  /** Time of those, ms; rows that tell no time add nothing. */
  modelMs: number;
  /** Model requests of which the log tells the time. */
  timedRequests: number;
  /** Calls of models that run on somebody else's computers, at the expense of the owner's account. */
  cloudRequests: number;
  /** Model requests of which the log names the model: only these can be known as calls of cloud models. */
  namedRequests: number;
  promptTokens: number;
  answerTokens: number;
  /** Model requests of which the log tells the tokens. */
  countedRequests: number;
}

/** What strangers spent, the dearest first. */
export interface CostTable {
  readonly peers: readonly PeerCost[];
  /** Requests of addresses beyond those that are counted one by one. */
  readonly otherRequests: number;
}

/** Addresses that are counted one by one. */
const MOST_PEERS = 50_000;
const FIRST_ERROR = 400;

/** Adds up what addresses that are neither private nor known ask of the model server. */
export interface CostTally {
  see(this: void, event: LogEvent): void;
  table(): CostTable;
  /** Adds what another tally has counted. */
  add(table: CostTable): void;
}

/** Begins to count; `known` are the prefixes of no strangers. */
export function costTally(known: readonly string[]): CostTally {
  const book = addressBook(known);
  const routeOf = routeFinder();
  const stranger = wordBit("public");
  const peers = new Map<string, PeerCost>();
  let otherRequests = 0;
  const costOf = (peer: string, trust: AddressTrust, product: string): PeerCost | null => {
    const key = `${trust} ${product} ${peer}`;
    const found = peers.get(key);
    if (found !== undefined) return found;
    if (peers.size >= MOST_PEERS) return null;
    const fresh = emptyCost(key.slice(-peer.length), trust, product);
    peers.set(key, fresh);
    return fresh;
  };
  return {
    see(event) {
      if (event.class !== "http" || event.sourceIp === null) return;
      if ((book.of(event.sourceIp).words & stranger) === 0) return;
      const route = routeOf(event.method, event.path);
      if (route === null) return;
      const cost = costOf(event.sourceIp, event.sourceTrust, event.product);
      if (cost === null) otherRequests += 1;
      else count(cost, event, route.risk === "B");
    },
    table: () => ({ peers: [...peers.values()].toSorted(dearest), otherRequests }),
    add(table) {
      otherRequests += table.otherRequests;
      for (const one of table.peers) {
        const cost = costOf(one.peer, one.trust, one.product);
        if (cost === null) otherRequests += one.requests;
        else sum(cost, one);
      }
    },
  };
}

function emptyCost(peer: string, trust: AddressTrust, product: string): PeerCost {
  return {
    peer,
    trust,
    product,
    requests: 0,
    modelRequests: 0,
    modelMs: 0,
    timedRequests: 0,
    cloudRequests: 0,
    namedRequests: 0,
    promptTokens: 0,
    answerTokens: 0,
    countedRequests: 0,
  };
}

function count(cost: PeerCost, event: HttpEvent, isInference: boolean): void {
  cost.requests += 1;
  if (!isInference || (event.status !== null && event.status >= FIRST_ERROR)) return;
  cost.modelRequests += 1;
  cost.modelMs += event.durationMs ?? 0;
  if (event.durationMs !== null) cost.timedRequests += 1;
  if (event.model !== null) {
    cost.namedRequests += 1;
    if (isCloudModel({ name: event.model, remote_host: null })) cost.cloudRequests += 1;
  }
  if (event.promptTokens === null && event.answerTokens === null) return;
  cost.countedRequests += 1;
  cost.promptTokens += event.promptTokens ?? 0;
  cost.answerTokens += event.answerTokens ?? 0;
}

function sum(cost: PeerCost, other: PeerCost): void {
  cost.requests += other.requests;
  cost.modelRequests += other.modelRequests;
  cost.modelMs += other.modelMs;
  cost.timedRequests += other.timedRequests;
  cost.cloudRequests += other.cloudRequests;
  cost.namedRequests += other.namedRequests;
  cost.promptTokens += other.promptTokens;
  cost.answerTokens += other.answerTokens;
  cost.countedRequests += other.countedRequests;
}

function dearest(a: PeerCost, b: PeerCost): number {
  return (
    b.modelMs - a.modelMs || b.modelRequests - a.modelRequests || b.requests - a.requests || (a.peer < b.peer ? -1 : 1)
  );
}
