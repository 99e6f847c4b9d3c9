import type { Answer, Sign } from "./observation.ts";

/** Whether a service is what it says it is. Unknown is `uncertain`: neither safe nor guilty. */
export const DECOY_CLASSES = ["likely-real", "uncertain", "likely-decoy"] as const;
export type DecoyClass = (typeof DECOY_CLASSES)[number];

/** How much a sign says; the last three say that nothing is odd, a little or a lot, or that too little was seen. */
export type DecoyWeight = "strong" | "medium" | "weak" | "against" | "weakly-against" | "note";

/** One sign that held, with what it means in one sentence. */
export interface DecoyEvidence {
  readonly sign: string;
  readonly weight: DecoyWeight;
  readonly text: string;
}

export interface DecoyJudgement {
  readonly class: DecoyClass;
  /** Points of the signs that held, less those that speak against; see `classify/decoy.ts`. */
  readonly score: number;
  readonly evidence: readonly DecoyEvidence[];
}

/** One model entry, without its time: few distinct ones over any number of services. */
export interface DecoyEntryInput {
  readonly name: string | null;
  readonly digest: string | null;
  readonly size: number | null;
  readonly parameter_size: string | null;
  readonly quantization_level: string | null;
  readonly remote_host: string | null;
}

/** What one model entry shows by itself. */
export interface DecoyEntryTraits {
  /** A digest that is no 64 lower-case hex characters; `false` without a digest. */
  readonly digest_odd: boolean;
  readonly digest_of_name: boolean;
  readonly size_impossible: boolean;
  /** A model of a known brand from the public library, under its own name. */
  readonly is_famous: boolean;
}

/** What tells a decoy, of one service over all its looks and of the lake around it. `null` = not seen. */
export interface DecoyInput {
  /** Of the last look. */
  readonly answer: Answer;
  /** By any look. */
  readonly confirmed: boolean;
  readonly product: string | null;
  readonly version_told: boolean;
  /** Listens on its own port or one of the web's. */
  readonly port_usual: boolean;
  /** Its Server field names a known proxy. */
  readonly behind_proxy: boolean;
  /** Of any look at which a product was told. */
  readonly signs: readonly Sign[];
  /** Entries of the last list, at most 3 told apart. */
  readonly entries: number | null;
  /** The list shows digests. */
  readonly has_digests: boolean;
  readonly digest_odd: boolean;
  readonly digest_of_name: boolean;
  readonly size_impossible: boolean;
  readonly all_famous: boolean;
  /** Each of its digests is listed elsewhere too, with other times. */
  readonly all_common: boolean;
  readonly stamp_of_sample: boolean;
  /** Three or more entries with one and the same fraction of a second. */
  readonly stamps_alike: boolean;
  /** Two or more entries, none with a fraction of a second. */
  readonly stamps_whole: boolean;
  readonly out_of_order: boolean;
  /** Most addresses that showed one of its exact times on one day, itself included, at most 100; 0 = none is shared. */
  readonly stamp_addresses: number;
  /** Some exact time of the list is shown nowhere else. */
  readonly has_own_stamps: boolean;
  /** Addresses with the same page at `/`, itself included, at most 100; 0 = no page. */
  readonly page_addresses: number;
  /** Products at this address told behind one and the same page. */
  readonly page_products: number;
  /** Products told at this address, sorted. */
  readonly products: readonly string[];
  /** Ports of this address that answered, at most 100. */
  readonly open_ports: number;
  /** Looks at which the running models were seen, at most 10. */
  readonly running_looks: number;
  readonly ever_loaded: boolean;
  readonly running_changed: boolean;
  readonly version_rose: boolean;
}
