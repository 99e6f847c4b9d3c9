/** One TCP socket that waits for connections on this machine. */
export interface ListeningSocket {
  /** Canonical address, `0.0.0.0` or `::` when it listens on every one. */
  readonly address: string;
  readonly port: number;
}

/** One address of this machine's interfaces. */
export interface InterfaceAddress {
  /** `eth0`, `lo` … */
  readonly name: string;
  /** Canonical address. */
  readonly address: string;
  readonly prefixLength: number;
}

/** How this machine is connected, as far as it could be read. */
export interface HostNetwork {
  /** `null` when the sockets could not be read: then nothing is known, which is not the same as none. */
  readonly sockets: readonly ListeningSocket[] | null;
  readonly interfaces: readonly InterfaceAddress[];
}
