import { MODEL_ROUTES } from "../../src/knowledge/ollama-routes.ts";
import type { ModelRoute } from "../../src/knowledge/ollama-routes.ts";

/** The page of the routes that the gateway knows. */
export function gatewayRoutesPage(): string {
  const rows: readonly (readonly [string, ModelRoute])[] = Object.entries(MODEL_ROUTES);
  return [
    "# Routes of the gateway",
    "",
    "Generated from `src/knowledge/ollama-routes.ts` by `node scripts/reference.ts`. What stands in no row is refused. Classes: A reads lists, B computes, C discloses prompts or identity, D changes models or disk or calls outside.",
    "",
    "| id | methods | path | class | streams | source |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows.map(([id, { methods, path, risk, stream, streamDefault, source }]) => {
      const streams =
        stream === "none" ? "no" : `${stream}${streamDefault ? ", unless told not to" : ", when told to"}`;
      return `| \`${id}\` | ${methods.join(", ")} | \`${path}\` | ${risk} | ${streams} | ${source} |`;
    }),
    "",
  ].join("\n");
}
