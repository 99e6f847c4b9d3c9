// Runs dependency-cruiser over src/ and bin/ in the current folder, and fails as well if it did not read every source file:
// with TypeScript 7 alone it reads 0 modules and exits 0.
import { glob } from "node:fs/promises";
import { z } from "zod";
import { runCommand } from "./run-command.ts";

const cruiseSchema = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        cycle: z.array(z.object({ name: z.string() })).optional(),
        rule: z.object({ name: z.string() }),
      }),
    ),
  }),
});

const ran = await runCommand([
  "depcruise",
  "src",
  "bin",
  "--config",
  ".dependency-cruiser.cjs",
  "--output-type",
  "json",
]);
if (ran.stdout === "") {
  process.stderr.write(ran.output);
  process.exit(1);
}
const { modules, summary } = cruiseSchema.parse(JSON.parse(ran.stdout));
for (const { rule, from, to, cycle } of summary.violations) {
  const way = [from, ...(cycle?.map((step) => step.name) ?? [to])].join(" → ");
  process.stdout.write(`${rule.name}: ${way}\n`);
}
const read = new Set(modules.map((module) => module.source));
const files = await Array.fromAsync(glob("src/**/*.ts"));
const unread = files.filter((file) => !read.has(file));
for (const file of unread) process.stdout.write(`not read: ${file}\n`);
process.stdout.write(`${files.length - unread.length} modules read, ${summary.violations.length} breaches\n`);
if (ran.code !== 0 || files.length === 0 || unread.length > 0 || summary.violations.length > 0) process.exitCode = 1;
