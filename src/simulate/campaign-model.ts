import type { NetworkTier, NetworkType } from "../knowledge/networks/network-kind.ts";
import type { PromptClass } from "../model/prompt-class.ts";

/** What a simulated campaign is made of: everything that `campaign.yaml` can state. Shares of one list need not add up to 1: they are weights. */
export interface CampaignModel {
  readonly name: string;
  /** The same seed and model give the same bytes on every machine. */
  readonly seed: string;
  /** Ollama servers that answer strangers at least once. */
  readonly hosts: number;
  /** The first day, `2026-03-02`. */
  readonly from: string;
  readonly days: number;
  /** Targets that a whole run asks; the rest of them never answers. */
  readonly targets: number;
  /** Days without a run, counted from 0. */
  readonly missingDays: readonly number[];
  /** Days on which only half of the targets is asked, counted from 0. */
  readonly partialDays: readonly number[];
  readonly lives: readonly Life[];
  /** Looks at a host that went silent which are still written down, at most. */
  readonly silentLooks: number;
  readonly networks: readonly NetworkKind[];
  readonly countries: readonly Country[];
  readonly addresses: AddressMix;
  /** Part of the hosts whose network number changes on some day. */
  readonly networkChanges: number;
  readonly ports: readonly { readonly port: number; readonly share: number }[];
  /** Part of the hosts at whose address a second Ollama answers, on another port, with a list of its own. */
  readonly secondServices: number;
  readonly versions: readonly Release[];
  readonly upgrades: Upgrades;
  readonly inventory: InventoryRules;
  readonly profiles: readonly Profile[];
  readonly models: readonly CatalogueModel[];
  /** Models put on a stated number of hosts beside what their profile gives them. */
  readonly extras: readonly Extra[];
  /** Part of the hosts that ask for a login from some day on. */
  readonly logins: number;
  /** Part of the hosts that are a machine seen before under another address: its oldest model has the same time. */
  readonly moved: number;
  readonly decoys: number;
  readonly others: Others;
  /** A second source that sees part of the population; `null` = none. */
  readonly secondSource: SecondSource | null;
  /** Whether a loaded model's time of unloading is told (a list of its own at each look). */
  readonly expiryTold: boolean;
}

/** How long a host stays and how often it is seen. */
export interface Life {
  readonly name: string;
  readonly share: number;
  /** Fewest and most looks at which it answers. */
  readonly looks: readonly [number, number];
  /** Above 1: most hosts near the fewest; below 1: near the most. */
  readonly skew: number;
  /** Lowest and highest part of the days of its stay on which it answers. */
  readonly uptime: readonly [number, number];
  /** Above 1: most arrive late. */
  readonly late: number;
}

/** Networks of one kind, and what is true of them. */
export interface NetworkKind {
  readonly name: string;
  readonly share: number;
  /** How many AS numbers there are, over all countries. */
  readonly networks: number;
  readonly type: NetworkType | null;
  readonly tier: NetworkTier | null;
  /** What the records say of it; `null` = nothing. */
  readonly label: string | null;
  /** The organisation's name; a number follows. */
  readonly organisation: string;
  /** Whether neither label nor name tells type and tier, so that a row of the overrides must. */
  readonly override: boolean;
  /** Mean number of models loaded at a look. */
  readonly loaded: number;
}

export interface Country {
  readonly country: string;
  readonly share: number;
  readonly regions: readonly { readonly region: string; readonly share: number }[];
}

/** Parts of the hosts with IPv6 addresses (2001:db8::/32), with reserved ones (240.0.0.0/4); the rest lies in 10.0.0.0/8. */
export interface AddressMix {
  readonly ipv6: number;
  readonly reserved: number;
}

/** A version that servers run. */
export interface Release {
  /** As the server tells it. */
  readonly version: string;
  /** The day from which servers run it. */
  readonly released: string;
  /** The version whose answers it sends, where the text does not tell (`0.0.0` of a build from source). */
  readonly sends: string | null;
  /** How likely a host runs it beside others of its time. */
  readonly share: number;
}

export interface Upgrades {
  /** Part of the services that upgrade at all. */
  readonly share: number;
  /** Fewest and most days between two upgrades. */
  readonly everyDays: readonly [number, number];
  /** Part of all services that go back to an older version once. */
  readonly backShare: number;
  /** Days over which the likelihood of a first version halves, so most hosts run a recent one. */
  readonly halfLifeDays: number;
}

export interface InventoryRules {
  readonly sizes: readonly InventorySize[];
  /** Part of the models that arrive on some day of the campaign; the others were there before it. */
  readonly growth: number;
  /** Part of the hosts whose list is never told (`null`). */
  readonly unlisted: number;
  /** Part of the hosts that hold one model under a second name. */
  readonly aliases: number;
}

export interface InventorySize {
  readonly models: readonly [number, number];
  readonly share: number;
}

/** A kind of host by what it holds. */
export interface Profile {
  readonly name: string;
  readonly share: number;
  /** Only hosts that end with this version or a newer one. */
  readonly since: string | null;
  /** Name of a life → how many times as likely; 1 where not stated. */
  readonly lives: Readonly<Record<string, number>>;
  /** Names of models of the catalogue → weight. */
  readonly models: Readonly<Record<string, number>>;
  /** Of these models each host has at least one, all of `allOf`; before the others are drawn. */
  readonly allOf: readonly (readonly string[])[];
  /** Sizes of its own. */
  readonly sizes: readonly InventorySize[] | null;
  /** Mean number of models loaded; `null` = what its network says. */
  readonly loaded: number | null;
}

export type CapabilityWord =
  "completion" | "tools" | "thinking" | "vision" | "insert" | "embedding" | "image" | "audio";

/** A model that hosts may hold, with what is true of it: written by hand, never asked of Corral's own judgements. */
export interface CatalogueModel {
  readonly name: string;
  /** As servers write it in `details.family`; the lineage is the spelling that Corral makes of it. */
  readonly family: string;
  readonly lineage: string | null;
  readonly families: readonly string[] | null;
  readonly brand: string | null;
  readonly maker: string | null;
  readonly parameterSize: string;
  readonly billions: number;
  readonly band: string | null;
  readonly quantization: string;
  readonly bits: number | null;
  readonly gigabytes: number;
  readonly capabilities: readonly CapabilityWord[];
  /** The template uses tools; a projector lies beside the weights; the architecture sees; it only embeds. */
  readonly templateTools: boolean;
  readonly projector: boolean;
  readonly sees: boolean;
  readonly embeds: boolean;
  /** First version that runs it. */
  readonly needs: string;
  /** A stub that forwards to a cloud. */
  readonly cloud: boolean;
  /** Built on the host itself: a digest of its own. */
  readonly own: boolean;
  /** What its system prompt is; each host with an own build draws one. `none` = it has none. */
  readonly prompts: readonly { readonly class: PromptClass; readonly share: number }[];
  readonly templateClass: PromptClass;
}

export interface Extra {
  readonly model: string;
  /** Exactly so many hosts of the whole size; with `scale` in proportion. */
  readonly hosts: number;
}

/** Services that are no open Ollama, as parts of the number of hosts, beside them. */
export interface Others {
  readonly login: number;
  readonly denied: number;
  readonly web: number;
  readonly koboldcpp: number;
  /** Part of the emulators that stand at an address where an Ollama answers, too. */
  readonly koboldcppBeside: number;
}

export interface SecondSource {
  readonly name: string;
  /** Part of the hosts that it sees, and part of those that the first source does not see at all. */
  readonly share: number;
  readonly only: number;
  /** Part of their days on which it looks. */
  readonly looks: number;
}
