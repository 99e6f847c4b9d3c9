import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "../../machine/atomic-file.io.ts";
import { createRandomHex } from "../../machine/random-hex.io.ts";
import { Complaint } from "../../model/complaint.ts";

const FILE = "digest-salt";
const BYTES = 32;

/**
 * The salt of the digests of prompts, made once for a state folder: who has the record alone cannot try prompts against it, who has
 * the folder can show that a prompt is the one.
 */
export async function digestSalt(state: string): Promise<string> {
  const path = join(state, FILE);
  const known = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new Complaint(
      [{ place: path, message: `cannot be read: ${error.message}` }],
      "see that the state folder is yours",
    );
  });
  if (known !== null && /^[0-9a-f]{64}\n$/u.test(known)) return known.trim();
  const salt = createRandomHex(BYTES)();
  await writeFileAtomic(path, `${salt}\n`);
  await chmod(path, 0o600);
  return salt;
}
