import { open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { writeFileAtomic } from "../../machine/atomic-file.io.ts";
import { makeFolder } from "../../machine/make-folder.io.ts";
import { Complaint } from "../../model/complaint.ts";
import { auditFilesInOrder } from "./audit-file.ts";

/** Where the pieces of a trail lie within a state folder. */
export interface AuditPlace {
  readonly folder: string;
  /** The last checkpoint line, beside the trail: tells when the trail was cut behind it. */
  readonly headFile: string;
}

/** The places of a state folder's trail. */
export function auditPlace(stateDir: string): AuditPlace {
  return { folder: join(stateDir, "audit"), headFile: join(stateDir, "audit-head.json") };
}

/** Names of the trail's files in order; none when there is no trail yet. */
export async function auditFiles(place: AuditPlace): Promise<readonly string[]> {
  const names = await readdir(place.folder).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  return auditFilesInOrder(names);
}

/** The checkpoint line kept beside the trail, without its end; `null` when there is none. */
export async function readHeadLine(place: AuditPlace): Promise<Buffer | null> {
  const bytes = await readFile(place.headFile).catch(() => null);
  return bytes === null || bytes.length === 0 ? null : bytes.subarray(0, bytes.at(-1) === 10 ? -1 : bytes.length);
}

/** Keeps a checkpoint line beside the trail. */
export async function writeHeadLine(place: AuditPlace, line: string): Promise<void> {
  await writeFileAtomic(place.headFile, `${line}\n`);
}

/** The last bytes of a file, at most `most`, and its size. */
export async function readEnd(path: string, most: number): Promise<{ readonly bytes: Buffer; readonly size: number }> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(size, most));
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, size - bytes.length + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return { bytes: bytes.subarray(0, filled), size };
  } finally {
    await file.close();
  }
}

const START_BYTES = 256;

/** The first bytes of a file: enough for `lineStart`. */
export async function readStart(path: string): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * Makes the trail's folder and holds it for this process until the returned function is called; the system frees it when the process dies.
 * A {@link Complaint} when another gateway writes there.
 */
export async function holdTrail(stateDir: string): Promise<() => void> {
  await makeFolder(auditPlace(stateDir).folder, 0o700);
  const lock = new DatabaseSync(join(stateDir, "audit.lock"));
  try {
    lock.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (!(error instanceof Error && error.message.includes("locked"))) throw error;
    throw new Complaint(
      [{ place: stateDir, message: "another gateway writes its audit trail here" }],
      "stop it, or give this one a state folder of its own",
    );
  }
  return () => lock.close();
}
