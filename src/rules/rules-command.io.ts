import { resolve } from "node:path";
import { DETECTIONS } from "../knowledge/detections/detections.ts";
import { writeFileAtomic } from "../machine/atomic-file.io.ts";
import { refuseUnlessFile } from "../machine/replaceable.io.ts";
import type { CommandRun, Terminal } from "../model/command.ts";
import { Complaint, EXIT } from "../model/complaint.ts";
import type { Detection } from "../model/detection.ts";
import { RULE_LANGUAGES } from "./languages.ts";
import { exportText, ruleFolder } from "./rule-files.ts";
import type { MissingRule } from "./rule-files.ts";
import { readDetection, readLanguages, readRuleSetting } from "./rules-task.ts";
import { detectionText, listDetections, listText } from "./rules-text.ts";
import { writeRuleFolder } from "./write-rule-folder.io.ts";

const ALL: readonly Detection[] = Object.values(DETECTIONS);
const BY_ID: Readonly<Record<string, Detection>> = DETECTIONS;

/** `corral rules list`: every detection and the languages that can say it. */
export const runRulesList: CommandRun = async (_args, options, terminal) => {
  const rows = listDetections(ALL, readLanguages(options, RULE_LANGUAGES), readRuleSetting(options));
  await terminal.out(options["json"] === true ? `${JSON.stringify(rows)}\n` : listText(rows));
  return EXIT.fine;
};

/** `corral rules show ID`: what a detection is; with `--for` its rule in that language. */
export const runRulesShow: CommandRun = async ([id = ""], options, terminal) => {
  const detection = readDetection(id, BY_ID);
  const languages = readLanguages(options, RULE_LANGUAGES);
  const setting = readRuleSetting(options);
  if (options["for"] === undefined) {
    await terminal.out(detectionText(detection, languages, setting));
    return EXIT.fine;
  }
  const { text, missing } = languages
    .map((language) => exportText([detection], language, setting))
    .reduce((a, b) => ({ text: `${a.text}\n${b.text}`, missing: [...a.missing, ...b.missing] }));
  if (missing.length > 0) throw cannotSay(missing);
  await terminal.out(text);
  return EXIT.fine;
};

/** `corral rules build --out DIR`: a folder for each language, a file for each rule. The folder appears whole or not at all. */
export const runRulesBuild: CommandRun = async (_args, options, terminal) => {
  const languages = readLanguages(options, RULE_LANGUAGES);
  const { files, missing } = ruleFolder(ALL, languages, readRuleSetting(options));
  const out = resolve(terminal.cwd, typeof options["out"] === "string" ? options["out"] : "");
  await writeRuleFolder(out, files);
  const counts = languages.map(({ id }) => {
    const absent = missing.filter(({ language }) => language === id).length;
    return { language: id, rules: ALL.length - absent, cannot: absent };
  });
  await terminal.out(
    options["json"] === true
      ? `${JSON.stringify({ out, counts })}\n`
      : counts.map((one) => `${one.language}: ${one.rules} rules, ${one.cannot} cannot be said\n`).join(""),
  );
  return EXIT.fine;
};

/** `corral rules export --for LANG`: every rule of one language as one text. */
export const runRulesExport: CommandRun = async (_args, options, terminal) => {
  const [language, another] = readLanguages(options, RULE_LANGUAGES);
  if (language === undefined || another !== undefined)
    throw new Complaint(
      [{ place: "--for", message: "one language at a time" }],
      "corral rules build writes all of them",
    );
  const { text, missing } = exportText(ALL, language, readRuleSetting(options));
  await writeOut(text, options["out"], terminal);
  if (missing.length > 0)
    terminal.say(`${missing.length} detections cannot be said in ${language.title}: corral rules show ID says why`);
  return EXIT.fine;
};

async function writeOut(text: string, out: unknown, terminal: Terminal): Promise<void> {
  if (typeof out !== "string") {
    await terminal.out(text);
    return;
  }
  const file = resolve(terminal.cwd, out);
  await refuseUnlessFile(file);
  await writeFileAtomic(file, text);
}

function cannotSay(missing: readonly MissingRule[]): Complaint {
  return new Complaint(
    missing.map(({ language, detection, why }) => ({
      place: language,
      message: `cannot express ${detection}: ${why}`,
    })),
    "corral rules list",
  );
}
