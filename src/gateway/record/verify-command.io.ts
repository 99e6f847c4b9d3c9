import type { KeyObject } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { MODEL_ROUTES } from "../../knowledge/ollama-routes.ts";
import type { CommandRun, OptionValues, Terminal } from "../../model/command.ts";
import { Complaint, EXIT } from "../../model/complaint.ts";
import { loadConfig } from "../config/load-config.io.ts";
import { auditPublicKeyPath, readAuditPublicKey } from "./audit-key.io.ts";
import { auditFiles, auditPlace, readHeadLine } from "./audit-place.io.ts";
import { trailLines } from "./read-trail.io.ts";
import { TrailVerifier } from "./verify-trail.ts";
import type { KnownCheckpoint, TrailFinding, TrailVerdict } from "./verify-trail.ts";
import { verdictWords } from "./verify-words.ts";

const DEFAULT_CONFIG = "gateway.yaml";
const DEFAULT_STATE = "gateway-state";
const LF = 10;

/**
 * Verifies the trail of a state folder against a public key and checkpoints kept elsewhere; `from` is the first file that is still kept,
 * `null` when none was ever removed.
 */
export async function verifyTrail(
  stateDir: string,
  key: KeyObject,
  kept: readonly KnownCheckpoint[],
  from: string | null = null,
): Promise<TrailVerdict> {
  const place = auditPlace(stateDir);
  const head = await readHeadLine(place);
  const beside = head === null ? [] : [{ from: basename(place.headFile), line: head }];
  const verifier = new TrailVerifier(key, [...beside, ...kept], from !== null);
  const files = filesFrom(await auditFiles(place), from);
  for (const file of files) {
    for await (const { bytes, line, isWhole } of trailLines(place, file)) {
      if (isWhole) verifier.take(bytes, { file, line });
      else verifier.takeRest(bytes, { file, line }, file === files.at(-1));
    }
  }
  return verifier.end();
}

function filesFrom(files: readonly string[], from: string | null): readonly string[] {
  if (from === null) return files;
  if (files.includes(from)) return files.slice(files.indexOf(from));
  const hint = files[0] === undefined ? null : `the first file there is ${files[0]}`;
  throw new Complaint([{ place: "--from", message: `${from} is no file of the trail` }], hint);
}

/**
 * `corral gateway audit verify`: reads the whole trail and tells every edit, deletion, insertion, wrong order, missing file and cut, each
 * with its place. Exit 1 when there is one.
 */
export const runGatewayAuditVerify: CommandRun = async (_args, options, terminal) => {
  const path = (name: string): string | null => {
    const value = options[name];
    return typeof value === "string" ? resolve(terminal.cwd, value) : null;
  };
  const state = path("state") ?? (await configuredState(options, terminal));
  const key = await readAuditPublicKey(path("public-key") ?? auditPublicKeyPath(state));
  if ((await auditFiles(auditPlace(state))).length === 0 && (await readHeadLine(auditPlace(state))) === null) {
    throw new Complaint(
      [{ place: state, message: "holds no audit trail" }],
      "--state names the gateway's state folder",
    );
  }
  const from = typeof options["from"] === "string" ? options["from"] : null;
  const verdict = await verifyTrail(state, key, await keptCheckpoints(options, path("checkpoint")), from);
  const tell = ({ place, message }: TrailFinding): string => `${place.file}:${place.line}: ${message}`;
  await terminal.out(options["json"] === true ? `${JSON.stringify(verdict)}\n` : verdictWords(verdict));
  for (const finding of verdict.findings) terminal.say(`found: ${tell(finding)}`);
  for (const note of verdict.notes) terminal.say(`note: ${tell(note)}`);
  return verdict.findings.length === 0 ? EXIT.fine : EXIT.findings;
};

/** The folder that the configuration names; without one given or found, the usual name. */
async function configuredState(options: OptionValues, terminal: Terminal): Promise<string> {
  const named = typeof options["config"] === "string" ? options["config"] : null;
  if (named === null && !existsSync(resolve(terminal.cwd, DEFAULT_CONFIG))) return resolve(terminal.cwd, DEFAULT_STATE);
  const routes = { ids: Object.keys(MODEL_ROUTES) };
  return (await loadConfig(named ?? DEFAULT_CONFIG, terminal.cwd, routes)).state;
}

async function keptCheckpoints(options: OptionValues, path: string | null): Promise<readonly KnownCheckpoint[]> {
  if (path === null) return [];
  const bytes = await readFile(path).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Complaint(
      [{ place: "--checkpoint", message: `cannot be read: ${reason}` }],
      "a file with one checkpoint line",
    );
  });
  return [{ from: String(options["checkpoint"]), line: bytes.subarray(0, bytes.at(-1) === LF ? -1 : bytes.length) }];
}
