import { PROXIES, SAMPLE_STAMPS, USUAL_PORTS } from "../knowledge/decoy-signs.ts";
import { VECTOR_STORES } from "../knowledge/vector-stores.ts";
import type { Judgements, ModelInput, ModelJudgement, VersionJudgement } from "../model/judgements.ts";
import { brandOf } from "./brand.ts";
import { capabilitiesOf } from "./capability.ts";
import { isCloudModel } from "./cloud-model.ts";
import { decoyOf } from "./decoy.ts";
import { decoyEntryTraits } from "./decoy-entry.ts";
import { findingsOf, versionFindingsOf } from "./findings.ts";
import { sendsField } from "./field-too-new.ts";
import { lineageOf } from "./lineage.ts";
import { networkOf } from "./network.ts";
import type { NetworkOverrides } from "./network-overrides.ts";
import { parameterBand, parameterCount } from "./parameter-count.ts";
import { quantizationBits } from "./quantization-bits.ts";
import { versionCves } from "./version-cves.ts";
import { rankOf } from "./version.ts";

/** Every judgement with the user's rows on networks over Corral's own. */
export function judgementsWith(overrides: NetworkOverrides): Judgements {
  const mark = JSON.stringify([[...overrides.byAsn], [...overrides.byName]]);
  return { ...JUDGEMENTS, mark, network: (input) => networkOf(input, overrides) };
}

/** Every judgement the lake's views ask for; total over any text. */
export const JUDGEMENTS: Judgements = {
  mark: JSON.stringify([[], []]),
  model: judgeModel,
  version: judgeVersion,
  checks: findingsOf,
  versionChecks: versionFindingsOf,
  capabilities: capabilitiesOf,
  network: networkOf,
  decoys: {
    sampleStamps: SAMPLE_STAMPS,
    proxies: PROXIES,
    usualPorts: USUAL_PORTS,
    entry: decoyEntryTraits,
    service: decoyOf,
  },
  vectorStores: VECTOR_STORES,
};

function judgeModel(input: ModelInput): ModelJudgement {
  const brand = brandOf(input.name);
  const count = parameterCount(input.parameter_size);
  return {
    lineage: lineageOf(input.family),
    brand: brand?.id ?? null,
    maker: brand?.maker ?? null,
    bits: quantizationBits(input.quantization_level),
    parameter_count: count,
    parameter_band: parameterBand(count),
    is_cloud: isCloudModel(input),
  };
}

function judgeVersion(version: string | null): VersionJudgement {
  const rank = rankOf(version);
  return {
    known: rank !== null,
    rank,
    capabilities_in_tags: sendsField(version, "tags", "capabilities"),
    cves: versionCves(version),
  };
}
