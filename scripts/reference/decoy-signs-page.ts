import { DECOY_SIGNS } from "../../src/knowledge/decoy-signs.ts";

/** The page of the signs of decoys: what each says, how much, and where it is written. */
export function decoySignsPage(): string {
  return [
    "# Signs of decoys",
    "",
    "Generated from `src/knowledge/decoy-signs.ts` by `node scripts/reference.ts`; how they are weighed: [judgements](../judgements.md).",
    "",
    "Ids stand in the evidence of the view `decoy` and never change meaning; a word in braces is a number.",
    "",
    "| sign | weight | what it says | source |",
    "| --- | --- | --- | --- |",
    ...DECOY_SIGNS.map(
      ({ id, weight, says, source }) => `| \`${id}\` | ${weight} | ${says.replaceAll("|", "\\|")} | ${source} |`,
    ),
    "",
  ].join("\n");
}
