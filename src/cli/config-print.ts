import { gatewayJsonSchema } from "../gateway/config/gateway-schema.ts";
import { gatewayExample } from "../gateway/config/gateway-yaml.ts";
import type { CommandRun } from "../model/command.ts";
import { Complaint, EXIT } from "../model/complaint.ts";
import { instantOf } from "../model/instant.ts";
import { lineJsonSchema } from "../model/observation-schema.ts";
import { scopeJsonSchema } from "../model/scope-file.ts";
import { scopeExample } from "../model/scope-yaml.ts";

interface Kind {
  readonly describe: string;
  /** A commented example with every key; `null` for kinds that no person writes. */
  readonly example: (() => string) | null;
  readonly schema: () => unknown;
}

const DAY_MS = 86_400_000;
/** Days that the printed scope is valid: long enough to try, short enough to be looked at again. */
const EXAMPLE_DAYS = 90;

/** The example with an authority that holds today, so that what is printed can be checked at once. */
function exampleOfToday(): string {
  const day = (ms: number): string => instantOf(ms).slice(0, 10);
  return scopeExample(day(Date.now()), day(Date.now() + EXAMPLE_DAYS * DAY_MS));
}

/** What `corral config print` knows. */
export const CONFIG_KINDS: Readonly<Record<string, Kind>> = {
  scope: { describe: "what may be asked: scope.yaml", example: exampleOfToday, schema: scopeJsonSchema },
  gateway: {
    describe: "who may ask a model server what: gateway.yaml",
    example: gatewayExample,
    schema: gatewayJsonSchema,
  },
  observation: { describe: "a line of Corral's JSONL", example: null, schema: lineJsonSchema },
};

/** `corral config print KIND [--schema]`: every key with its comment, or the JSON Schema. */
export const runConfigPrint: CommandRun = async ([name = ""], options, terminal) => {
  const kind = Object.hasOwn(CONFIG_KINDS, name) ? CONFIG_KINDS[name] : undefined;
  if (kind === undefined) {
    const known = Object.entries(CONFIG_KINDS).map(([one, { describe }]) => `${one} (${describe})`);
    throw new Complaint([{ place: "KIND", message: `${JSON.stringify(name)} is none of: ${known.join(", ")}` }]);
  }
  if (options["schema"] === true || kind.example === null) {
    await terminal.out(`${JSON.stringify(kind.schema(), null, 2)}\n`);
    return EXIT.fine;
  }
  await terminal.out(kind.example());
  return EXIT.fine;
};
