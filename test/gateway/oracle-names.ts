import type { Dice } from "./oracle-dice.ts";

const WHOLE = [
  "llama3",
  "Llama3:8B",
  "library/llama3",
  "registry.ollama.ai/library/llama3:latest",
  "hf.co/acme/tiny:q4",
  "localhost:5000/ns/m:t",
];
const PIECES = [
  "/",
  ":",
  "latest",
  "cloud",
  "-cloud",
  ":cloud",
  ":local",
  ":LOCAL",
  "http://",
  "https://",
  "localhost:5000/",
  ".",
  "-",
  "_",
  " ",
  "\t",
  "\n",
  "@",
  "..",
  "\u017f",
  "\u212a",
  "\u00a0",
  "\u0085",
  "\ufeff",
  "\u0000",
  "a".repeat(80),
  "x",
  "[::1]",
  "ns/",
];

/** A name near one that a server resolves. */
export function fuzzName(dice: Dice): string {
  let name = dice.pick(WHOLE);
  for (let turns = dice.roll(4); turns > 0; turns -= 1) {
    const at = dice.once(2) ? name.length : dice.roll(name.length + 1);
    name = name.slice(0, at) + dice.pick(PIECES) + name.slice(at + dice.roll(2));
  }
  return name;
}
