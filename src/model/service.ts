/** A place that can be asked: (scheme, address, port, host name, base path). The natural key of everything Corral keeps. */
export interface Service {
  readonly scheme: "http" | "https";
  /** Canonical text: dotted IPv4, or RFC 5952 IPv6 without brackets and zone; an IPv4-mapped IPv6 address is its IPv4. */
  readonly address: string;
  readonly port: number;
  /** Lower-case name sent as Host (and SNI); `null` when asked by address. */
  readonly host_name: string | null;
  /** `/` or `/ollama`: begins with a slash, ends without one. */
  readonly base_path: string;
}

/** One line that names a service and nothing else: `http://192.0.2.10:11434/`, a virtual host as `http://name@192.0.2.10:80/x`. */
export function serviceKey(service: Service): string {
  const host = service.address.includes(":") ? `[${service.address}]` : service.address;
  const name = service.host_name === null ? "" : `${service.host_name}@`;
  return `${service.scheme}://${name}${host}:${service.port}${service.base_path}`;
}
