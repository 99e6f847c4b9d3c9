import { open, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { Document } from "yaml";
import { writeFileAtomic } from "../machine/atomic-file.io.ts";
import { systemClock } from "../machine/clock.io.ts";
import { streamToFile } from "../machine/stream-file.io.ts";
import { unreadableFile } from "../machine/unreadable-file.ts";
import type { CommandRun, Terminal } from "../model/command.ts";
import { Complaint, EXIT } from "../model/complaint.ts";
import type { CampaignModel } from "./campaign-model.ts";
import { type CampaignEnd, type CampaignProgress, campaignText } from "./campaign.ts";
import { NAMED_MODELS, namedModel } from "./named-models.ts";
import { modelFaults, parseCampaign } from "./parse-campaign.ts";
import { scaledModel } from "./scaled-model.ts";
import { simulateOrder } from "./simulate-options.ts";
import { truthText } from "./truth/truth-text.ts";

const MOST_BYTES = 4 << 20;
const MOVING_MS = 500;
const STILL_MS = 60_000;
/** Up one line, and clear it. */
const OVER_THE_LAST_LINE = "\u001B[1A\u001B[2K";
const HINT = "docs/simulate.md explains every key";

/**
 * `corral simulate --out DIR`: a campaign from a stated model, its truth, the model as used, and the overrides of networks that it needs. Each
 * file appears whole or not at all; an interrupted run leaves none.
 */
export const runSimulate: CommandRun = async (_args, options, terminal) => {
  const order = simulateOrder(options);
  const model = scaledModel(await loadModel(order.model, terminal.cwd), order.changes);
  const faults = modelFaults(model);
  if (faults.length > 0) {
    throw new Complaint(
      faults.map(({ path, message }) => ({ place: path.join("."), message })),
      HINT,
    );
  }
  const out = resolve(terminal.cwd, order.out);
  const campaign = join(out, `campaign.jsonl${order.ending}`);
  const progress = reporter(model, terminal);
  try {
    const { truth, overrides } = await streamToFile(campaign, pieces(model, progress), terminal.stopped);
    const files = [campaign, join(out, "truth.json"), join(out, "model.yaml")];
    await writeFileAtomic(join(out, "truth.json"), truthText(truth));
    await writeFileAtomic(join(out, "model.yaml"), modelText(model));
    const overridesFile = join(out, "network-overrides.csv");
    if (overrides === "") await rm(overridesFile, { force: true });
    else {
      await writeFileAtomic(overridesFile, overrides);
      files.push(overridesFile);
    }
    const scale = truth.outputs["T1"]?.[0] ?? {};
    const counts = { hosts: scale["hosts"] ?? 0, observations: scale["observations"] ?? 0, days: model.days };
    await terminal.out(
      options["json"] === true
        ? `${JSON.stringify({ model: model.name, seed: model.seed, ...counts, files })}\n`
        : `${files.join("\n")}\n${counts.hosts} hosts, ${counts.observations} counted observations, ${counts.days} days, seed ${model.seed}\n`,
    );
    return EXIT.fine;
  } catch (error) {
    if (terminal.stopped.aborted) return EXIT.interrupted;
    throw error;
  }
};

/** Hands on the pieces, and lets signals and writes come between. */
async function* pieces(
  model: CampaignModel,
  told: (progress: CampaignProgress) => void,
): AsyncGenerator<string, CampaignEnd> {
  const texts = campaignText(model, told);
  for (;;) {
    const next = texts.next();
    if (next.done === true) return next.value;
    yield next.value;
    await setImmediate();
  }
}

async function loadModel(name: string, cwd: string): Promise<CampaignModel> {
  const known = namedModel(name);
  if (known !== null) return known;
  const hint = `a file, or one of ${Object.keys(NAMED_MODELS).join(", ")}`;
  const parsed = parseCampaign(await textOf(resolve(cwd, name), name, hint), name);
  if (!parsed.ok) throw new Complaint(parsed.error, HINT);
  return parsed.value;
}

async function textOf(path: string, named: string, hint: string): Promise<string> {
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    if (size <= MOST_BYTES) return await file.readFile("utf8");
  } catch (error) {
    throw unreadableFile(named, error, hint);
  }
  throw new Complaint([{ place: named, message: "is larger than 4 MiB" }]);
}

function modelText(model: CampaignModel): string {
  const document = new Document(model, { aliasDuplicateObjects: false });
  document.commentBefore = ` The model of this campaign as it was used: corral simulate --model model.yaml --out DIR makes it again.`;
  return document.toString({ lineWidth: 140 });
}

/** Tells the days done: a moving line where stderr is a terminal, a line a minute where not. */
function reporter(model: CampaignModel, terminal: Terminal): (progress: CampaignProgress) => void {
  const moves = terminal.interactive && terminal.env["TERM"] !== "dumb";
  const since = systemClock.monotonicMs();
  let [lastMs, told] = [since, false];
  return ({ day, observations }) => {
    const now = systemClock.monotonicMs();
    if (now - lastMs < (moves ? MOVING_MS : STILL_MS)) return;
    lastMs = now;
    const done = (day + 1) / model.days;
    const left = Math.ceil(((now - since) * (1 - done)) / done / 1000);
    const rate = Math.round(observations / ((now - since) / 1000));
    terminal.say(
      `${moves && told ? OVER_THE_LAST_LINE : ""}day ${day + 1} of ${model.days}: ${observations} observations, ${rate} a second, ${left} s left`,
    );
    told = true;
  };
}
