import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lakeObservation, lakeRun } from "../../test/support/lake-lines.ts";
import { JUDGEMENTS } from "../../test/support/judgements.ts";
import type { OptionValues, Terminal } from "../model/command.ts";
import { openSnapshot } from "./snapshot.io.ts";
import { sqlCommand } from "./sql-command.io.ts";
import { VIEWS } from "./view-sql.ts";
import { openRunWriter } from "./writer.io.ts";

let folder = "";
let lake = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-sql-"));
  lake = join(folder, "lake");
  await writeFile(join(folder, "outside.csv"), "a\n1\n");
  const writer = await openRunWriter(lake, lakeRun(1));
  for (let n = 0; n < 3; n += 1) writer.observation(lakeObservation(1, n, { organisation: 'Evil \u001b[2J Org, "x"' }));
  await writer.close();
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Told {
  readonly code: number;
  readonly out: string;
}

async function sql(text: string, options: OptionValues = {}, stopped = new AbortController().signal): Promise<Told> {
  let out = "";
  const terminal: Terminal = {
    cwd: folder,
    env: {},
    interactive: false,
    color: false,
    stopped,
    out(words) {
      out += words;
      return Promise.resolve();
    },
    say: () => undefined,
    input: async function* input() {},
  };
  const code = await sqlCommand(JUDGEMENTS)([text], { lake: "lake", ...options }, terminal);
  return { code, out };
}

test("answers as a table that cannot steer a terminal", async () => {
  const { code, out } = await sql("SELECT address, port, organisation FROM observation ORDER BY address LIMIT 1");
  expect(code).toBe(0);
  expect(out.split("\n")).toEqual([
    "address    port  organisation",
    "--------  -----  -----------------------",
    String.raw`10.1.0.0  11434  Evil \u001b[2J Org, "x"`,
    "",
  ]);
});

test("answers as JSON and as CSV", async () => {
  const query = "SELECT port, organisation, version AS v FROM observation ORDER BY address LIMIT 1";
  const { out } = await sql(query, { json: true });
  expect(JSON.parse(out)).toEqual([{ port: 11434, organisation: 'Evil \u001b[2J Org, "x"', v: "0.5.7" }]);
  expect((await sql(query, { csv: true })).out).toBe('port,organisation,v\n11434,"Evil \ufffd[2J Org, ""x""",0.5.7\n');
  expect((await sql("SELECT port FROM observation WHERE port = 1", { json: true })).out).toBe("[]\n");
});

test("no form prints what could steer a terminal or deceive the eye", async () => {
  const query =
    "SELECT chr(8238) || 'a' || chr(155) AS told, [chr(27), chr(127) || 'b'] AS list, chr(917569) || chr(8203) AS tag";
  expect((await sql(query, { csv: true })).out).toBe(
    'told,list,tag\n\ufffda\ufffd,"[""\\u001b"",""\ufffdb""]",\ufffd\ufffd\n',
  );
  const { out } = await sql(query, { json: true });
  expect(out).toMatch(/^[\u0020-\u007e\n]+$/u);
  expect(JSON.parse(out)).toEqual([{ told: "\u202ea\u009b", list: ["\u001b", "\u007fb"], tag: "\u{e0041}\u200b" }]);
});

test.each([
  "SELECT 1; SELECT 2",
  "COPY (SELECT 1) TO 'x.csv'",
  "EXPLAIN ANALYZE COPY (SELECT 1) TO 'x.csv'",
  "EXPLAIN ANALYZE DELETE FROM live.observation",
  "ATTACH 'x.db'",
  "SET memory_limit = '10GB'",
  "INSTALL httpfs",
  "CREATE TABLE x (a INTEGER)",
  "DELETE FROM live.observation",
  "SELECT * FROM 'outside.csv'",
  "SELECT * FROM read_text('/etc/hostname')",
  "SELECT * FROM glob('*')",
  "SELECT nothing FROM observation",
  "",
])("refuses %s and writes nothing", async (text) => {
  const names = await readdir(folder, { recursive: true });
  await expect(sql(text)).rejects.toThrow(/^SQL: /u);
  expect(await readdir(folder, { recursive: true })).toEqual(names);
});

test("explains one SELECT", async () => {
  expect((await sql("EXPLAIN SELECT count(*) FROM service")).code).toBe(0);
});

test.for([0, 3, 10, 30, 100, 300, 600])(
  "stops a query that is interrupted after %i ms, wherever it is then",
  async (ms) => {
    const stop = new AbortController();
    const asked = sql(
      "SELECT count(*) FROM range(100000) AS a (x), range(100000) AS b (y), range(100) AS c (z) WHERE x * y = z",
      {},
      stop.signal,
    );
    setTimeout(() => {
      stop.abort();
    }, ms);
    expect((await asked).code).toBe(130);
  },
);

test("every column of every view parses bare, as itself and as an alias", async () => {
  const snapshot = await openSnapshot(lake, JUDGEMENTS);
  let columns = 0;
  for (const view of Object.keys(VIEWS)) {
    for (const { column_name: name } of await snapshot.query(`DESCRIBE ${view}`)) {
      if (typeof name !== "string") throw new Error("no name");
      await snapshot.query(`SELECT ${name}, ${name} AS ${name} FROM ${view} ORDER BY ${name} LIMIT 1`);
      columns += 1;
    }
  }
  await snapshot.close();
  expect(columns).toBeGreaterThan(100);
});
