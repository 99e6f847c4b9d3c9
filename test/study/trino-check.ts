import { TrinoSQL } from "dt-sql-parser";

/** Functions that DuckDB and Trino share, by name and meaning, as far as the study needs them; in small letters. */
const SHARED_FUNCTIONS: ReadonlySet<string> = new Set(
  `count sum avg min max max_by min_by
  row_number rank dense_rank ntile lag lead first_value last_value
  coalesce nullif greatest least
  abs ceil floor round sqrt ln exp power
  substr concat lower upper length replace strpos split_part trim
  date_trunc date_diff`.split(/\s+/u),
);

/** Types that both have under one name. */
const SHARED_TYPES = /^(?:BIGINT|INTEGER|DOUBLE|VARCHAR|BOOLEAN|DATE|TIMESTAMP|DECIMAL\(\d+,\d+\))$/iu;

/** Constructs that Trino parses and the study leaves out: lists, rows, lambdas, the clock, and what the other engine spells otherwise. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  ArrayConstructorContext: "list",
  RowConstructorContext: "row",
  SubscriptContext: "subscript",
  LambdaContext: "lambda",
  UnnestContext: "UNNEST",
  ListAggContext: "LISTAGG",
  FilterContext: "FILTER",
  CurrentDateContext: "clock",
  CurrentTimeContext: "clock",
  CurrentTimestampContext: "clock",
  LateralContext: "LATERAL",
  BackQuotedIdentifierContext: "back quotes",
};

/** What of a parse tree is read. */
interface Node {
  readonly children?: readonly Node[] | null;
  getText(): string;
}

/** Names in double quotes: words that an engine may read otherwise. Any other text in double quotes is taken for one that was meant as text. */
const QUOTED_NAMES: ReadonlySet<string> = new Set(['"month"', '"new"', '"lower"', '"upper"']);

/** Columns of the lake and of the relations that are no whole numbers. */
const DOUBLE_COLUMNS = ["uptime", "presence", "version_rank", "first_version_rank", "bits", "duration_ms"];

const parser = new TrinoSQL();

/**
 * What in a query is no SQL that DuckDB and Trino both run with one meaning: what the Trino grammar does not parse, and of what it parses
 * functions and types outside the shared lists, arithmetic on dates, division of whole numbers, and names of a SELECT used beside it.
 */
export function trinoProblems(sql: string): readonly string[] {
  const errors = parser.validate(sql);
  if (errors.length > 0) return errors.map(({ message }) => `syntax: ${message}`);
  const root = parser.parse(sql) as unknown as Node;
  const nodes = [...walk(root)];
  const doubles = doubleNames(nodes);
  const problems = nodes.flatMap((node) => [...nodeProblems(node), ...divisionProblems(node, doubles)]);
  return [...statementProblems(nodes), ...wordProblems(nodes), ...problems];
}

/** Names of the functions a query calls, in small letters. */
export function calledFunctions(sql: string): readonly string[] {
  const calls = [...walk(parser.parse(sql) as unknown as Node)].filter(
    (node) => kindOf(node) === "FunctionCallContext",
  );
  return calls.map((call) => textOf(partsOf(call)[0]).toLowerCase());
}

/** Tells whether the whole query has an order: a query without one may answer in another order each time. */
export function isOrdered(sql: string): boolean {
  const whole = [...walk(parser.parse(sql) as unknown as Node)].find(
    (node) => kindOf(node) === "QueryStatementContext",
  );
  const outer = partsOf(whole).find((node) => kindOf(node) === "QueryNoWithContext");
  return partsOf(outer).some((part) => part.getText().toUpperCase() === "ORDER");
}

function statementProblems(nodes: readonly Node[]): readonly string[] {
  const number = (kind: string): number => nodes.filter((node) => kindOf(node) === kind).length;
  return number("SingleStatementContext") === 1 && number("RootQueryContext") === 1
    ? []
    : ["statement: is not one query"];
}

function wordProblems(nodes: readonly Node[]): readonly string[] {
  const words = nodes.filter((node) => partsOf(node).length === 0).map((node) => node.getText().toUpperCase());
  const isByAll = words.some((word, at) => word === "BY" && words[at + 1] === "ALL");
  return [...(isByAll ? ["BY ALL"] : []), ...(words.includes(";") ? ["semicolon"] : [])];
}

function nodeProblems(node: Node): readonly string[] {
  const kind = kindOf(node);
  const leftOut = LEFT_OUT[kind];
  if (leftOut !== undefined) return [`${leftOut}: ${node.getText()}`];
  switch (kind) {
    case "FunctionCallContext":
      return functionProblems(textOf(partsOf(node)[0]));
    case "QuotedIdentifierContext":
      return QUOTED_NAMES.has(node.getText()) ? [] : [`double quotes: ${node.getText()}`];
    case "CastContext":
      return typeProblems(node);
    case "SelectItemContext":
      return partsOf(node).length === 2 ? [`name without AS: ${node.getText()}`] : [];
    case "AliasedRelationContext":
      return partsOf(node).length > 1 && textOf(partsOf(node)[1]).toUpperCase() !== "AS"
        ? [`name without AS: ${node.getText()}`]
        : [];
    case "ArithmeticBinaryContext":
      return arithmeticProblems(node);
    case "QuerySpecificationContext":
      return reusedNames(node).map((name) => `name of the SELECT used beside it: ${name}`);
    default:
      return [];
  }
}

function functionProblems(name: string): readonly string[] {
  return SHARED_FUNCTIONS.has(name.toLowerCase()) ? [] : [`function: ${name}`];
}

function typeProblems(node: Node): readonly string[] {
  const parts = partsOf(node);
  const type = textOf(parts[parts.findIndex((part) => part.getText().toUpperCase() === "AS") + 1]);
  const isCast = textOf(parts[0]).toUpperCase() === "CAST";
  return isCast && SHARED_TYPES.test(type) ? [] : [`type: ${node.getText()}`];
}

const DATE = /^(?:CAST\(.*ASDATE\)|DATE'.*'|date_trunc\(.*\)|(?:\w+\.)?(?:day|week|month|\w+_day|\w+_seen|\w+_at))$/iu;
const INTERVAL = /^INTERVAL'/iu;

function arithmeticProblems(node: Node): readonly string[] {
  const [left = "", operator = "", right = ""] = partsOf(node).map((part) => part.getText());
  const isDated = DATE.test(left) || DATE.test(right);
  return isDated && !INTERVAL.test(right) ? [`arithmetic on dates: ${left}${operator}${right}`] : [];
}

const DOUBLE = /ASDOUBLE\)|\b(?:AVG|SQRT|LN|EXP|POWER)\(/iu;
const PLAIN = /^(?:\w+\()?(?:\w+\.)?(\w+)\)?$/u;
const CHOSEN = /THEN(?:\w+\.)?(\w+?)END\)?$/u;

/** A quotient of whole numbers is whole in Trino and is not in DuckDB: one side must be told to be a DOUBLE. */
function divisionProblems(node: Node, doubles: ReadonlySet<string>): readonly string[] {
  if (kindOf(node) !== "ArithmeticBinaryContext" || textOf(partsOf(node)[1]) !== "/") return [];
  const isDouble = (side: string): boolean =>
    DOUBLE.test(side) || [...side.matchAll(/\w+/gu)].some(([word]) => doubles.has(word.toLowerCase()));
  return partsOf(node).some((part) => isDouble(part.getText())) ? [] : [`division of whole numbers: ${node.getText()}`];
}

/** Columns that are no whole numbers: those known as such, and names given to a value that is one, or to such a column. */
function doubleNames(nodes: readonly Node[]): ReadonlySet<string> {
  const names = new Set(DOUBLE_COLUMNS);
  for (const item of nodes.filter((node) => kindOf(node) === "SelectItemContext")) {
    const [value = "", , name = ""] = partsOf(item).map((part) => part.getText());
    const [, column = ""] = PLAIN.exec(value) ?? CHOSEN.exec(value) ?? [];
    if (name !== "" && (DOUBLE.test(value) || names.has(column.toLowerCase()))) names.add(name.toLowerCase());
  }
  return names;
}

/** Names given in a SELECT that its other items, WHERE, GROUP BY or HAVING use: DuckDB takes them there, Trino does not. */
function reusedNames(query: Node): readonly string[] {
  const items = [...walkHere(query)].filter((node) => kindOf(node) === "SelectItemContext");
  const clauses = partsOf(query).filter((part) =>
    /^(?:Where|Having)Clause|^GroupBy|^BooleanExpr|^Expression/u.test(kindOf(part)),
  );
  return items.flatMap((item) => {
    const [expression, as, name] = partsOf(item);
    if (expression === undefined || textOf(as).toUpperCase() !== "AS") return [];
    const word = textOf(name).toLowerCase();
    if (namesIn(expression).has(word)) return [];
    const others = [...items.filter((other) => other !== item).map((other) => partsOf(other)[0]), ...clauses];
    return others.some((other) => other !== undefined && namesIn(other).has(word)) ? [word] : [];
  });
}

/** Columns named without their relation, outside of inner queries. */
function namesIn(node: Node): ReadonlySet<string> {
  const columns = [...walkHere(node)]
    .filter((one) => /^Column(?:Ref|Reference)Context$/u.test(kindOf(one)))
    .map((one) => one.getText());
  return new Set(columns.filter((text) => !text.includes(".")).map((text) => text.toLowerCase()));
}

function kindOf(node: Node): string {
  return node.constructor.name;
}

function partsOf(node: Node | undefined): readonly Node[] {
  return node?.children ?? [];
}

function textOf(node: Node | undefined): string {
  return node?.getText() ?? "";
}

function* walk(node: Node): Generator<Node> {
  yield node;
  for (const part of partsOf(node)) yield* walk(part);
}

/** As {@link walk}, but not into queries inside of this one. */
function* walkHere(node: Node): Generator<Node> {
  yield node;
  for (const part of partsOf(node)) if (kindOf(part) !== "QuerySpecificationContext") yield* walkHere(part);
}
