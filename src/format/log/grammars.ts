import type { LogGrammar } from "../../model/log-grammar.ts";
import { ACCESS_LOG, TRAEFIK_COMMON } from "./access-log.ts";
import { CADDY_ACCESS } from "./caddy-access.ts";
import { CONTAINER_LOG, DOCKER_JSON } from "./docker-json.ts";
import { GATEWAY_AUDIT } from "./gateway-audit.ts";
import { HAPROXY_HTTP } from "./haproxy-http.ts";
import { JOURNALD_EXPORT } from "./journald-export.ts";
import { JOURNALD_JSON } from "./journald-json.ts";
import { jsonLines } from "./json-kind.ts";
import { lineGrammar } from "./line-kind.ts";
import { NGINX_JSON } from "./nginx-json.ts";
import { OLLAMA_SERVER } from "./ollama-server.ts";
import { SYSLOG } from "./syslog.ts";
import { TRAEFIK_JSON } from "./traefik-json.ts";
import { WINDOWS_JSON_FLAT, WINDOWS_JSON_NESTED } from "./windows-json.ts";

/** Every way in which logs are written that Corral reads; recognition takes the surest, the first of equals. */
export const LOG_GRAMMARS: readonly LogGrammar[] = [
  OLLAMA_SERVER,
  JOURNALD_JSON,
  JOURNALD_EXPORT,
  DOCKER_JSON,
  CONTAINER_LOG,
  lineGrammar(jsonLines(GATEWAY_AUDIT)),
  lineGrammar(jsonLines(CADDY_ACCESS)),
  lineGrammar(jsonLines(TRAEFIK_JSON)),
  lineGrammar(jsonLines(NGINX_JSON)),
  lineGrammar(TRAEFIK_COMMON),
  lineGrammar(ACCESS_LOG),
  lineGrammar(HAPROXY_HTTP),
  SYSLOG,
  WINDOWS_JSON_FLAT,
  WINDOWS_JSON_NESTED,
];
