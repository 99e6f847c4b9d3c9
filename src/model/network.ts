/** What is known of the network of an address; `null` = not seen. */
export interface NetworkInput {
  readonly asn: number | null;
  readonly organisation: string | null;
  /** What a record says of the network, in its own words. */
  readonly labels: readonly string[] | null;
}

/** What kind of network that is. All three are `null` when nothing tells: a class of its own, never a guess. */
export interface NetworkJudgement {
  /** `fixed-access`, `mobile`, `hosting`, … (`knowledge/networks/network-kind.ts`); `null` beside a rule = the user says so. */
  readonly network_type: string | null;
  /** `hyperscaler`, `indie-cloud`, `telecom-residential`, `academic`, `other`. */
  readonly tier: string | null;
  /** The rule that told: `asn:16509`, `label:hosting`, `name:education`, `override:AS64496`. */
  readonly network_rule: string | null;
}
