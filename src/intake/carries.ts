import { PLACE_COLUMNS } from "../format/record-place.ts";

/** Columns that every source fills: which service, when, who says so. */
const SERVICE = [
  "scheme",
  "address",
  "port",
  "host_name",
  "base_path",
  "seen_at",
  "source",
  "answer",
  "confirmed",
] as const;
/** What an answer to any path tells. */
const ANSWER = ["product", "fingerprint", "version", "status", "failure", "signs", "server"] as const;
/** What the page at `/` tells. */
const PAGE = ["title", "page"] as const;
/** What the bodies of a model server's own paths tell. */
const LISTS = [
  "models",
  ...["name", "model", "modified_at", "size", "digest", "details", "capabilities", "remote_model", "remote_host"].map(
    (name) => `models.${name}`,
  ),
  ...["parent_model", "format", "family", "families", "parameter_size", "quantization_level"].map(
    (name) => `models.details.${name}`,
  ),
  "models.details.context_length",
  "models.details.embedding_length",
  "running",
  ...["name", "digest", "size", "size_vram", "context_length", "expires_at"].map((name) => `running.${name}`),
] as const;

/** Columns that each source can carry, the most its format allows; whatever is not here is missing, not absent. */
export const CARRIES = {
  shodan: [...SERVICE, ...ANSWER, ...PAGE, ...PLACE_COLUMNS, "labels"],
  fofa: [...SERVICE, ...ANSWER, ...PAGE, ...PLACE_COLUMNS],
  shadowserver: [...SERVICE, ...ANSWER, "title", ...PLACE_COLUMNS],
  zgrab2: [...SERVICE, ...ANSWER, ...PAGE, ...LISTS],
  httpx: [...SERVICE, ...ANSWER, ...PAGE, ...LISTS, "country", "asn", "organisation", "place_source"],
  nmap: [...SERVICE, "product", "version", "server", "title"],
  masscan: [...SERVICE, ...ANSWER, "title"],
  zmap: [...SERVICE],
  intelmq: [...SERVICE, ...ANSWER, "title", ...PLACE_COLUMNS],
} as const satisfies Record<string, readonly string[]>;
