import type { ControlEvent } from "../../model/event.ts";

/** A unit of systemd whose start and stop matter to the guard of a model server. */
interface GuardedUnit {
  /** Without `.service`. */
  readonly name: string;
  /** `Description=` of its unit file: older systemd says nothing else. */
  readonly descriptions: readonly string[];
  readonly control: ControlEvent["control"];
}

/** Units by name, from the unit files of Debian 12, Fedora 42 and the projects' own packages. */
const GUARDED_UNITS: readonly GuardedUnit[] = [
  { name: "ollama", descriptions: ["Ollama Service"], control: "service" },
  {
    name: "corral-gateway",
    descriptions: ["Corral's gateway in front of a model server"],
    control: "gateway",
  },
  {
    name: "nginx",
    descriptions: [
      "A high performance web server and a reverse proxy server",
      "The nginx HTTP and reverse proxy server",
      "nginx - high performance web server",
    ],
    control: "gateway",
  },
  { name: "caddy", descriptions: ["Caddy"], control: "gateway" },
  { name: "traefik", descriptions: ["Traefik", "traefik proxy"], control: "gateway" },
  { name: "haproxy", descriptions: ["HAProxy Load Balancer"], control: "gateway" },
  { name: "apache2", descriptions: ["The Apache HTTP Server"], control: "gateway" },
  { name: "httpd", descriptions: [], control: "gateway" },
  { name: "nftables", descriptions: ["nftables", "Netfilter Tables"], control: "firewall" },
  { name: "ufw", descriptions: ["Uncomplicated firewall"], control: "firewall" },
  { name: "firewalld", descriptions: ["firewalld - dynamic firewall daemon"], control: "firewall" },
  { name: "netfilter-persistent", descriptions: ["netfilter persistent configuration"], control: "firewall" },
  { name: "iptables", descriptions: ["IPv4 firewall with iptables"], control: "firewall" },
  { name: "ip6tables", descriptions: ["IPv6 firewall with ip6tables"], control: "firewall" },
  { name: "fail2ban", descriptions: ["Fail2Ban Service"], control: "firewall" },
  { name: "auditd", descriptions: ["Security Auditing Service", "Security Audit Logging Service"], control: "audit" },
  { name: "sysmon", descriptions: ["Sysmon event logger"], control: "audit" },
  { name: "falco", descriptions: ["Falco: Container Native Runtime Security"], control: "audit" },
  { name: "suricata", descriptions: ["Suricata IDS/IDP daemon"], control: "audit" },
  { name: "zeek", descriptions: [], control: "audit" },
  { name: "wazuh-agent", descriptions: ["Wazuh agent"], control: "audit" },
  { name: "osqueryd", descriptions: ["The osquery Daemon"], control: "audit" },
  { name: "rsyslog", descriptions: ["System Logging Service"], control: "log" },
  { name: "syslog-ng", descriptions: ["System Logger Daemon"], control: "log" },
  { name: "systemd-journald", descriptions: ["Journal Service"], control: "log" },
];

const SUFFIX = ".service";

/** The unit of a name with or without `.service`, or of a description; `null` = none that is guarded. */
export function guardedUnit(name: string | null, description: string): GuardedUnit | null {
  const bare = name?.endsWith(SUFFIX) === true ? name.slice(0, -SUFFIX.length) : null;
  return (
    GUARDED_UNITS.find((unit) => (bare === null ? unit.descriptions.includes(description) : unit.name === bare)) ?? null
  );
}
