import { withServerPorts } from "../classify/detect/server-port-texts.ts";
import { simplify } from "../classify/detect/simplify-condition.ts";
import { all, any, cidr, contains, ends, is, not, starts } from "../model/condition.ts";
import type { Condition, EventField, NetworkWord } from "../model/condition.ts";
import { NETWORK_WORD_PREFIXES } from "../knowledge/network-words.ts";
import { OLLAMA_CHILDREN } from "../knowledge/ollama-children.ts";
import type { OllamaChild } from "../knowledge/ollama-children.ts";
import { MODEL_ROUTES } from "../knowledge/ollama-routes.ts";
import type { ModelRoute } from "../knowledge/ollama-routes.ts";
import type { RuleSetting } from "./rule-language.ts";

/** A condition over fields that logs have: nothing that follows from others, and addresses by prefix alone. */
export type PlainCondition = Condition;

const INNER = ["loopback", "private", "link-local", "any"] as const;
const INNER_PREFIXES = INNER.flatMap((word) => NETWORK_WORD_PREFIXES[word]);

/**
 * Says a condition without the fields that only Corral's evaluator has: `route` and `risk` become methods and paths, `toServer` ports,
 * `knownChild` the programs of every version (no rule knows which version runs), network words prefixes. `null` when it cannot be said (`hour`).
 */
export function plainCondition(condition: Condition, setting: RuleSetting): PlainCondition | null {
  const said = sayPlainly(withServerPorts(condition, setting.serverPorts), setting);
  return said === null ? null : simplify(said, () => null);
}

function sayPlainly(condition: Condition, setting: RuleSetting): Condition | null {
  switch (condition.kind) {
    case "all":
    case "any": {
      const of = condition.of.map((one) => sayPlainly(one, setting));
      return of.every((one) => one !== null) ? { kind: condition.kind, of } : null;
    }
    case "not": {
      const of = sayPlainly(condition.of, setting);
      return of === null ? null : not(of);
    }
    case "network":
      return any(...condition.words.flatMap((word) => wordCondition(condition.field, word, setting)));
    case "is":
      return derivedIs(condition, setting);
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

function wordCondition(field: EventField, word: NetworkWord, { known }: RuleSetting): readonly Condition[] {
  if (word === "known") return known.length === 0 ? [] : [cidr(field, ...known)];
  if (word === "public") return [all(not({ kind: "absent", field }), not(cidr(field, ...INNER_PREFIXES, ...known)))];
  return [cidr(field, ...NETWORK_WORD_PREFIXES[word])];
}

type Is = Extract<Condition, { readonly kind: "is" }>;

function derivedIs(condition: Is, { serverPorts }: RuleSetting): PlainCondition | null {
  const { field, values } = condition;
  if (field === "route") return any(...routes((id) => values.includes(id)));
  if (field === "risk") return any(...routes((_id, route) => values.includes(route.risk)));
  if (field === "toServer") return flagged(condition, is("destinationPort", ...serverPorts));
  if (field === "hour") return null;
  if (field !== "knownChild") return condition;
  return all(
    not({ kind: "absent", field: "executable" }),
    flagged(condition, any(...OLLAMA_CHILDREN.map(childCondition))),
  );
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

/** Paths of the routes that have no parameter. */
export const WHOLE_ROUTE_PATHS: readonly string[] = [
  ...new Set(
    Object.values<ModelRoute>(MODEL_ROUTES)
      .map((route) => route.path)
      .filter((path) => !path.includes(":")),
  ),
];

function childCondition({ name, folder, argument }: OllamaChild): Condition {
  const names = [`/${name}`, `\\${name}`, `\\${name}.exe`];
  const folders = folder === null ? [] : [contains("executable", folder, folder.replaceAll("/", "\\"))];
  return all(
    ends("executable", ...names),
    ...folders,
    ...(argument === null ? [] : [contains("commandLine", argument)]),
  );
}
