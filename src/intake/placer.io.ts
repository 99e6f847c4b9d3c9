import { resolve } from "node:path";
import type { LineRecord } from "../format/observation-line.ts";
import { SPECIAL_SET } from "../knowledge/special-ranges.ts";
import { systemClock } from "../machine/clock.io.ts";
import { type Locator, tableWords } from "../machine/locate.ts";
import { type NetworkOptions } from "../machine/network-options.ts";
import { openLocator } from "../machine/network-tables.io.ts";
import { parseAddress } from "../model/address.ts";
import { holds } from "../model/prefix-set.ts";

/** Fills the place of observations that come without one (`corral import`); the tables are opened for the first that needs them. */
export interface Placer {
  placed(record: LineRecord): LineRecord;
  /** Whether tables were opened: then a run carries {@link PLACED_COLUMNS} whatever its source can. */
  readonly isOpen: boolean;
}

/** Columns that tables of networks fill. */
export const PLACED_COLUMNS = ["country", "asn", "organisation", "place_source"] as const;

/** Makes the placer that the options ask for; `say` hears name, build date and age of each table when they are opened. */
export function createPlacer({ files, off }: NetworkOptions, cwd: string, say: (words: string) => void): Placer {
  let locator: Locator | null = null;
  const opened = (): Locator => {
    if (locator !== null) return locator;
    const paths = files.map((file) => resolve(cwd, file));
    locator = openLocator(paths, SPECIAL_SET);
    const nowMs = systemClock.epochMs();
    say(`networks: ${locator.tables.map((table) => tableWords(table, nowMs)).join("; ")}`);
    return locator;
  };
  return {
    get isOpen() {
      return locator !== null;
    },
    placed(record) {
      if (off || record.kind !== "observation") return record;
      if (record.country !== null && record.asn !== null && record.organisation !== null) return record;
      return files.length === 0 && liesNowhere(record.address) ? record : opened().placed(record);
    },
  };
}

/** Whether no published table tells anything of the address. */
function liesNowhere(text: string): boolean {
  const address = parseAddress(text);
  return address === null || holds(SPECIAL_SET, address);
}
