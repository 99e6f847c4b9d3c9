import { userInfo } from "node:os";
import { join, resolve } from "node:path";
import { JUDGEMENTS } from "../classify/judgements.ts";
import { writeFileAtomic } from "../machine/atomic-file.io.ts";
import { systemClock } from "../machine/clock.io.ts";
import { readHostNetwork } from "../machine/listening-sockets.io.ts";
import type { CommandRun, Terminal } from "../model/command.ts";
import { EXIT, type ExitCode } from "../model/complaint.ts";
import type { HostNetwork } from "../model/host-network.ts";
import { scopeYaml } from "../model/scope-yaml.ts";
import { REPORT_FORMATS } from "../study/report-format.ts";
import { type ReportOptions, reportOfLake } from "../study/report.ts";
import { writeReport } from "../study/write-report.io.ts";
import { openSnapshot } from "../store/snapshot.io.ts";
import { MOST_OWN_ADDRESSES, ownHostScope, ownLoopback } from "../survey/scope/own-host-scope.ts";
import { runSurvey } from "../survey/survey-command.io.ts";
import { foundServices } from "./found-services.ts";
import { withInterfaces } from "./interface-scope.ts";
import { loadSample } from "./load-sample.io.ts";
import { foundWords } from "./start-words.ts";

const SCOPE_COMMENT = "The scope that corral start made to ask this machine about itself. Valid until tomorrow.";

/** Where a start keeps what it makes. */
interface Folders {
  readonly out: string;
  readonly lake: string;
}

/**
 * `corral start`, which is `npm start`: asks this machine on loopback what model servers answer, tells in one sentence who else could
 * reach each, and writes a report of it and one of a synthetic sample. Connects to no address but this machine's own: loopback, and
 * with `--interfaces` its other addresses.
 */
export const runStart: CommandRun = async (_args, options, terminal) => {
  const out = resolve(terminal.cwd, textOption(options["out"]) ?? "corral-out");
  const lakeOption = textOption(options["lake"]);
  const folders = { out, lake: lakeOption === undefined ? join(out, "own-lake") : resolve(terminal.cwd, lakeOption) };
  const network = await readHostNetwork();
  const exit = await surveyOwnHost(folders, network, options["interfaces"] === true, terminal);
  if (terminal.stopped.aborted) return EXIT.interrupted;
  const words = await ownWords(folders, network);
  for (const line of words) terminal.say(line);
  const sampleLake = join(out, "sample-lake");
  await loadSample(out, sampleLake);
  const own = await reportTo(folders.lake, join(out, "report"), {
    full: true,
    preface: { title: "This machine", sentences: words },
  });
  const sample = await reportTo(sampleLake, join(out, "sample-report"), { full: false, preface: null });
  terminal.say(`Reports: this machine ${own}; a synthetic sample, to show a whole campaign ${sample}`);
  const record = { found: words, own_report: own, sample_report: sample };
  await terminal.out(options["json"] === true ? `${JSON.stringify(record)}\n` : `${own}\n${sample}\n`);
  return exit;
};

/** Writes the scope, shows it, and asks what it names. */
async function surveyOwnHost(
  folders: Folders,
  network: HostNetwork,
  interfaces: boolean,
  terminal: Terminal,
): Promise<ExitCode> {
  const loopback = ownHostScope(network, accountName(terminal.env), systemClock.epochMs());
  const yaml = scopeYaml(interfaces ? withInterfaces(loopback, network) : loopback, SCOPE_COMMENT);
  const addresses = ownLoopback(network).length;
  if (addresses > MOST_OWN_ADDRESSES)
    terminal.say(`note: something listens on ${addresses} loopback addresses; ${MOST_OWN_ADDRESSES} of them are asked`);
  const path = join(folders.out, "own-host-scope.yaml");
  await writeFileAtomic(path, yaml);
  terminal.say(`Asking this machine only, by this scope (${path}):\n${yaml}`);
  const quiet: Terminal = { ...terminal, out: () => Promise.resolve() };
  return runSurvey([], { scope: path, lake: folders.lake, fresh: true }, quiet);
}

async function ownWords(folders: Folders, network: HostNetwork): Promise<readonly string[]> {
  const lake = await openSnapshot(folders.lake, JUDGEMENTS);
  try {
    return foundWords(await foundServices(lake), network);
  } finally {
    await lake.close();
  }
}

async function reportTo(lakePath: string, folder: string, options: ReportOptions): Promise<string> {
  const lake = await openSnapshot(lakePath, JUDGEMENTS);
  try {
    const report = await reportOfLake(lake, options);
    const [html = folder] = await writeReport(report, folder, REPORT_FORMATS);
    return html;
  } finally {
    await lake.close();
  }
}

function textOption(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The account that runs Corral; a container may have given it no name. */
function accountName(env: Terminal["env"]): string {
  try {
    return userInfo().username;
  } catch {
    return env["USER"] ?? "user";
  }
}
