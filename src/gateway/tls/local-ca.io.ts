import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, X509Certificate } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { chmod, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "../../machine/make-folder.io.ts";
import { Complaint } from "../../model/complaint.ts";
import { parseAddress } from "../../model/address.ts";
import { authorityCertificate, leafCertificate } from "./certificate.ts";
import { isVouchedFor, limitsSchema, vouchedFor } from "./local-names.ts";
import type { Limits } from "./local-names.ts";

const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3650;
/** Browsers and phones refuse server certificates of longer than 398 days. */
const LEAF_DAYS = 397;
const RENEW_DAYS = 30;
/** Clocks of clients may be behind. */
const BACKDATED_DAYS = 1;
const SERIAL_BYTES = 16;

/** A certificate to serve with, from the gateway's own authority. */
export interface LocalCertificate {
  /** Chain, PEM. */
  readonly certificate: string;
  /** Private key, PEM. */
  readonly key: string;
  /** File that clients must trust. */
  readonly authorityFile: string;
  /** SHA-256 of the authority's certificate, to compare by eye. */
  readonly fingerprint: string;
  /** Names that the authority that clients trust may not vouch for: it was made before they came. */
  readonly leftOut: readonly string[];
  /** Whether the authority is new: clients trust it no more than any stranger's. */
  readonly isNewAuthority: boolean;
  readonly expiresAt: number;
}

interface Places {
  readonly folder: string;
  readonly authority: string;
  readonly authorityKey: string;
  /** What the authority was limited to; its certificate says the same to those who trust it. */
  readonly limits: string;
  readonly leaf: string;
  readonly leafKey: string;
}

/** The folder within the state folder, and its files. */
function placesOf(state: string): Places {
  const folder = join(state, "tls");
  return {
    folder,
    authority: join(folder, "ca.pem"),
    authorityKey: join(folder, "ca-key.pem"),
    limits: join(folder, "ca-limits.json"),
    leaf: join(folder, "gateway.pem"),
    leafKey: join(folder, "gateway-key.pem"),
  };
}

/**
 * Gives the certificate of `local-ca`, and makes or renews what is missing, ends within 30 days or lacks a name. Ask once a day.
 * The authority is limited to these names and to local ones, so that trusting it trusts it with nothing else.
 *
 * @param names - DNS names and addresses that clients use.
 * @throws a `Complaint` when the files cannot be used.
 */
export async function ensureLocalCertificate(
  state: string,
  names: readonly string[],
  nowMs: number,
): Promise<LocalCertificate> {
  const places = placesOf(state);
  await makeFolder(places.folder, 0o700);
  const kept = await readPair(places.authority, places.authorityKey);
  const isKept = kept !== null && daysLeft(kept.certificate, nowMs) > RENEW_DAYS;
  const authority = isKept ? kept : await makeAuthority(places, names, nowMs);
  const limits = await readLimits(places.limits);
  const covered = names.filter((name) => isVouchedFor(name, limits));
  const before = await readPair(places.leaf, places.leafKey);
  const fits = before !== null && isLeafFit(before.certificate, authority.certificate, covered, nowMs);
  const leaf = fits ? before : await makeLeaf(places, authority, covered, nowMs);
  return {
    certificate: leaf.pem,
    key: leaf.keyPem,
    authorityFile: places.authority,
    fingerprint: authority.certificate.fingerprint256,
    leftOut: names.filter((name) => !covered.includes(name)),
    isNewAuthority: !isKept,
    expiresAt: leaf.certificate.validToDate.getTime(),
  };
}

async function readLimits(path: string): Promise<Limits> {
  try {
    return limitsSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    throw unusable(path, "it is missing or cannot be understood");
  }
}

interface Pair {
  readonly certificate: X509Certificate;
  readonly pem: string;
  readonly key: KeyObject;
  readonly keyPem: string;
}

/** `null` when neither file is there; one without the other is a `Complaint`, for a new authority would undo the clients' trust. */
async function readPair(certificateFile: string, keyFile: string): Promise<Pair | null> {
  const read = (path: string): Promise<string | null> =>
    readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw unusable(path, "it cannot be read");
    });
  const [pem, keyPem] = [await read(certificateFile), await read(keyFile)];
  if (pem === null && keyPem === null) return null;
  if (pem === null || keyPem === null)
    throw unusable(pem === null ? certificateFile : keyFile, "it is missing, its other half is there");
  try {
    const certificate = new X509Certificate(pem);
    const key = createPrivateKey(keyPem);
    if (certificate.checkPrivateKey(key)) return { certificate, pem, key, keyPem };
  } catch {
    throw unusable(certificateFile, "it or its key cannot be understood");
  }
  throw unusable(keyFile, "it is not the key of the certificate beside it");
}

function unusable(path: string, why: string): Complaint {
  return new Complaint(
    [{ place: path, message: `cannot be used: ${why}` }],
    "put back a copy, or remove the folder to make a new authority, which clients must then trust anew",
  );
}

function daysLeft(certificate: X509Certificate, nowMs: number): number {
  return (certificate.validToDate.getTime() - nowMs) / DAY_MS;
}

function isLeafFit(
  leaf: X509Certificate,
  authority: X509Certificate,
  names: readonly string[],
  nowMs: number,
): boolean {
  const covers = (name: string): boolean =>
    (parseAddress(name) === null ? leaf.checkHost(name) : leaf.checkIP(name)) !== undefined;
  return daysLeft(leaf, nowMs) > RENEW_DAYS && leaf.verify(authority.publicKey) && names.every(covers);
}

async function makeAuthority(places: Places, names: readonly string[], nowMs: number): Promise<Pair> {
  const key = newKey();
  const limits = vouchedFor(names);
  await writePrivately(places.limits, JSON.stringify(limits), 0o600);
  const pem = authorityCertificate({
    subject: `Corral gateway authority ${randomBytes(4).toString("hex")}`,
    issuerKey: key,
    serial: newSerial(),
    from: nowMs - BACKDATED_DAYS * DAY_MS,
    until: nowMs + AUTHORITY_DAYS * DAY_MS,
    ...limits,
  });
  return keep(places.authority, places.authorityKey, pem, key);
}

async function makeLeaf(places: Places, authority: Pair, names: readonly string[], nowMs: number): Promise<Pair> {
  const key = newKey();
  const pem = leafCertificate({
    subject: "Corral gateway",
    issuer: authority.certificate.subject.replace(/^CN=/u, ""),
    publicKey: createPublicKey(key),
    issuerKey: authority.key,
    serial: newSerial(),
    from: nowMs - BACKDATED_DAYS * DAY_MS,
    until: Math.min(nowMs + LEAF_DAYS * DAY_MS, authority.certificate.validToDate.getTime()),
    names,
  });
  return keep(places.leaf, places.leafKey, pem, key);
}

function newKey(): KeyObject {
  return generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
}

/** Positive whatever the first bit would say. */
function newSerial(): Buffer {
  const serial = randomBytes(SERIAL_BYTES);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return serial;
}

async function keep(certificateFile: string, keyFile: string, pem: string, key: KeyObject): Promise<Pair> {
  const keyPem = key.export({ format: "pem", type: "pkcs8" }).toString();
  await writePrivately(keyFile, keyPem, 0o600);
  await writePrivately(certificateFile, pem, 0o644);
  return { certificate: new X509Certificate(pem), pem, key, keyPem };
}

/** Whole or not at all, and with its rights from the first byte on. */
async function writePrivately(path: string, text: string, mode: number): Promise<void> {
  const part = `${path}.${randomBytes(6).toString("hex")}.part`;
  try {
    const file = await open(part, "wx", mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await chmod(part, mode);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
