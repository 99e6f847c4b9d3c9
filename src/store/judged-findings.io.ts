import type { CheckInput, CheckOutcome, Judgements, VersionCheckInput } from "../model/judgements.ts";
import { ANSWERS, type Answer } from "../model/observation.ts";
import type { Engine } from "./engine.io.ts";
import {
  CHECK_SIGNS,
  FINDING_INPUTS,
  FINDING_LEFTOVERS,
  FINDING_LOOKS,
  FINDING_VERSION_INPUTS,
  findingInputs,
} from "./finding-sql.ts";
import { flagOf, type InputRow, insertRows, numberOrNull, textOrNull } from "./judged-rows.io.ts";
import { signsOfBits } from "./sign-bits.ts";

/**
 * Fills the tables behind the view `finding`: every check is judged once per distinct input, and inputs whose outcomes are alike are one
 * case. Needs capabilities, networks and prompts judged before.
 */
export async function judgeFindings(engine: Engine, judgements: Judgements): Promise<void> {
  for (const statement of findingInputs(judgements.vectorStores)) await engine.run(statement);
  const cases = new Map<string, Case>();
  const found: object[] = [];
  const note = (input: InputRow[string] | undefined, outcomes: readonly CheckOutcome[]): void => {
    const key = outcomes.map(({ outcome, evidence }) => `${outcome} ${evidence}`).join("\n");
    const known = cases.get(key) ?? { outcomes, number: cases.size + 1 };
    cases.set(key, known);
    found.push({ input, outcomes: known.number });
  };
  for (const row of await engine.rows(FINDING_INPUTS)) note(row["input"], judgements.checks(checkInput(row)));
  for (const row of await engine.rows(FINDING_VERSION_INPUTS))
    note(row["input"], judgements.versionChecks(versionInput(row)));
  await insertRows(engine, "finding_case", { input: "BIGINT", outcomes: "BIGINT" }, found);
  const all = [...cases.values()];
  const checks = new Map(all.flatMap(({ outcomes }) => outcomes.map((one) => [one.check, one] as const)));
  await insertRows(engine, "judged.checking", CHECK_SHAPE, [...checks.values()].map(checkRow));
  await insertRows(engine, "judged.outcome", OUTCOME_SHAPE, all.flatMap(outcomeRows));
  await engine.run(FINDING_LOOKS);
  for (const statement of FINDING_LEFTOVERS) await engine.run(statement);
}

interface Case {
  readonly number: number;
  readonly outcomes: readonly CheckOutcome[];
}

function outcomeRows({ number, outcomes }: Case): readonly object[] {
  return outcomes.map(({ check, outcome, evidence }) => ({ input: number, check_id: check, outcome, evidence }));
}

const CHECK_SHAPE = { check_id: "VARCHAR", severity: "VARCHAR", title: "VARCHAR", fixed_in: "VARCHAR" };
const OUTCOME_SHAPE = { input: "BIGINT", check_id: "VARCHAR", outcome: "VARCHAR", evidence: "VARCHAR" };

function checkRow({ check, severity, title, fixed_in }: CheckOutcome): object {
  return { check_id: check, severity, title, fixed_in };
}

function checkInput(row: InputRow): CheckInput {
  return {
    loopback: row["loopback"] === true,
    answer: answerIn(row),
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

function answerIn(row: InputRow): Answer {
  return ANSWERS.find((answer) => answer === row["answer"]) ?? "other";
}

function versionInput(row: InputRow): VersionCheckInput {
  return {
    answer: answerIn(row),
    confirmed: row["confirmed"] === true,
    product: textOrNull(row["product"]),
    version: textOrNull(row["version"]),
  };
}
