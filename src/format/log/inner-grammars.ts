import { ACCESS_LOG, TRAEFIK_COMMON } from "./access-log.ts";
import { AUDITD_INNER } from "./auditd.ts";
import { CADDY_ACCESS } from "./caddy-access.ts";
import { GATEWAY_AUDIT } from "./gateway-audit.ts";
import { HAPROXY_HTTP } from "./haproxy-http.ts";
import type { InnerGrammar } from "./inner-grammar.ts";
import { jsonLines } from "./json-kind.ts";
import { innerGrammar } from "./line-kind.ts";
import { NGINX_JSON } from "./nginx-json.ts";
import { NETFILTER_INNER } from "./netfilter.ts";
import { OLLAMA_INNER } from "./ollama-server.ts";
import { PF_FILTERLOG_INNER } from "./pf-filterlog.ts";
import { SUDO_COMMAND } from "./sudo-command.ts";
import { SYSMON_LINUX } from "./sysmon-linux.ts";
import { SYSTEMD_UNITS } from "./systemd-units.ts";
import { TRAEFIK_JSON } from "./traefik-json.ts";

/** Messages that journald, syslog and Docker logs carry for other programs; the first that says a message is its own reads it. */
export const INNER_GRAMMARS: readonly InnerGrammar[] = [
  OLLAMA_INNER,
  innerGrammar(ACCESS_LOG),
  innerGrammar(TRAEFIK_COMMON),
  innerGrammar(HAPROXY_HTTP),
  innerGrammar(jsonLines(CADDY_ACCESS)),
  innerGrammar(jsonLines(TRAEFIK_JSON)),
  innerGrammar(jsonLines(NGINX_JSON)),
  innerGrammar(jsonLines(GATEWAY_AUDIT)),
  NETFILTER_INNER,
  PF_FILTERLOG_INNER,
  SYSTEMD_UNITS,
  SUDO_COMMAND,
  AUDITD_INNER,
  SYSMON_LINUX,
];
