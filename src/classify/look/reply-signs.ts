import { OLLAMA_GREETING } from "../../knowledge/ollama-greeting.ts";
import type { GetRouteId } from "../../knowledge/read-only-routes.ts";
import type { Notes } from "./notes.ts";
import type { TakenReply } from "./taken-reply.ts";

const NOT_FOUND = "404 page not found";
/** Proxies that put their own Server field on what they pass on; beside the greeting they are no sign. */
const PROXIES =
  /^(?:nginx|openresty|tengine|caddy|cloudflare|envoy|istio-envoy|apache|haproxy|traefik|awselb|microsoft-iis|google frontend)\b/iu;
const CHARSET = /;\s{0,4}charset=utf-8/iu;
const PASSWD = /(?:^|[\s"'>])root:[x*]?:0:0:/u;

/**
 * Notes signs of a made-up Ollama that one answer shows. Ollama sends no Server field, a charset below `/api/` and none below `/v1/`,
 * CORS fields only to a request with an Origin, and Go's plain text for a path it does not know.
 *
 * @see ollama/ollama@fb307608 server/routes.go, gin
 */
export function noteSigns(notes: Notes, route: GetRouteId, { status, headers, beginning }: TakenReply): void {
  if (headers["access-control-allow-origin"] !== undefined) notes.signs.add("cors-unasked");
  const type = headers["content-type"];
  if (route === "root" && beginning === OLLAMA_GREETING && isForeignServer(headers["server"])) {
    notes.signs.add("root-server-header");
  }
  if (status === 200 && type !== undefined) {
    if ((route === "tags" || route === "version" || route === "ps") && !CHARSET.test(type))
      notes.signs.add("charset-wrong");
    if (route === "v1-models" && CHARSET.test(type)) notes.signs.add("charset-wrong");
  }
  if (route !== "control" && route !== "root") return;
  if (route === "control" && status === 404 && beginning.trimEnd() !== NOT_FOUND) notes.signs.add("not-found-foreign");
  if (PASSWD.test(beginning)) notes.signs.add("passwd-body");
}

function isForeignServer(server: string | undefined): boolean {
  return server !== undefined && server !== "" && !PROXIES.test(server);
}
