/**
 * The functions that took most time: `node bench/gateway/top.ts FILE.cpuprofile [COUNT]`.
 * Shares are of the time in which the process did something. First what functions took themselves, without what they call; then
 * the same by file; then all time by the function of the project's nearest above it, so that what it makes Node do is its own.
 */
import { readFileSync } from "node:fs";
import process from "node:process";

interface Node {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

interface Profile {
  readonly nodes: readonly Node[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface Place {
  readonly name: string;
  readonly file: string;
}

const [file = "", count = "25"] = process.argv.slice(2);
const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, "utf8")) as Profile;

function placeOf({ callFrame }: Node): Place {
  const { functionName, url, lineNumber } = callFrame;
  const short = url.replace(/^.*\/(?=(?:src|node_modules)\/)/u, "").replace("file://", "");
  const name = functionName === "" ? "(anonymous)" : functionName;
  return short === ""
    ? { name, file: "(V8 and bindings)" }
    : { name: `${name} ${short}:${lineNumber + 1}`, file: short };
}

const places = new Map(nodes.map((node) => [node.id, placeOf(node)]));
const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id] as const)));

function nearest(id: number): string {
  for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
    const place = places.get(at);
    if (place?.file.startsWith("src/") === true) return place.name;
  }
  return places.get(id)?.name.startsWith("(") === true
    ? (places.get(id)?.name ?? "")
    : "(Node and undici on their own)";
}

const sums = { own: new Map<string, number>(), file: new Map<string, number>(), near: new Map<string, number>() };
const add = (to: Map<string, number>, name: string, micros: number): void => {
  to.set(name, (to.get(name) ?? 0) + micros);
};
let busy = 0;
for (const [index, id] of samples.entries()) {
  const place = places.get(id);
  if (place === undefined || place.name === "(idle)") continue;
  const micros = Math.max(0, timeDeltas[index + 1] ?? 0);
  busy += micros;
  add(sums.own, place.name, micros);
  add(sums.file, place.file, micros);
  add(sums.near, nearest(id), micros);
}

function print(title: string, of: ReadonlyMap<string, number>): void {
  process.stdout.write(`${title}\n`);
  const rows = [...of].toSorted(([, a], [, b]) => b - a).slice(0, Number(count));
  for (const [name, micros] of rows)
    process.stdout.write(`${((micros / busy) * 100).toFixed(1).padStart(6)} %  ${name}\n`);
}

print(`by function, of ${(busy / 1e6).toFixed(2)} s busy`, sums.own);
print("by file", sums.file);
print("with what it calls of Node and packages", sums.near);
