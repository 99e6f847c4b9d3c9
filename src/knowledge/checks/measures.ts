import type { Remediation } from "./check.ts";

/** Close it to everybody but the machine itself. */
export const BIND: Remediation = {
  measure: "bind",
  effort: "minutes",
  text:
    "Listen on loopback. Ollama: OLLAMA_HOST=127.0.0.1:11434 in the service's environment, then restart; in a container publish " +
    "127.0.0.1:11434:11434 instead of 11434:11434; in the desktop app turn off the switch that exposes it to the network. Other " +
    "servers: their --host or --listen option, 127.0.0.1.",
};

/** Close it to everybody but named addresses. */
export const FIREWALL: Remediation = {
  measure: "firewall",
  effort: "minutes",
  text:
    "Let only named addresses reach the port, over IPv4 and IPv6. Ports published by Docker pass by ufw's rules: filter them " +
    "in the DOCKER-USER chain or in the provider's security group.",
  byTier: {
    hyperscaler:
      "Take the port out of the security group or firewall rule that opens it to 0.0.0.0/0 and ::/0, and name the addresses " +
      "that need it; a policy of the organisation can forbid such rules altogether.",
    "indie-cloud":
      "Turn on the provider's firewall in its panel if it has one, else filter on the server (nftables, ufw) for IPv4 and IPv6; " +
      "ports published by Docker pass by ufw, so filter them in the DOCKER-USER chain.",
    "telecom-residential":
      "In the router remove the port forwarding or the exposed host (DMZ) that leads to the machine, turn off UPnP, and close " +
      "the port in its IPv6 firewall: an IPv6 address needs no forwarding to be reached.",
    academic:
      "Ask the institution's network operations to close the port at the border, and filter it on the machine: a campus network " +
      "often gives public addresses to desks and laboratories.",
  },
};

/** Ask for credentials in front of it. */
export const PROXY: Remediation = {
  measure: "authenticating-proxy",
  effort: "hours",
  text:
    "Put a proxy that asks for credentials in front of a server bound to loopback, forward only the routes that clients need, " +
    "send Host: localhost:11434 upstream, and keep the port itself closed.",
  byTier: {
    hyperscaler:
      "Put the provider's identity-aware proxy or load balancer with a login in front of a server without a public address, and " +
      "forward only the routes that clients need.",
    "telecom-residential":
      "Reach it from outside through the VPN that the router offers, or through a tunnel that asks for a login, instead of an " +
      "open port.",
  },
};

/** The three ways to close a service, cheapest first. */
export const CLOSE_SERVICE: readonly Remediation[] = [BIND, FIREWALL, PROXY];
