import type { Random } from "./random.ts";

/** Where a host of the sample is said to be. Addresses are private, reserved or for documentation: no real host can have one. */
export interface SamplePlace {
  readonly address: string;
  readonly country: string;
  /** From the range for private use (RFC 6996). */
  readonly asn: number;
  readonly organisation: string;
}

const COUNTRIES = [
  { country: "US", weight: 24 },
  { country: "CN", weight: 22 },
  { country: "DE", weight: 12 },
  { country: "FR", weight: 7 },
  { country: "KR", weight: 7 },
  { country: "IN", weight: 6 },
  { country: "SG", weight: 5 },
  { country: "BR", weight: 5 },
  { country: "GB", weight: 5 },
  { country: "JP", weight: 4 },
  { country: "PL", weight: 2 },
  { country: "ZA", weight: 1 },
] as const;

const KINDS = [
  { kind: "hosting", weight: 45 },
  { kind: "access", weight: 35 },
  { kind: "reserved", weight: 8 },
  { kind: "ipv6", weight: 12 },
] as const;

const HOSTING_NETWORKS = 24;
const FIRST_ASN = 4_200_000_000;

/** Places the `index`-th host: hosting networks hold many hosts in one /24, the rest stand alone. No two share an address. */
export function placeOf(index: number, random: Random): SamplePlace {
  const { country } = random.weighted(COUNTRIES);
  const countryNumber = COUNTRIES.findIndex((row) => row.country === country);
  const high = Math.floor(index / 200);
  const low = (index % 200) + 10;
  switch (random.weighted(KINDS).kind) {
    case "hosting": {
      const network = random.between(0, HOSTING_NETWORKS - 1);
      const home = COUNTRIES[network % COUNTRIES.length]?.country ?? country;
      return at(`10.${200 + high}.${network}.${low}`, home, network, `Sample Hosting ${network + 1}`);
    }
    case "access":
      return at(
        `10.${random.between(0, 199)}.${random.between(0, 255)}.${low}`,
        country,
        100 + countryNumber,
        `Sample Access ${country}`,
      );
    case "reserved":
      return at(`240.${high}.${random.between(0, 255)}.${low}`, country, 200, "Sample Cloud");
    case "ipv6":
      return at(
        `2001:db8:${hex(0x1000 + index)}::${hex(random.between(1, 0xfff))}`,
        country,
        300 + countryNumber,
        `Sample Fibre ${country}`,
      );
  }
}

function at(address: string, country: string, network: number, organisation: string): SamplePlace {
  return { address, country, asn: FIRST_ASN + network, organisation };
}

function hex(value: number): string {
  return value.toString(16);
}
