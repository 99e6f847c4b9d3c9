import { Complaint } from "../model/complaint.ts";

/** What the operating system says of a file that cannot be read, by the code that Node gives it. */
const REASONS: ReadonlyMap<unknown, string> = new Map([
  ["ENOENT", "no such file"],
  ["EACCES", "not permitted"],
  ["EPERM", "not permitted"],
  ["EISDIR", "it is a folder"],
  ["ENOTDIR", "a file stands where one of its folders should"],
  ["ENAMETOOLONG", "its name is too long"],
  ["ELOOP", "its links lead in a circle"],
  ["EIO", "the disk cannot be read"],
]);
const HINT = "see that the name is right; it is looked up from the folder that you are in";

/** A file that the user named and that cannot be read, in plain words; an error that is not the system's keeps its own. */
export function unreadableFile(place: string, error: unknown, hint = HINT): Complaint {
  const code: unknown = error instanceof Error && "code" in error ? error.code : null;
  const reason = REASONS.get(code) ?? (error instanceof Error ? error.message : String(error));
  return new Complaint([{ place, message: `cannot be read: ${reason}` }], hint);
}
