import { NETWORK_WORD_PREFIXES } from "../../knowledge/network-words.ts";
import { formatAddress, parseAddress } from "../../model/address.ts";
import type { Address } from "../../model/address.ts";
import { NETWORK_WORDS } from "../../model/condition.ts";
import type { NetworkWord } from "../../model/condition.ts";
import { parsePrefix } from "../../model/prefix.ts";
import { holds, prefixSet } from "../../model/prefix-set.ts";
import type { PrefixSet } from "../../model/prefix-set.ts";
import { turnCache } from "./turn-cache.ts";

/** What is known of one address as a row writes it. */
export interface AddressFacts {
  readonly text: string;
  /** `null` when the text is no address: then it meets no word and no prefix. */
  readonly address: Address | null;
  /** Its one canonical form; `null` when the text is no address. */
  readonly canonical: string | null;
  /** Bits of the words it meets, see `wordBits`. */
  readonly words: number;
  /** Bits of the prefix lists that were asked, and of those that hold it; lists from the 31st on are asked anew each time. */
  asked: number;
  inside: number;
}

/** Addresses and what they are, worked out once each; bounded. */
export interface AddressBook {
  of(text: string): AddressFacts;
  /** Takes up a list of prefixes, and gives its number for `isInside`; all are taken up before the first address is asked. */
  addPrefixes(prefixes: readonly string[]): number;
  isInside(facts: AddressFacts, list: number): boolean;
}

/** Addresses of which the facts are kept: twice as many at most. */
const KEPT = 32_768;
/** Prefix lists of which an address keeps the answers. */
const CACHED_LISTS = 31;

/** Bit of a word in `AddressFacts.words`. */
export function wordBit(word: NetworkWord): number {
  return 1 << NETWORK_WORDS.indexOf(word);
}

/** Bits of some words. */
export function wordBits(words: readonly NetworkWord[]): number {
  return words.reduce((bits, word) => bits | wordBit(word), 0);
}

const FIXED = Object.entries(NETWORK_WORD_PREFIXES).map(([word, prefixes]) => {
  const known = NETWORK_WORDS.find((one) => one === word);
  return { bit: known === undefined ? 0 : wordBit(known), set: prefixSetOf(prefixes) };
});

/** Makes an address book; `known` are the user's own prefixes. Throws a `RangeError` on a text that is no prefix. */
export function addressBook(ownPrefixes: readonly string[]): AddressBook {
  const words = [...FIXED, { bit: wordBit("known"), set: prefixSetOf(ownPrefixes) }];
  const lists: PrefixSet[] = [];
  const numbers = new Map<string, number>();
  const cache = turnCache<AddressFacts>(KEPT, (text) => {
    const address = parseAddress(withoutZone(text));
    const canonical = address === null ? null : formatAddress(address);
    return { text, address, canonical, words: wordsOf(address, words), asked: 0, inside: 0 };
  });
  let last = cache.of("");
  return {
    of(text) {
      if (text !== last.text) last = cache.of(text);
      return last;
    },
    addPrefixes(prefixes) {
      const key = prefixes.join(" ");
      const known = numbers.get(key);
      if (known !== undefined) return known;
      lists.push(prefixSetOf(prefixes));
      numbers.set(key, lists.length - 1);
      return lists.length - 1;
    },
    isInside(facts, list) {
      const bit = list < CACHED_LISTS ? 1 << list : 0;
      if ((facts.asked & bit) !== 0) return (facts.inside & bit) !== 0;
      const set = lists[list];
      const inside = facts.address !== null && set !== undefined && holds(set, facts.address);
      facts.asked |= bit;
      if (inside) facts.inside |= bit;
      return inside;
    },
  };
}

function wordsOf(address: Address | null, words: readonly { readonly bit: number; readonly set: PrefixSet }[]): number {
  if (address === null) return 0;
  let bits = 0;
  for (const { bit, set } of words) if (holds(set, address)) bits |= bit;
  return bits === 0 ? wordBit("public") : bits;
}

/** `fe80::1%eth0` → `fe80::1`: the zone says through which card, not who. */
function withoutZone(text: string): string {
  const percent = text.indexOf("%");
  return percent === -1 ? text : text.slice(0, percent);
}

function prefixSetOf(prefixes: readonly string[]): PrefixSet {
  return prefixSet(
    prefixes.map((text) => {
      const prefix = parsePrefix(text);
      if (!prefix.ok) throw new RangeError(prefix.error);
      return prefix.value;
    }),
  );
}
