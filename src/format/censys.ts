import { canonicalAddress } from "../model/address.ts";
import { isObject, type JsonObject } from "./bounded-value.ts";
import { canonicalName } from "../model/host-name.ts";
import { LINE_LIMITS, LINE_PATTERNS } from "../model/line-limits.ts";
import type { ModelEntry, Observation, RunningEntry } from "../model/observation.ts";
import { fail, ok, type Result } from "../model/result.ts";
import { instantIn } from "./record-instant.ts";
import { placeIn, type RecordPlace } from "./record-place.ts";
import { type FieldProblem, list, orNull, record, type Shape, text, whole } from "./shape.ts";

/**
 * Reads hosts of the Censys Platform v3. The `ollama` object sits on an endpoint, and knows no quantization, parameter size, families,
 * capabilities or template: those stay `null`, and the import's run says so in `carries`.
 *
 * @see api-evangelist/censys@334a234c openapi/_original/censys-platform-openapi.yml, schemas Host, EndpointScanState, Ollama, Ollama_Model
 */

/** What Censys can carry, as columns of `observation` and paths below `models` and `running`; all else is missing, not absent. */
export const CENSYS_CARRIES: readonly string[] = [
  "scheme",
  "address",
  "port",
  "host_name",
  "base_path",
  "seen_at",
  "source",
  "answer",
  "confirmed",
  "product",
  "version",
  "models",
  "models.name",
  "models.model",
  "models.digest",
  "models.size",
  "models.details.family",
  "models.details.parent_model",
  "running",
  "running.name",
  "running.digest",
  "running.size",
  "running.size_vram",
  "running.expires_at",
  "country",
  "region",
  "city",
  "asn",
  "organisation",
  "labels",
  "place_source",
];

/** One endpoint of a host: an observation, or what is wrong with it and where in the host. */
export type CensysEndpoint = Result<Observation, FieldProblem>;

/** What a host told: its endpoints that speak Ollama, and how many others it has. */
export interface CensysHost {
  readonly address: string;
  readonly endpoints: readonly CensysEndpoint[];
  /** Endpoints without an `ollama` object. */
  readonly skipped: number;
}

interface CensysModel {
  readonly name: string | null;
  readonly model: string | null;
  readonly digest: string | null;
  readonly family: string | null;
  readonly parent_model: string | null;
  readonly size: number | null;
  readonly size_vram: number | null;
  readonly expires_at: string | null;
}

const any = orNull(text(LINE_LIMITS.text));
const MODEL: Shape<CensysModel> = {
  name: any,
  model: any,
  digest: any,
  family: any,
  parent_model: any,
  size: orNull(whole()),
  size_vram: orNull(whole()),
  expires_at: any,
};
const models = list(record(MODEL), LINE_LIMITS.models);
const running = list(record(MODEL), LINE_LIMITS.running);
const SERVICES = 65_536;

/** Reads one host, bare or wrapped in `host` or `resource`; a failure when it is none. */
export function readCensysHost(value: unknown): Result<CensysHost, FieldProblem> {
  const host = unwrapped(value);
  if (host === null) return wrong("", "is not a host of the Censys Platform");
  const address = typeof host["ip"] === "string" ? canonicalAddress(host["ip"]) : null;
  if (address === null) return wrong("ip", "is no IP address");
  const services = host["services"] ?? [];
  if (!Array.isArray(services) || services.length > SERVICES) return wrong("services", "is not a list of services");
  const place = placeOf(host);
  const endpoints: CensysEndpoint[] = [];
  let skipped = 0;
  for (const [index, service] of (services as readonly unknown[]).entries()) {
    for (const [at, endpoint] of endpointsOf(service).entries()) {
      const field = `services[${index}].endpoints[${at}]`;
      if (isObject(endpoint) && isObject(endpoint["ollama"])) {
        endpoints.push(
          readEndpoint(endpoint, endpoint["ollama"], isObject(service) ? service : {}, { address, place, field }),
        );
      } else skipped += 1;
    }
  }
  return ok({ address, endpoints, skipped });
}

function unwrapped(value: unknown): JsonObject | null {
  if (!isObject(value)) return null;
  for (const key of ["resource", "host"]) if (isObject(value[key])) return value[key];
  return "ip" in value ? value : null;
}

function endpointsOf(service: unknown): readonly unknown[] {
  const endpoints = isObject(service) ? service["endpoints"] : undefined;
  return Array.isArray(endpoints) && endpoints.length <= SERVICES ? endpoints : [];
}

interface Around {
  readonly address: string;
  readonly place: RecordPlace;
  readonly field: string;
}

function readEndpoint(endpoint: JsonObject, ollama: JsonObject, service: JsonObject, around: Around): CensysEndpoint {
  const { address, place, field } = around;
  const port = whole(1, 65_535)(numberOf(endpoint["port"] ?? service["port"]));
  if (!port.ok) return wrong(`${field}.port`, port.error.reason);
  const seen = instantIn(endpoint["scan_time"] ?? service["scan_time"]);
  if (seen === null) return wrong(`${field}.scan_time`, "is no moment");
  const version = any(ollama["version"]);
  if (!version.ok) return wrong(`${field}.ollama.version`, version.error.reason);
  const listed = orNull(models)(ollama["models"]);
  if (!listed.ok) return wrong(`${field}.ollama.models${listed.error.field}`, listed.error.reason);
  const loaded = orNull(running)(ollama["running_models"]);
  if (!loaded.ok) return wrong(`${field}.ollama.running_models${loaded.error.field}`, loaded.error.reason);
  const basePath = basePathOf(endpoint["path"]);
  if (basePath === null) return wrong(`${field}.path`, "is no path");
  const confirmed = version.value !== null && Object.hasOwn(ollama, "models");
  return ok({
    kind: "observation",
    schema: 1,
    scheme: isSecure(service) ? "https" : "http",
    address,
    port: port.value,
    host_name: nameOf(endpoint["hostname"]),
    base_path: basePath,
    seen_at: seen,
    run: null,
    vantage: "outside",
    source: "censys",
    answer: "open",
    confirmed,
    product: "ollama",
    fingerprint: null,
    version: version.value,
    status: null,
    failure: null,
    signs: [],
    server: null,
    title: null,
    page: null,
    models: listed.value?.map(modelEntry) ?? null,
    running: loaded.value?.map(runningEntry) ?? null,
    certificate: null,
    ...place,
    requests: null,
    duration_ms: null,
  });
}

function modelEntry(model: CensysModel): ModelEntry {
  const { family, parent_model } = model;
  return {
    name: model.name ?? model.model ?? "",
    model: model.model,
    modified_at: null,
    size: model.size,
    digest: model.digest,
    details:
      family === null && parent_model === null
        ? null
        : {
            parent_model,
            format: null,
            family,
            families: null,
            parameter_size: null,
            quantization_level: null,
            context_length: null,
            embedding_length: null,
          },
    capabilities: null,
    remote_model: null,
    remote_host: null,
  };
}

function runningEntry(model: CensysModel): RunningEntry {
  return {
    name: model.name ?? model.model ?? "",
    digest: model.digest,
    size: model.size,
    size_vram: model.size_vram,
    context_length: null,
    expires_at: model.expires_at,
  };
}

const LABELS = ["hosting", "mobile", "satellite", "vpn", "proxy", "tor"];

/** Words of `network[]` and `privacy[]` that are true; `null` when the host carries neither. */
function labelsOf(host: JsonObject): readonly string[] | null {
  const rows = ["network", "privacy"].flatMap((key): readonly unknown[] => (Array.isArray(host[key]) ? host[key] : []));
  if (rows.length === 0) return null;
  return LABELS.filter((label) => rows.some((row) => isObject(row) && row[label] === true));
}

function placeOf(host: JsonObject): RecordPlace {
  const location = isObject(host["location"]) ? host["location"] : {};
  const system = isObject(host["autonomous_system"]) ? host["autonomous_system"] : {};
  return placeIn({
    country: location["country_code"],
    region: location["province"],
    city: location["city"],
    asn: system["asn"],
    organisation: [system["organization"], system["name"], system["description"]],
    labels: labelsOf(host),
  });
}

/** Some sources send numbers as text. */
function numberOf(value: unknown): unknown {
  return typeof value === "string" && /^\d{1,15}$/u.test(value) ? Number(value) : value;
}

/** The part before the route that was asked: `/ollama/api/tags` → `/ollama`; no path is `/`. */
export function basePathOf(value: unknown): string | null {
  if (value === undefined || value === null || value === "") return "/";
  if (typeof value !== "string" || value.length > LINE_LIMITS.text) return null;
  const [path = ""] = value.split(/[?#]/u, 1);
  const base = path.replace(/\/(?:api\/(?:tags|ps|version|show)|v1\/models)?$/u, "");
  if (base === "") return "/";
  return LINE_PATTERNS.basePath.test(base) ? base : null;
}

function nameOf(value: unknown): string | null {
  return typeof value === "string" ? canonicalName(value) : null;
}

/** A service with a `tls` object, or whose protocol is named so, was spoken to over TLS. */
function isSecure(service: JsonObject): boolean {
  return isObject(service["tls"]) || isObject(service["cert"]) || service["protocol"] === "HTTPS";
}

function wrong(field: string, reason: string): Result<never, FieldProblem> {
  return fail({ field, reason });
}
