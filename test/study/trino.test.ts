import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { STUDY_OUTPUTS } from "../../src/study/catalogue/study-outputs.ts";
import { parseSqlFile } from "../../src/study/paper/sql-file.ts";
import { calledFunctions, isOrdered, trinoProblems } from "./trino-check.ts";

const FOLDER = join(import.meta.dirname, "../../src/study/sql");
const CONTRACT = readFileSync(join(import.meta.dirname, "../../docs/study.md"), "utf8");

const FILES = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".sql"))
  .map((name) => name.replaceAll("\\", "/").slice(0, -".sql".length))
  .toSorted();
const fileOf = (name: string) => parseSqlFile(readFileSync(join(FOLDER, `${name}.sql`), "utf8"), name);
const OUTPUT_FILES = FILES.filter((name) => !name.startsWith("base/"));

/** Ids of the tables under "Outputs", in order. */
const CONTRACT_IDS = [...CONTRACT.slice(CONTRACT.indexOf("\n## Outputs")).matchAll(/^\| (\S+) +\|/gmu)]
  .map(([, id = ""]) => id)
  .filter((id) => id !== "id" && !id.startsWith("--"));

test("the queries are found", () => {
  expect(OUTPUT_FILES.length).toBeGreaterThan(20);
  expect(FILES).toContain("base/study-host");
  expect(CONTRACT_IDS).toContain("F1");
  expect(CONTRACT_IDS).toContain("coverage");
});

describe("every query is Trino's SQL, too, and calls only what both engines share", () => {
  test.for(FILES)("%s", (name) => {
    const { sql } = fileOf(name);
    expect(trinoProblems(sql)).toEqual([]);
    expect(sql).not.toMatch(/;/u);
  });
});

test("the functions of a query are read from its tree", () => {
  const sql =
    "SELECT MAX(coalesce(a, 0)) AS m, RANK() OVER (ORDER BY b) AS r FROM t WHERE c IN (SELECT ABS(d) AS e FROM u)";
  expect(calledFunctions(sql).toSorted()).toEqual(["abs", "coalesce", "max", "rank"]);
});

describe("every output answers in one order", () => {
  test.for(OUTPUT_FILES)("%s", (name) => {
    expect(isOrdered(fileOf(name).sql)).toBe(true);
  });
});

/** Constructs that DuckDB runs and Trino does not, or not with the same meaning. */
const PLANTED: readonly (readonly [string, string])[] = [
  ["cast by colons", "SELECT a::INTEGER AS a FROM t"],
  ["columns left out", "SELECT * EXCLUDE (a) FROM t"],
  ["columns replaced", "SELECT * REPLACE (1 AS a) FROM t"],
  ["columns by pattern", "SELECT COLUMNS('a.*') FROM t"],
  ["QUALIFY", "SELECT a FROM t QUALIFY ROW_NUMBER() OVER (ORDER BY a) = 1"],
  ["a list", "SELECT [1, 2] AS a FROM t"],
  ["a list of Trino's", "SELECT ARRAY[1, 2] AS a FROM t"],
  ["a struct", "SELECT {'a': 1} AS a FROM t"],
  ["a slice", "SELECT a[1:2] AS a FROM t"],
  ["a lambda", "SELECT list_transform(a, x -> x + 1) AS a FROM t"],
  ["FROM first", "FROM t SELECT a"],
  ["FROM alone", "FROM t"],
  ["no query", "DESCRIBE t"],
  ["SUMMARIZE", "SUMMARIZE t"],
  ["PIVOT", "PIVOT t ON a USING SUM(b)"],
  ["strftime", "SELECT strftime(d, '%Y') AS a FROM t"],
  ["count_star", "SELECT count_star() AS n FROM t"],
  ["a function as a method", "SELECT a.lower() AS a FROM t"],
  ["median", "SELECT median(a) AS m FROM t"],
  ["approximate", "SELECT approx_count_distinct(a) AS n FROM t"],
  ["the clock", "SELECT CURRENT_DATE AS d FROM t"],
  ["a date and a number", "SELECT CAST(d AS DATE) + 1 AS a FROM t"],
  ["a column of days and a number", "SELECT h.last_day + 28 AS a FROM t AS h"],
  ["the difference of dates", "SELECT last_day - first_day AS a FROM t"],
  ["an interval without quotes", "SELECT d + INTERVAL 1 DAY AS a FROM t"],
  ["division to whole numbers", "SELECT a // 2 AS a FROM t"],
  ["division of whole numbers", "SELECT COUNT(*) / SUM(a) AS a FROM t"],
  ["division of whole numbers by a name", "WITH u AS (SELECT SUM(a) AS n FROM t) SELECT u.n / 2 AS a FROM u"],
  ["power", "SELECT a ** 2 AS a FROM t"],
  ["bits", "SELECT a & 1 AS a FROM t"],
  ["shifts", "SELECT a << 1 AS a FROM t"],
  ["GROUP BY ALL", "SELECT a, COUNT(*) AS n FROM t GROUP BY ALL"],
  ["ORDER BY ALL", "SELECT a FROM t ORDER BY ALL"],
  ["GROUP BY a name of the SELECT", "SELECT a AS b, COUNT(*) AS n FROM t GROUP BY b"],
  ["WHERE with a name of the SELECT", "SELECT a * 2 AS b FROM t WHERE b > 1"],
  ["HAVING with a name of the SELECT", "SELECT a, COUNT(*) AS n FROM t GROUP BY a HAVING n > 1"],
  ["a name of the SELECT beside it", "SELECT a * 2 AS b, b + 1 AS c FROM t"],
  ["a text in double quotes", 'SELECT a FROM t WHERE a = "text"'],
  ["ILIKE", "SELECT a FROM t WHERE a ILIKE 'x'"],
  ["GLOB", "SELECT a FROM t WHERE a GLOB 'x*'"],
  ["two equals signs", "SELECT a FROM t WHERE a == 1"],
  ["a tilde", "SELECT a FROM t WHERE a ~ 'x'"],
  ["ASOF", "SELECT a FROM t ASOF JOIN u ON t.a >= u.a"],
  ["SEMI", "SELECT a FROM t SEMI JOIN u ON t.a = u.a"],
  ["ANTI", "SELECT a FROM t ANTI JOIN u ON t.a = u.a"],
  ["POSITIONAL", "SELECT a FROM t POSITIONAL JOIN u"],
  ["DISTINCT ON", "SELECT DISTINCT ON (a) a, b FROM t"],
  ["a share of rows", "SELECT a FROM t LIMIT 10%"],
  ["a sample", "SELECT a FROM t USING SAMPLE 10"],
  ["UNNEST", "SELECT v.a FROM t CROSS JOIN UNNEST(t.b) AS v(a)"],
  ["FILTER", "SELECT COUNT(*) FILTER (WHERE a = 1) AS n FROM t"],
  ["a type", "SELECT CAST(a AS HUGEINT) AS a FROM t"],
  ["a cast that gives null", "SELECT TRY_CAST(a AS DATE) AS a FROM t"],
  ["a name before its value", "SELECT b: a FROM t"],
  ["a name without AS", "SELECT COUNT(*) n FROM t"],
  ["a relation's name without AS", "SELECT x.a FROM t x"],
  ["two queries", "SELECT a FROM t; SELECT b FROM t"],
];

describe("what only the lake's engine runs is found", () => {
  test.for(PLANTED)("%s", ([, sql]) => {
    expect(trinoProblems(sql)).not.toEqual([]);
  });
});

/** Look-alikes that both engines run. */
const SHARED: readonly string[] = [
  "SELECT t.a, COUNT(*) AS n FROM t GROUP BY t.a HAVING COUNT(*) > 1 ORDER BY n DESC, a NULLS LAST",
  "SELECT CAST(a AS DOUBLE) / NULLIF(b, 0) AS share FROM t",
  "SELECT SUM(CASE WHEN a = '::' THEN 1 ELSE 0 END) AS n FROM t WHERE b <> '//' AND c <> '\"'",
  "SELECT CAST(d AS DATE) + INTERVAL '1' DAY AS next_day, date_diff('day', d, e) + 1 AS days FROM t",
  "WITH x AS (SELECT a, ROW_NUMBER() OVER (PARTITION BY b ORDER BY c DESC) AS place FROM t) SELECT x.a FROM x WHERE x.place <= 5",
  "SELECT SUM(u.observations) AS observations, MAX(hosts) AS hosts FROM u",
  "WITH u AS (SELECT CAST(SUM(a) AS DOUBLE) AS n FROM t) SELECT u.n / 2 AS half FROM u",
  "SELECT x.*, y.n FROM x CROSS JOIN y",
];

test.for(SHARED)("both run %s", (sql) => {
  expect(trinoProblems(sql)).toEqual([]);
});

describe("files, catalogue and contract name the same outputs", () => {
  test("each file of an output is of one row of the catalogue, under its id", () => {
    const rows = STUDY_OUTPUTS.map(({ file, id }) => `${file} ${id}`).toSorted();
    expect(OUTPUT_FILES.map((name) => `${name} ${fileOf(name).id}`)).toEqual(rows);
  });

  test("each output of the contract is in the catalogue", () => {
    const ids = STUDY_OUTPUTS.map(({ id }) => id);
    expect(ids.toSorted()).toEqual(CONTRACT_IDS.toSorted());
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.for(FILES)("%s tells its definition and source in sentences", (name) => {
    const { definition, source } = fileOf(name);
    expect(definition).toMatch(/\.$/u);
    expect(source).toMatch(/\w/u);
  });
});
