import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { LOG_SETTING, readLog, rowsOf } from "../../../test/support/log-reading.ts";
import type { LogSetting } from "../../model/log-grammar.ts";
import { LOG_GRAMMARS } from "./grammars.ts";

const CORPUS = new URL("../../../corpus/log/", import.meta.url);

/** What stands beside a log: the setting it needs and what its rows tell, checked by hand. */
interface Expected {
  readonly setting?: Partial<LogSetting>;
  readonly zone?: string | null;
  readonly events: readonly Readonly<Record<string, unknown>>[];
  readonly rejected?: readonly string[];
  readonly passed?: number;
}

function filesOf(id: string): readonly string[] {
  const names = readdirSync(new URL(`${id}/`, CORPUS));
  return names.filter((name) => name.endsWith(".events.json")).map((name) => name.slice(0, -".events.json".length));
}

const cases = readdirSync(CORPUS).flatMap((id) => filesOf(id).map((name) => ({ id, name })));

describe("logs of the corpus", () => {
  test("every text log has its events beside it", () => {
    for (const id of readdirSync(CORPUS)) {
      const logs = readdirSync(new URL(`${id}/`, CORPUS)).filter((name) => name.endsWith(".log"));
      expect(filesOf(id).map((name) => `${name}.log`)).toEqual(expect.arrayContaining(logs));
    }
  });

  test.for(cases)("$id/$name tells what was written beside it", ({ id, name }) => {
    const log = new URL(`${id}/${name}.log`, CORPUS);
    const text = readFileSync(fileURLToPath(log), "utf8");
    const expected = JSON.parse(
      readFileSync(fileURLToPath(new URL(`${id}/${name}.events.json`, CORPUS)), "utf8"),
    ) as Expected;
    const grammar = LOG_GRAMMARS.find((one) => one.id === id);
    if (grammar === undefined) throw new Error(`no grammar ${id}`);
    const read = readLog(grammar, text, { ...LOG_SETTING, ...expected.setting });
    expect(read.events).toEqual(expected.events);
    expect(read.rejected).toEqual(expected.rejected ?? []);
    if (expected.zone !== undefined) expect(read.zone).toBe(expected.zone);
    if (expected.passed !== undefined) expect(read.passed).toBe(expected.passed);
  });

  test.for(cases)("$id/$name is recognised as $id", ({ id, name }) => {
    const text = readFileSync(fileURLToPath(new URL(`${id}/${name}.log`, CORPUS)), "utf8");
    const rows = rowsOf(text)
      .slice(0, 64)
      .map((row) => row.text);
    const shares = LOG_GRAMMARS.map((grammar) => ({ id: grammar.id, share: grammar.recognise(rows) }));
    const best = shares.reduce((one, other) => (other.share > one.share ? other : one));
    expect(best.share).toBeGreaterThan(0);
    expect(best.id).toBe(id);
  });
});
