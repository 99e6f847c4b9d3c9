import type { Lake } from "../lake-facts.ts";
import type { Need } from "../study-output.ts";
import type { BaseTables } from "./base-tables.ts";

/** What each need asks of a lake, as a query of one number, and what is said when it is not enough. */
const NEEDS: Readonly<Record<Need, { readonly sql: string; readonly atLeast: number; readonly else: string }>> = {
  hosts: {
    sql: "SELECT COUNT(*) AS n FROM study_host",
    atLeast: 1,
    else: "no observation of the lake is counted: none is confirmed and an Ollama",
  },
  places: {
    sql: "SELECT COUNT(country) AS n FROM study_host",
    atLeast: 1,
    else: "no record tells a country, and no table of networks was asked",
  },
  networks: {
    sql: "SELECT COUNT(asn) AS n FROM study_host",
    atLeast: 1,
    else: "no record tells the number of a network, and no table of networks was asked",
  },
  lists: {
    sql: "SELECT COUNT(models) AS n FROM study_host",
    atLeast: 1,
    else: "no list of models was seen",
  },
  cards: {
    sql: "SELECT SUM(prompt_seen) AS n FROM study_host",
    atLeast: 1,
    else: "no card of a listed model was seen: a survey asks for them with depth: cards",
  },
  running: {
    sql: "SELECT COUNT(running) AS n FROM study_host",
    atLeast: 1,
    else: "no list of loaded models was seen",
  },
  "two-days": {
    sql: "SELECT SUM(attempted) AS n FROM study_day",
    atLeast: 2,
    else: "somebody looked on one day only",
  },
  "two-weeks": {
    sql: "SELECT COUNT(DISTINCT date_trunc('week', day)) AS n FROM study_day WHERE attempted = 1",
    atLeast: 2,
    else: "somebody looked in one week only",
  },
  "two-months": {
    sql: `SELECT COUNT(DISTINCT "month") AS n FROM host_month`,
    atLeast: 2,
    else: "hosts were seen in one month only",
  },
  "two-sources": {
    sql: "SELECT COUNT(DISTINCT source) AS n FROM counted_month",
    atLeast: 2,
    else: "all observations are of one source",
  },
};

/** Tells why an output is not defined over a lake; `null` when it is. Each need is asked once. */
export interface Needs {
  missing(needs: readonly Need[]): Promise<string | null>;
}

/** Readies the questions over a lake. */
export function needsOf(lake: Lake, tables: BaseTables): Needs {
  const asked = new Map<Need, Promise<boolean>>();
  const ask = async (need: Need): Promise<boolean> => {
    const { sql, atLeast } = NEEDS[need];
    await tables.ready(sql);
    const [row] = await lake.query(sql);
    return Number(row?.["n"] ?? 0) >= atLeast;
  };
  return {
    async missing(needs) {
      for (const need of needs) {
        const answer = asked.get(need) ?? ask(need);
        asked.set(need, answer);
        if (!(await answer)) return NEEDS[need].else;
      }
      return null;
    },
  };
}
