import { MODEL_ROUTES } from "../../src/knowledge/ollama-routes.ts";

const CLASSES = [
  ["A", "reads lists", "allowed"],
  ["B", "computes: costs time and tokens", "allowed"],
  ["C", "discloses prompts or identity", "denied"],
  ["D", "changes models or disk, or makes the server call others", "denied"],
] as const;

/** The page of the routes that the gateway knows; a role names them by id. */
export function gatewayRoutesPage(): string {
  return [
    "# Routes of the gateway",
    "",
    "Generated from `src/knowledge/ollama-routes.ts` by `node scripts/reference.ts`. What stands here not is refused with 404.",
    "",
    "| class | what it does | for a role that says nothing |",
    "| --- | --- | --- |",
    ...CLASSES.map((row) => `| ${row.join(" | ")} |`),
    "",
    "| id | methods | path | class | counts tokens | streams | source |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...Object.entries(MODEL_ROUTES).map(
      ([id, route]) =>
        `| \`${id}\` | ${route.methods.join(", ")} | \`${route.path}\` | ${route.risk} | ${route.generates ? "yes" : "no"} | ${route.stream} | ${route.source} |`,
    ),
    "",
  ].join("\n");
}
