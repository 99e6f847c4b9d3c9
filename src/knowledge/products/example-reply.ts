import type { ReadReply } from "../../model/reply.ts";
import type { Evidence, ExampleReply } from "../product.ts";
import type { GetRouteId } from "../read-only-routes.ts";

/** Evidence of one answer, for the matches and look-alikes of a tell. */
export function said(
  route: GetRouteId,
  body: string | object,
  {
    status = 200,
    headers = {},
  }: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): Partial<Evidence> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const reply: ReadReply = { status, headers, body: text, isCut: false, json: jsonOf(text) };
  return { replies: { [route]: reply }, ...(route === "root" && status === 200 ? { root: text } : {}) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A 200 with JSON, as most of these servers send it. */
export function json(body: object, headers: Readonly<Record<string, string>> = {}): ExampleReply {
  return { status: 200, headers: { "content-type": "application/json", ...headers }, body };
}

/** A 200 with a page of this title. */
export function page(title: string, inside = ""): ExampleReply {
  const body = `<!DOCTYPE html><html><head><title>${title}</title></head><body>${inside}</body></html>`;
  return { status: 200, headers: { "content-type": "text/html; charset=utf-8" }, body };
}

/** What uvicorn with FastAPI says of a path it does not know. */
export const FASTAPI_NOT_FOUND: ExampleReply = {
  status: 404,
  headers: { "content-type": "application/json", server: "uvicorn" },
  body: { detail: "Not Found" },
};

/** What Express says of a path it does not know. */
export const EXPRESS_NOT_FOUND: ExampleReply = {
  status: 404,
  headers: { "content-type": "text/html; charset=utf-8", "x-powered-by": "Express" },
  body: "<!DOCTYPE html><html><head><title>Error</title></head><body><pre>Cannot GET /</pre></body></html>",
};

/** What Go's net/http says of a path it does not know. */
export const GO_NOT_FOUND: ExampleReply = {
  status: 404,
  headers: { "content-type": "text/plain; charset=utf-8" },
  body: "404 page not found\n",
};
