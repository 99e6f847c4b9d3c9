import { ownText } from "./own-text.ts";

/** Remembers what was worked out for a text, for at most twice `size` texts: the old half goes when the new half is full. */
export interface TurnCache<Value> {
  of(text: string): Value;
}

/** A bounded memory of `work`; what is asked for again survives the turn, so that frequent texts stay. */
export function turnCache<Value extends object>(size: number, work: (text: string) => Value): TurnCache<Value> {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  function keep(text: string, value: Value): Value {
    if (young.size >= size) {
      old = young;
      young = new Map();
    }
    young.set(text, value);
    return value;
  }
  return {
    of(text) {
      const known = young.get(text);
      if (known !== undefined) return known;
      const before = old.get(text);
      return before === undefined ? keepOwn(text) : keep(text, before);
    },
  };
  function keepOwn(text: string): Value {
    const own = ownText(text);
    return keep(own, work(own));
  }
}
