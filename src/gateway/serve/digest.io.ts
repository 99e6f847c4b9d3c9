import { createHash, hash } from "node:crypto";

/** Bytes digested at a time: a quarter of a millisecond where the processor does not help. */
const DIGEST_BYTES = 64 * 1024;

/** Makes the digest of bodies that fit into a space kept for them: no other is made for each. */
export function createDigest(salt: Buffer): (body: Buffer) => string {
  const space = Buffer.alloc(DIGEST_BYTES);
  salt.copy(space);
  return (body) => {
    const bytes = salt.length + body.length;
    if (bytes > space.length) return hash("sha256", Buffer.concat([salt, body]));
    body.copy(space, salt.length);
    return hash("sha256", space.subarray(0, bytes));
  };
}

/** Digests a long body, other work between its pieces. */
export async function digestInTurns(salt: Buffer, body: Buffer): Promise<string> {
  const digest = createHash("sha256").update(salt);
  for (let at = 0; at < body.length; at += DIGEST_BYTES) {
    digest.update(body.subarray(at, at + DIGEST_BYTES));
    await turn();
  }
  return digest.digest("hex");
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
