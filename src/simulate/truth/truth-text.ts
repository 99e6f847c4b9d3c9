import type { TruthRecord } from "./truth-record.ts";

/** The truth as JSON, a row a line. */
export function truthText({ schema, model, seed, outputs }: TruthRecord): string {
  const lists = Object.entries(outputs).map(([id, rows]) => {
    const lines = rows.map((row) => JSON.stringify(row)).join(",\n");
    return `${JSON.stringify(id)}:[${lines === "" ? "" : `\n${lines}\n`}]`;
  });
  const head = `{"schema":${JSON.stringify(schema)},"model":${JSON.stringify(model)},"seed":${JSON.stringify(seed)}`;
  return `${head},"outputs":{\n${lists.join(",\n")}\n}}\n`;
}
