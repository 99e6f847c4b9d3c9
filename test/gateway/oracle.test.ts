import type { Buffer } from "node:buffer";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canonicalModel } from "../../src/gateway/request/canonical-model.ts";
import { findRoute } from "../../src/gateway/request/find-route.ts";
import { multipartFacts } from "../../src/gateway/request/multipart-facts.ts";
import { readTarget } from "../../src/gateway/request/read-target.ts";
import { MODEL_ROUTES } from "../../src/knowledge/ollama-routes.ts";
import type { ModelRouteId } from "../../src/knowledge/ollama-routes.ts";
import { BODY_MAKERS } from "./oracle-bodies.ts";
import { breaches, STRICT_ROLE } from "./oracle-breach.ts";
import { dice, fuzzPlan } from "./oracle-dice.ts";
import type { Dice } from "./oracle-dice.ts";
import { fuzzForm } from "./oracle-forms.ts";
import { fuzzBody } from "./oracle-harm.ts";
import { fuzzName } from "./oracle-names.ts";
import { fuzzLine } from "./oracle-paths.ts";
import { startOracle } from "./oracle.ts";
import type { DecodedBody, Oracle, ResolvedName } from "./oracle.ts";
import { factsOf, roleOf, sentBytes } from "./request-case.ts";

const BATCH = 1000;
const LONG_MS = 3_600_000;

let oracle: Oracle;

beforeAll(async () => {
  oracle = await startOracle();
}, 300_000);

afterAll(async () => {
  await oracle.stop();
});

/** What became of a batch: how many were let through and taken by the server too, and those that it read otherwise. */
interface Outcome {
  readonly agreed: number;
  readonly differing: readonly unknown[];
}

/** Tries cases batch by batch, so that a long run needs no more memory than a short one. Returns the share that was let through. */
async function tryCases(
  what: string,
  usual: number,
  batch: (choices: Dice, count: number) => Promise<Outcome>,
): Promise<number> {
  const { cases, seed, isLong } = fuzzPlan(usual);
  const choices = dice(seed);
  let agreed = 0;
  for (let done = 0; done < cases; done += BATCH) {
    const outcome = await batch(choices, Math.min(BATCH, cases - done));
    expect(outcome.differing).toEqual([]);
    agreed += outcome.agreed;
  }
  if (isLong) console.log(`fuzz: ${cases} ${what} from seed ${seed}, ${agreed} let through and read alike`);
  return agreed / cases;
}

function many<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}

const IDS = Object.keys(BODY_MAKERS) as ModelRouteId[];
const ASKING = IDS.filter((id) => MODEL_ROUTES[id].generates);
const EVERYTHING = roleOf({ allow: ["A", "B", "C", "D"], cloud: true });

describe("what the gateway lets through is what the server reads", () => {
  test("the routes of the table are those of the server", async () => {
    const rows = Object.entries(MODEL_ROUTES).flatMap(([id, { methods, path }]) => {
      const target = path.replace(/:\w+$/u, id === "blob" ? `sha256:${"0a".repeat(32)}` : "x");
      return methods.map((method) => ({ id, method, target }));
    });
    const reached = await oracle.paths(rows);
    expect(reached.map(({ route }) => route)).toEqual(rows.map(({ id }) => id));
  });

  test(
    "request lines, against the real router",
    async () => {
      const share = await tryCases("request lines", 8000, async (choices, count) => {
        const allowed = many(count, () => fuzzLine(choices)).flatMap(({ method, target }) => {
          const read = readTarget(target);
          const match = read.ok ? findRoute(method, read.value.path) : null;
          if (!read.ok || match === null || "status" in match) return [];
          const { path, query } = read.value;
          return [{ method, match, target: query === "" ? path : `${path}?${query}` }];
        });
        const reached = await oracle.paths(allowed.map(({ method, target }) => ({ method, target })));
        const differing = allowed.filter(({ match }, at) => {
          const { route, param, status, location } = reached[at] ?? {};
          const isSame = route === match.id && param === (match.parameter ?? "");
          return !isSame || status !== 200 || location !== "";
        });
        return { agreed: allowed.length, differing };
      });
      expect(share).toBeGreaterThan(0.05);
    },
    LONG_MS,
  );

  test(
    "names of models, against the rules of the server",
    async () => {
      const share = await tryCases("names of models", 6000, async (choices, count) => {
        const names = many(count, () => fuzzName(choices));
        const resolved = await oracle.names(names);
        const taken = names.flatMap((name, at) => {
          const own = canonicalModel(name);
          return own.ok ? [{ name, own: own.value, theirs: resolved[at] }] : [];
        });
        const differing = taken.filter(({ own, theirs }) => {
          const isSame = theirs?.ok === true && own.key === listedKey(theirs) && own.cloud === theirs.cloud;
          return !isSame || (own.scheme ?? "") !== theirs.scheme.toLowerCase();
        });
        return { agreed: taken.length, differing };
      });
      expect(share).toBeGreaterThan(0.05);
    },
    LONG_MS,
  );

  test(
    "models and streaming of bodies, against encoding/json",
    async () => {
      const share = await tryCases("bodies", 6000, async (choices, count) => {
        const passing = many(count, () => choices.pick(IDS))
          .map((id) => ({ id, body: fuzzBody(choices, id) }))
          .filter(({ id, body }) => typeof sentBytes(id, body, EVERYTHING) !== "string");
        const decoded = await oracle.bodies(passing.map(({ id, body }) => ({ route: id, body })));
        const both = passing.flatMap((one, at) => {
          const theirs = decoded[at];
          return theirs?.ok === true ? [{ ...one, theirs }] : [];
        });
        const differing = both.filter(({ id, body, theirs }) => !isReadAlike(id, body, theirs));
        return { agreed: both.length, differing: differing.map(({ id, body }) => [id, body.toString()]) };
      });
      expect(share).toBeGreaterThan(0.05);
    },
    LONG_MS,
  );

  test(
    "models of forms, against net/http",
    async () => {
      const share = await tryCases("forms", 4000, async (choices, count) => {
        const forms = many(count, () => fuzzForm(choices));
        const read = await oracle.forms(forms);
        const both = forms.flatMap(({ type, query, body }, at) => {
          const own = multipartFacts(type, query.slice(1), body);
          const theirs = read[at];
          return own.ok && theirs?.ok === true ? [{ type, body, own: own.value.model?.key, theirs: theirs.model }] : [];
        });
        const differing = both.filter(({ own, theirs }) => keyOf(theirs) !== own);
        return { agreed: both.length, differing: differing.map(({ type, body }) => [type, body.toString()]) };
      });
      expect(share).toBeGreaterThan(0.05);
    },
    LONG_MS,
  );

  test(
    "bytes sent on under a strict role keep to it, as encoding/json decodes them",
    async () => {
      const share = await tryCases("bodies under a strict role", 8000, async (choices, count) => {
        const sent = many(count, () => choices.pick(ASKING)).flatMap((id) => {
          const body = fuzzBody(choices, id);
          const out = sentBytes(id, body, STRICT_ROLE);
          return typeof out === "string" ? [] : [{ id, body, out }];
        });
        const decoded = await oracle.bodies(sent.map(({ id, out }) => ({ route: id, body: out })));
        const before = await oracle.bodies(sent.map(({ id, body }) => ({ route: id, body })));
        const models = await oracle.names(decoded.map(({ model }) => model ?? ""));
        const broken = sent.map(({ id, body, out }, at) => {
          const theirs = decoded[at];
          if (theirs?.ok !== true || theirs.value === undefined) {
            return before[at]?.ok === true
              ? { found: ["spoiled"], id, body: body.toString(), out: out.toString() }
              : null;
          }
          // No model at all is answered by the server with an error.
          const isModel = theirs.model === "" || models[at]?.key === "registry.ollama.ai/library/llama3:latest";
          const found = [...breaches(id, theirs.value), ...(isModel && models[at]?.cloud !== true ? [] : ["model"])];
          return { found, id, body: body.toString(), out: out.toString() };
        });
        const both = broken.filter((one) => one !== null);
        return { agreed: both.length, differing: both.filter(({ found }) => found.length > 0) };
      });
      expect(share).toBeGreaterThan(0.05);
    },
    LONG_MS,
  );
});

/** A name that runs elsewhere is keyed by the tag under which it is listed. */
function listedKey({ key, cloud }: ResolvedName): string {
  if (!cloud) return key;
  return key.endsWith(":latest") ? `${key.slice(0, -"latest".length)}cloud` : `${key}-cloud`;
}

function keyOf(name: string | undefined): string | null {
  const model = canonicalModel(name ?? "");
  return model.ok ? model.value.key : null;
}

/** Whether model, streaming and debugging are to the gateway what they are to the server. */
function isReadAlike(id: ModelRouteId, body: Buffer, { model, value }: DecodedBody): boolean {
  const facts = factsOf(id, body);
  if (!facts.ok || value === undefined) return false;
  const { stream, isDebug } = facts.value;
  const { streamDefault, stream: how } = MODEL_ROUTES[id];
  if (how !== "none" && stream !== (value["stream"] ?? streamDefault)) return false;
  if (isDebug !== (value["_debug_render_only"] ?? false)) return false;
  // No model at all is answered by the server with an error.
  if (model !== "" && keyOf(model) !== facts.value.model?.key) return false;
  const destination = value["destination"];
  return typeof destination !== "string" || destination === "" || keyOf(destination) === facts.value.others[0]?.key;
}
