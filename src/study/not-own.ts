import { Complaint } from "../model/complaint.ts";

/** What is said when `--full` is asked of anything that was not measured on its owner's authority (rule R14). */
export function notOwn(bases: readonly (string | null)[]): Complaint {
  const others = bases.filter((basis) => basis !== "own" && basis !== "contract").map((basis) => basis ?? "import");
  return new Complaint(
    [
      {
        place: "--full",
        message: `this lake holds observations that are not of an own or contract scope: ${others.join(", ")}`,
      },
    ],
    "leave out --full, or keep a lake for your own networks alone",
  );
}
