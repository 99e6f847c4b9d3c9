// Loaded into the process under test (`NODE_OPTIONS=--import`): leaves what it used in the file that BENCH_USAGE names.
import { writeFileSync } from "node:fs";
import process from "node:process";

const file = process.env["BENCH_USAGE"];
if (file !== undefined) {
  const began = performance.now();
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const usage = {
      cpu_seconds: (userCPUTime + systemCPUTime) / 1e6,
      wall_seconds: (performance.now() - began) / 1e3,
      rss_kb: maxRSS,
    };
    writeFileSync(file, JSON.stringify(usage));
  });
}
