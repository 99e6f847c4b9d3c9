import type { DecoyInput } from "../model/decoy.ts";
import type { DecoyJudgements } from "../model/judgements.ts";
import { ANSWERS, SIGNS } from "../model/observation.ts";
import { DECOY_ENTRIES, DECOY_ENTRY_INPUTS, DECOY_INPUTS, DECOY_LEFTOVERS, decoyInputs } from "./decoy-sql.ts";
import type { Engine } from "./engine.io.ts";
import { flagOf, type InputRow, insertRows, numberOrNull, textListOf, textOrNull } from "./judged-rows.io.ts";
import { signsOfBits } from "./sign-bits.ts";

/**
 * Fills `judged.decoy_service` and `judged.decoy`: each distinct model entry is judged once, then each distinct sum of facts about a
 * service. Needs `judged.version`.
 */
export async function judgeDecoys(engine: Engine, judgements: DecoyJudgements): Promise<void> {
  for (const statement of DECOY_ENTRIES) await engine.run(statement);
  const entries = await engine.rows(DECOY_ENTRY_INPUTS);
  const traits = entries.map((row) => ({
    entry: row["entry"],
    ...judgements.entry({
      name: textOrNull(row["name"]),
      digest: textOrNull(row["digest"]),
      size: numberOrNull(row["size"]),
      parameter_size: textOrNull(row["parameter_size"]),
      quantization_level: textOrNull(row["quantization_level"]),
      remote_host: textOrNull(row["remote_host"]),
    }),
  }));
  await insertRows(engine, "decoy_trait", TRAIT_SHAPE, traits);
  for (const statement of decoyInputs(judgements)) await engine.run(statement);
  const inputs = await engine.rows(DECOY_INPUTS);
  const judged = inputs.map((row) => {
    const { class: decoyClass, score, evidence } = judgements.service(decoyInput(row));
    return { input: row["input"], decoy_class: decoyClass, score, evidence: JSON.stringify(evidence) };
  });
  await insertRows(engine, "judged.decoy", JUDGED_SHAPE, judged);
  for (const statement of DECOY_LEFTOVERS) await engine.run(statement);
}

const TRAIT_SHAPE = {
  entry: "INTEGER",
  digest_odd: "BOOLEAN",
  digest_of_name: "BOOLEAN",
  size_impossible: "BOOLEAN",
  is_famous: "BOOLEAN",
};
const JUDGED_SHAPE = { input: "BIGINT", decoy_class: "VARCHAR", score: "INTEGER", evidence: "VARCHAR" };

function decoyInput(row: InputRow): DecoyInput {
  const flag = (name: string): boolean => flagOf(row[name]) === true;
  const number = (name: string): number => numberOrNull(row[name]) ?? 0;
  return {
    answer: ANSWERS.find((answer) => answer === row["answer"]) ?? "other",
    confirmed: flag("confirmed"),
    product: textOrNull(row["product"]),
    version_told: flag("version_told"),
    port_usual: flag("port_usual"),
    behind_proxy: flag("behind_proxy"),
    signs: signsOfBits(number("sign_bits"), SIGNS),
    entries: numberOrNull(row["entries"]),
    has_digests: flag("has_digests"),
    digest_odd: flag("digest_odd"),
    digest_of_name: flag("digest_of_name"),
    size_impossible: flag("size_impossible"),
    all_famous: flag("all_famous"),
    all_common: flag("all_common"),
    stamp_of_sample: flag("stamp_of_sample"),
    stamps_alike: flag("stamps_alike"),
    stamps_whole: flag("stamps_whole"),
    out_of_order: flag("out_of_order"),
    stamp_addresses: number("stamp_addresses"),
    has_own_stamps: flag("has_own_stamps"),
    page_addresses: number("page_addresses"),
    page_products: number("page_products"),
    products: textListOf(row["products"]) ?? [],
    open_ports: number("open_ports"),
    running_looks: number("running_looks"),
    ever_loaded: flag("ever_loaded"),
    running_changed: flag("running_changed"),
    version_rose: flag("version_rose"),
  };
}
