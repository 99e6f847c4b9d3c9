/** A figure that can be set beside another, as sums over the rows of one relation. */
export interface ComparedFigure {
  readonly output: string;
  readonly item: string;
  readonly over: "study_host" | "study_instance";
  /** SQL of what a row adds to the count, and to what it is of; a share is the quotient of the sums. */
  readonly counted: string;
  /** `null` = a number: the count itself. */
  readonly of: string | null;
  /** SQL of what a row adds to those of the whole of which it is not known; absent where all is known. */
  readonly unknown?: string;
}

const flag = (condition: string): string => `CASE WHEN ${condition} THEN 1 ELSE 0 END`;
const INSTANCE = flag("is_cloud = 0");

interface Whole {
  /** What a share is of; all hosts when nothing is said. */
  readonly of?: string;
  /** A condition: what of it is not known. */
  readonly unknown?: string;
}

function hosts(output: string, item: string, condition: string, { of = "1", unknown }: Whole = {}): ComparedFigure {
  const figure = { output, item, over: "study_host", counted: flag(condition), of } as const;
  return unknown === undefined ? figure : { ...figure, unknown: flag(unknown) };
}

function instances(output: string, item: string, condition: string, unknown: string): ComparedFigure {
  const counted = flag(`is_cloud = 0 AND ${condition}`);
  return { output, item, over: "study_instance", counted, of: INSTANCE, unknown: flag(`is_cloud = 0 AND ${unknown}`) };
}

/** Hosts that hold a model of which something is true: a condition over a host's instances. */
function holding(output: string, item: string, condition: string): ComparedFigure {
  const held = `address IN (SELECT address FROM study_instance WHERE ${condition})`;
  return hosts(output, item, held, { unknown: "models IS NULL" });
}

/** Hosts of a region, of those of its country. */
function region(country: string, name: string): ComparedFigure {
  const own = `country = '${country}'`;
  return hosts("T5", `${country}: ${name}`, `${own} AND region = '${name}'`, {
    of: flag(own),
    unknown: `${own} AND region IS NULL`,
  });
}

const LINEAGES_HELD = `(SELECT address FROM study_instance WHERE lineage IS NOT NULL GROUP BY address HAVING COUNT(DISTINCT lineage) > 1)`;
const PAIR = `(SELECT address FROM study_instance WHERE lineage IN ('llama', 'qwen2') GROUP BY address HAVING COUNT(DISTINCT lineage) = 2)`;
const TIERS = ["hyperscaler", "indie-cloud", "telecom-residential", "academic", "other"] as const;
const TYPES = ["fixed-access", "mobile", "hosting", "cloud", "education"] as const;
const COUNTRIES = ["CN", "US", "DE", "FR", "KR", "IN", "RU", "SG", "BR", "GB"] as const;
const LINEAGES = ["llama", "qwen2", "gemma2", "qwen3", "nomic-bert"] as const;
const BANDS = ["<1B", "1-3B", "4-7B", "8-14B", "15-34B", "35-70B", ">70B"] as const;
const CAPABILITIES = ["completion", "tools", "thinking", "vision", "embedding"] as const;
const UNLISTED = { unknown: "models IS NULL" };
/** No part is surely missing, and one is not known. */
const TRIPLE_UNKNOWN = `COALESCE(tools, 1) + COALESCE(vision, 1) + COALESCE(residential, 1) = 3
  AND (tools IS NULL OR vision IS NULL OR residential IS NULL)`;
const SIZES = {
  "0": "models = 0",
  "1": "models = 1",
  "2-3": "models IN (2, 3)",
  "4-9": "models BETWEEN 4 AND 9",
} as const;

/** Every figure that a comparison shows, in its order. */
export const COMPARED_FIGURES: readonly ComparedFigure[] = [
  { output: "T1", item: "hosts", over: "study_host", counted: "1", of: null },
  { output: "T1", item: "observations", over: "study_host", counted: "observations", of: null },
  hosts("T2", "once", "persistence = 'once'"),
  hosts("T2", "some", "persistence = 'some'"),
  hosts("T2", "backbone", "persistence = 'backbone'"),
  { output: "T2", item: "backbone hosts", over: "study_host", counted: flag("persistence = 'backbone'"), of: null },
  {
    output: "T2",
    item: "observations of backbone",
    over: "study_host",
    counted: "CASE WHEN persistence = 'backbone' THEN observations ELSE 0 END",
    of: "observations",
  },
  hosts("T2b", "from-34", "presence_class = 'from-34'"),
  ...TYPES.map((type) => hosts("T3a", type, `network_type = '${type}'`, { unknown: "network_type IS NULL" })),
  hosts("T3a", "unknown type", "network_type IS NULL"),
  ...TIERS.map((tier) => hosts("T3b", tier, `tier = '${tier}'`, { unknown: "tier IS NULL" })),
  hosts("T3b", "unknown tier", "tier IS NULL"),
  ...COUNTRIES.map((country) => hosts("F1", country, `country = '${country}'`, { unknown: "country IS NULL" })),
  region("US", "Virginia"),
  region("CN", "Beijing"),
  ...LINEAGES.map((lineage) => holding("F2", lineage, `lineage = '${lineage}'`)),
  ...Object.entries(SIZES).map(([item, condition]) => hosts("T7b", item, condition, UNLISTED)),
  hosts("T7c", "20 or more", "models >= 20", UNLISTED),
  hosts("T8", "llama + qwen2 of multi-lineage hosts", `address IN ${PAIR}`, {
    of: flag(`address IN ${LINEAGES_HELD}`),
  }),
  { output: "T8", item: "llama + qwen2 hosts", over: "study_host", counted: flag(`address IN ${PAIR}`), of: null },
  holding("T9a", "Q4_K_M", "is_cloud = 0 AND quantization = 'Q4_K_M'"),
  instances("T9b", "4 bits", "bits = 4", "bits IS NULL"),
  instances("T9b", "16 bits", "bits = 16", "bits IS NULL"),
  ...BANDS.map((band) => holding("T10", band, `is_cloud = 0 AND parameter_band = '${band}'`)),
  ...CAPABILITIES.map((word) => hosts("F3", word, `${word} = 1`, { unknown: `${word} IS NULL` })),
  ...CAPABILITIES.map((word) => hosts("F3b", word, `${word}_able = 1 AND ${word}_told = 1`, { of: `${word}_able` })),
  hosts("T11a", "completion+tools", "capability_set = 'completion+tools'", { unknown: "capability_set IS NULL" }),
  hosts("T12", "system prompt visible", "system_seen = 1", { unknown: "prompt_seen = 0" }),
  { output: "T12", item: "guard-off hosts", over: "study_host", counted: flag("guard_off = 1"), of: null },
  {
    output: "T13",
    item: "tools and persistent hosts",
    over: "study_host",
    counted: flag("tools = 1 AND persistence = 'backbone'"),
    of: null,
  },
  {
    output: "T13",
    item: "mean uptime of those",
    over: "study_host",
    counted: "CASE WHEN tools = 1 AND persistence = 'backbone' THEN COALESCE(uptime, 0) ELSE 0 END",
    of: flag("tools = 1 AND persistence = 'backbone' AND uptime IS NOT NULL"),
  },
  {
    output: "T13",
    item: "mean models running on those",
    over: "study_host",
    counted: "CASE WHEN tools = 1 AND persistence = 'backbone' THEN COALESCE(running, 0) ELSE 0 END",
    of: flag("tools = 1 AND persistence = 'backbone' AND running IS NOT NULL"),
  },
  hosts("T14", "tools + vision + residential", "tools = 1 AND vision = 1 AND residential = 1", {
    unknown: TRIPLE_UNKNOWN,
  }),
  hosts("T14", "rag", "rag = 1", { unknown: "rag IS NULL" }),
];

/** The query that sums every figure over one relation by network: `network` (null = unknown), then `c0, o0, c1, o1 …`. */
export function sumsByNetwork(figures: readonly ComparedFigure[], over: ComparedFigure["over"]): string {
  const sums = figures.flatMap(({ counted, of, unknown }, at) => [
    `SUM(${counted}) AS c${at}`,
    ...(unknown === undefined ? [] : [`SUM(${unknown}) AS u${at}`]),
    ...(of === null ? [] : [`SUM(${of}) AS o${at}`]),
  ]);
  return `SELECT asn AS network, ${sums.join(", ")} FROM ${over} GROUP BY asn ORDER BY asn`;
}
