import { MODEL_ROUTES } from "../../src/knowledge/ollama-routes.ts";
import type { Dice } from "./oracle-dice.ts";

/** A request line to ask about. */
export interface AskedLine {
  readonly method: string;
  readonly target: string;
}

const METHODS = ["GET", "POST", "HEAD", "DELETE", "PUT", "OPTIONS", "get", "PATCH"];
const DIGEST = `sha256:${"0a".repeat(32)}`;
const PATHS = Object.values(MODEL_ROUTES).map(({ path }) =>
  path.replace(":digest", DIGEST).replace(/:\w+$/u, "llama3"),
);
const PIECES = [
  "/",
  "//",
  "/./",
  "/../",
  "/.",
  "/..",
  ";",
  ";x",
  "%2f",
  "%2e",
  "%5c",
  "%00",
  "%20",
  "\\",
  "?",
  "?a=b",
  "#",
  "*",
  "x",
  "..",
  " ",
  "\t",
  "\u0001",
  "\u00e9",
  "\u017f",
  "%c5%bf",
  "%",
  "%zz",
  "+",
  "@",
  ":",
  "~",
  ",",
  "=",
];

/** A request line near one that a server takes: escaped, doubled, cut, folded, decorated. */
export function fuzzLine(dice: Dice): AskedLine {
  let target = dice.pick(PATHS);
  for (let turns = dice.roll(4); turns > 0; turns -= 1) target = changed(dice, target);
  return { method: dice.once(6) ? dice.pick(METHODS) : dice.pick(["POST", "GET"]), target };
}

function changed(dice: Dice, target: string): string {
  const at = dice.roll(target.length + 1);
  const before = target.slice(0, at);
  const after = target.slice(at);
  const char = after.slice(0, 1);
  switch (dice.roll(8)) {
    case 0:
      return before + dice.pick(PIECES) + after;
    case 1:
      return char === "" ? target : `${before}%${char.charCodeAt(0).toString(16).padStart(2, "0")}${after.slice(1)}`;
    case 2:
      return before + char.toUpperCase() + after.slice(1);
    case 3:
      return before + after.slice(1);
    case 4:
      return target + dice.pick(PIECES);
    case 5:
      return `${dice.pick(["/k/secret", "/k/", "http://localhost", "//localhost", "/./", "/x/.."])}${target}`;
    case 6:
      return `${target}?${dice.pick(["ts=1", "a=%2e", "model=secret", "", "a?b", "a=b;c"])}`;
    default:
      return `${dice.pick(PATHS)}${dice.pick(PIECES)}..${target}`;
  }
}
