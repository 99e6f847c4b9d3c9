import type { ExampleReply, ProductExample } from "../../src/knowledge/product.ts";
import { READ_ONLY_ROUTES } from "../../src/knowledge/read-only-routes.ts";
import type { GetRouteId } from "../../src/knowledge/read-only-routes.ts";
import type { FarmReply } from "./farm-reply.ts";

const ROUTE_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(READ_ONLY_ROUTES).map(([route, { path }]) => [path, route]),
);

/** What an example of a product answers to a path. */
export function productReply(example: ProductExample, path: string): FarmReply {
  const route = ROUTE_OF.get(path) as GetRouteId | undefined;
  const reply: ExampleReply = (route === undefined ? undefined : example.replies[route]) ?? example.otherwise;
  const { status, headers = {}, body } = reply;
  return {
    status,
    contentType: null,
    headers: Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    body: typeof body === "string" ? body : JSON.stringify(body),
  };
}
