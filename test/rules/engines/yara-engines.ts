import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { runCommand } from "../../../scripts/run-command.ts";
import { FILE_SIGNS } from "../../../src/knowledge/file-signs/file-signs.ts";
import { printYara } from "../../../src/rules/print/yara.ts";
import { askEngine } from "./python-engine.ts";

/** Names of the rules that speak, sorted, by name of the file. */
export type Spoken = Readonly<Record<string, readonly string[]>>;

/** Every sample under a name of its own: its sign, `match` or `like`, its number. */
const SAMPLES: readonly { readonly name: string; readonly bytes: Uint8Array }[] = FILE_SIGNS.flatMap(
  ({ id, matches, lookalikes }) => [
    ...matches.map((one, index) => ({ name: `${id}-match-${index}`, bytes: one.bytes() })),
    ...lookalikes.map((one, index) => ({ name: `${id}-like-${index}`, bytes: one.bytes() })),
  ],
);

/** What the program `yara` says of every sample; throws what it says when it cannot read the rules or warns of them. */
export async function askYara(): Promise<Spoken> {
  const folder = await mkdtemp(join(tmpdir(), "corral-yara-"));
  try {
    const rules = join(folder, "signs.yar");
    await writeFile(rules, printYara(FILE_SIGNS));
    const samples = join(folder, "samples");
    await mkdir(samples);
    for (const { name, bytes } of SAMPLES) await writeFile(join(samples, name), bytes);
    const { code, output } = await runCommand(["yara", "--fail-on-warnings", "--recursive", rules, samples]);
    if (code !== 0) throw new Error(output);
    const pairs = output
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" "));
    return spokenOf((name) => pairs.filter(([, path = ""]) => path === join(samples, name)).map(([rule = ""]) => rule));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const answerSchema = z.strictObject({
  warnings: z.array(z.string()),
  spoken: z.record(z.string(), z.array(z.string())),
});

/** The one warning that is meant: a sign looks at every tensor of a header, of which there are thousands. */
const LOOP = "potentially_slow_loop";

/** What YARA-X says of every sample; throws when it cannot read the rules or warns of them. */
export function askYaraX(): Spoken {
  const samples = Object.fromEntries(SAMPLES.map(({ name, bytes }) => [name, Buffer.from(bytes).toString("base64")]));
  const answer: unknown = askEngine("yara_x_run.py", { rules: printYara(FILE_SIGNS), samples });
  const { warnings, spoken } = answerSchema.parse(answer);
  const [fault] = warnings.filter((code) => code !== LOOP);
  if (fault !== undefined) throw new Error(fault);
  return spokenOf((name) => spoken[name] ?? []);
}

function spokenOf(rulesOf: (name: string) => readonly string[]): Spoken {
  return Object.fromEntries(SAMPLES.map(({ name }) => [name, rulesOf(name).toSorted()]));
}
