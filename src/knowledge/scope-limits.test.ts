import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { highestRate, SCOPE_CEILINGS } from "./scope-limits.ts";

test("R2: the sums by basis", () => {
  const sums = Object.entries(SCOPE_CEILINGS).map(([basis, ceiling]) => [
    basis,
    ceiling.addresses,
    ceiling.ipv6Networks,
  ]);
  expect(sums).toEqual([
    ["own", 16_777_216, 16_777_216],
    ["contract", 16_777_216, 16_777_216],
    ["statutory", 67_108_864, 67_108_864],
    ["research", 4_294_967_296, 4_294_967_296],
  ]);
});

test.each([
  ["own", 1, 1000],
  ["own", 5000, 5000],
  ["own", 2 ** 24, 20_000],
  ["contract", 256, 50],
  ["contract", 5000, 500],
  ["contract", 2 ** 24, 2000],
  ["statutory", 2 ** 26, 2000],
  ["research", 256, 10],
  ["research", 6000, 100],
  ["research", 2 ** 32, 1000],
] as const)("R2: slower for small spaces: %s, %i addresses → %i/s", (basis, addresses, rate) => {
  expect(highestRate(basis, addresses)).toBe(rate);
});

test.each(Object.entries(SCOPE_CEILINGS))("docs/scope.md tells the ceilings of %s", (basis, { limits, ...ceiling }) => {
  const docs = readFileSync(new URL("../../docs/scope.md", import.meta.url), "utf8");
  const row = new RegExp(`^\\| \`${basis}\` +\\|.*2\\^.*$`, "mu").exec(docs)?.[0] ?? "";
  const cells = row.split("|").map((cell) => cell.trim().replaceAll(",", ""));
  const power = (count: number): string => `2^${Math.log2(count)}`;
  expect(cells.slice(2, -1)).toEqual([
    basis === "research" ? `${power(ceiling.addresses)} minus the special ranges` : power(ceiling.addresses),
    power(ceiling.ipv6Networks),
    ...[
      ceiling.ports,
      limits.rate,
      limits.perHost,
      limits.perNetwork,
      limits.inFlight,
      limits.rescanHours,
      limits.pilot,
    ].map(String),
    `${ceiling.retentionDays} days`,
  ]);
});
