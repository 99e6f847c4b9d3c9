import type { CommandRun, OptionValues, Terminal } from "../../model/command.ts";
import { Complaint, EXIT } from "../../model/complaint.ts";
import { instantOf } from "../../model/instant.ts";
import { textOption } from "../../store/command-option.ts";
import { openKeyStore, openKnownKeys } from "../keys/key-store.io.ts";
import type { KeyStore, MadeKey } from "../keys/key-store.io.ts";
import { configOption, stateOption } from "./gateway-place.io.ts";
import { keyRecord, keyTable } from "./key-list.ts";
import { keyWish, spanMs } from "./key-wish.ts";

/** How long a rotated key still works when nothing is said. */
const GRACE = "24h";

/** `corral gateway key add`: makes a key; its text goes to stdout, once and nowhere else. */
export const runKeyAdd: CommandRun = async (_args, options, terminal) => {
  const config = await configOption(options, terminal);
  const wish = keyWish(options, config, Date.now());
  using store = await openKeyStore(config.state);
  await showKey(store.add(wish, Date.now()), options, terminal);
  return EXIT.fine;
};

/** `corral gateway key list`: every key with state and rights; no key can be shown again. */
export const runKeyList: CommandRun = async (_args, options, terminal) => {
  using store = await openKnownKeys(await stateOption(options, terminal));
  const [rows, nowMs] = [store.rows(), Date.now()];
  if (options["json"] === true) await terminal.out(`${JSON.stringify(rows.map((row) => keyRecord(row, nowMs)))}\n`);
  else if (rows.length === 0) terminal.say("no keys; corral gateway key add --name NAME makes one");
  else await terminal.out(keyTable(rows, nowMs));
  return EXIT.fine;
};

/** `corral gateway key revoke ID`: the key stops working within a second, in every running gateway of this state folder. */
export const runKeyRevoke: CommandRun = async ([id = ""], options, terminal) => {
  using store = await openKnownKeys(await stateOption(options, terminal));
  if (!store.revoke(id, Date.now())) throw noKey(id, store);
  terminal.say(`revoked ${id}: running gateways know within a second; streams that run go on to their end`);
  return EXIT.fine;
};

/** `corral gateway key rotate ID`: a new key with the same rights; the old one works for a while longer. */
export const runKeyRotate: CommandRun = async ([id = ""], options, terminal) => {
  const grace = textOption(options, "grace") ?? GRACE;
  const graceMs = grace === "0" ? 0 : spanMs(grace);
  if (graceMs === null) throw new Complaint([{ place: "--grace", message: "is neither 24h, 7d nor 0" }]);
  using store = await openKnownKeys(await stateOption(options, terminal));
  const nowMs = Date.now();
  const made = store.rotate(id, nowMs + graceMs, nowMs);
  if (made === null) throw noKey(id, store);
  await showKey(made, options, terminal);
  terminal.say(`${id} works until ${instantOf(nowMs + graceMs)}, or its own end if that is sooner`);
  return EXIT.fine;
};

/** The key alone on stdout, so that a script can take it. */
async function showKey({ row, secret }: MadeKey, options: OptionValues, terminal: Terminal): Promise<void> {
  if (options["json"] === true) {
    await terminal.out(`${JSON.stringify({ ...keyRecord(row, row.createdAt), key: secret })}\n`);
    return;
  }
  terminal.say(`key ${row.id} for ${row.name}, role ${row.role}. It is shown this once; only its hash is kept.`);
  await terminal.out(`${secret}\n`);
}

/** A key given in place of its id is not repeated. */
function noKey(id: string, store: KeyStore): Complaint {
  const known = store.rows().some((row) => row.id === id);
  const shown = /^[0-9a-f]{8}$/u.test(id) ? `"${id}"` : "that";
  const message = known ? `${shown} no longer works` : `${shown} is the id of no key here (8 hex digits)`;
  return new Complaint([{ place: "ID", message }], "corral gateway key list shows them");
}
