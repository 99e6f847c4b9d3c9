import { BASE_PATH } from "../model/base-path.ts";
import type { RequestText } from "../model/request-text.ts";
import type { Service } from "../model/service.ts";

/** One request line that the survey may send, and why it is harmless. */
export interface ReadOnlyRoute {
  readonly method: "GET" | "POST";
  /** Below the target's base path; `{token}` stands for 16 random hex digits. */
  readonly path: string;
  /** Keys of the JSON body, each holding the model's name and nothing else; empty for no body. */
  readonly body: readonly string[];
  /** Bytes of the answer's body that are read at most. */
  readonly maxBodyBytes: number;
  readonly learns: string;
  readonly source: string;
}

const KIB = 1_024;
const MIB = 1_048_576;

/**
 * Everything the survey can ask of a stranger (rules R10 and R11): metadata only, no row writes, runs a model or makes the server
 * call out. The union of request lines received over the whole test run equals this table.
 */
export const READ_ONLY_ROUTES = {
  version: {
    method: "GET",
    path: "/api/version",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns: "version string; the cheapest proof of an API",
    source: "ollama/ollama@fb307608 server/routes.go",
  },
  root: {
    method: "GET",
    path: "/",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns: "the greeting of Ollama, or what else lives there",
    source: "ollama/ollama@fb307608 server/routes.go",
  },
  tags: {
    method: "GET",
    path: "/api/tags",
    body: [],
    maxBodyBytes: MIB,
    learns: "models kept on the server",
    source: "ollama/ollama@fb307608 server/routes.go ListHandler",
  },
  ps: {
    method: "GET",
    path: "/api/ps",
    body: [],
    maxBodyBytes: 256 * KIB,
    learns: "models loaded now",
    source: "ollama/ollama@fb307608 server/routes.go PsHandler",
  },
  "v1-models": {
    method: "GET",
    path: "/v1/models",
    body: [],
    maxBodyBytes: MIB,
    learns: "the OpenAI form of the list, whose owner names the product",
    source: "ollama/ollama@fb307608 openai/openai.go",
  },
  control: {
    method: "GET",
    path: "/corral-control-{token}",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns: "whether every path answers: a path that nobody can know",
    source: "projectdiscovery/nuclei#6403: decoys answer every path alike",
  },
  "koboldcpp-version": {
    method: "GET",
    path: "/api/extra/version",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns: "whether it is KoboldCpp",
    source: "LostRuins/koboldcpp koboldcpp.py",
  },
  "localai-well-known": {
    method: "GET",
    path: "/.well-known/localai.json",
    body: [],
    maxBodyBytes: 64 * KIB,
    learns: "whether it is LocalAI",
    source: "mudler/LocalAI core/http/routes",
  },
  "open-webui-config": {
    method: "GET",
    path: "/api/config",
    body: [],
    maxBodyBytes: 64 * KIB,
    learns: "whether it is Open WebUI",
    source: "open-webui/open-webui backend/open_webui/main.py",
  },
  show: {
    method: "POST",
    path: "/api/show",
    body: ["model", "name"],
    maxBodyBytes: MIB,
    learns: "a model's card; never verbose, never of a cloud model",
    source: "ollama/ollama@fb307608 server/routes.go ShowHandler",
  },
} as const satisfies Record<string, ReadOnlyRoute>;

export type RouteId = keyof typeof READ_ONLY_ROUTES;
/** Routes without a body. */
export type GetRouteId = Exclude<RouteId, "show">;

/** What a request needs besides its row: 16 hex digits for `control`, the model's name for `show`, nothing for the others. */
export type RouteFill<R extends RouteId> = R extends "control" | "show" ? string : null;

/** Where and as whom to ask; everything that ends up in the header. */
export interface Asker {
  readonly place: Pick<Service, "address" | "port" | "host_name" | "base_path">;
  readonly userAgent: string;
}

const TOKEN = /^[0-9a-f]{16}$/u;
const HOST_NAME = /^[a-z0-9._-]{1,253}$/u;
const ADDRESS = /^[0-9a-f.:]{2,45}$/u;
const USER_AGENT = /^[\u0020-\u007e]{1,200}$/u;

/** The path of a route at a place, as it stands in the request line. */
export function routePath<R extends RouteId>(route: R, basePath: string, fill: RouteFill<R>): string {
  const base = basePath === "/" ? "" : basePath;
  const path = READ_ONLY_ROUTES[route].path;
  return base + (route === "control" ? path.replace("{token}", fill ?? "") : path);
}

/**
 * Builds a request from a row of the table; there is no other way to get one.
 *
 * @throws TypeError when the place, the name or the fill could break the header: a bug of the caller, who checks what people give.
 */
export function buildRequest<R extends RouteId>(route: R, asker: Asker, fill: RouteFill<R>): RequestText {
  const fields = fieldsFor(asker);
  if (route === "control" && !TOKEN.test(fill ?? "")) throw new TypeError("control token is not 16 hex digits");
  const row: ReadOnlyRoute = READ_ONLY_ROUTES[route];
  const head = `${row.method} ${routePath(route, asker.place.base_path, fill)}${fields}`;
  if (row.body.length === 0) return sealed(`${head}\r\n`);
  const body = asciiJson(Object.fromEntries(row.body.map((key) => [key, fill])));
  return sealed(`${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
}

interface CheckedFields extends Asker {
  readonly fields: string;
}

let last: CheckedFields | null = null;

/** What follows the path in every request line to a place, checked; kept from one request to the next of the same look. */
function fieldsFor({ place, userAgent }: Asker): string {
  if (last !== null && last.userAgent === userAgent && isSamePlace(last.place, place)) return last.fields;
  const { address, port, host_name: name, base_path: basePath } = place;
  if (!BASE_PATH.test(basePath) || !ADDRESS.test(address)) throw new TypeError("place cannot stand in a header");
  if (name !== null && !HOST_NAME.test(name)) throw new TypeError("host name cannot stand in a header");
  if (!USER_AGENT.test(userAgent)) throw new TypeError("user agent cannot stand in a header");
  const fields =
    ` HTTP/1.1\r\nHost: ${hostField(place)}\r\n` +
    `User-Agent: ${userAgent}\r\nAccept: application/json\r\nConnection: keep-alive\r\n`;
  last = { place: { address, port, host_name: name, base_path: basePath }, userAgent, fields };
  return fields;
}

function isSamePlace(one: Asker["place"], other: Asker["place"]): boolean {
  return (
    one.address === other.address &&
    one.port === other.port &&
    one.host_name === other.host_name &&
    one.base_path === other.base_path
  );
}

/** Joins requests for one write, in order. */
export function pipeline(requests: readonly RequestText[]): RequestText {
  return sealed(requests.join(""));
}

function sealed(text: string): RequestText {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place that makes requests
  return text as RequestText;
}

function hostField(place: Asker["place"]): string {
  const host = place.host_name ?? (place.address.includes(":") ? `[${place.address}]` : place.address);
  return place.port === 80 || place.port === 443 ? host : `${host}:${place.port}`;
}

const NOT_ASCII = /[^\u0020-\u007e]/g;

/** JSON in ASCII alone, so that characters are bytes. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(NOT_ASCII, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
