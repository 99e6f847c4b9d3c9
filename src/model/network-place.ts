/** What a table says of the network an address lies in; `null` = the table does not say. */
export interface NetworkPlace {
  /** ISO 3166 alpha-2, capitals. */
  readonly country: string | null;
  readonly asn: number | null;
  readonly organisation: string | null;
}

/** An AS number as people write it: `AS64496`, in any case. `64496` alone is none: it might be a port, or a name. */
const ASN = /^AS(\d{1,10})$/iu;
const LARGEST_ASN = 4_294_967_295;

/** Reads `AS64496`; `null` for anything else, 0 among it, which names nobody. */
export function parseAsn(text: string): number | null {
  const digits = ASN.exec(text)?.[1];
  const asn = digits === undefined ? 0 : Number(digits);
  return asn >= 1 && asn <= LARGEST_ASN ? asn : null;
}
