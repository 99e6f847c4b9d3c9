import { stat } from "node:fs/promises";
import { Complaint } from "../model/complaint.ts";

/**
 * Throws a complaint unless a file may be renamed to this name: nothing is there, or a plain file. A rename takes the place of a device,
 * pipe or socket, too: as root `/dev/null` would be a file afterwards.
 */
export async function refuseUnlessFile(out: string): Promise<void> {
  const found = await stat(out).catch(() => null);
  if (found === null || found.isFile()) return;
  const message = found.isDirectory() ? "is a folder" : "is no file but a device, pipe or socket";
  throw new Complaint([{ place: out, message }], "name a file");
}
