import type { CapabilityInput, Judgements, ModelInput } from "../model/judgements.ts";
import { CAPABILITY_INPUTS, CAPABILITY_WORDS } from "./capability-sql.ts";
import type { Engine } from "./engine.io.ts";
import { judgeDecoys } from "./judged-decoys.io.ts";
import { judgeFindings } from "./judged-findings.io.ts";
import {
  flagOf as flag,
  type InputRow,
  insertRows as insert,
  textListOf as textList,
  textOrNull as text,
} from "./judged-rows.io.ts";
import { networkText } from "./network-text.ts";
import { NETWORK_INPUTS } from "./network-sql.ts";
import { PROMPT_INPUTS } from "./prompt-sql.ts";
import { MODEL_INPUTS, VERSION_INPUTS } from "./view-sql.ts";

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
  const versions = (): Promise<void> => once("versions", () => judgeVersions(engine, judgements));
  const networks = (): Promise<void> => once("networks", () => judgeNetworks(engine, judgements));
  const cards = (): Promise<void> => once("cards", () => nameCardNetworks(engine));
  const models = (): Promise<void> =>
    once("models", async () => {
      await judgeModels(engine, judgements);
      await cards();
      await judgeCapabilities(engine, judgements);
    });
  return {
    async prepare(sql) {
      const names = (pattern: RegExp): boolean => pattern.test(sql);
      if (names(/\b(?:observation|service|decoy|version|counted\w*|host_\w+|day_total)\b/iu)) await versions();
      if (names(/\b(?:network|finding)\b/iu)) await networks();
      if (names(/\b(?:model|host_month_lineage|finding)\b/iu)) await models();
      if (names(/\b(?:prompt|finding)\b/iu)) {
        await cards();
        await once("prompts", () => listPrompts(engine));
      }
      if (names(/\bfinding\b/iu)) await once("findings", () => judgeFindings(engine, judgements));
      if (names(/\bdecoy\b/iu)) await once("decoys", () => judgeDecoys(engine, judgements.decoys));
    },
  };
}

async function judgeVersions(engine: Engine, judgements: Judgements): Promise<void> {
  const rows = await engine.rows(VERSION_INPUTS);
  const judged = rows.map(({ version }) => {
    const { rank, known, cves } = judgements.version(text(version));
    return {
      version,
      version_rank: rank,
      cves: known ? cves.filter(({ state }) => state === "indicated").length : null,
    };
  });
  await insert(engine, "judged.version", { version: "VARCHAR", version_rank: "DOUBLE", cves: "INTEGER" }, judged);
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

/** Fills `card_network`: of the address of each card, the /24 or /48. */
async function nameCardNetworks(engine: Engine): Promise<void> {
  const cards = await engine.rows("SELECT DISTINCT address FROM stored.card");
  await engine.run("CREATE TEMP TABLE card_network (address VARCHAR, network VARCHAR)");
  const networks = cards.map(({ address }) => ({ address, network: networkText(String(address)) }));
  await insert(engine, "card_network", { address: "VARCHAR", network: "VARCHAR" }, networks);
}

async function listPrompts(engine: Engine): Promise<void> {
  for (const statement of PROMPT_INPUTS) await engine.run(statement);
}

async function judgeCapabilities(engine: Engine, judgements: Judgements): Promise<void> {
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
