import { Complaint } from "../../model/complaint.ts";
import type { Problem } from "../../model/complaint.ts";
import { nearestWord } from "../../model/nearest-word.ts";
import { CHANGE_KIND_IDS, isChangeKind } from "./change.ts";
import type { ChangeKindId } from "./change.ts";

/** What may make a diff fail: a kind of change, or that something open was not asked again. */
export type FailWord = ChangeKindId | "not-asked";

/**
 * Reads `newly-open,login-removed`; `any` stands for every kind of change, not for `not-asked`. Nothing said: nothing fails.
 *
 * @throws a {@link Complaint} that names every unknown word.
 */
export function parseFailOn(text: string | null): ReadonlySet<FailWord> {
  if (text === null) return new Set();
  const words = text.split(",").map((word) => word.trim());
  const problems = words.filter((word) => word !== "any" && !isFailWord(word)).map(problemOf);
  if (problems.length > 0) {
    throw new Complaint(problems, `choose from any, ${CHANGE_KIND_IDS.join(", ")}, not-asked, with commas between`);
  }
  return new Set(words.flatMap((word) => (word === "any" ? CHANGE_KIND_IDS : isFailWord(word) ? [word] : [])));
}

function isFailWord(word: string): word is FailWord {
  return word === "not-asked" || isChangeKind(word);
}

function problemOf(word: string): Problem {
  const near = nearestWord(word, ["any", "not-asked", ...CHANGE_KIND_IDS]);
  const message = `no such change: ${JSON.stringify(word)}${near === null ? "" : `; did you mean ${near}?`}`;
  return { place: "--fail-on", message };
}
