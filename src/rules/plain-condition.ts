import { simplify } from "../classify/detect/simplify-condition.ts";
import { all, any, cidr, contains, ends, is, not, starts } from "../model/condition.ts";
import type { Condition, EventField, NetworkWord } from "../model/condition.ts";
import { NETWORK_WORD_PREFIXES } from "../knowledge/network-words.ts";
import { OLLAMA_CHILDREN } from "../knowledge/ollama-children.ts";
import type { OllamaChild } from "../knowledge/ollama-children.ts";
import { MODEL_ROUTES } from "../knowledge/ollama-routes.ts";
import type { ModelRoute } from "../knowledge/ollama-routes.ts";

/** A condition over fields that logs have: nothing that follows from others, and addresses by prefix alone. */
export type PlainCondition = Condition;

/** Ports on which a model server listens where a rule is not told otherwise. */
export const SERVER_PORTS = [11_434] as const;

const INNER = ["loopback", "private", "link-local", "any"] as const;
const INNER_PREFIXES = INNER.flatMap((word) => NETWORK_WORD_PREFIXES[word]);

/**
 * Says a condition without the fields that only Corral's evaluator has: `route` and `risk` become methods and paths, `toServer` ports,
 * `knownChild` the programs of every version (no rule knows which version runs), network words prefixes. `known` is nobody: whoever
 * deploys a rule adds their own. `null` when it cannot be said (`hour`).
 */
export function plainCondition(condition: Condition): PlainCondition | null {
  const said = sayPlainly(condition);
  return said === null ? null : simplify(said, () => null);
}

function sayPlainly(condition: Condition): Condition | null {
  switch (condition.kind) {
    case "all":
    case "any": {
      const of = condition.of.map(sayPlainly);
      return of.every((one) => one !== null) ? { kind: condition.kind, of } : null;
    }
    case "not": {
      const of = sayPlainly(condition.of);
      return of === null ? null : not(of);
    }
    case "network":
      return any(...condition.words.flatMap((word) => wordCondition(condition.field, word)));
    case "is":
      return derivedIs(condition);
    case "starts":
    case "ends":
    case "contains":
    case "above":
    case "below":
    case "cidr":
    case "absent":
      return DERIVED.has(condition.field) ? null : condition;
  }
}

const DERIVED: ReadonlySet<EventField> = new Set(["route", "risk", "toServer", "knownChild", "hour"]);

function wordCondition(field: EventField, word: NetworkWord): readonly Condition[] {
  if (word === "known") return [];
  if (word === "public") return [all(not({ kind: "absent", field }), not(cidr(field, ...INNER_PREFIXES)))];
  return [cidr(field, ...NETWORK_WORD_PREFIXES[word])];
}

type Is = Extract<Condition, { readonly kind: "is" }>;

function derivedIs(condition: Is): PlainCondition | null {
  switch (condition.field) {
    case "route":
      return any(...routes((id) => condition.values.includes(id)));
    case "risk":
      return any(...routes((_id, route) => condition.values.includes(route.risk)));
    case "toServer":
      return flagged(condition, is("destinationPort", ...SERVER_PORTS));
    case "knownChild":
      return flagged(condition, any(...OLLAMA_CHILDREN.map(childCondition)));
    case "hour":
      return null;
    default:
      return condition;
  }
}

function flagged(condition: Is, met: Condition): PlainCondition {
  return condition.values.includes(true) ? met : not(met);
}

/** Methods and paths of routes; those with the same methods are said together. */
function routes(wanted: (id: string, route: ModelRoute) => boolean): readonly Condition[] {
  const byMethods = new Map<string, { methods: readonly string[]; whole: string[]; begun: string[] }>();
  for (const [id, route] of Object.entries<ModelRoute>(MODEL_ROUTES)) {
    if (!wanted(id, route)) continue;
    const key = route.methods.join();
    const group = byMethods.get(key) ?? { methods: route.methods, whole: [], begun: [] };
    byMethods.set(key, group);
    const parameter = route.path.indexOf(":");
    if (parameter === -1) group.whole.push(route.path);
    else group.begun.push(route.path.slice(0, parameter));
  }
  return [...byMethods.values()].map(({ methods, whole, begun }) =>
    all(
      is("method", ...methods),
      any(...(whole.length > 0 ? [is("path", ...whole)] : []), ...(begun.length > 0 ? [starts("path", ...begun)] : [])),
    ),
  );
}

function childCondition({ name, folder, argument }: OllamaChild): Condition {
  const names = [`/${name}`, `\\${name}`, `\\${name}.exe`];
  const folders = folder === null ? [] : [contains("executable", folder, folder.replaceAll("/", "\\"))];
  return all(
    ends("executable", ...names),
    ...folders,
    ...(argument === null ? [] : [contains("commandLine", argument)]),
  );
}
