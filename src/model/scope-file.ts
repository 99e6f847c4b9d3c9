import { z } from "zod";
import { VANTAGES } from "./observation.ts";
import type { Vantage } from "./observation.ts";
import { BASES } from "./scope.ts";
import type { Basis, Limits, Research, Scope } from "./scope.ts";

/** Limits as written: what a run must never exceed has no default (rule R2). */
export type LimitsFile = Pick<Limits, "rate" | "perHost" | "perNetwork" | "inFlight" | "rescanHours"> &
  Partial<Pick<Limits, "pilot" | "cardsPerHost" | "cardsPerRun">>;

/** `scope.yaml` as people write it. Keys that may be left out have the default that `scopeOf` gives them. */
export interface ScopeFile {
  readonly name: string;
  readonly operator: { readonly name: string; readonly contact: string; readonly organisation?: string | null };
  readonly basis: Basis;
  readonly authority: { readonly allowedBy: string; readonly since: string; readonly until: string };
  readonly prefixes: readonly string[];
  readonly names?: readonly string[];
  readonly ports: readonly number[];
  readonly exclude?: readonly string[];
  readonly optOut?: readonly { readonly who: string; readonly since: string }[];
  readonly ownSpecial?: readonly string[];
  readonly limits: LimitsFile;
  readonly vantage: Vantage;
  readonly depth?: Scope["depth"];
  readonly prompts?: Scope["prompts"];
  readonly retentionDays?: number;
  readonly research?: Research | null;
}

const MOST_PLACES = 65_536;
const text = (description: string): z.ZodString => z.string().min(1).max(1000).describe(description);
const places = (description: string): z.ZodArray<z.ZodString> =>
  z.array(z.string().min(1).max(300)).max(MOST_PLACES).describe(description);
const day = (description: string): z.ZodString => z.string().max(10).describe(description).meta({ format: "date" });
const amount = (description: string): z.ZodNumber => z.number().positive().describe(description);
const whole = (description: string): z.ZodNumber => z.int().nonnegative().describe(description);

const operator = z
  .strictObject({
    name: text("Person or team that runs the survey."),
    contact: text("E-mail address or https page where complaints are read; sent with every request."),
    organisation: text("Organisation of the operator, or null.").nullable().exactOptional(),
  })
  .describe("Who asks. Without a contact nothing runs.");

const authority = z
  .strictObject({
    allowedBy: text("Who allowed it: a person with the right to, or the statute."),
    since: day("First day, YYYY-MM-DD, UTC."),
    until: day("Last day, included. After it nothing runs."),
  })
  .describe("By whose authority, and until when.");

const optOut = z
  .strictObject({
    who: text("Prefix, address, name or AS number (AS64496); a name covers its subdomains."),
    since: day("Day on which they asked."),
  })
  .describe("One opt-out.");

const limits: z.ZodType<LimitsFile> = z
  .strictObject({
    rate: amount("New connections a second over all targets. Small spaces have a lower ceiling."),
    perHost: amount("Requests a second to one address."),
    perNetwork: amount("New connections a second into one /24 (IPv4) or /48 (IPv6)."),
    inFlight: z.int().positive().describe("Connections open at once."),
    rescanHours: z.number().nonnegative().describe("Hours before a new run may ask the same service again."),
    pilot: z.int().positive().describe("Targets after which a --pilot run stops.").exactOptional(),
    cardsPerHost: whole("Model cards asked of one host in one run.").exactOptional(),
    cardsPerRun: whole("Model cards asked in one run altogether.").exactOptional(),
  })
  .describe("How much and how fast. All but the last three are required.");

const research: z.ZodType<Research> = z
  .strictObject({
    ethicsNote: z
      .string()
      .min(1)
      .max(10_000)
      .describe("What an ethics board or its equivalent decided, with reference."),
    optOutPage: text("https page that explains the survey and takes opt-outs."),
    reverseDns: text("Reverse DNS name of the source addresses."),
    whois: text("WHOIS or RDAP object that names the operator for them."),
    sourceRanges: places("Prefixes that the survey asks from, published on the page."),
  })
  .describe("Required when the basis is research, forbidden otherwise.");

/** The strict schema of `scope.yaml`: shape and simple bounds. The rules that need more than one key are in `survey/scope-rules.ts`. */
export const scopeFileSchema: z.ZodType<ScopeFile> = z.strictObject({
  name: text("Name of the campaign; kept with every run."),
  operator,
  basis: z
    .enum(BASES)
    .describe("Why you may ask: own, contract, statutory or research. It decides how much a scope may name."),
  authority,
  prefixes: places(
    "CIDR prefixes, or addresses, that may be asked. Nothing else is. IPv6 shorter than /112 is asked by list only.",
  ),
  names: places("Host names, resolved once a run; each of their addresses must lie in a prefix above.").exactOptional(),
  ports: z.array(z.int().min(1).max(65_535)).min(1).max(65_535).describe("TCP ports that may be asked."),
  exclude: places(
    "Prefixes, addresses, names (with subdomains) and AS numbers (AS64496) to leave out.",
  ).exactOptional(),
  optOut: z
    .array(optOut)
    .max(MOST_PLACES)

    .describe("Who asked to be left alone. Wins over everything, for ever: add to it, never delete.")
    .exactOptional(),
  ownSpecial: places("Private and other special-purpose ranges that are your own; basis own only.").exactOptional(),
  limits,
  vantage: z.enum(VANTAGES).describe("From where you look: same-host, inside (the network) or outside (of it)."),
  depth: z
    .enum(["metadata", "cards"])
    .describe(
      "metadata, or cards to ask for model cards as well. Default: cards for own, else metadata; research never cards.",
    )
    .exactOptional(),
  prompts: z
    .enum(["class", "text"])
    .describe(
      "Of system prompts keep hash, length and class, or the first 4,096 characters of their text as well; basis own only. Default class.",
    )
    .exactOptional(),
  retentionDays: z
    .int()
    .positive()
    .describe("Days after which what was collected is forgotten. Default 365.")
    .exactOptional(),
  research: research.nullable().exactOptional(),
});

/** JSON Schema of `scope.yaml`, for editors and other programs. */
export function scopeJsonSchema(): object {
  return z.toJSONSchema(scopeFileSchema);
}
