// A lint plugin around eslint-plugin-redos-detector, whose parser knows neither named groups nor the flags `i` and `u`
// together: it is given the same pattern with plain groups and without `u`. What it still cannot read is reported, not passed.
import { rules as redosRules } from "eslint-plugin-redos-detector";

interface RegexNode {
  readonly regex?: { readonly pattern: string; readonly flags: string } | undefined;
}
interface Report {
  readonly node: RegexNode;
  readonly message: string;
}
interface Context {
  readonly options: readonly unknown[];
  report(report: Report): void;
}
interface Rule {
  readonly meta: object;
  create(context: Context): { Literal(node: RegexNode): void };
}

const NAMED_GROUP = /\(\?<[A-Za-z_]\w*>/gu;
/** What means something else, or nothing, without the flag `u`. */
const NEEDS_UNICODE = /\\u\{|\\p\{|[\u{10000}-\u{10FFFF}]/iu;

/** The pattern as the checker can read it; backtracking is the same. */
function readable({ pattern, flags }: { readonly pattern: string; readonly flags: string }): RegexNode["regex"] {
  const dropsUnicode = flags.includes("i") && !NEEDS_UNICODE.test(pattern);
  return { pattern: pattern.replaceAll(NAMED_GROUP, "("), flags: dropsUnicode ? flags.replace("u", "") : flags };
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- oxlint's nodes and reports, not ESLint's
const redos = redosRules["no-unsafe-regex"] as unknown as Rule;

/** Reports a regular expression literal that can backtrack too much, or that the checker cannot read. */
const linearRegex: Rule = {
  meta: redos.meta,
  create(context) {
    return {
      Literal(node) {
        if (node.regex === undefined) return;
        const report = ({ message }: Report): void => context.report({ node, message });
        redos.create({ options: context.options, report }).Literal({ regex: readable(node.regex) });
      },
    };
  },
};

export default { meta: { name: "corral" }, rules: { "linear-regex": linearRegex } };
