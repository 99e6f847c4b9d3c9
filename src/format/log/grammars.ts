import type { LogGrammar } from "../../model/log-grammar.ts";
import { ACCESS_LOG, TRAEFIK_COMMON } from "./access-log.ts";
import { AUDITD_LOG } from "./auditd.ts";
import { CADDY_ACCESS } from "./caddy-access.ts";
import { CONTAINER_LOG, DOCKER_JSON } from "./docker-json.ts";
import { DEFENDER_CSV, DEFENDER_JSON } from "./defender.ts";
import { ELASTIC_ECS } from "./elastic.ts";
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
import { WINDOWS_XML } from "./windows-xml.ts";
import { AWS_VPC_FLOW, AWS_VPC_FLOW_JSON } from "./aws-vpc-flow.ts";
import { AZURE_FLOW } from "./azure-flow.ts";
import { CONNTRACK_EVENTS } from "./conntrack-events.ts";
import { GCP_VPC_FLOW } from "./gcp-vpc-flow.ts";
import { NETFILTER_LOG } from "./netfilter.ts";
import { NFDUMP_CSV } from "./nfdump-csv.ts";
import { NFDUMP_JSON } from "./nfdump-json.ts";
import { PF_FILTERLOG } from "./pf-filterlog.ts";
import { PF_TCPDUMP } from "./pf-tcpdump.ts";
import { SURICATA_EVE } from "./suricata-eve.ts";
import { WINDOWS_FIREWALL } from "./windows-firewall.ts";
import { ZEEK_JSON } from "./zeek-json.ts";
import { ZEEK_TSV } from "./zeek-tsv.ts";

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
  ZEEK_TSV,
  ZEEK_JSON,
  SURICATA_EVE,
  AWS_VPC_FLOW,
  AWS_VPC_FLOW_JSON,
  AZURE_FLOW,
  GCP_VPC_FLOW,
  NFDUMP_CSV,
  NFDUMP_JSON,
  NETFILTER_LOG,
  PF_TCPDUMP,
  PF_FILTERLOG,
  WINDOWS_FIREWALL,
  CONNTRACK_EVENTS,
  SYSLOG,
  WINDOWS_JSON_FLAT,
  WINDOWS_JSON_NESTED,
  WINDOWS_XML,
  AUDITD_LOG,
  DEFENDER_JSON,
  DEFENDER_CSV,
  ELASTIC_ECS,
];
