import { readBoundedText } from "../../machine/bounded-text.io.ts";
import { Complaint } from "../../model/complaint.ts";
import type { Access } from "../config/gateway-config.ts";
import { readAuthorizedKeys } from "./authorized-keys.ts";
import type { Signers } from "./authorized-keys.ts";
import { openKeyStore } from "./key-store.io.ts";
import { createKeyTable } from "./key-table.ts";
import type { KeyTable } from "./key-table.ts";

/** How often the file is asked whether it changed. */
const ASK_MS = 1000;
/** A process that writes, or has stopped in the middle, holds requests up no longer than this; the next second asks again. */
const BUSY_MS = 20;
/** Failures in a row that are told: one may be a key just being made. */
const TOLD_FAILURES = 3;
const AUTHORIZED_KEYS_BYTES = 1 << 20;

/** The keys as they stand on the disk now. */
export interface LiveKeys extends Disposable {
  readonly table: KeyTable;
  /** Reads the file again whether it changed or not; SIGHUP does. */
  reload(): void;
}

/**
 * Reads the keys of a state folder, and again whenever they change; a file that cannot be read keeps the keys that were.
 *
 * @param changed - Told every new table.
 * @param failed - Told in words why keys could not be read again.
 */
export async function openLiveKeys(
  state: string,
  changed: (table: KeyTable) => void,
  failed: (message: string) => void,
): Promise<LiveKeys> {
  const store = await openKeyStore(state, BUSY_MS);
  let version = store.version();
  let table = createKeyTable(store.rows());
  const reload = (): void => {
    const next = store.version();
    table = createKeyTable(store.rows());
    version = next;
    changed(table);
  };
  let failures = 0;
  const attempt = (work: () => void): void => {
    try {
      work();
      failures = 0;
    } catch (error) {
      failures += 1;
      const reason = error instanceof Error ? error.message : String(error);
      if (failures === TOLD_FAILURES) failed(`keys cannot be read again, the ones before stay: ${reason}`);
    }
  };
  const timer = setInterval(() => attempt(() => (store.version() === version ? undefined : reload())), ASK_MS);
  timer.unref();
  return {
    get table() {
      return table;
    },
    reload: () => attempt(reload),
    [Symbol.dispose]: () => {
      clearInterval(timer);
      store[Symbol.dispose]();
    },
  };
}

/** Reads the signers that a configuration names; none when it takes no signatures. @throws a `Complaint` with every bad line. */
export async function loadSigners(access: Access): Promise<Signers> {
  if (access.signatures === null) return new Map();
  const { authorizedKeys, role } = access.signatures;
  const text = await readBoundedText(authorizedKeys, "/", AUTHORIZED_KEYS_BYTES);
  const { signers, problems } = readAuthorizedKeys(text, authorizedKeys, role);
  if (problems.length > 0) throw new Complaint(problems, "one line: ssh-ed25519 KEY NAME /api/tags,/api/chat");
  return signers;
}
