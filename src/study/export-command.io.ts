import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { field, isObject } from "../format/bounded-value.ts";
import { streamToFile } from "../machine/stream-file.io.ts";
import type { CommandRun, OptionValues } from "../model/command.ts";
import { Complaint, EXIT } from "../model/complaint.ts";
import { TLP_MARKINGS } from "../render/stix-objects.ts";
import type { TlpColour } from "../render/stix-objects.ts";
import type { ExportHead } from "../render/exposure.ts";
import { exportCommand } from "../store/export-command.io.ts";
import { openSnapshot } from "../store/snapshot.io.ts";
import type { Row, Snapshot } from "../store/snapshot.ts";
import { judgementsOf } from "./network-judgements.io.ts";
import { exposuresByNetwork, seenByNetwork } from "./export/by-network.ts";
import type { Gatherer } from "./export/by-network.ts";
import { EXPOSURES_SQL, SEEN_SQL, exposureOf, seenOf } from "./export/export-rows.ts";
import { EXPOSURE_FORMATS, piecesOf } from "./export/exposure-pieces.ts";
import type { ExposureFormat, ExposurePieces } from "./export/exposure-pieces.ts";
import { lakeFacts, mayTellAll } from "./lake-facts.ts";
import { notOwn } from "./not-own.ts";

/** What an export of exposures wrote. */
interface Written {
  readonly exposures: number;
  /** Groups too small to be told. */
  readonly held: number;
}

/**
 * `corral export`: the lake itself as JSONL, CSV or Parquet, or its exposures as STIX, SARIF or OCSF. These name networks, not addresses,
 * unless `--full` is given for a lake of own and contract scopes. Exit 3 when damaged files were left out.
 */
export const runExport: CommandRun = async (args, options, terminal) => {
  const format = EXPOSURE_FORMATS.find((one) => one === options["format"]);
  const judgements = await judgementsOf(options, terminal.cwd);
  if (format === undefined) return exportCommand(judgements)(args, options, terminal);
  refuseForeign(format, options);
  const colour = colourOption(options["tlp"]);
  const path = resolve(terminal.cwd, String(options["out"]));
  const { stopped } = terminal;
  const lake = await openSnapshot(resolve(terminal.cwd, String(options["lake"])), judgements, { stopped });
  try {
    const full = options["full"] === true;
    const facts = await lakeFacts(lake);
    if (full && !mayTellAll(facts)) throw notOwn(facts.bases);
    const head = { toolVersion: packageVersion(), synthetic: facts.syntheticRuns > 0 };
    const name = `${facts.first ?? ""} ${facts.newest ?? ""} ${facts.scopes.join(",")} ${full} ${colour}`;
    const pieces = piecesOf(format, head satisfies ExportHead, { name, colour });
    const written = await streamToFile(path, textsOf(lake, pieces, full), stopped);
    await terminal.out(words(path, written, options["json"] === true));
    if (written.held > 0) terminal.say(heldWords(written.held));
    for (const { file, reason } of lake.damaged) terminal.say(`left out, damaged: ${file}: ${reason}`);
    return lake.damaged.length === 0 ? EXIT.fine : EXIT.incomplete;
  } catch (error) {
    if (stopped.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    await lake.close();
  }
};

/** Options that mean something to other formats only. */
function refuseForeign(format: ExposureFormat, options: OptionValues): void {
  const foreign = ["snapshot", "view", ...(format === "stix" ? [] : ["tlp"])].filter(
    (name) => options[name] !== undefined,
  );
  const problems = foreign.map((name) => ({ place: `--${name}`, message: `means nothing to --format ${format}` }));
  if (problems.length > 0) throw new Complaint(problems, "corral export --help");
}

function colourOption(value: OptionValues[string]): TlpColour {
  if (value === undefined) return "amber";
  const colours = Object.keys(TLP_MARKINGS);
  const colour = isColour(value) ? value : null;
  if (colour !== null) return colour;
  throw new Complaint([{ place: "--tlp", message: `${String(value)}: not ${colours.join(", ")}` }]);
}

function isColour(value: OptionValues[string]): value is TlpColour {
  return typeof value === "string" && Object.hasOwn(TLP_MARKINGS, value);
}

async function* textsOf(lake: Snapshot, pieces: ExposurePieces, full: boolean): AsyncGenerator<string, Written> {
  yield pieces.head();
  let held = 0;
  let exposures = 0;
  if (pieces.tellsSeen) {
    const told = full ? rowsOf(lake, SEEN_SQL, seenOf) : gathered(rowsOf(lake, SEEN_SQL, seenOf), seenByNetwork());
    for await (const one of told) {
      if (typeof one === "number") held += one;
      else yield pieces.seen(one);
    }
  }
  const rows = rowsOf(lake, EXPOSURES_SQL, exposureOf);
  for await (const one of full ? rows : gathered(rows, exposuresByNetwork())) {
    if (typeof one === "number") held += one;
    else {
      exposures += 1;
      yield pieces.exposure(one);
    }
  }
  yield pieces.tail(lake.damaged.map(({ file, reason }) => `${file}: ${reason}`));
  return { exposures, held };
}

async function* rowsOf<T>(lake: Snapshot, sql: string, read: (row: Row) => T): AsyncGenerator<T> {
  const { columns, batches } = await lake.ask(sql);
  for await (const batch of batches) {
    for (const cells of batch) {
      yield read(Object.fromEntries(columns.map(({ name }, at) => [name, cells[at] ?? null])));
    }
  }
}

/** The groups, then how many were held back. */
async function* gathered<T>(rows: AsyncGenerator<T>, gatherer: Gatherer<T>): AsyncGenerator<T | number> {
  for await (const row of rows) gatherer.add(row);
  const { shown, held } = gatherer.end();
  yield* shown;
  yield held;
}

function words(path: string, { exposures, held }: Written, json: boolean): string {
  if (json) return `${JSON.stringify({ files: [{ file: path, rows: exposures }], held_back: held })}\n`;
  return `${path}: ${exposures} ${exposures === 1 ? "exposure" : "exposures"}\n`;
}

function heldWords(held: number): string {
  const groups = held === 1 ? "1 network" : `${held} networks`;
  return `held back: ${groups} with fewer than 5 hosts each; --full names services, of own or contract scopes`;
}

function packageVersion(): string {
  const about: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const version = isObject(about) ? field(about, "version") : null;
  return typeof version === "string" ? version : "0";
}
