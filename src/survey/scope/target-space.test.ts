import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseIpv4 } from "../../model/address.ts";
import type { Scope } from "../../model/scope.ts";
import { namesToPin, targetSpace } from "./target-space.ts";

const SCOPE: Scope = {
  name: "laboratory",
  operator: { name: "Network team", contact: "noc@example.org", organisation: null },
  basis: "own",
  authority: { allowedBy: "Head of network", since: "2026-01-01", until: "2026-12-31" },
  prefixes: ["10.0.0.0/30", "2001:db8::/127", "2001:db8:1::/48"],
  names: ["models.example.org", "old.example.org"],
  ports: [11434, 80],
  exclude: ["10.0.0.1/32", "old.example.org"],
  optOut: [
    { who: "10.0.0.2/32", since: "2026-02-01" },
    { who: "quiet.example.net", since: "2026-02-01" },
  ],
  ownSpecial: ["10.0.0.0/8", "2001:db8::/32"],
  limits: {
    rate: 100,
    perHost: 10,
    perNetwork: 50,
    inFlight: 100,
    rescanHours: 0,
    pilot: 10,
    cardsPerHost: 5,
    cardsPerRun: 100,
  },
  vantage: "inside",
  depth: "cards",
  prompts: "class",
  retentionDays: 30,
  research: null,
};
const PINS = [
  {
    name: "models.example.org",
    addresses: ["10.0.0.3", "10.0.0.1", "10.0.0.2", "2001:db8:1::7", "192.168.7.7"],
    failure: null,
  },
  { name: "quiet.example.net", addresses: ["10.0.0.0"], failure: null },
];
const at = (address: string, port = 80, host_name: string | null = null) => ({ address, port, host_name });

describe("a target space", () => {
  const space = targetSpace(SCOPE, PINS);

  test("numbers walked addresses and pinned names on every port, each once", () => {
    const all = Array.from({ length: space.size }, (_, index) => {
      const target = space.at(index);
      expect([target.scheme, target.base_path]).toEqual(["auto", "/"]);
      return `${target.host_name ?? ""}@${target.address} ${target.port}`;
    });
    expect(all).toEqual([
      "@10.0.0.0 80",
      "@10.0.0.0 11434",
      "@10.0.0.2 80",
      "@10.0.0.2 11434",
      "@10.0.0.3 80",
      "@10.0.0.3 11434",
      "@2001:db8:: 80",
      "@2001:db8:: 11434",
      "@2001:db8::1 80",
      "@2001:db8::1 11434",
      "models.example.org@10.0.0.3 80",
      "models.example.org@10.0.0.3 11434",
      "models.example.org@10.0.0.2 80",
      "models.example.org@10.0.0.2 11434",
      "models.example.org@2001:db8:1::7 80",
      "models.example.org@2001:db8:1::7 11434",
    ]);
    expect(space.addresses).toBe(5);
  });

  test("has no target beyond its size", () => {
    for (const index of [-1, space.size, Number.NaN]) expect(() => space.at(index)).toThrow(RangeError);
  });

  test("tells which addresses of a name it refuses", () => {
    expect(space.refusedPins).toEqual([
      { name: "models.example.org", address: "10.0.0.1", reason: "excluded" },
      { name: "models.example.org", address: "10.0.0.2", reason: "opt-out" },
      { name: "models.example.org", address: "192.168.7.7", reason: "special" },
    ]);
  });

  test.each([
    [at("10.0.0.3"), null],
    [at("10.0.0.3", 11434), null],
    [at("2001:db8:1::7"), null], // a wide IPv6 prefix admits what a list names
    [at("10.0.0.3", 80, "models.example.org"), null],
    [at("10.0.0.3", 81), "port"],
    [at("10.0.0.4"), "not-in-scope"],
    [at("10.0.0.1"), "excluded"],
    [at("10.0.0.2"), "opt-out"],
    [at("10.0.0.0"), "opt-out"], // what an opted-out name resolves to
    [at("192.168.7.7"), "special"],
    [at("127.0.0.1"), "special"],
    [at("10.0.0.3", 80, "other.example.org"), "name"],
    [at("2001:db8::1", 80, "models.example.org"), "name"], // in scope, but not where the name pointed
    [at("10.0.0.3", 80, "old.example.org"), "excluded"],
    [at("10.0.0.3", 80, "quiet.example.net"), "opt-out"],
    [at("10.0.0.3", 80, "very.quiet.example.net"), "opt-out"],
    [at("10.0.0.3", 80, "disquiet.example.net"), "name"],
    [at("::ffff:10.0.0.3"), "not-an-address"],
    [at("2001:DB8::1"), "not-an-address"],
    [at("fe80::1%eth0"), "not-an-address"],
    [at("010.0.0.3"), "not-an-address"],
    [at("models.example.org"), "not-an-address"],
  ])("R4, R5, R6: admits or refuses %o → %s", (target, reason) => {
    expect(space.admit(target)).toEqual(reason === null ? { ok: true } : { ok: false, reason });
  });

  test("R4: an opt-out wins over pins and prefixes, and moves no target's number", () => {
    const optOut = [...SCOPE.optOut, { who: "10.0.0.3", since: "2026-03-01" }];
    const later = targetSpace({ ...SCOPE, optOut }, PINS);
    expect(later.size).toBe(space.size);
    const numbers = Array.from({ length: space.size }, (_, index) => index);
    expect(numbers.map(later.at)).toEqual(numbers.map(space.at));
    const refused = numbers.filter((index) => !later.admit(later.at(index)).ok && space.admit(space.at(index)).ok);
    expect(refused.map((index) => later.at(index).address)).toEqual(["10.0.0.3", "10.0.0.3", "10.0.0.3", "10.0.0.3"]);
  });

  test("R4: a name of the scope that opts out is refused by name and by address, and moves no number", () => {
    const optOut = [...SCOPE.optOut, { who: "example.org", since: "2026-03-01" }];
    const scope = { ...SCOPE, optOut };
    expect(namesToPin(scope, PINS)).toEqual(["old.example.org", "example.org"]);
    const later = targetSpace(scope, [...PINS, { name: "example.org", addresses: [], failure: "no-address" }]);
    expect(later.size).toBe(space.size);
    for (const name of [null, "models.example.org"]) {
      expect(later.admit(at("10.0.0.3", 80, name))).toEqual({ ok: false, reason: "opt-out" });
    }
  });

  test.each([
    ["a name that is no target", ["gone.example.net"], { name: "gone.example.net" }],
    ["a name of the scope below it", ["10.0.0.1/32", "old.example.org"], { name: "old.example.org" }],
  ])("an excluded name keeps out what it resolves to, and moves no number: %s", (_, exclude, { name }) => {
    const before = targetSpace({ ...SCOPE, exclude }, PINS);
    const after = targetSpace({ ...SCOPE, exclude }, [...PINS, { name, addresses: ["10.0.0.3"], failure: null }]);
    const numbers = Array.from({ length: before.size }, (__, index) => index);
    expect(after.size).toBe(before.size);
    expect(numbers.map(after.at)).toEqual(numbers.map(before.at));
    for (const asked of [null, "models.example.org"]) {
      expect(before.admit(at("10.0.0.3", 80, asked))).toEqual({ ok: true });
      expect(after.admit(at("10.0.0.3", 80, asked))).toEqual({ ok: false, reason: "excluded" });
    }
    expect(after.refusedPins).toContainEqual({ name: "models.example.org", address: "10.0.0.3", reason: "excluded" });
    expect(after.admit(at("2001:db8::1"))).toEqual({ ok: true });
  });

  test("the order in which ports and pins are written does not matter", () => {
    const other = targetSpace({ ...SCOPE, ports: [80, 11434] }, PINS.toReversed());
    for (let index = 0; index < space.size; index += 1) expect(other.at(index)).toEqual(space.at(index));
  });
});

test("names to pin: those of the scope, excluded and opted-out domains; known pins are not resolved again", () => {
  const exclude = [...SCOPE.exclude, "gone.example.net"];
  expect(namesToPin({ ...SCOPE, exclude })).toEqual([
    "models.example.org",
    "old.example.org",
    "gone.example.net",
    "quiet.example.net",
  ]);
  expect(namesToPin(SCOPE, PINS)).toEqual(["old.example.org"]);
});

test("the whole of IPv4 minus the blocklist is a handful of ranges", () => {
  const space = targetSpace(
    { ...SCOPE, basis: "research", prefixes: ["0.0.0.0/0"], exclude: [], optOut: [], ownSpecial: [], names: [] },
    [],
  );
  // 2^32 less: 0/8 10/8 127/8 (3 × 2^24), 100.64/10, 172.16/12, 169.254/16, 192.168/16, 198.18/15, eight /24 outside those, 224/4 and 240/4
  const special = 3 * 2 ** 24 + 2 ** 22 + 2 ** 20 + 2 * 2 ** 16 + 2 ** 17 + 8 * 2 ** 8 + 2 * 2 ** 28;
  expect(space.addresses).toBe(2 ** 32 - special);
  expect(space.territory.walked.v4.length).toBeLessThan(25);
  expect(parseIpv4(space.at(0).address)).toBe(2 ** 24);
  expect(parseIpv4(space.at(space.size - 1).address)).toBe(224 * 2 ** 24 - 1);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: space.size - 1 }), (index) => {
      expect(space.admit(space.at(index))).toEqual({ ok: true });
    }),
  );
});
