import { readFile } from "node:fs/promises";
import { z } from "zod";

const countsSchema = z.record(z.string(), z.number());
const benignSchema = z.object({
  date: z.string(),
  cores: z.number(),
  versions: z.array(z.string()),
  events: z.number(),
  played: z.array(z.object({ name: z.string(), requests: z.number(), seconds: z.number(), compressed: z.number() })),
  notRun: z.record(z.string(), z.string()),
  hunts: z.array(
    z.object({
      name: z.string(),
      rows: z.number(),
      events: z.number(),
      rejected: z.number(),
      alerts: countsSchema,
    }),
  ),
  detections: z.record(z.string(), z.object({ alerts: z.number(), rows: z.number() })),
});

/** The parts of the matrix on honest traffic, as `bench/hunt/benign.ts` measured it last, and on mutations. */
export async function benignLines(): Promise<readonly string[]> {
  const made = benignSchema.parse(JSON.parse(await readFile("bench/hunt/benign.json", "utf8")));
  const spoke = Object.entries(made.detections).filter(([, { alerts }]) => alerts > 0);
  const silent = Object.entries(made.detections).filter(([, { alerts }]) => alerts === 0);
  return [
    "## False positives",
    "",
    `Corral's own hunt over ${made.events.toLocaleString("en")} honest events, ${made.date}, ${made.cores} cores, ${made.versions.join(", ")} (\`bench/hunt/benign.ts\`; what was asked: \`bench/hunt/benign/shapes.ts\`).`,
    `Clients asked faster than in life, ${made.played.map(({ name, compressed }) => `${name} ${compressed} times`).join(", ")} on the average, so rates per address and per server are harsher by as much; the spans are shorter.`,
    ...Object.entries(made.notRun).map(([name, why]) => `Not run: ${name}: ${why}.`),
    "",
    "| logs | rows | events | rejected rows | alerts |",
    "| --- | --- | --- | --- | --- |",
    ...made.hunts.map(
      ({ name, rows, events, rejected, alerts }) => `| ${name} | ${rows} | ${events} | ${rejected} | ${told(alerts)} |`,
    ),
    "",
    "| detection | alerts | rows in them | alerts per million events |",
    "| --- | --- | --- | --- |",
    ...spoke.map(
      ([id, { alerts, rows }]) => `| \`${id}\` | ${alerts} | ${rows} | ${((alerts * 1e6) / made.events).toFixed(2)} |`,
    ),
    `| each of ${silent.length} others | 0 | 0 | 0 |`,
    "",
    `Silent: ${silent.map(([id]) => `\`${id}\``).join(", ")}.`,
    "",
    "## Mutations",
    "",
    "What each detection still sees when the same is told otherwise (another port, IPv6, a forged header, NAT, a renamed program, a log cut in two): [mutations](rules-mutations.md).",
    "",
  ];
}

function told(alerts: Readonly<Record<string, number>>): string {
  return Object.entries(alerts)
    .map(([id, count]) => `\`${id}\` ${count}`)
    .join(", ");
}
