import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Address, formatAddress, formatIpv6, parseAddress, parseIpv6 } from "../model/address.ts";
import { readIpv6Words } from "./ipv6-words.ts";
import { readRangeLine } from "./range-csv.ts";
import { RangeTable } from "./range-table.ts";

function tableOf(lines: readonly string[]): RangeTable {
  const table = new RangeTable();
  for (const line of lines) {
    const bytes = Buffer.from(`before\n${line}\n1,2,3`);
    expect(readRangeLine(bytes, 7, 7 + Buffer.byteLength(line), table)).toBeNull();
  }
  return table;
}

function placeIn(table: RangeTable, address: string): unknown {
  const place = table.place(parseAddress(address) as Address);
  return place === null ? null : (place.country ?? [place.asn, place.organisation]);
}

describe("a line of a table of ranges", () => {
  test.for([
    ["192.0.2.0,192.0.2.127,64496,Example", "192.0.2.127", [64_496, "Example"]],
    ["192.0.2.0,192.0.2.127,AS64496,Example", "192.0.2.0", [64_496, "Example"]],
    ['"192.0.2.0","192.0.2.127","64496","Example, ""Inc."""', "192.0.2.1", [64_496, 'Example, "Inc."']],
    ["3221225984,3221226111,64496,Example, unquoted", "192.0.2.1", [64_496, "Example, unquoted"]],
    ["192.0.2.0,192.0.2.127,64496", "192.0.2.1", [64_496, null]],
    ["192.0.2.0,192.0.2.127,64496,", "192.0.2.1", [64_496, null]],
    ["192.0.2.0,192.0.2.127,4294967295,Last number\r", "192.0.2.1", [4_294_967_295, "Last number"]],
    ["192.0.2.0,192.0.2.127,de", "192.0.2.1", "DE"],
    ["2001:db8::,2001:db8:ffff:ffff:ffff:ffff:ffff:ffff,64497,Beispiel ü", "2001:db8:1::7", [64_497, "Beispiel ü"]],
    ["42540766411282592856903984951653826560,42540766411282592856903984951653826561,FR", "2001:db8::1", "FR"],
    ["::ffff:0:0,::ffff:ffff:ffff,64497,Mapped", "192.0.2.1", null],
    ["192.0.2.0,192.0.2.127,0,Routed by nobody", "192.0.2.1", null],
    ["# a comment", "192.0.2.1", null],
    ["", "192.0.2.1", null],
  ] as const)("%s", ([line, address, place]) => {
    const table = tableOf([line]);
    table.settle();
    expect(placeIn(table, address)).toEqual(place);
  });

  test.for([
    ["192.0.2.0,192.0.2.127", "needs first,last,asn,organisation or first,last,country"],
    ["192.0.2.0", "needs first,last,asn,organisation or first,last,country"],
    ["192.0.2.9,192.0.2.1,64496,x", "its last address is before its first"],
    ["192.0.2.256,192.0.3.1,64496,x", "needs two addresses at its beginning"],
    ["192.0.2.0,2001:db8::,64496,x", "its two addresses are of different families"],
    ["2001:db8::2,2001:db8::1,64496,x", "its last address is before its first"],
    ["192.0.2.0,192.0.2.1,Germany", "its third column is neither an AS number nor a country of two letters"],
    ["192.0.2.0,192.0.2.1,4294967296,x", "its third column is neither an AS number nor a country of two letters"],
    ["192.0.2.0,192.0.2.1,,x", "its third column is neither an AS number nor a country of two letters"],
    [`192.0.2.0,192.0.2.1,64496,${"x".repeat(5000)}`, "is longer than 4096 bytes"],
  ] as const)("not %s", ([line, problem]) => {
    const bytes = Buffer.from(line);
    expect(readRangeLine(bytes, 0, bytes.length, new RangeTable())).toBe(problem);
  });

  test("any bytes are read or refused, and no line reads beyond its end", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (bytes, cut) => {
        const buffer = Buffer.from([...bytes, ...Buffer.from("\n192.0.2.0,192.0.2.1,64496,x\n")]);
        const table = new RangeTable();
        const problem = readRangeLine(buffer, Math.min(cut, bytes.length), bytes.length, table);
        expect(problem === null || table.ranges === 0).toBe(true);
        table.settle();
        expect(table.ranges).toBeLessThanOrEqual(1);
      }),
    );
  });
});

test("ranges in any order are found as a plain search finds them", () => {
  const range = fc.tuple(fc.nat(2000), fc.nat(20), fc.integer({ min: 1, max: 9 }));
  fc.assert(
    fc.property(fc.array(range, { maxLength: 30 }), fc.constantFrom(4, 6), (drawn, family) => {
      const apart = drawn.filter(([first, size], at) =>
        drawn.slice(0, at).every(([other, others]) => first > other + others || first + size < other),
      );
      const text = (value: number): string =>
        family === 4 ? formatAddress({ family: 4, value }) : formatIpv6(BigInt(value) << 90n);
      const table = tableOf(apart.map(([first, size, asn]) => `${text(first)},${text(first + size)},${asn},n`));
      expect(table.settle()).toBeNull();
      for (let value = 0; value < 2021; value += 1) {
        const holder = apart.find(([first, size]) => first <= value && value <= first + size);
        expect(placeIn(table, text(value))).toEqual(holder === undefined ? null : [holder[2], "n"]);
      }
    }),
    { numRuns: 20 },
  );
});

test("where ranges share addresses, the one that begins first is believed; as opt-outs both hold", () => {
  const lines = [
    "192.0.2.100,192.0.2.120,64497,within",
    "192.0.2.0,192.0.2.199,64496,first",
    "192.0.2.150,192.0.2.255,64498,beyond",
    "2001:db8::,2001:db8::ff,64496,first",
    "2001:db8::f0,2001:db8::1ff,64498,beyond",
  ];
  const table = tableOf(lines);
  expect(table.settle()).toEqual({ family: 4, row: 0 });
  const at = ["192.0.2.110", "192.0.2.160", "192.0.2.200", "2001:db8::f5", "2001:db8::100"];
  expect(at.map((address) => placeIn(table, address))).toEqual([
    [64_496, "first"],
    [64_496, "first"],
    [64_498, "beyond"],
    [64_496, "first"],
    [64_498, "beyond"],
  ]);
  const ranges = table.rangesOf(new Set([64_497, 64_498, 64_499]));
  expect(ranges?.get(64_497)?.v4).toEqual([{ first: 3_221_226_084, last: 3_221_226_104 }]);
  expect(ranges?.get(64_498)?.v4).toEqual([{ first: 3_221_226_134, last: 3_221_226_239 }]);
  expect(ranges?.get(64_498)?.v6.map(({ first, last }) => [formatIpv6(first), formatIpv6(last)])).toEqual([
    ["2001:db8::f0", "2001:db8::1ff"],
  ]);
  expect(ranges?.get(64_499)).toEqual({ v4: [], v6: [] });
});

test("a table of countries knows no AS number, not even as nobody's", () => {
  const table = tableOf(["192.0.2.0,192.0.2.1,DE"]);
  table.settle();
  expect(table.rangesOf(new Set([64_496]))).toBeNull();
});

test("IPv6 read from bytes is what the address parser reads", () => {
  const words = new Uint32Array(4);
  const value = (): bigint => words.reduce((sum, word) => (sum << 32n) | BigInt(word), 0n);
  const same = (text: string): void => {
    const bytes = Buffer.from(text);
    const parsed = parseIpv6(text);
    const read = readIpv6Words(bytes, 0, bytes.length, words, 0);
    if (read) expect(value()).toBe(parsed);
    else expect(parsed === null || text.includes(".")).toBe(true);
  };
  fc.assert(fc.property(fc.ipV6(), same));
  fc.assert(fc.property(fc.bigInt(0n, (1n << 128n) - 1n), (number) => same(formatIpv6(number))));
  fc.assert(fc.property(fc.stringMatching(/^[0-9a-fA-F:.]{0,45}$/u), same), { numRuns: 2000 });
});
