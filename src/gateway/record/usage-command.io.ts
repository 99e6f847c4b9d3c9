import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { MODEL_ROUTES } from "../../knowledge/ollama-routes.ts";
import type { CommandRun, OptionValues } from "../../model/command.ts";
import { Complaint, EXIT } from "../../model/complaint.ts";
import { epochMsOf } from "../../model/instant.ts";
import { loadConfig } from "../config/load-config.io.ts";
import { openKeyStore } from "../keys/key-store.io.ts";
import { pricedRows, usageCsv, usageTable } from "./usage-report.ts";
import { openUsageStore } from "./usage-store.io.ts";
import type { UsageWanted } from "./usage-store.io.ts";

const DEFAULT_CONFIG = "gateway.yaml";
const FIRST_DAY = "0000-01-01";
const LAST_DAY = "9999-12-31";
const KEY_ID = /^[0-9a-f]{8}$/u;

/**
 * `corral gateway usage`: what each key used of each model, from the sums that the running gateway keeps (at most 5 seconds behind), with costs
 * when the configuration holds a tariff.
 */
export const runGatewayUsage: CommandRun = async (_args, options, terminal) => {
  const wanted = wantedOf(options);
  const path = textOf(options, "config") ?? DEFAULT_CONFIG;
  const config = await loadConfig(path, terminal.cwd, { ids: Object.keys(MODEL_ROUTES) });
  const named = textOf(options, "state");
  const state = named === null ? config.state : resolve(terminal.cwd, named);
  if (!existsSync(join(state, "gateway-usage.db"))) {
    throw new Complaint([{ place: state, message: "holds no usage" }], "corral gateway writes it as it runs");
  }
  const usage = openUsageStore(state);
  const rows = usage.read(wanted);
  usage.close();
  const priced = pricedRows(rows, { keys: await keyNames(state), tariff: config.tariff });
  if (options["json"] === true) await terminal.out(`${JSON.stringify({ ...wanted, rows: priced })}\n`);
  else await terminal.out(options["csv"] === true ? usageCsv(priced) : usageTable(priced));
  return EXIT.fine;
};

async function keyNames(state: string): Promise<ReadonlyMap<string, string>> {
  if (!existsSync(join(state, "gateway-keys.db"))) return new Map();
  const store = await openKeyStore(state);
  try {
    return new Map(store.rows().map(({ id, name }) => [id, name]));
  } finally {
    store[Symbol.dispose]();
  }
}

function wantedOf(options: OptionValues): UsageWanted {
  const key = textOf(options, "key");
  const from = dayOf(options, "from") ?? FIRST_DAY;
  const until = dayOf(options, "until") ?? LAST_DAY;
  const problems = [
    ...(key !== null && !KEY_ID.test(key) ? [{ place: "--key", message: "is no key's id of 8 hex digits" }] : []),
    ...(from > until ? [{ place: "--from", message: `${from} is after --until ${until}` }] : []),
    ...(options["json"] === true && options["csv"] === true ? [{ place: "--csv", message: "not with --json" }] : []),
  ];
  if (problems.length > 0) throw new Complaint(problems, "corral gateway key list shows ids; days are as 2026-01-10");
  return { from, until, key };
}

function dayOf(options: OptionValues, name: string): string | null {
  const text = textOf(options, name);
  if (text === null || (text.length === 10 && epochMsOf(text) !== null)) return text;
  throw new Complaint([{ place: `--${name}`, message: `${text}: no day` }], "days are UTC, as 2026-01-10");
}

function textOf(options: OptionValues, name: string): string | null {
  const value = options[name];
  return typeof value === "string" ? value : null;
}
