import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "../../machine/make-folder.io.ts";
import { Complaint } from "../../model/complaint.ts";

const PRIVATE = "audit-key.pem";
const PUBLIC = "audit-key.pub.pem";

/** Path of the public half within a state folder: a copy of it belongs on another machine. */
export function auditPublicKeyPath(stateDir: string): string {
  return join(stateDir, PUBLIC);
}

/** Makes the key that signs checkpoints (ed25519, readable by its owner only); one that is there stays. */
export async function makeAuditKey(stateDir: string): Promise<void> {
  await makeFolder(stateDir, 0o700);
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const isNew = await writeNew(join(stateDir, PRIVATE), privateKey.export({ type: "pkcs8", format: "pem" }), 0o600);
  if (isNew) await writeNew(auditPublicKeyPath(stateDir), publicKey.export({ type: "spki", format: "pem" }), 0o644);
}

/** The signing key of a state folder; a {@link Complaint} when there is none. */
export async function readAuditKey(stateDir: string): Promise<KeyObject> {
  const path = join(stateDir, PRIVATE);
  return readKey(
    path,
    createPrivateKey,
    "the audit trail was begun with a key: bring it back, or move the folder audit and audit-head.json away",
  );
}

/** A public key for {@link checkpointOf}; a {@link Complaint} when the file holds none. */
export async function readAuditPublicKey(path: string): Promise<KeyObject> {
  return readKey(path, createPublicKey, "--public-key names the file audit-key.pub.pem of the gateway");
}

async function readKey(path: string, make: (pem: string) => KeyObject, hint: string): Promise<KeyObject> {
  try {
    const key = make(await readFile(path, "utf8"));
    if (key.asymmetricKeyType === "ed25519") return key;
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new Complaint([{ place: path, message: isMissing ? "no such file" : "holds no key that can be read" }], hint);
  }
  throw new Complaint([{ place: path, message: "not an ed25519 key" }], hint);
}

/** Writes a file that is not there yet, whole and synced; tells whether it was new. */
async function writeNew(path: string, content: string | Buffer, mode: number): Promise<boolean> {
  const file = await open(path, "wx", mode).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return null;
    throw error;
  });
  if (file === null) return false;
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  return true;
}
