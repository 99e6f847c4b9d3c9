import type { Output } from "./output.ts";
import { ASNS } from "./output/networks-by-asn.ts";
import { BRANDS_BY_HOSTS } from "./output/brands.ts";
import { CAPABILITIES } from "./output/capabilities.ts";
import { CAPABILITIES_OF_ABLE } from "./output/capabilities-of-able.ts";
import { COUNTRIES } from "./output/countries.ts";
import { CHECK_HOSTS } from "./output/checks.ts";
import { COVERAGE } from "./output/coverage.ts";
import { CVES } from "./output/cves.ts";
import { DECOYS } from "./output/decoys.ts";
import { EXPOSED_BY_DECOY_CLASS } from "./output/exposed-by-decoy-class.ts";
import { EXPOSED_SERVICES } from "./output/exposed-services.ts";
import { EXPOSURE } from "./output/exposure.ts";
import { HOSTS_BY_DAY } from "./output/hosts-by-day.ts";
import { INVENTORY_SIZES } from "./output/inventory-sizes.ts";
import { LINEAGES_BY_HOSTS } from "./output/lineages.ts";
import { MODELS } from "./output/models.ts";
import { NETWORK_TIERS_BY_HOSTS, NETWORK_TYPES_BY_HOSTS } from "./output/network-types.ts";
import { NETWORKS } from "./output/networks.ts";
import { PARAMETER_BANDS_BY_HOSTS } from "./output/parameter-bands.ts";
import { PROMPT_CLASS_SHARES } from "./output/prompt-classes.ts";
import { PROMPTS } from "./output/prompts.ts";
import { PLACE_SOURCES } from "./output/place-sources.ts";
import { QUANTIZATION_BITS } from "./output/quantization-bits.ts";
import { QUANTIZATION_HOSTS } from "./output/quantizations.ts";
import { RUNS } from "./output/runs.ts";
import { SCALE } from "./output/scale.ts";
import { SERVICES_BY_ANSWER } from "./output/services-by-answer.ts";
import { TARGETS_BY_ANSWER } from "./output/targets-by-answer.ts";
import { VERSIONS } from "./output/versions.ts";

/** A section of the report: its outputs in reading order, and what a reader must know before the numbers. */
export interface ReportSection {
  readonly id: string;
  readonly title: string;
  readonly says: string;
  readonly outputs: readonly Output[];
}

/** The report, section by section. */
export const REPORT_SECTIONS: readonly ReportSection[] = [
  {
    id: "exposure",
    title: "Exposure",
    says:
      "What a stranger can use without asking anyone. Without a login, everything the server can do is open to whoever " +
      "reaches it, at any version: no release of Ollama has authentication of its own (CVE-2025-63389 records that). " +
      "Version-indicated CVEs follow from the version a server names and from nothing else; none was tried.",
    outputs: [EXPOSURE, CHECK_HOSTS, EXPOSED_SERVICES],
  },
  {
    id: "decoys",
    title: "Decoys",
    says:
      "Some servers only pretend, to see who comes. Each service is put into one of three classes by published signs; a careful " +
      "decoy shows none of them. All are counted in every other section.",
    outputs: [DECOYS, EXPOSED_BY_DECOY_CLASS],
  },
  { id: "scale", title: "Scale", says: "How much was looked at, and when.", outputs: [HOSTS_BY_DAY, SCALE] },
  {
    id: "answers",
    title: "Answers",
    says: "What came back. Silence is a fact only where somebody asked.",
    outputs: [SERVICES_BY_ANSWER, TARGETS_BY_ANSWER],
  },
  {
    id: "versions",
    title: "Versions and CVEs",
    says:
      "What servers say they run, and what their version indicates. An unknown version is neither free of CVEs nor full " +
      "of them: it is counted as unknown.",
    outputs: [VERSIONS, CVES],
  },
  { id: "models", title: "Models", says: "What the servers hold.", outputs: [MODELS, INVENTORY_SIZES] },
  {
    id: "lineages",
    title: "Lineages and brands",
    says: "Architecture and maker are two things: the first is told by the server, the second by the model's name.",
    outputs: [LINEAGES_BY_HOSTS, BRANDS_BY_HOSTS],
  },
  {
    id: "quantization",
    title: "Quantization and size",
    says: "Shares of hosts and shares of model instances have different denominators; each table says which it is.",
    outputs: [QUANTIZATION_HOSTS, QUANTIZATION_BITS, PARAMETER_BANDS_BY_HOSTS],
  },
  {
    id: "capabilities",
    title: "Capabilities",
    says:
      "What a model's template advertises, which is not proof that tools or images are wired up. Old versions cannot " +
      "tell, so each share has two denominators: all hosts, where it is a lower bound, and the hosts that could tell.",
    outputs: [CAPABILITIES, CAPABILITIES_OF_ABLE],
  },
  {
    id: "prompts",
    title: "Prompts",
    says:
      "What a model was told before anybody spoke to it, where the server shows that. Prompts are classed by signs when they " +
      "are seen and their text is not kept; what cannot be seen is not counted, so every figure is a lower bound.",
    outputs: [PROMPTS, PROMPT_CLASS_SHARES],
  },
  {
    id: "places",
    title: "Places",
    says: "Where the hosts are, as far as the record or a table of networks tells, and in what kind of network. Addresses are truncated to /24 (IPv4) and /48 (IPv6).",
    outputs: [COUNTRIES, ASNS, NETWORK_TYPES_BY_HOSTS, NETWORK_TIERS_BY_HOSTS, PLACE_SOURCES, NETWORKS],
  },
  {
    id: "coverage",
    title: "Coverage",
    says: "What was asked, what was not, and why. Every share above is of what these runs could see.",
    outputs: [COVERAGE, RUNS],
  },
];
