import { createPublicKey, hash } from "node:crypto";
import type { KeyObject } from "node:crypto";
import type { Problem } from "../../model/complaint.ts";
import type { Principal } from "../principal.ts";

/** Somebody whose signatures are taken. */
export interface Signer {
  readonly principal: Principal;
  readonly key: KeyObject;
}

/** Signers by their public key as it stands in the file and in the header, base64. */
export type Signers = ReadonlyMap<string, Signer>;

const TYPE = "ssh-ed25519";
/** SSH wire form: length and name of the type, length of the key; the 32 bytes of the key follow (RFC 8709 4). */
const WIRE_HEAD = Buffer.from("0000000b7373682d6564323535313900000020", "hex");
const KEY_BYTES = 32;
/** DER of an ed25519 public key up to the key itself (RFC 8410 4). */
const DER_HEAD = Buffer.from("302a300506032b6570032100", "hex");
const MOST_LINES = 10_000;
const MOST_ENDPOINTS = 100;
const ENDPOINT = /^\/[A-Za-z0-9/_.:-]{0,199}$/u;
const NAME = /^[\u0021-\u007e]{1,100}$/u;
const ROLE_WORD = /^role=([a-z][a-z0-9-]{0,39})$/u;

/** What an `authorized_keys` file says. */
export interface AuthorizedKeys {
  readonly signers: Signers;
  readonly problems: readonly Problem[];
}

/**
 * Reads lines of `ssh-ed25519 KEY NAME ENDPOINTS [role=ROLE]`: endpoints are paths joined by commas, or `*` for all that the role allows.
 * A key on several lines has the endpoints of all of them, and the first line's name and role.
 * A wildcard in place of a key, which the proposal has for everybody, is a problem: nobody comes in without showing who they are.
 *
 * @see ollama/ollama pull request 11574, the format proposed for the server
 */
export function readAuthorizedKeys(text: string, fileName: string, role: string): AuthorizedKeys {
  const signers = new Map<string, Signer>();
  const problems: Problem[] = [];
  for (const [at, line] of text.split("\n", MOST_LINES).entries()) {
    const words = line.trim().split(/[ \t]+/u, 8);
    if (words[0] === "" || words[0]?.startsWith("#") === true) continue;
    const read = readLine(words, role);
    if (typeof read === "string") problems.push({ place: `${fileName}:${at + 1}`, message: read });
    else signers.set(words[1] ?? "", merged(signers.get(words[1] ?? ""), read));
  }
  return { signers, problems };
}

function merged(before: Signer | undefined, now: Signer): Signer {
  if (before === undefined) return now;
  const [one, other] = [before.principal.endpoints, now.principal.endpoints];
  const endpoints = one === null || other === null ? null : [...new Set([...one, ...other])];
  return { key: before.key, principal: { ...before.principal, endpoints } };
}

function readLine(words: readonly string[], defaultRole: string): Signer | string {
  const [type, publicKey = "", name = "", endpoints = "", roleWord, ...surplus] = words;
  if (type === "*" || publicKey === "*") return "a wildcard would let in whoever comes; name a key";
  if (type !== TYPE) return `only ${TYPE} keys are known`;
  const key = publicKeyOf(publicKey);
  if (key === null) return "is no ed25519 public key";
  if (!NAME.test(name)) return "needs a name after the key";
  const paths = endpoints === "*" ? null : endpoints.split(",", MOST_ENDPOINTS + 1);
  if (paths !== null && (paths.length > MOST_ENDPOINTS || !paths.every((path) => ENDPOINT.test(path))))
    return "needs endpoints after the name: paths joined by commas, or *";
  const role = roleWord === undefined ? defaultRole : ROLE_WORD.exec(roleWord)?.[1];
  if (role === undefined || surplus.length > 0) return "may end with role=NAME and nothing else";
  return {
    key,
    principal: { keyId: signerId(publicKey), name, owner: name, role, via: "signature", endpoints: paths },
  };
}

/** `sig-` and the first 8 hex digits of the SHA-256 of the public key. */
function signerId(publicKey: string): string {
  return `sig-${hash("sha256", Buffer.from(publicKey, "base64"), "hex").slice(0, 8)}`;
}

function publicKeyOf(base64: string): KeyObject | null {
  const wire = Buffer.from(base64, "base64");
  const isWhole = wire.length === WIRE_HEAD.length + KEY_BYTES && wire.subarray(0, WIRE_HEAD.length).equals(WIRE_HEAD);
  if (!isWhole || wire.toString("base64") !== base64) return null;
  const der = Buffer.concat([DER_HEAD, wire.subarray(WIRE_HEAD.length)]);
  return createPublicKey({ key: der, format: "der", type: "spki" });
}
