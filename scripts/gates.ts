// Runs the gates: `node scripts/gates.ts` all, `--fast` the fast ones, or those named (`node scripts/gates.ts lint types`).
import { readFile, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { type Gate, GATES } from "./gate-table.ts";
import { runCommand } from "./run-command.ts";
import { lastLine, sumOf, type Tally, tallySchema } from "./tally.ts";

/** The gates asked for; an unknown name is an error, so that a typing mistake never counts as a pass. */
function chosen(args: readonly string[]): readonly Gate[] {
  if (args.length === 0) return GATES;
  if (args.length === 1 && args[0] === "--fast") return GATES.filter((gate) => gate.fast === true);
  const unknown = args.filter((name) => !GATES.some((gate) => gate.name === name));
  if (unknown.length === 0) return GATES.filter((gate) => args.includes(gate.name));
  process.stderr.write(`error: no gate named ${unknown.join(", ")}\n`);
  process.stderr.write(`hint: ${GATES.map((gate) => `"${gate.name}"`).join(", ")}, or --fast\n`);
  process.exit(2);
}

/** What a gate counts for: its own tally if it keeps one, else one. */
async function tallyOf(gate: Gate, code: number): Promise<Tally> {
  const one = code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  if (gate.tally === undefined) return one;
  const text = await readFile(gate.tally, "utf8").catch(() => null);
  if (text === null) return { passed: 0, failed: 1 };
  const own = tallySchema.parse(JSON.parse(text));
  return code !== 0 && own.failed === 0 ? sumOf([own, one]) : own;
}

async function runGate(gate: Gate): Promise<Tally> {
  if (gate.tally !== undefined) await rm(gate.tally, { force: true });
  const ran = await runCommand(gate.command, { env: { NO_COLOR: "1" } });
  const tally = await tallyOf(gate, ran.code);
  const word = tally.failed === 0 ? "ok  " : "FAIL";
  const count = gate.tally === undefined ? "" : `  ${lastLine(tally)}`;
  process.stdout.write(`${word}  ${gate.name.padEnd(14)}${(ran.elapsedMs / 1000).toFixed(1).padStart(7)} s${count}\n`);
  if (tally.failed > 0) process.stdout.write(`      ${gate.command.join(" ")}\n${ran.output.trimEnd()}\n\n`);
  return tally;
}

/** Runs gates, at most `width` at a time, in order. */
async function runGates(gates: readonly Gate[], width: number): Promise<Tally> {
  const waiting = [...gates];
  const tallies: Tally[] = [];
  const lane = async (): Promise<void> => {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) tallies.push(await runGate(gate));
  };
  await Promise.all(Array.from({ length: width }, lane));
  return sumOf(tallies);
}

const gates = chosen(process.argv.slice(2));
const isFast = (gate: Gate): boolean => gate.fast === true;
const tally = sumOf([
  await runGates(gates.filter(isFast), Math.min(2, availableParallelism())),
  await runGates(
    gates.filter((gate) => !isFast(gate)),
    1,
  ),
]);
process.stdout.write(`${lastLine(tally)}\n`);
process.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0;
