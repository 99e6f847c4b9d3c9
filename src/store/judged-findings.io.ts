import type { CheckInput, CheckOutcome, Judgements, VersionCheckInput } from "../model/judgements.ts";
import { ANSWERS } from "../model/observation.ts";
import type { Engine } from "./engine.io.ts";
import {
  CHECK_SIGNS,
  FINDING_INPUTS,
  FINDING_LEFTOVERS,
  FINDING_VERSION_INPUTS,
  findingInputs,
} from "./finding-sql.ts";
import { flagOf, type InputRow, insertRows, numberOrNull, textOrNull } from "./judged-rows.io.ts";
import { signsOfBits } from "./sign-bits.ts";

/**
 * Fills the tables behind the view `finding`: every check is judged once per distinct input. Needs the capabilities and the networks
 * judged before.
 */
export async function judgeFindings(engine: Engine, judgements: Judgements): Promise<void> {
  for (const statement of findingInputs(judgements.vectorStores)) await engine.run(statement);
  const inputs = await engine.rows(FINDING_INPUTS);
  const versions = await engine.rows(FINDING_VERSION_INPUTS);
  const judged = [
    ...inputs.map((row) => ({ input: row["input"], outcomes: judgements.checks(checkInput(row)) })),
    ...versions.map((row) => ({ input: row["input"], outcomes: judgements.versionChecks(versionInput(row)) })),
  ];
  const checks = new Map(judged.flatMap(({ outcomes }) => outcomes.map((one) => [one.check, one] as const)));
  await insertRows(engine, "judged.checking", CHECK_SHAPE, [...checks.values()].map(checkRow));
  const rows = judged.flatMap(({ input, outcomes }) =>
    outcomes.map(({ check, outcome, evidence }) => ({ input, check_id: check, outcome, evidence })),
  );
  await insertRows(engine, "judged.outcome", OUTCOME_SHAPE, rows);
  for (const statement of FINDING_LEFTOVERS) await engine.run(statement);
}

const CHECK_SHAPE = { check_id: "VARCHAR", severity: "VARCHAR", title: "VARCHAR", fixed_in: "VARCHAR" };
const OUTCOME_SHAPE = { input: "BIGINT", check_id: "VARCHAR", outcome: "VARCHAR", evidence: "VARCHAR" };

function checkRow({ check, severity, title, fixed_in }: CheckOutcome): object {
  return { check_id: check, severity, title, fixed_in };
}

function checkInput(row: InputRow): CheckInput {
  return {
    loopback: row["loopback"] === true,
    answer: ANSWERS.find((answer) => answer === row["answer"]) ?? "other",
    confirmed: row["confirmed"] === true,
    product: textOrNull(row["product"]),
    fingerprint: textOrNull(row["fingerprint"]),
    signs: signsOfBits(numberOrNull(row["sign_bits"]) ?? 0, CHECK_SIGNS),
    fronted: row["fronted"] === true,
    completion: flagOf(row["completion"]),
    tools: flagOf(row["tools"]),
    vision: flagOf(row["vision"]),
    embedding: flagOf(row["embedding"]),
    has_cloud_model: flagOf(row["has_cloud_model"]),
    guard_off: flagOf(row["guard_off"]),
    tier: textOrNull(row["tier"]),
    vector_store_beside: flagOf(row["vector_store_beside"]),
    open_days: numberOrNull(row["open_days"]) ?? 0,
    looked_days: numberOrNull(row["looked_days"]) ?? 0,
  };
}

function versionInput(row: InputRow): VersionCheckInput {
  return {
    confirmed: row["confirmed"] === true,
    product: textOrNull(row["product"]),
    version: textOrNull(row["version"]),
  };
}
