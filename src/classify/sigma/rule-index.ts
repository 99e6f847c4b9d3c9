import type { EventClass, LogEvent } from "../../model/event.ts";
import type { EventWorld } from "../detect/event-world.ts";
import type { FieldReader, FieldValue } from "../detect/field-readers.ts";
import { turnCache } from "../detect/turn-cache.ts";
import { readSource } from "./field-source.ts";
import { partFinder } from "./part-finder.ts";
import type { PartTaker } from "./part-finder.ts";
import { VARIED_SOURCES } from "./rule-needs.ts";
import type { Need, Needs, NeedSource } from "./rule-needs.ts";

/** Numbers of the rules that an event may meet, in order; the list holds until the next event is asked. */
export type RulesFor = (event: LogEvent) => readonly number[];

/**
 * Sorts the rules of a class, numbered as they stand, by what they need: each field that is asked is read once and looked through once,
 * however many rules there are. Rules that need nothing are asked of every event.
 */
export function ruleIndex(rules: readonly Needs[], eventClass: EventClass, world: EventWorld): RulesFor {
  const always = [...rules.keys()].filter((number) => rules[number] === null);
  const lookups = [...bySource(rules)].map(([source, asked]) => lookup(source, asked, eventClass, world));
  const turns = new Float64Array(rules.length); // whole numbers that no log is long enough to use up
  let turn = 0;
  let found: number[] = [];
  const mark: PartTaker = (numbers) => {
    for (const number of numbers) {
      if (turns[number] === turn) continue;
      turns[number] = turn;
      found.push(number);
    }
  };
  return (event) => {
    if (found.length > 0) found = [];
    turn += 1;
    for (const look of lookups) look(event, mark);
    if (found.length === 0) return always;
    mark(always);
    found.sort((a, b) => a - b);
    return found;
  };
}

/** Texts that rules need in one place, and which rules. */
interface Asked {
  readonly part: Map<string, number[]>;
  readonly whole: Map<string, number[]>;
}

function bySource(rules: readonly Needs[]): ReadonlyMap<NeedSource, Asked> {
  const all = new Map<NeedSource, Asked>();
  const numbersOf = ({ source, kind, text }: Need): number[] => {
    const asked: Asked = all.get(source) ?? { part: new Map(), whole: new Map() };
    all.set(source, asked);
    const numbers = asked[kind].get(text) ?? [];
    asked[kind].set(text, numbers);
    return numbers;
  };
  for (const [number, needs] of rules.entries())
    for (const need of needs ?? []) {
      const numbers = numbersOf(need);
      if (numbers.at(-1) !== number) numbers.push(number);
    }
  return all;
}

function lookup(
  source: NeedSource,
  { part, whole }: Asked,
  eventClass: EventClass,
  world: EventWorld,
): (event: LogEvent, found: PartTaker) => void {
  const read: FieldReader = source === "row" ? (event) => event.place.text : readSource(source, eventClass, world);
  const parts = part.size === 0 ? null : partFinder(part);
  const wholes = whole.size === 0 ? null : wholeFinder(whole);
  const look = (value: FieldValue, found: PartTaker): void => {
    wholes?.(value, found);
    parts?.(typeof value === "string" ? value : String(value), found);
  };
  const known = parts === null || VARIED_SOURCES.has(source) ? null : lookOnce(look);
  return (event, found) => {
    const value = read(event);
    if (value === null) return;
    if (known !== null && typeof value === "string" && value.length <= LONGEST_KEPT) found(known(value));
    else look(value, found);
  };
}

/** Texts of which the answer is remembered: twice as many at most, so long at most. */
const KEPT = 1024;
const LONGEST_KEPT = 256;

/** Looks through texts that come again and again when they are first seen. */
function lookOnce(look: (value: FieldValue, found: PartTaker) => void): (text: string) => readonly number[] {
  const cache = turnCache<readonly number[]>(KEPT, (text) => {
    const all = new Set<number>();
    look(text, (numbers) => {
      for (const number of numbers) all.add(number);
    });
    return [...all];
  });
  return (text) => cache.of(text);
}

function wholeFinder(whole: ReadonlyMap<string, readonly number[]>): (value: FieldValue, found: PartTaker) => void {
  const byNumber = new Map<number, readonly number[]>();
  const byText = new Map<string, readonly number[]>();
  const lengths = new Set<number>();
  for (const [text, numbers] of whole) {
    if (String(Number(text)) === text) byNumber.set(Number(text), numbers);
    byText.set(text.toLowerCase(), [...(byText.get(text.toLowerCase()) ?? []), ...numbers]);
    lengths.add(text.length);
  }
  return (value, found) => {
    if (Number.isInteger(value)) {
      found(byNumber.get(Number(value)) ?? []);
      return;
    }
    if (typeof value === "boolean") found(byNumber.get(Number(value)) ?? []); // a rule may say 1 for true
    const text = String(value);
    if (lengths.has(text.length)) found(byText.get(text.toLowerCase()) ?? []);
  };
}
