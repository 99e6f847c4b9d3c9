/**
 * The functions that took most time themselves: `node bench/gateway/top.ts FILE.cpuprofile [COUNT]`.
 * Shares are of the time in which the process did something; what a function calls is not its own.
 */
import { readFileSync } from "node:fs";
import process from "node:process";

interface Node {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
}

interface Profile {
  readonly nodes: readonly Node[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const [file = "", count = "25"] = process.argv.slice(2);
const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, "utf8")) as Profile;

function nameOf({ callFrame }: Node): string {
  const { functionName, url, lineNumber } = callFrame;
  const place = url.replace(/^.*\/(?=(?:src|node_modules)\/)/u, "").replace(/^file:\/\//u, "");
  return `${functionName || "(anonymous)"}${place === "" ? "" : ` ${place}:${lineNumber + 1}`}`;
}

const names = new Map(nodes.map((node) => [node.id, nameOf(node)]));
const own = new Map<string, number>();
const byFile = new Map<string, number>();
let busy = 0;
for (const [index, id] of samples.entries()) {
  const name = names.get(id) ?? "?";
  const micros = Math.max(0, timeDeltas[index + 1] ?? 0);
  if (name === "(idle)") continue;
  busy += micros;
  own.set(name, (own.get(name) ?? 0) + micros);
  const place = name.includes(" ") ? name.slice(name.indexOf(" ") + 1).replace(/:\d+$/u, "") : "(V8 and bindings)";
  byFile.set(place, (byFile.get(place) ?? 0) + micros);
}

function print(title: string, sums: ReadonlyMap<string, number>): void {
  process.stdout.write(`${title}\n`);
  const rows = [...sums].toSorted(([, a], [, b]) => b - a).slice(0, Number(count));
  for (const [name, micros] of rows)
    process.stdout.write(`${((micros / busy) * 100).toFixed(1).padStart(6)} %  ${name}\n`);
}

print(`by function, of ${(busy / 1e6).toFixed(2)} s busy`, own);
print("by file", byFile);
