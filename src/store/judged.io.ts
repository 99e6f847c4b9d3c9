import type { CapabilityInput, CheckInput, Judgements, ModelInput } from "../model/judgements.ts";
import { ANSWERS } from "../model/observation.ts";
import type { Cell, Engine } from "./engine.io.ts";
import { networkText } from "./network-text.ts";
import { NETWORK_INPUTS } from "./network-sql.ts";
import { sqlText } from "./stage-sql.ts";
import { CAPABILITY_INPUTS, CAPABILITY_WORDS, CHECK_INPUTS, MODEL_INPUTS, VERSION_INPUTS } from "./view-sql.ts";

type InputRow = Readonly<Record<string, Cell>>;

const BATCH = 2000;

/** Judgements of one snapshot, made when a query first needs them: each once per distinct input, kept as temporary tables only. */
export interface Judged {
  /** Makes what a query that names these views needs. */
  prepare(sql: string): Promise<void>;
}

/** Readies the judgements over an engine that has the `stored` and `judged` tables. */
export function judgedTables(engine: Engine, judgements: Judgements): Judged {
  const made = new Map<string, Promise<void>>();
  const once = (name: string, make: () => Promise<void>): Promise<void> => {
    const running = made.get(name) ?? make();
    made.set(name, running);
    return running;
  };
  const models = (): Promise<void> => once("models", () => judgeModels(engine, judgements));
  return {
    async prepare(sql) {
      if (/\b(?:observation|service)\b/iu.test(sql)) await once("versions", () => judgeVersions(engine, judgements));
      if (/\bnetwork\b/iu.test(sql)) await once("networks", () => judgeNetworks(engine, judgements));
      if (/\bfinding\b/iu.test(sql)) await once("checks", () => judgeChecks(engine, judgements));
      if (!/\bmodel\b/iu.test(sql)) return;
      await models();
      await once("capabilities", () => judgeCapabilities(engine, judgements));
    },
  };
}

async function judgeVersions(engine: Engine, judgements: Judgements): Promise<void> {
  const rows = await engine.rows(VERSION_INPUTS);
  const judged = rows.map(({ version }) => ({ version, version_rank: judgements.version(text(version)).rank }));
  await insert(engine, "judged.version", { version: "VARCHAR", version_rank: "DOUBLE" }, judged);
}

async function judgeModels(engine: Engine, judgements: Judgements): Promise<void> {
  const rows = await engine.rows(MODEL_INPUTS);
  const judged = rows.map((row) => {
    const input: ModelInput = {
      name: text(row["name"]),
      family: text(row["family"]),
      quantization_level: text(row["quantization_level"]),
      parameter_size: text(row["parameter_size"]),
      remote_host: text(row["remote_host"]),
    };
    const { lineage, brand, maker, bits, parameter_count, parameter_band, is_cloud } = judgements.model(input);
    return { ...input, lineage, brand, maker, bits, parameter_count, parameter_band, is_cloud };
  });
  const texts = ["name", "family", "quantization_level", "parameter_size", "remote_host", "lineage", "brand", "maker"];
  const shape = {
    ...Object.fromEntries(texts.map((name) => [name, "VARCHAR"])),
    bits: "DOUBLE",
    parameter_count: "BIGINT",
    parameter_band: "VARCHAR",
    is_cloud: "BOOLEAN",
  };
  await insert(engine, "judged.model", shape, judged);
}

async function judgeChecks(engine: Engine, judgements: Judgements): Promise<void> {
  const rows = await engine.rows(CHECK_INPUTS);
  const judged = rows.flatMap((row) => {
    const input: CheckInput = {
      loopback: row["loopback"] === true,
      answer: ANSWERS.find((answer) => answer === row["answer"]) ?? "other",
      confirmed: row["confirmed"] === true,
      product: text(row["product"]),
      version: text(row["version"]),
    };
    return judgements.checks(input).map(({ check, outcome, severity, title, fixed_in }) => ({
      ...input,
      check_id: check,
      outcome,
      severity,
      title,
      fixed_in,
    }));
  });
  const flags = { loopback: "BOOLEAN", answer: "VARCHAR", confirmed: "BOOLEAN" };
  const texts = ["product", "version", "check_id", "outcome", "severity", "title", "fixed_in"];
  await insert(
    engine,
    "judged.checks",
    { ...flags, ...Object.fromEntries(texts.map((name) => [name, "VARCHAR"])) },
    judged,
  );
}

async function judgeNetworks(engine: Engine, judgements: Judgements): Promise<void> {
  const rows = await engine.rows(NETWORK_INPUTS);
  const judged = rows.map(({ asn, organisation, labels }) => ({
    asn,
    organisation,
    labels,
    ...judgements.network({
      asn: typeof asn === "number" ? asn : null,
      organisation: text(organisation),
      labels: textList(labels),
    }),
  }));
  const texts = ["organisation", "labels", "network_type", "tier", "network_rule"];
  const shape = { asn: "BIGINT", ...Object.fromEntries(texts.map((name) => [name, "VARCHAR"])) };
  await insert(engine, "judged.network", shape, judged);
}

async function judgeCapabilities(engine: Engine, judgements: Judgements): Promise<void> {
  const cards = await engine.rows("SELECT DISTINCT address FROM stored.card");
  await engine.run("CREATE TEMP TABLE card_network (address VARCHAR, network VARCHAR)");
  const networks = cards.map(({ address }) => ({ address, network: networkText(String(address)) }));
  await insert(engine, "card_network", { address: "VARCHAR", network: "VARCHAR" }, networks);
  for (const statement of CAPABILITY_INPUTS) await engine.run(statement);
  const rows = await engine.rows("SELECT * REPLACE (input::DOUBLE AS input) FROM capability_input");
  const judged = rows.map((row) => {
    const states = new Map(judgements.capabilities(capabilityInput(row)).map((one) => [one.capability, one.state]));
    const columns = CAPABILITY_WORDS.map((word) => [`${word}_state`, states.get(word) ?? "unknown"] as const);
    return { input: row["input"], ...Object.fromEntries<string>(columns) };
  });
  const shape = Object.fromEntries(CAPABILITY_WORDS.map((word) => [`${word}_state`, "VARCHAR"]));
  await insert(engine, "judged.capability", { input: "BIGINT", ...shape }, judged);
}

function capabilityInput(row: InputRow): CapabilityInput {
  return {
    version: text(row["version"]),
    tags: textList(row["tags"]),
    card: textList(row["card"]),
    card_version: text(row["card_version"]),
    family: text(row["family"]),
    families: textList(row["families"]),
    template_uses_tools: flag(row["template_uses_tools"]),
    has_projector: flag(row["has_projector"]),
    is_cloud: row["is_cloud"] === true,
  };
}

async function insert(
  engine: Engine,
  table: string,
  shape: Readonly<Record<string, string>>,
  rows: readonly object[],
): Promise<void> {
  const columns = Object.keys(shape)
    .map((name) => `r.${name}`)
    .join(", ");
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = JSON.stringify(rows.slice(from, from + BATCH));
    await engine.run(`INSERT INTO ${table} SELECT ${columns} FROM
      (SELECT unnest(from_json_strict(${sqlText(batch)}, ${sqlText(JSON.stringify([shape]))})) AS r)`);
  }
}

function text(value: Cell | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function flag(value: Cell | undefined): boolean | null {
  return typeof value === "boolean" ? value : null;
}

function textList(value: Cell | undefined): readonly string[] | null {
  if (typeof value !== "string") return null;
  const list: unknown = JSON.parse(value);
  return Array.isArray(list) ? list.filter((item) => typeof item === "string") : null;
}
