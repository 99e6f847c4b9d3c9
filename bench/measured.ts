import { spawn } from "node:child_process";

/** One process's cost. */
export interface Cost {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly rssMb: number;
  readonly out: string;
}

const EPILOGUE = `data:text/javascript,${encodeURIComponent(
  "import{writeSync}from'node:fs';process.on('exit',()=>{const u=process.resourceUsage();" +
    "writeSync(3,JSON.stringify({rssMb:u.maxRSS/1024,cpuSeconds:(u.userCPUTime+u.systemCPUTime)/1e6}))})",
)}`;

/** Runs a program of Node's to its end and tells what it cost, start and stop included. */
export async function measured(args: readonly string[]): Promise<Cost> {
  const since = process.hrtime.bigint();
  const child = spawn(process.execPath, ["--import", EPILOGUE, ...args], {
    stdio: ["ignore", "pipe", "inherit", "pipe"],
  });
  const texts = { out: "", usage: "" };
  child.stdout?.on("data", (chunk: Buffer) => (texts.out += chunk.toString()));
  child.stdio[3]?.on("data", (chunk: Buffer) => (texts.usage += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  const seconds = Number(process.hrtime.bigint() - since) / 1e9;
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}`);
  const usage = JSON.parse(texts.usage) as { rssMb: number; cpuSeconds: number };
  return { seconds, ...usage, out: texts.out };
}

/** A row of the result's table. */
export function row(name: string, { seconds, cpuSeconds, rssMb }: Cost): string {
  return `| ${name} | ${seconds.toFixed(1)} s | ${cpuSeconds.toFixed(1)} s | ${rssMb.toFixed(0)} MB |\n`;
}
