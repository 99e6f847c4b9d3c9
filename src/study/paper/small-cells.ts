import { Complaint } from "../../model/complaint.ts";
import { type Lake, lakeFacts, mayTellAll } from "../lake-facts.ts";

const LEAST = 5;

const REAL_SQL = `SELECT COUNT(*) AS n FROM observation AS o LEFT JOIN run AS r ON r.run = o.run WHERE r.run IS NULL OR NOT r.synthetic`;

/**
 * A floor below 5 tells of single hosts: only their owner may see that (rule R14), or who made them up.
 *
 * @throws a {@link Complaint} when an observation of the lake is neither of an own or contract scope nor synthetic, or nobody says.
 */
export async function refuseSmallCells(lake: Lake, floor: number): Promise<void> {
  if (floor >= LEAST || mayTellAll(await lakeFacts(lake))) return;
  const [real] = await lake.query(REAL_SQL);
  if (real?.["n"] === 0) return;
  throw new Complaint(
    [{ place: "--k", message: `a floor below ${LEAST} is for lakes of own or contract scopes, or of synthetic data` }],
    "leave it out, or choose a higher one",
  );
}
