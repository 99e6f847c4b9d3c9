import { dirname, resolve } from "node:path";
import { readBoundedText } from "../../machine/bounded-text.io.ts";
import { Complaint } from "../../model/complaint.ts";
import { BIND_HINT, OPEN_WORDS } from "./bind-rules.ts";
import type { KnownRoutes } from "./config-faults.ts";
import type { GatewayConfig, Listen } from "./gateway-config.ts";
import { CONFIG_FILE_BYTES, parseGateway } from "./parse-gateway.ts";

/**
 * Reads the configuration that a gateway is about to obey; paths in it are absolute afterwards.
 *
 * @param path - As the user typed it, relative to `cwd`; it names the file in every problem.
 * @throws a `Complaint` with every problem when the file cannot be read or breaks a rule.
 */
export async function loadConfig(path: string, cwd: string, routes: KnownRoutes): Promise<GatewayConfig> {
  const text = await readBoundedText(path, cwd, CONFIG_FILE_BYTES, "corral gateway init writes one");
  const config = parseGateway(text, path, routes);
  if (config.ok) return withAbsolutePaths(config.value, dirname(resolve(cwd, path)));
  const isOpen = config.error.some(({ message }) => message.includes(OPEN_WORDS));
  throw new Complaint(config.error, isOpen ? BIND_HINT : "corral config print gateway shows every key");
}

/** The same configuration with every path in it absolute; they are written relative to the file's folder. */
export function withAbsolutePaths(config: GatewayConfig, folder: string): GatewayConfig {
  const { signatures } = config.access;
  return {
    ...config,
    state: resolve(folder, config.state),
    listen: { ...config.listen, tls: absoluteTls(config.listen.tls, folder) },
    access: {
      ...config.access,
      signatures:
        signatures === null ? null : { ...signatures, authorizedKeys: resolve(folder, signatures.authorizedKeys) },
    },
  };
}

function absoluteTls(tls: Listen["tls"], folder: string): Listen["tls"] {
  if (tls === null || tls === "local-ca") return tls;
  return { certificate: resolve(folder, tls.certificate), key: resolve(folder, tls.key) };
}
