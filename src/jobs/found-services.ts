import type { Row, Snapshot } from "../store/snapshot.ts";
import { numberOf, textOf, textOrNull } from "../study/row-values.ts";
import type { FoundService } from "./start-words.ts";

/** Model servers that answered in the newest run: confirmed ones, emulators, and those behind a login that tell what they are. */
const FOUND_SQL = `SELECT scheme, address, port, answer, confirmed, product, version, model_count
FROM observation
WHERE run = (SELECT MAX(run) FROM run WHERE started_at = (SELECT MAX(started_at) FROM run))
  AND (confirmed OR product IS NOT NULL)
ORDER BY address, port`;

/** Asks a lake what the newest run found. */
export async function foundServices(lake: Pick<Snapshot, "query">): Promise<readonly FoundService[]> {
  return (await lake.query(FOUND_SQL)).map(foundService);
}

function foundService(row: Row): FoundService {
  return {
    scheme: textOf(row, "scheme"),
    address: textOf(row, "address"),
    port: numberOf(row, "port"),
    answer: textOf(row, "answer"),
    confirmed: row["confirmed"] === true,
    product: textOrNull(row, "product"),
    version: textOrNull(row, "version"),
    modelCount: row["model_count"] === null ? null : numberOf(row, "model_count"),
  };
}
