import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { mmdbFile, type MmdbValue } from "../../test/support/mmdb-file.ts";
import { formatAddress, parseAddress } from "../model/address.ts";
import { Complaint } from "../model/complaint.ts";
import { LINE_EXAMPLE } from "../model/line-example.ts";
import type { Observation } from "../model/observation.ts";
import { countIpv4, countIpv6, isEmpty, prefixSet } from "../model/prefix-set.ts";
import { locatorOf, tableWords } from "./locate.ts";
import { openNetworkTable } from "./network-table.io.ts";
import { openLocator } from "./network-tables.io.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "corral-networks-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const BUILT = Date.UTC(2026, 9, 1) / 1000;
const NO_PLACE = { country: null, asn: null, organisation: null, place_source: null };

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  utimesSync(path, BUILT, BUILT);
  return path;
}

function placed(paths: readonly string[], record: Partial<Observation>): unknown {
  const observation = { ...LINE_EXAMPLE, ...NO_PLACE, ...record } as Observation;
  const { country, asn, organisation, place_source } = locatorOf(paths.map(openNetworkTable)).placed(observation);
  return [country, asn, organisation, place_source];
}

describe("MMDB", () => {
  const rows: readonly (readonly [string, MmdbValue])[] = [
    ["192.0.2.0/25", { autonomous_system_number: 64_496, autonomous_system_organization: "Example" }],
    ["192.0.2.128/25", { asn: "AS64497", as_name: "Beispiel", country_code: "DE" }],
    ["198.51.100.0/24", { country: { iso_code: "FR" } }],
    ["203.0.113.0/24", { country: "JP" }],
  ];
  const wide: readonly (readonly [string, MmdbValue])[] = [
    ...rows,
    ["2001:db8::/32", { autonomous_system_number: 64_496, autonomous_system_organization: "Example" }],
  ];

  test.for([
    [24, 4],
    [28, 6],
    [32, 6],
  ] as const)("records of %i bits, IPv%i", ([recordSize, ipVersion]) => {
    const shape = { recordSize, ipVersion, builtAt: BUILT };
    const path = file("n.mmdb", mmdbFile(ipVersion === 4 ? rows : wide, shape));
    const at = (address: string): unknown => placed([path], { address });
    expect(at("192.0.2.7")).toEqual([null, 64_496, "Example", "n.mmdb 2026-10-01"]);
    expect(at("192.0.2.200")).toEqual(["DE", 64_497, "Beispiel", "n.mmdb 2026-10-01"]);
    expect(at("198.51.100.1")).toEqual(["FR", null, null, "n.mmdb 2026-10-01"]);
    expect(at("203.0.113.1")).toEqual(["JP", null, null, "n.mmdb 2026-10-01"]);
    expect(at("192.0.3.1")).toEqual([null, null, null, null]);
    expect(at("2001:db8::1")).toEqual(
      ipVersion === 4 ? [null, null, null, null] : [null, 64_496, "Example", "n.mmdb 2026-10-01"],
    );
    const ranges = openNetworkTable(path).rangesOf(new Set([64_496, 64_499]));
    const held = ranges?.get(64_496);
    expect(held?.v4.map(({ first, last }) => [first, last])).toEqual([[3_221_225_984, 3_221_226_111]]);
    expect(countIpv6(held ?? prefixSet([]))).toBe(ipVersion === 4 ? 0n : 1n << 96n);
    expect(isEmpty(ranges?.get(64_499) ?? prefixSet([]))).toBe(true);
  });

  test("a table without AS numbers says so", () => {
    const path = file(
      "c.mmdb",
      mmdbFile([["198.51.100.0/24", { country_code: "FR" }]], { recordSize: 24, ipVersion: 6, builtAt: BUILT }),
    );
    expect(openNetworkTable(path).rangesOf(new Set([64_496]))).toBeNull();
  });

  test("a broken file is refused or tells nothing, and always ends", () => {
    const whole = mmdbFile(wide, { recordSize: 28, ipVersion: 6, builtAt: BUILT });
    for (let at = 0; at < whole.length; at += 1) {
      const broken = Buffer.from(whole);
      broken[at] = (broken[at] ?? 0) ^ 0xff;
      const path = file("b.mmdb", broken);
      try {
        const table = openNetworkTable(path);
        table.rangesOf(new Set([64_496]));
        const address = parseAddress("192.0.2.7");
        if (address !== null) table.place(address, formatAddress(address));
      } catch (error) {
        expect(error).toBeInstanceOf(Complaint);
      }
    }
    expect(() => openNetworkTable(file("cut.mmdb", whole.subarray(0, 100)))).toThrow("cut.mmdb");
    expect(() => openNetworkTable(file("empty.mmdb", ""))).toThrow("empty.mmdb");
  });
});

describe("CSV", () => {
  test("a header, rows in any order, the day on which it was written", () => {
    const path = file(
      "own.csv",
      "first,last,asn,organisation\n198.51.100.0,198.51.100.255,64497,B\n192.0.2.0,192.0.2.255,64496,A",
    );
    expect(placed([path], { address: "192.0.2.7" })).toEqual([null, 64_496, "A", "own.csv 2026-10-01"]);
    expect(placed([path], { address: "198.51.100.7" })).toEqual([null, 64_497, "B", "own.csv 2026-10-01"]);
  });

  test.for([
    ["its addresses the wrong way round", "192.0.2.9,192.0.2.1,64496,A"],
    ["an AS number that is none", "192.0.2.0,192.0.2.9,-1,A"],
    ["an address that is none", "192.0.2.300,192.0.3.1,64496,A"],
    ["half an IPv6 address", "fd00:::,fd01::,64496,A"],
  ])("a first line with %s is no header: refused with its number", ([, first = ""]) => {
    const path = file("wrong.csv", `${first}\n198.51.100.0,198.51.100.255,64497,B\n`);
    expect(() => openNetworkTable(path)).toThrow("wrong.csv:1: ");
  });

  test("a header may be of hexadecimal letters", () => {
    const path = file("hex.csv", "face,beef,asn,name\n192.0.2.0,192.0.2.255,64496,A\n");
    expect(placed([path], { address: "192.0.2.7" })).toEqual([null, 64_496, "A", "hex.csv 2026-10-01"]);
  });

  test("lines that lie across the pieces in which a file is read", () => {
    const rows = Array.from(
      { length: 60_000 },
      (_, at) => `${at * 4},${at * 4 + 3},${(at % 60_000) + 1},Network number ${at}`,
    );
    const path = file("long.csv", rows.join("\n"));
    const table = openNetworkTable(path);
    const at = (value: number): unknown => table.place({ family: 4, value }, "");
    const all = Array.from({ length: 60_000 }, (_, row) => at(row * 4 + 1));
    expect(all).toEqual(rows.map((_, row) => ({ country: null, asn: row + 1, organisation: `Network number ${row}` })));
    expect(at(240_000)).toBeNull();
  });

  test.for([
    ["192.0.2.0,192.0.2.255,64496,A\nx\n", "own.csv:2: needs first,last,asn"],
    ["192.0.2.0,192.0.2.255,64496,A\n192.0.2.7,192.0.2.7,64497,B\n", "two ranges share an address: IPv4 range 2"],
    ["first,last,country\n", "holds no range"],
    ["", "holds no range"],
    [`192.0.2.0,192.0.2.255,64496,${"x".repeat(2_000_000)}\n`, "is longer than 4096 bytes"],
  ] as const)("%#: refused with its place", ([text, message]) => {
    const path = file("own.csv", text);
    expect(() => openNetworkTable(path)).toThrow(message);
    expect(() => openNetworkTable(path)).toThrow(Complaint);
  });

  test("a file that is not there is named", () => {
    expect(() => openNetworkTable(join(folder, "none.csv"))).toThrow(/none\.csv: cannot be read: no such file$/u);
  });
});

describe("what is filled in", () => {
  const asn = "192.0.2.0,192.0.2.255,64496,Example";
  const country = "192.0.2.0,192.0.2.255,DE";

  test("the first table that tells a field decides it; each that told one is named", () => {
    const paths = [file("a.csv", asn), file("c.csv", country), file("d.csv", "192.0.2.0,192.0.2.255,FR")];
    expect(placed(paths, { address: "192.0.2.7" })).toEqual([
      "DE",
      64_496,
      "Example",
      "a.csv 2026-10-01, c.csv 2026-10-01",
    ]);
  });

  test.for([
    [{ country: "FR", place_source: "record" }, ["FR", 64_496, "Example", "record, a.csv 2026-10-01"]],
    [{ asn: 64_496, place_source: "record" }, ["DE", 64_496, "Example", "record, a.csv 2026-10-01, c.csv 2026-10-01"]],
    // another number than the table's: its organisation is not that of the table
    [{ asn: 64_499, place_source: "record" }, ["DE", 64_499, null, "record, c.csv 2026-10-01"]],
    [
      { organisation: "Registrant", place_source: "record" },
      ["DE", 64_496, "Registrant", "record, a.csv 2026-10-01, c.csv 2026-10-01"],
    ],
    [{ country: "FR", asn: 64_499, organisation: "Own", place_source: "record" }, ["FR", 64_499, "Own", "record"]],
    [{ address: "198.51.100.1" }, [null, null, null, null]],
  ] as const)("%#: only what the record does not carry", ([record, expected]) => {
    const paths = [file("a.csv", asn), file("c.csv", country)];
    expect(placed(paths, { address: "192.0.2.7", ...record })).toEqual(expected);
  });

  test("region and city are never filled", () => {
    const observation = { ...LINE_EXAMPLE, ...NO_PLACE, address: "192.0.2.7", region: null, city: null } as Observation;
    const filled = locatorOf([openNetworkTable(file("a.csv", asn))]).placed(observation);
    expect([filled.region, filled.city]).toEqual([null, null]);
  });
});

test("the tables that come with Corral: their day, their age, what they know", () => {
  const locator = openLocator([], prefixSet([]));
  expect(locator.tables.map(({ name, builtOn }) => `${name} ${builtOn}`)).toEqual([
    "ip-location-db asn 2026-06-17",
    "ip-location-db geo-whois-asn-country 2026-06-17",
  ]);
  const words = locator.tables.map((table) => tableWords(table, Date.UTC(2026, 10, 21)));
  expect(words[0]).toBe("ip-location-db asn, built 2026-06-17, 157 days old");
  const ranges = locator.rangesOf(new Set([16_509, 4_199_999_999]));
  expect(countIpv4(ranges?.get(16_509) ?? prefixSet([]))).toBeGreaterThan(10_000_000);
  expect(countIpv6(ranges?.get(16_509) ?? prefixSet([]))).toBeGreaterThan(1n << 64n);
  expect(isEmpty(ranges?.get(4_199_999_999) ?? prefixSet([]))).toBe(true);
});
