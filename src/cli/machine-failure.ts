import { Complaint, EXIT } from "../model/complaint.ts";
import type { ExitCode } from "../model/complaint.ts";

interface Words {
  readonly message: string;
  readonly hint: string;
  readonly exit: ExitCode;
}

const ROOM: Omit<Words, "message"> = {
  hint: "make room, then run it again; what was kept is still there (corral lake check), a survey goes on with --resume",
  exit: EXIT.incomplete,
};
const RIGHTS: Omit<Words, "message"> = { hint: "choose a folder that you may write to", exit: EXIT.usage };
const DISK: Omit<Words, "message"> = {
  hint: "see what the system's log says of this disk, then corral lake check",
  exit: EXIT.incomplete,
};

/** What an operating system refuses, by the code that Node gives it. ENOENT and its like are missing: they would be bugs. */
const SYSTEM: ReadonlyMap<unknown, Words> = new Map([
  ["ENOSPC", { message: "no space left on the disk", ...ROOM }],
  ["EDQUOT", { message: "the disk quota is used up", ...ROOM }],
  ["EFBIG", { message: "the file may not grow further", ...ROOM }],
  ["EACCES", { message: "not permitted", ...RIGHTS }],
  ["EPERM", { message: "not permitted", ...RIGHTS }],
  ["EROFS", { message: "the file system is read-only", ...RIGHTS }],
  ["ENOTDIR", { message: "is a file where a folder belongs, or lies below one", ...RIGHTS }],
  ["EISDIR", { message: "is a folder where a file belongs", ...RIGHTS }],
  ["EEXIST", { message: "is a file where a folder belongs", ...RIGHTS }],
  ["ENAMETOOLONG", { message: "the name is too long", ...RIGHTS }],
  ["ELOOP", { message: "its links lead in a circle", ...RIGHTS }],
  ["EMFILE", { message: "too many files are open", hint: "raise the limit (ulimit -n)", exit: EXIT.incomplete }],
  ["ENFILE", { message: "too many files are open on this machine", ...DISK }],
  ["EIO", { message: "the disk cannot be read or written", ...DISK }],
]);

/** The same of SQLite, by its primary result code (sqlite.org/rescode.html). */
const SQLITE: ReadonlyMap<number, Words> = new Map([
  [8, { message: "the lake's catalogue may not be written", ...RIGHTS }],
  [10, { message: "the lake's catalogue cannot be read or written: the disk is full or fails", ...ROOM }],
  [11, { message: "the lake's catalogue is damaged", ...DISK }],
  [13, { message: "no space left on the disk for the lake's catalogue", ...ROOM }],
  [14, { message: "the lake's catalogue cannot be opened", ...RIGHTS }],
  [26, { message: "the lake's catalogue is damaged: catalog.db is no SQLite file", ...DISK }],
]);

const ENGINE = "IO Error: ";
const MOST_CAUSES = 5;

/**
 * A refusal of this machine (a full disk, a folder that may not be written) in words.
 *
 * @returns `null` for everything else: a bug, to be told with its stack.
 */
export function machineComplaint(error: unknown): Complaint | null {
  let cause: unknown = error;
  for (let depth = 0; depth < MOST_CAUSES && cause instanceof Error; depth += 1) {
    const complaint = ofOne(cause);
    if (complaint !== null) return complaint;
    cause = cause.cause;
  }
  return null;
}

function ofOne(error: Error): Complaint | null {
  if (error.message.startsWith(ENGINE)) {
    return new Complaint(`the engine: ${error.message.slice(ENGINE.length)}`, ROOM.hint, ROOM.exit);
  }
  const words = SYSTEM.get(part(error, "code")) ?? SQLITE.get(Number(part(error, "errcode")) & 0xff);
  if (words === undefined) return null;
  const path = part(error, "path");
  return new Complaint(
    [{ place: typeof path === "string" ? path : "", message: words.message }],
    words.hint,
    words.exit,
  );
}

function part(error: Error, key: string): unknown {
  return Object.entries(error).find(([name]) => name === key)?.[1];
}
