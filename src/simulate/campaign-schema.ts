import { z } from "zod";
import { NETWORK_TIERS, NETWORK_TYPES } from "../knowledge/networks/network-kind.ts";
import { PROMPT_CLASSES } from "../model/prompt-class.ts";

const MOST_ENTRIES = 10_000;
const text = (describe: string): z.ZodString => z.string().min(1).max(200).describe(describe);
const part = (describe: string): z.ZodNumber => z.number().min(0).max(1).describe(describe);
const weight = (describe: string): z.ZodNumber => z.number().min(0).max(1e9).describe(describe);
const amount = (describe: string): z.ZodNumber => z.number().min(0).max(1e9).describe(describe);
const dayNumbers = (describe: string): z.ZodType<readonly number[]> =>
  z.array(z.int().min(0).max(20_000)).max(20_000).readonly().describe(describe);
const range = (one: z.ZodNumber): z.ZodReadonly<z.ZodTuple<[z.ZodNumber, z.ZodNumber], null>> =>
  z.tuple([one, one]).readonly();
const list = <T extends z.ZodType>(one: T): z.ZodReadonly<z.ZodArray<T>> =>
  z.array(one).min(1).max(MOST_ENTRIES).readonly();
const date = (describe: string): z.ZodString =>
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/u, "must be a day, YYYY-MM-DD")
    .describe(describe);
const version = (describe: string): z.ZodString =>
  z
    .string()
    .regex(/^\d{1,3}\.\d{1,3}\.\d{1,3}$/u, "must be a version of three numbers: 0.9.0")
    .describe(describe);
const hostText = (describe: string): z.ZodString =>
  z
    .string()
    .min(1)
    .max(200)
    .regex(/^[\x20-\x7E]+$/u, "must be plain ASCII")
    .describe(describe);

const life = z.strictObject({
  name: text("Name of this kind of life."),
  share: weight("How many hosts live so, beside the other kinds."),
  looks: range(z.int().min(1).max(20_000)),
  skew: z.number().min(0.01).max(100).describe("Above 1: most hosts near the fewest looks; below 1: near the most."),
  uptime: range(z.number().min(0.01).max(1)),
  late: z.number().min(0.01).max(100).describe("Above 1: most hosts come late."),
});

const networkKind = z.strictObject({
  name: text("Name of this kind of network."),
  share: weight("How many hosts lie in such networks."),
  networks: z.int().min(1).max(90_000).describe("AS numbers of this kind, over all countries."),
  type: z.enum(NETWORK_TYPES).nullable().describe("What Corral must judge; null = not known."),
  tier: z.enum(NETWORK_TIERS).nullable().describe("What Corral must judge; null = not known."),
  label: hostText("Label that records bear, or null.").nullable(),
  organisation: hostText("Name of the organisations; a number follows."),
  override: z.boolean().describe("Whether a row of the overrides tells type and tier, because label and name do not."),
  loaded: amount("Mean number of models loaded at a look."),
});

const country = z.strictObject({
  country: z
    .string()
    .regex(/^[A-Z]{2}$/u, "must be two capitals")
    .describe("ISO 3166 alpha-2."),
  share: weight("How many hosts lie there."),
  regions: z
    .array(z.strictObject({ region: hostText("Name."), share: part("Part of the country's hosts.") }))
    .max(MOST_ENTRIES)
    .readonly(),
});

const release = z.strictObject({
  version: hostText("As the server tells it."),
  released: date("The day from which servers run it."),
  sends: version("Version whose answers it sends, where its text does not tell; else null.").nullable(),
  share: weight("How likely a host runs it beside others of its time."),
});

const size = z.strictObject({ models: range(z.int().min(0).max(500)), share: weight("How many hosts hold so many.") });

const profile = z.strictObject({
  name: text("Name of this kind of host."),
  share: weight("How many hosts are such."),
  since: version("Only hosts that end with this version or a newer one; else null.").nullable(),
  lives: z.record(z.string().max(200), weight("How many times as likely.")).readonly(),
  models: z.record(z.string().max(200), weight("How likely the model is held.")).readonly(),
  allOf: z
    .array(z.array(z.string().max(200)).max(MOST_ENTRIES).readonly())
    .max(20)
    .readonly(),
  sizes: list(size).nullable(),
  loaded: amount("Mean number of models loaded; null = what the network says.").nullable(),
});

const WORDS = ["completion", "tools", "thinking", "vision", "insert", "embedding", "image", "audio"] as const;

const catalogueModel = z.strictObject({
  name: hostText("As servers list it."),
  family: z.string().max(64).describe("As servers send it; empty = not sent."),
  lineage: text("What Corral must make of it, or null.").nullable(),
  families: z.array(hostText("Architecture.")).max(10).readonly().nullable(),
  brand: text("What Corral must make of the name, or null.").nullable(),
  maker: text("Who made it, or null.").nullable(),
  parameterSize: z.string().max(20),
  billions: amount("Weights in billions."),
  band: text("Band of its size, or null.").nullable(),
  quantization: z.string().max(40),
  bits: z.int().min(1).max(32).nullable(),
  gigabytes: amount("Size in gigabytes."),
  capabilities: z.array(z.enum(WORDS)).max(WORDS.length).readonly(),
  templateTools: z.boolean(),
  projector: z.boolean(),
  sees: z.boolean(),
  embeds: z.boolean(),
  needs: version("First version that runs it."),
  cloud: z.boolean(),
  own: z.boolean().describe("Built on the host: a digest of its own."),
  prompts: list(z.strictObject({ class: z.enum(PROMPT_CLASSES), share: weight("How likely.") })),
  templateClass: z.enum(PROMPT_CLASSES),
});

/** Shape of `campaign.yaml`: every key of a model, each optional; what is left out is as in the model that `base` names. */
export const campaignFileSchema = z.strictObject({
  base: z.enum(["default", "sample", "published"]).exactOptional().describe("The model that fills what is left out."),
  name: text("Name of the model.").exactOptional(),
  seed: text("The same seed gives the same bytes.").exactOptional(),
  hosts: z.int().min(1).max(1_000_000).describe("Ollama servers that answer strangers.").exactOptional(),
  from: date("First day.").exactOptional(),
  days: z.int().min(1).max(3_660).exactOptional(),
  targets: z.int().min(1).max(4_294_967_296).describe("Targets that a whole run asks.").exactOptional(),
  missingDays: dayNumbers("Days without a run, from 0.").exactOptional(),
  partialDays: dayNumbers("Days on which half is asked, from 0.").exactOptional(),
  lives: list(life).exactOptional(),
  silentLooks: z.int().min(0).max(1_000).describe("Looks at a silent host that are written down.").exactOptional(),
  networks: list(networkKind).exactOptional(),
  countries: list(country).exactOptional(),
  addresses: z.strictObject({ ipv6: part("IPv6."), reserved: part("240.0.0.0/4.") }).exactOptional(),
  networkChanges: part("Hosts whose network changes.").exactOptional(),
  ports: list(
    z.strictObject({ port: z.int().min(1).max(65_535), share: weight("How many listen there.") }),
  ).exactOptional(),
  secondServices: part("Hosts with a second Ollama.").exactOptional(),
  versions: list(release).exactOptional(),
  upgrades: z
    .strictObject({
      share: part("Services that upgrade."),
      everyDays: range(z.int().min(1).max(3_660)),
      backShare: part("Services that go back once."),
      halfLifeDays: z
        .number()
        .min(1)
        .max(100_000)
        .describe("Days over which the likelihood of a first version halves."),
    })
    .exactOptional(),
  inventory: z
    .strictObject({
      sizes: list(size),
      growth: part("Models that arrive during the campaign."),
      unlisted: part("Hosts whose list is never told."),
      aliases: part("Hosts with a model under two names."),
    })
    .exactOptional(),
  profiles: list(profile).exactOptional(),
  models: list(catalogueModel).exactOptional(),
  extras: z
    .array(z.strictObject({ model: text("Name in models."), hosts: z.int().min(0).max(1_000_000) }))
    .max(MOST_ENTRIES)
    .readonly()
    .exactOptional(),
  logins: part("Hosts that turn a login on.").exactOptional(),
  moved: part("Machines that come back under another address.").exactOptional(),
  decoys: part("Hosts that only pretend.").exactOptional(),
  others: z
    .strictObject({
      login: part("Services behind a login, as part of hosts."),
      denied: part("Services that refuse."),
      web: part("Other web servers."),
      koboldcpp: part("Emulators of another product."),
      koboldcppBeside: part("Part of these that stand beside an Ollama."),
    })
    .exactOptional(),
  secondSource: z
    .strictObject({
      name: hostText("Name of the second source."),
      share: part("Hosts that it sees."),
      only: part("Hosts that it alone sees."),
      looks: part("Part of their days on which it looks."),
    })
    .nullable()
    .exactOptional(),
  expiryTold: z.boolean().describe("Whether a loaded model's time of unloading is told.").exactOptional(),
});
