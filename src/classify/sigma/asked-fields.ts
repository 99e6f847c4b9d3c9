import type { SigmaExpression } from "../../model/sigma.ts";

/** Every field that an expression asks, as the rule calls it. */
export function fieldsOf(expression: SigmaExpression): ReadonlySet<string> {
  const fields = new Set<string>();
  const seen = new Set<SigmaExpression>(); // a search may be named many times
  const walk = (one: SigmaExpression): void => {
    if (seen.has(one)) return;
    seen.add(one);
    if (one.kind === "all" || one.kind === "any") one.of.forEach(walk);
    else if (one.kind === "not") walk(one.of);
    else if (one.kind === "field") {
      fields.add(one.field);
      if (one.test.kind === "field") fields.add(one.test.other);
    }
  };
  walk(expression);
  return fields;
}
