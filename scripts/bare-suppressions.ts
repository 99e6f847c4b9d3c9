/** A comment that silences a gate without naming a rule or a reason. */
export interface BareSuppression {
  readonly line: number;
  readonly text: string;
}

/** A comment that opens with a silencing word; the word, then all that follows it on the line. */
const SILENCER =
  /(?:\/\/|\/\*)[ \t*]*(?<word>(?:oxlint|eslint)-disable(?:-next-line|-line)?|prettier-ignore|@ts-(?:expect-error|ignore|nocheck)|(?:v8|c8|istanbul) ignore)(?<rest>[^\n]*)/u;
/** For a linter: rule names, then `--`, then words. */
const LINT_REASON = /^ [\w@][^:]* -- \S/u;
/** For other tools: `:` or `--`, then words. */
const OTHER_REASON = /^[ \t]*(?:--|:)[ \t]*\S/u;

/** Finds the suppressions in a source text that do not say what they silence and why. */
export function bareSuppressions(source: string): readonly BareSuppression[] {
  return source.split("\n").flatMap((text, index) => {
    const groups = SILENCER.exec(text)?.groups;
    if (groups === undefined) return [];
    const reason = /-disable/u.test(groups["word"] ?? "") ? LINT_REASON : OTHER_REASON;
    return reason.test(groups["rest"] ?? "") ? [] : [{ line: index + 1, text: text.trim() }];
  });
}
