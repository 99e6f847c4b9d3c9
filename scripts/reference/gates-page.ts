import { GATES } from "../gate-table.ts";

/** The page of the gates: one row each, in the order in which they run. */
export function gatesPage(): string {
  const rows = GATES.map(({ name, proves, command, fast }) => {
    const when = fast === true ? "`npm run check`, `npm test`" : "`npm test`";
    return `| ${name} | ${proves.replaceAll("|", "\\|")} | \`${command.join(" ")}\` | ${when} |`;
  });
  return [
    "# Gates",
    "",
    "Generated from `scripts/gate-table.ts` by `node scripts/reference.ts`.",
    "",
    "A change counts as done when every gate passes. One alone: `npm test -- lint`.",
    "",
    "| gate | proves | command | runs in |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
