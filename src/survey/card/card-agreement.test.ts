import { describe, expect, test } from "vitest";
import type { Card } from "../../model/card.ts";
import { createCardAgreement } from "./card-agreement.ts";

const DIGEST = "a".repeat(64);

function card(address: string, agreement: string, digest = DIGEST): Card {
  const service = { scheme: "http", address, port: 11_434, host_name: null, base_path: "/" } as const;
  const told = { digest, server_version: "0.12.0", name: "m", agreement, lends: true };
  return { ...service, kind: "card", schema: 1, source: "corral", ...told } as unknown as Card;
}

const fresh = () => createCardAgreement(() => null);
const wants = (agreement: ReturnType<typeof fresh>, network: string) => agreement.wants(DIGEST, "0.12.0", network);

describe("a card is asked until three networks agree", () => {
  test.each([
    ["three /24s", ["192.0.2.1", "198.51.100.1", "203.0.113.1"]],
    ["three /48s", ["2001:db8:1::1", "2001:db8:2::1", "2001:db8:3::1"]],
  ])("%s settle it", (_, [one = "", two = "", three = ""]) => {
    const agreement = fresh();
    agreement.answered([card(one, "x")], true);
    agreement.answered([card(two, "x")], true);
    expect(wants(agreement, "10.0.0.0/24")).toBe(true);
    agreement.unanswered(DIGEST, "0.12.0", "10.0.0.0/24");
    agreement.answered([card(three, "x")], true);
    expect(wants(agreement, "10.0.1.0/24")).toBe(false);
  });

  test("any number of hosts in two networks do not", () => {
    const agreement = fresh();
    for (let host = 1; host < 100; host += 1) {
      agreement.answered([card(`192.0.2.${host}`, "x"), card(`198.51.100.${host}`, "x")], true);
    }
    expect(wants(agreement, "192.0.2.0/24")).toBe(true);
  });

  test("another server version is another question", () => {
    const agreement = createCardAgreement((_, version) => (version === "0.12.0" ? "x" : null));
    expect(agreement.wants(DIGEST, "0.12.0", "192.0.2.0/24")).toBe(false);
    expect(agreement.wants(DIGEST, "0.13.0", "192.0.2.0/24")).toBe(true);
  });

  test("those being asked now count, and give their place back when nothing came", () => {
    const agreement = fresh();
    expect(["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"].map((network) => wants(agreement, network))).toEqual([
      true,
      true,
      true,
    ]);
    expect(wants(agreement, "10.0.3.0/24")).toBe(false);
    agreement.unanswered(DIGEST, "0.12.0", "10.0.1.0/24");
    expect(wants(agreement, "10.0.3.0/24")).toBe(true);
  });
});

describe("disagreement", () => {
  test("with a settled card is a sign, and lends nothing", () => {
    const agreement = createCardAgreement(() => "x");
    const verdict = agreement.answered([card("192.0.2.1", "y"), card("192.0.2.1", "z", "b".repeat(64))], true);
    expect(verdict.disagrees).toBe(true);
    expect(verdict.cards.map((one) => one.lends)).toEqual([false, false]);
  });

  test("of one against two lends nothing; of one against one is open still", () => {
    const agreement = fresh();
    expect(agreement.answered([card("192.0.2.1", "fake")], true).disagrees).toBe(false);
    const second = agreement.answered([card("198.51.100.1", "x")], true);
    expect([second.disagrees, second.cards[0]?.lends]).toEqual([true, true]);
    agreement.answered([card("203.0.113.1", "x")], true);
    const fourth = agreement.answered([card("10.0.0.1", "fake2")], true);
    expect([fourth.disagrees, fourth.cards[0]?.lends]).toEqual([true, false]);
    agreement.answered([card("10.0.1.1", "x")], true);
    expect(wants(agreement, "10.0.9.0/24")).toBe(false);
  });

  test("a service that answers the control path is no witness", () => {
    const agreement = fresh();
    for (const address of ["192.0.2.1", "198.51.100.1", "203.0.113.1"]) {
      expect(agreement.answered([card(address, "x")], false).cards[0]?.lends).toBe(false);
    }
    expect(wants(agreement, "10.0.0.0/24")).toBe(true);
  });
});

test("endless claims do not grow it, and settled ones stay", () => {
  const agreement = createCardAgreement((digest) => (digest === DIGEST ? "x" : null));
  expect(wants(agreement, "10.0.0.0/24")).toBe(false);
  for (let n = 0; n < 70_000; n += 1) agreement.answered([card("192.0.2.1", "x", `digest ${n}`)], true);
  expect(wants(agreement, "10.0.0.0/24")).toBe(false);
  expect(agreement.wants("d".repeat(301), "0.12.0", "10.0.0.0/24")).toBe(false);
});
