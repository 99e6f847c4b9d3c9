import { hash, randomBytes, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "../../machine/atomic-file.io.ts";
import { makeFolder } from "../../machine/make-folder.io.ts";
import { Complaint } from "../../model/complaint.ts";

const FILE = "operations-token.sha256";
const TOKEN_BYTES = 32;
const BEARER = /^Bearer ([!-~]{1,256})$/iu;
const HEX_HASH = /^[0-9a-f]{64}\n?$/u;

/** Makes the token of the operations listener and keeps its hash; the token itself, shown once, or `null` when there is one already and none is wanted anew. */
export async function makeOperationsToken(stateDir: string, isAnew = false): Promise<string | null> {
  await makeFolder(stateDir, 0o700);
  const path = join(stateDir, FILE);
  const known = await readFile(path).catch(() => null);
  if (known !== null && !isAnew) return null;
  const token = `corral_ops_${randomBytes(TOKEN_BYTES).toString("base64url")}`;
  await writeFileAtomic(path, `${hash("sha256", token, "hex")}\n`);
  return token;
}

/** A test for `Authorization` values; a {@link Complaint} without a token's hash: the listener is never open. */
export async function readOperationsToken(stateDir: string): Promise<(authorization: string | undefined) => boolean> {
  const path = join(stateDir, FILE);
  const text = await readFile(path, "utf8").catch(() => "");
  if (!HEX_HASH.test(text)) {
    throw new Complaint(
      [{ place: path, message: "holds no hash of a token: the operations listener would be open" }],
      "corral gateway token makes one; or set operations: null",
    );
  }
  const expected = Buffer.from(text.slice(0, 64), "hex");
  return (authorization) => {
    const [, token] = BEARER.exec(authorization ?? "") ?? [];
    return token !== undefined && timingSafeEqual(hash("sha256", token, "buffer"), expected);
  };
}
