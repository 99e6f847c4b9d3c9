import type { EventClass } from "../../model/event.ts";

/** Which events a log source of Sigma's stands for. */
export interface SigmaEvents {
  readonly classes: readonly EventClass[];
  /** What the events' logs call themselves (`LogEvent.product`); `null` = any. */
  readonly products: readonly string[] | null;
  /** Only files of which this happened, unless the rule itself asks `action`. */
  readonly actions?: readonly string[];
}

const ANY = null;

/** By category: sigma-specification 2, appendix taxonomy. */
export const SIGMA_CATEGORIES: Readonly<Record<string, SigmaEvents>> = {
  process_creation: { classes: ["process"], products: ANY },
  network_connection: { classes: ["network"], products: ANY },
  firewall: { classes: ["network"], products: ANY },
  webserver: { classes: ["http"], products: ANY },
  proxy: { classes: ["http"], products: ANY },
  dns: { classes: ["dns"], products: ANY },
  dns_query: { classes: ["dns"], products: ANY },
  file_event: { classes: ["file"], products: ANY, actions: ["created", "changed"] },
  file_change: { classes: ["file"], products: ANY, actions: ["changed"] },
  file_delete: { classes: ["file"], products: ANY, actions: ["deleted", "truncated"] },
};

/** Exports of agents that run on every system. */
const EVERY_SYSTEM = ["elastic", "defender"];
const HOST = ["process", "network", "listen", "file", "dns", "control"] as const;

/** By product, with or without a category. */
export const SIGMA_PRODUCTS: Readonly<Record<string, SigmaEvents>> = {
  windows: { classes: HOST, products: ["windows", "windows-firewall", ...EVERY_SYSTEM] },
  linux: {
    classes: HOST,
    products: ["auditd", "sysmon", "sudo", "systemd", "netfilter", "conntrack", "ollama", ...EVERY_SYSTEM],
  },
  macos: { classes: HOST, products: ["pf", "ollama", ...EVERY_SYSTEM] },
  zeek: { classes: ["http", "network", "dns"], products: ["zeek"] },
  suricata: { classes: ["http", "network", "dns"], products: ["suricata"] },
  nginx: { classes: ["http"], products: ["nginx", "access-log"] },
  apache: { classes: ["http"], products: ["access-log"] },
  caddy: { classes: ["http"], products: ["caddy"] },
  traefik: { classes: ["http"], products: ["traefik", "access-log"] },
  haproxy: { classes: ["http"], products: ["haproxy"] },
  ollama: { classes: ["http", "listen", "setting", "process"], products: ["ollama"] },
  corral: { classes: ["http", "control"], products: ["corral-gateway"] },
  elastic: { classes: ["http", ...HOST], products: ["elastic"] },
  pf: { classes: ["network"], products: ["pf"] },
  netfilter: { classes: ["network"], products: ["netfilter", "conntrack"] },
};

/** By product and service. */
export const SIGMA_SERVICES: Readonly<Record<string, SigmaEvents>> = {
  "windows/sysmon": { classes: ["process", "network", "file", "dns"], products: ["windows", "elastic"] },
  "windows/security": { classes: ["process", "network", "listen"], products: ["windows", "elastic"] },
  "windows/firewall": { classes: ["network"], products: ["windows-firewall"] },
  "linux/auditd": { classes: ["process", "network", "listen", "file", "control"], products: ["auditd"] },
  "linux/sysmon": { classes: ["process", "network", "file", "control"], products: ["sysmon"] },
  "linux/sudo": { classes: ["process"], products: ["sudo"] },
  "linux/iptables": { classes: ["network"], products: ["netfilter"] },
  "zeek/conn": { classes: ["network"], products: ["zeek"] },
  "zeek/http": { classes: ["http"], products: ["zeek"] },
  "zeek/dns": { classes: ["dns"], products: ["zeek"] },
  // Corral's own rules: a server's rows, a socket or a setting by whatever log tells them.
  "ollama/listen": { classes: ["listen"], products: ANY },
  "ollama/setting": { classes: ["setting"], products: ANY },
  "ollama/control": { classes: ["control"], products: ANY },
  "ollama/server": { classes: ["http", "listen", "setting"], products: ["ollama"] },
};
