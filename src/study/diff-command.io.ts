import { resolve } from "node:path";
import { JUDGEMENTS } from "../classify/judgements.ts";
import { systemClock } from "../machine/clock.io.ts";
import { postJson, shownOrigin } from "../machine/post-json.io.ts";
import { parsePostUrl } from "../machine/post-url.ts";
import type { CommandRun, OptionValues, Terminal } from "../model/command.ts";
import { Complaint, EXIT } from "../model/complaint.ts";
import type { ExitCode } from "../model/complaint.ts";
import type { Snapshot } from "../store/snapshot.ts";
import { openSnapshot } from "../store/snapshot.io.ts";
import { CHANGE_KIND_IDS } from "./diff/change.ts";
import { chooseEnds } from "./diff/diff-ends.ts";
import { diffFacts, endBases, endNotes, isSynthetic } from "./diff/diff-facts.ts";
import { diffRecord, shortened } from "./diff/diff-record.ts";
import type { DiffRecord } from "./diff/diff-schema.ts";
import { diffWords } from "./diff/diff-words.ts";
import { parseFailOn } from "./diff/fail-on.ts";
import type { FailWord } from "./diff/fail-on.ts";
import { readDiff } from "./diff/read-diff.ts";
import { MOST_SERVICES_SENT, webhookHeaders } from "./diff/webhook.ts";
import { notOwn } from "./not-own.ts";

/** Name of the environment variable that holds the webhook's secret: options show in process lists. */
const SECRET = "CORRAL_WEBHOOK_SECRET";
const POST_LIMITS = { timeoutMs: 10_000, waitsMs: [1_000, 4_000] };

interface DiffOptions {
  readonly lake: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly full: boolean;
  readonly json: boolean;
  readonly failOn: ReadonlySet<FailWord>;
  readonly webhook: URL | null;
}

/**
 * `corral diff`: what changed between two runs or two times, per service. Exit 1 when a change is among `--fail-on`; 3 when files of the
 * lake were damaged or the webhook did not take the message: what was found is printed all the same.
 */
export const runDiff: CommandRun = async (_args, values, terminal) => {
  const options = readOptions(values, terminal);
  const lake = await openSnapshot(options.lake, JUDGEMENTS, { stopped: terminal.stopped });
  try {
    const record = await makeRecord(lake, options);
    await terminal.out(options.json ? `${JSON.stringify(record)}\n` : diffWords(record));
    for (const note of record.notes) terminal.say(`note: ${note}`);
    for (const { file, reason } of lake.damaged) terminal.say(`left out, damaged: ${file}: ${reason}`);
    const isSent = options.webhook === null || (await send(record, options.webhook, terminal));
    if (terminal.stopped.aborted) return EXIT.interrupted;
    if (!isSent || lake.damaged.length > 0) return EXIT.incomplete;
    return exitOf(record, options.failOn);
  } catch (error) {
    if (terminal.stopped.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    await lake.close();
  }
};

function readOptions(values: OptionValues, terminal: Terminal): DiffOptions {
  const text = (name: string): string | null => {
    const value = values[name];
    return typeof value === "string" ? value : null;
  };
  return {
    lake: resolve(terminal.cwd, text("lake") ?? ""),
    from: text("from"),
    to: text("to"),
    full: values["full"] === true,
    json: values["json"] === true,
    failOn: parseFailOn(text("fail-on")),
    webhook: webhookOption(text("webhook")),
  };
}

function webhookOption(text: string | null): URL | null {
  if (text === null) return null;
  const url = parsePostUrl(text);
  if (url.ok) return url.value;
  throw new Complaint([{ place: "--webhook", message: url.error }], `https://…; a secret goes into ${SECRET}`);
}

async function makeRecord(lake: Snapshot, options: DiffOptions): Promise<DiffRecord> {
  const facts = await diffFacts(lake);
  const ends = chooseEnds(options, facts.runs, facts.newest);
  const bases = endBases(ends, facts);
  if (options.full && bases.some((basis) => basis !== "own" && basis !== "contract")) throw notOwn(bases);
  const diff = await readDiff(lake, ends);
  const synthetic = isSynthetic(ends, facts.runs);
  return diffRecord(ends, diff, { full: options.full, synthetic, notes: endNotes(ends) });
}

/** Sends what changed; a diff without a change sends nothing. Tells whether all is well. */
async function send(record: DiffRecord, url: URL, terminal: Terminal): Promise<boolean> {
  if (record.services.length === 0) {
    terminal.say("webhook: nothing changed, nothing sent");
    return true;
  }
  const body = JSON.stringify(shortened(record, MOST_SERVICES_SENT));
  const headers = webhookHeaders(body, terminal.env[SECRET] ?? null, systemClock.epochMs());
  const sent = await postJson(url, body, headers, POST_LIMITS, terminal.stopped);
  if (sent.ok) return true;
  terminal.say(`webhook: ${shownOrigin(url)}: ${sent.error.words}; the message was not taken`);
  return false;
}

function exitOf({ summary, counts }: DiffRecord, failOn: ReadonlySet<FailWord>): ExitCode {
  const isFound = CHANGE_KIND_IDS.some((kind) => failOn.has(kind) && summary[kind] > 0);
  return isFound || (failOn.has("not-asked") && counts.not_asked > 0) ? EXIT.findings : EXIT.fine;
}
