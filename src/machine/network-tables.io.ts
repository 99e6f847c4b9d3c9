import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { field, isObject } from "../format/bounded-value.ts";
import { Complaint } from "../model/complaint.ts";
import type { PrefixSet } from "../model/prefix-set.ts";
import { locatorOf, type Locator } from "./locate.ts";
import { openCsv, openMmdb, openNetworkTable } from "./network-table.io.ts";

/** The last part of a version, `2.3.2026061719`: year, month, day and hour of the build. */
const BUILD = /\.(\d{4})(\d{2})(\d{2})\d{2}$/u;

/**
 * Opens the tables to place addresses by: the files that the user names, in their order, or else the two of ip-location-db that come with Corral. Takes
 * a third of a second and 30 MB for the latter (docs/networks.md).
 *
 * @param nowhere - Addresses that the published tables are not believed on: special-purpose ranges, which belong to no country and no operator. A
 * user's own table may well place them.
 * @throws a `Complaint` when a table cannot be read.
 */
export function openLocator(files: readonly string[], nowhere: PrefixSet): Locator {
  return files.length > 0 ? locatorOf(files.map(openNetworkTable)) : locatorOf(defaultTables(), nowhere);
}

function defaultTables(): Locator["tables"] {
  const asn = folderOf(import.meta.resolve("@ip-location-db/asn/package.json"));
  const country = folderOf(import.meta.resolve("@ip-location-db/geo-whois-asn-country-mmdb/package.json"));
  const files = ["asn-ipv4-num.csv", "asn-ipv6.csv"].map((name) => join(asn, name));
  const name = "ip-location-db geo-whois-asn-country";
  return [
    openCsv(files, "ip-location-db asn", builtOn(asn)),
    {
      ...openMmdb(join(country, "geo-whois-asn-country.mmdb"), name),
      builtOn: builtOn(country),
      rangesOf: () => null, // it knows countries only: no need to walk it
    },
  ];
}

function folderOf(url: string): string {
  return dirname(fileURLToPath(url));
}

function builtOn(folder: string): string {
  const about: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const version = isObject(about) ? field(about, "version") : null;
  const [, year, month, day] = (typeof version === "string" ? BUILD.exec(version) : null) ?? [];
  if (year === undefined || month === undefined || day === undefined) {
    throw new Complaint(
      [{ place: folder, message: "its version tells no build date" }],
      "--networks FILE names another table",
    );
  }
  return `${year}-${month}-${day}`;
}
