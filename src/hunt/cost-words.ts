import { visibleText } from "../render/visible-text.ts";
import type { CostTable, PeerCost } from "./cost.ts";

const MOST_SHOWN = 20;

/** What strangers spent, in words: addresses of connections first, those that a header claims apart. */
export function costLines({ peers, otherRequests }: CostTable): readonly string[] {
  const sure = peers.filter(({ trust }) => trust === "connection");
  const claimed = peers.filter(({ trust }) => trust === "claimed");
  if (peers.length === 0) return ["cost: no request of a stranger to the model server is in these logs"];
  return [
    ...part("cost, by address of the connection", sure),
    ...part(
      "cost, by address that a header may have claimed (somebody spent it; whose address it is, nothing confirms)",
      claimed,
    ),
    ...(otherRequests === 0 ? [] : [`  and ${otherRequests} requests of further addresses`]),
  ];
}

function part(title: string, peers: readonly PeerCost[]): readonly string[] {
  if (peers.length === 0) return [];
  const more = peers.length - MOST_SHOWN;
  return [
    `${title}: ${peers.length} ${peers.length === 1 ? "address" : "addresses"}, ${totals(peers)}`,
    ...peers
      .slice(0, MOST_SHOWN)
      .map((one) => `  ${visibleText(one.peer).padEnd(39)} ${one.product.padEnd(10)} ${totals([one])}`),
    ...(more > 0 ? [`  … and ${more} more: --json tells them all`] : []),
  ];
}

function totals(peers: readonly PeerCost[]): string {
  const sum = (of: (one: PeerCost) => number): number => peers.reduce((all, one) => all + of(one), 0);
  const model = sum((one) => one.modelRequests);
  const named = sum((one) => one.namedRequests);
  const counted = sum((one) => one.countedRequests);
  const cloud =
    named === 0
      ? "cloud calls not told"
      : `${sum((one) => one.cloudRequests)} cloud calls of ${named} whose model is told`;
  const tokens =
    counted === 0
      ? "tokens not told"
      : `${sum((one) => one.promptTokens)} + ${sum((one) => one.answerTokens)} tokens of ${counted} requests`;
  const timed = sum((one) => one.timedRequests);
  const spent = (sum((one) => one.modelMs) / 1000).toFixed(1);
  const seconds =
    timed === 0
      ? "model seconds not told"
      : `${spent} model seconds${timed < model ? ` of ${timed} whose time is told` : ""}`;
  return `${sum((one) => one.requests)} requests, ${model} of a model, ${seconds}, ${cloud}, ${tokens}`;
}
