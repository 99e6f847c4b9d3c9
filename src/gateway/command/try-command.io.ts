import { hash } from "node:crypto";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { unreadableFile } from "../../machine/unreadable-file.ts";
import type { CommandRun, OptionValues, Terminal } from "../../model/command.ts";
import { Complaint, EXIT } from "../../model/complaint.ts";
import { canonicalAddress } from "../../model/address.ts";
import { textOption } from "../../store/command-option.ts";
import type { GatewayConfig, RolePolicy } from "../config/gateway-config.ts";
import { UNAUTHORIZED } from "../keys/authenticator.ts";
import { openKnownKeys } from "../keys/key-store.io.ts";
import { createKeyTable } from "../keys/key-table.ts";
import type { Principal } from "../principal.ts";
import type { Refusal } from "../refusal.ts";
import { findRoute } from "../request/find-route.ts";
import type { RouteMatch } from "../request/find-route.ts";
import { readTarget } from "../request/read-target.ts";
import { isInPieces } from "../serve/forward.ts";
import { judgeBody } from "../serve/judge-body.io.ts";
import type { Judged, Judging } from "../serve/judge-body.io.ts";
import { TOO_LARGE } from "../serve/read-body.io.ts";
import { mayCall } from "../serve/rights.ts";
import { configOption } from "./gateway-place.io.ts";
import type { Trial } from "./try-words.ts";
import { trialWords } from "./try-words.ts";

/** Whether a local name stands for a model elsewhere only the model server knows, and nothing is asked of it here. */
const NOBODY_ASKED: Judging = {
  models: { isRemote: () => false, remotes: () => new Set(), changed: () => undefined },
  digest: (body) => hash("sha256", body, "hex"),
  digestSlowly: (body) => Promise.resolve(hash("sha256", body, "hex")),
};
const UNKNOWN_ROLE: Refusal = { status: 403, reason: "role-unknown", message: "this key may not use this route" };

/**
 * `corral gateway try METHOD PATH`: what a request would be decided and why, by the very code that decides; nothing is sent, nothing counted.
 * Exit 1 when it would be refused.
 */
export const runGatewayTry: CommandRun = async ([method = "", path = ""], options, terminal) => {
  const config = await configOption(options, terminal);
  const body = await bodyOption(options, terminal);
  const trial = await decide(config, await principalOf(config, options), {
    method: method.toUpperCase(),
    path,
    body,
    contentType: textOption(options, "content-type"),
  });
  await terminal.out(options["json"] === true ? `${JSON.stringify(trial)}\n` : trialWords(trial));
  return trial.decision === "allowed" ? EXIT.fine : EXIT.findings;
};

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: Buffer;
  readonly contentType: string | null;
}

async function decide(config: GatewayConfig, who: Principal | Trial, asked: Asked): Promise<Trial> {
  if ("decision" in who) return who;
  const target = readTarget(asked.path);
  if (!target.ok) return denied(who, null, target.error);
  const role = Object.hasOwn(config.roles, who.role) ? config.roles[who.role] : undefined;
  if (role === undefined) return denied(who, null, UNKNOWN_ROLE);
  const match = findRoute(asked.method, target.value.path);
  if ("status" in match) return denied(who, null, match);
  const refusal = mayCall(who, role, { id: match.id, risk: match.route.risk, path: target.value.path });
  if (refusal !== null) return denied(who, match, refusal);
  const judged = await judge(role, match, target.value.query, asked);
  return "status" in judged ? denied(who, match, judged) : allowed(who, match, judged, asked.body);
}

async function judge(role: RolePolicy, match: RouteMatch, query: string, asked: Asked): Promise<Judged | Refusal> {
  if (asked.body.length > role.clamp.bodyBytes && match.route.body !== "raw") return TOO_LARGE;
  const body = match.route.body === "none" ? Buffer.alloc(0) : asked.body;
  return judgeBody(NOBODY_ASKED, { role, match, contentType: asked.contentType, query }, body);
}

function denied(who: Principal, match: RouteMatch | null, refusal: Refusal): Trial {
  const { status, reason, message } = refusal;
  return {
    ...known(who, match),
    decision: "denied",
    status,
    reason,
    message,
    model: null,
    answerTokens: null,
    sends: null,
  };
}

function allowed(who: Principal, match: RouteMatch, judged: Judged, body: Buffer): Trial {
  const sent = isInPieces(judged.body) ? Buffer.concat(judged.body) : Buffer.isBuffer(judged.body) ? judged.body : null;
  return {
    ...known(who, match),
    decision: "allowed",
    status: null,
    reason: "ok",
    message: null,
    model: judged.model,
    answerTokens: match.route.generates ? judged.answerTokens : null,
    sends: sent === null || sent.equals(body) ? null : sent.toString("utf8"),
  };
}

function known(who: Principal, match: RouteMatch | null): Pick<Trial, "key" | "role" | "route" | "risk"> {
  return {
    key: who.keyId === "" ? null : who.keyId,
    role: who.role,
    route: match?.id ?? null,
    risk: match?.route.risk ?? null,
  };
}

/** Whom the request would come from: a key as it stands now, or any key of a role. */
async function principalOf(config: GatewayConfig, options: OptionValues): Promise<Principal | Trial> {
  const [id, role] = [textOption(options, "key-id"), textOption(options, "role")];
  if ((id === null) === (role === null))
    throw new Complaint("give either --key-id or --role", "corral gateway key list");
  if (role !== null && !Object.hasOwn(config.roles, role))
    throw new Complaint([
      { place: "--role", message: `is none of the configuration: ${Object.keys(config.roles).join(", ")}` },
    ]);
  if (role !== null) return { keyId: "", name: "", owner: "", role, via: "key", endpoints: null };
  const address = canonicalAddress(textOption(options, "address") ?? "127.0.0.1");
  if (address === null) throw new Complaint([{ place: "--address", message: "is no IP address" }]);
  using store = await openKnownKeys(config.state);
  const found = createKeyTable(store.rows()).findById(id ?? "", address, Date.now());
  if (typeof found !== "string") return found;
  const nobody = { key: id, role: null, route: null, risk: null, model: null, answerTokens: null, sends: null };
  return { ...nobody, decision: "denied", status: UNAUTHORIZED.status, reason: found, message: UNAUTHORIZED.message };
}

const MOST_BODY_BYTES = 64 << 20;
const PIECE_BYTES = 1 << 16;

async function bodyOption(options: OptionValues, terminal: Terminal): Promise<Buffer> {
  const path = textOption(options, "body");
  if (path === null) return Buffer.alloc(0);
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of path === "-" ? terminal.input() : fileBytes(resolve(terminal.cwd, path))) {
    bytes += piece.length;
    if (bytes > MOST_BODY_BYTES) throw new Complaint([{ place: path, message: "is larger than 64 MiB" }]);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

async function* fileBytes(path: string): AsyncGenerator<Uint8Array, void> {
  await using file = await open(path).catch((error: unknown) => {
    throw unreadableFile(path, error);
  });
  for (;;) {
    const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(PIECE_BYTES) });
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}
