import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { networkOf } from "./network.ts";

interface Labelled {
  readonly asn: number;
  readonly organisation: string;
  readonly type: string;
  readonly tier: string;
}

const FOLDER = "../../corpus/networks";
const ROW = /^(?<asn>\d+),(?:"(?<quoted>(?:[^"]|"")*)"|(?<plain>[^",]*)),(?<type>[a-z-]+),(?<tier>[a-z-]+)$/u;

function labelled(): readonly Labelled[] {
  const text = readFileSync(new URL(`${FOLDER}/labelled.csv`, import.meta.url), "utf8");
  const [, ...lines] = text.trimEnd().split("\n");
  return lines.map((line) => {
    const { asn, quoted, plain, type = "", tier = "" } = ROW.exec(line)?.groups ?? {};
    if (asn === undefined) throw new TypeError(`not a row: ${line}`);
    return { asn: Number(asn), organisation: quoted?.replaceAll('""', '"') ?? plain ?? "", type, tier };
  });
}

/** How often each expected type came out as each told one, and by which way; then every mistake. */
function measured(rows: readonly Labelled[]): string {
  const judged = rows.map((row) => {
    const { network_type: told, tier, network_rule: rule } = networkOf({ ...row, labels: null });
    return {
      ...row,
      told: told ?? "null",
      toldTier: tier ?? "null",
      rule: rule ?? "none",
      way: rule?.split(":")[0] ?? "none",
    };
  });
  const kinds = [...new Set(judged.flatMap(({ type, told }) => [type, told]))]
    .filter((kind) => kind !== "null")
    .toSorted();
  const told = [...kinds, "null"];
  const count = (of: (one: (typeof judged)[number]) => boolean): number => judged.filter(of).length;
  const cells = kinds.map((type) => [
    type,
    ...told.map((one) => String(count((row) => row.type === type && row.told === one))),
  ]);
  const ways = ["asn", "name", "none"].map((way) => {
    const all = count((row) => row.way === way);
    return `${way.padEnd(5)} ${all} rows, ${count((row) => row.way === way && row.told === row.type)} right`;
  });
  const mistakes = judged.filter((row) => row.told !== "null" && row.told !== row.type);
  const nulls = judged.filter((row) => row.told === "null");
  return [
    `${rows.length} labelled networks; rows expected, columns told`,
    "",
    table([["", ...told], ...cells]),
    "",
    ...ways,
    `tier: ${count((row) => row.toldTier === row.tier)} right, ${count((row) => row.toldTier !== "null" && row.toldTier !== row.tier)} wrong, ${count((row) => row.toldTier === "null")} null`,
    "",
    "mistakes:",
    ...mistakes.map((row) => `  AS${row.asn} ${row.organisation}: ${row.type}, told ${row.told} by ${row.rule}`),
    "",
    "not told:",
    ...nulls.map((row) => `  AS${row.asn} ${row.organisation}: ${row.type}`),
    "",
  ].join("\n");
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) =>
      row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  "),
    )
    .join("\n");
}

test("types and tiers of networks that the rules did not see: the frozen measurement", async () => {
  const rows = labelled();
  expect(rows.length).toBeGreaterThanOrEqual(150);
  await expect(measured(rows)).toMatchFileSnapshot(`${FOLDER}/measured.txt`);
});
