import { checkAgainst } from "../../format/schema-problems.ts";
import { inFileOrder, readYaml } from "../../format/yaml-document.ts";
import type { YamlPath } from "../../format/yaml-document.ts";
import type { Problem } from "../../model/complaint.ts";
import { fail, ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import { visibleText } from "../../render/visible-text.ts";
import { configFaults } from "./config-faults.ts";
import type { KnownRoutes } from "./config-faults.ts";
import type { GatewayConfig } from "./gateway-config.ts";
import { gatewaySchema } from "./gateway-schema.ts";

/** Largest configuration that is read, in bytes. */
export const CONFIG_FILE_BYTES = 1 << 20;

/** Longest place or message: they quote the file, which may hold anything. */
const LONGEST_WORDS = 400;

/** Reads `gateway.yaml`: shape, defaults and rules. All problems are told at once, each with file, line and key; none quotes a secret. */
export function parseGateway(
  text: string,
  fileName: string,
  routes: KnownRoutes,
): Result<GatewayConfig, readonly Problem[]> {
  const document = readYaml(text, fileName);
  if (!document.ok) return document;
  const verdict = checkAgainst(gatewaySchema, document.value);
  const stand = verdict.value ?? withoutBroken(document.value.value, [...verdict.unknown, ...verdict.broken]);
  const faults = stand === null ? [] : configFaults(stand, routes);
  const told = faults.filter(({ path }) => !verdict.broken.some((broken) => isWithin(path, broken)));
  const problems = [
    ...verdict.problems,
    ...told.map(({ path, message }) => ({ place: document.value.placeOf(path), message })),
  ];
  if (problems.length === 0 && verdict.value !== null) {
    return ok({ ...verdict.value, upstream: verdict.value.upstream.replace(/\/$/u, "") });
  }
  const shown = (words: string): string => visibleText(words, LONGEST_WORDS);
  return fail(
    inFileOrder(problems, fileName).map(({ place, message }) => ({ place: shown(place), message: shown(message) })),
  );
}

/** Stands in where `upstream` cannot be read; what is told of it is dropped. */
const NEUTRAL_UPSTREAM = "http://127.0.0.1:9";
const MOST_ROUNDS = 8;

/** The document without what cannot be read, which then has its default, so that the rules can judge the rest; `null` when nothing is left. */
function withoutBroken(value: unknown, broken: readonly YamlPath[]): GatewayConfig | null {
  if (!isObject(value) || Array.isArray(value)) return null;
  const copy = structuredClone(value);
  let paths: readonly YamlPath[] = broken;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    for (const path of paths) remove(copy, path);
    if (!("upstream" in copy)) Reflect.set(copy, "upstream", NEUTRAL_UPSTREAM);
    const parsed = gatewaySchema.safeParse(copy);
    if (parsed.success) return parsed.data;
    // A key that has no default is missing now: what holds it goes too.
    paths = parsed.error.issues.map((issue) =>
      issue.path.slice(0, -1).map((step) => (typeof step === "number" ? step : String(step))),
    );
  }
  return null;
}

function remove(from: unknown, path: YamlPath): void {
  const [step, ...rest] = path;
  if (step === undefined || !isObject(from)) return;
  if (rest.length > 0) remove(Reflect.get(from, step), rest);
  else Reflect.deleteProperty(from, step);
}

function isWithin(path: YamlPath, outer: YamlPath): boolean {
  return outer.every((step, at) => path[at] === step);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
