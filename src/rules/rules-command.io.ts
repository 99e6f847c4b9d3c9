import { resolve } from "node:path";
import { DETECTIONS } from "../knowledge/detections/detections.ts";
import { FILE_SIGNS } from "../knowledge/file-signs/file-signs.ts";
import { writeFileAtomic } from "../machine/atomic-file.io.ts";
import { refuseUnlessFile } from "../machine/replaceable.io.ts";
import type { CommandRun, Terminal } from "../model/command.ts";
import { Complaint, EXIT } from "../model/complaint.ts";
import type { Detection } from "../model/detection.ts";
import { RULE_LANGUAGES } from "./languages.ts";
import { exportText, ruleFolder } from "./rule-files.ts";
import type { MissingRule } from "./rule-files.ts";
import type { RuleLanguage, RuleSetting } from "./rule-language.ts";
import { readLanguages, readRuleSetting, readShown } from "./rules-task.ts";
import { listRules, listText } from "./rules-text.ts";
import { saidIn, shownText } from "./shown-rule.ts";
import type { Shown } from "./shown-rule.ts";
import { writeRuleFolder } from "./write-rule-folder.io.ts";

const ALL: readonly Detection[] = Object.values(DETECTIONS);

/** `corral rules list`: every detection and every sign of files, and the languages that can say it. */
export const runRulesList: CommandRun = async (_args, options, terminal) => {
  const rows = listRules(ALL, FILE_SIGNS, readLanguages(options, RULE_LANGUAGES), readRuleSetting(options));
  const nowhere = options["for"] === undefined ? "hunt alone" : "none of these";
  await terminal.out(options["json"] === true ? `${JSON.stringify(rows)}\n` : listText(rows, nowhere));
  return EXIT.fine;
};

/** `corral rules show ID`: what a detection or a sign of files is; with `--for` its rule in that language. */
export const runRulesShow: CommandRun = async ([id = ""], options, terminal) => {
  const shown = readShown(id, ALL, FILE_SIGNS);
  const languages = readLanguages(options, RULE_LANGUAGES);
  const setting = readRuleSetting(options);
  if (options["for"] === undefined) {
    await terminal.out(shownText(shown, languages, setting));
    return EXIT.fine;
  }
  await terminal.out(rulesOf(id, shown, languages, setting).join("\n"));
  return EXIT.fine;
};

/** Its rule in each of the languages. Throws a {@link Complaint} when one cannot say it. */
function rulesOf(
  detection: string,
  shown: Shown,
  languages: readonly RuleLanguage[],
  setting: RuleSetting,
): readonly string[] {
  const texts: string[] = [];
  const missing: MissingRule[] = [];
  for (const language of languages) {
    const said = saidIn(shown, language, setting);
    if (said.kind === "rule") texts.push(said.text);
    else missing.push({ language: language.id, detection, why: said.why });
  }
  if (missing.length > 0) throw cannotSay(missing);
  return texts;
}

/** `corral rules build --out DIR`: a folder for each language, a file for each rule. The folder appears whole or not at all. */
export const runRulesBuild: CommandRun = async (_args, options, terminal) => {
  const languages = readLanguages(options, RULE_LANGUAGES);
  const { files, missing } = ruleFolder(ALL, FILE_SIGNS, languages, readRuleSetting(options));
  const out = resolve(terminal.cwd, typeof options["out"] === "string" ? options["out"] : "");
  await writeRuleFolder(out, files);
  const counts = languages.map(({ id, signs }) => {
    const cannot = missing.filter(({ language }) => language === id).length;
    const signRules = signs === undefined ? 0 : FILE_SIGNS.length;
    return { language: id, rules: ALL.length - cannot + signRules, signs: signRules, cannot };
  });
  await terminal.out(
    options["json"] === true ? `${JSON.stringify({ out, counts })}\n` : counts.map(countLine).join(""),
  );
  return EXIT.fine;
};

interface Count {
  readonly language: string;
  readonly rules: number;
  /** How many of the rules are of signs of files. */
  readonly signs: number;
  /** Detections that it has no words for. */
  readonly cannot: number;
}

function countLine({ language, rules, signs, cannot }: Count): string {
  const said = signs === 0 ? `${rules} rules` : `${rules} rules (${signs} of signs of files)`;
  return `${language}: ${said}, ${cannot} detections cannot be said\n`;
}

/** `corral rules export --for LANG`: every rule of one language as one text. */
export const runRulesExport: CommandRun = async (_args, options, terminal) => {
  const [language, another] = readLanguages(options, RULE_LANGUAGES);
  if (language === undefined || another !== undefined)
    throw new Complaint(
      [{ place: "--for", message: "one language at a time" }],
      "corral rules build writes all of them",
    );
  const { text, missing } = exportText(ALL, FILE_SIGNS, language, readRuleSetting(options));
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
