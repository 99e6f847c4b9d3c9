import { unwatchFile, watchFile } from "node:fs";
import { resolve } from "node:path";
import process from "node:process";
import type { Terminal } from "../../model/command.ts";
import type { GatewayConfig } from "../config/gateway-config.ts";

/** A configuration is looked at this often. */
const LOOK_MS = 1000;

/**
 * Reads the configuration anew on SIGHUP and when its file changes, one reading after the other; a bad one is told and changes nothing.
 *
 * @param take - puts a good configuration in the place of the one before.
 * @param keys - is told at every reading that keys may be others.
 */
export function watchConfig(
  path: string,
  terminal: Terminal,
  load: () => Promise<GatewayConfig>,
  take: (config: GatewayConfig) => Promise<void>,
  keys: () => void,
): Disposable {
  const file = resolve(terminal.cwd, path);
  let work = Promise.resolve();
  const reload = async (): Promise<void> => {
    try {
      await take(await load());
      terminal.say("the configuration was read again");
    } catch (error) {
      // Whatever is wrong with the new one, a gateway that works goes on working.
      const reason = error instanceof Error ? error.message : String(error);
      terminal.say(`error: the configuration before stays: ${reason}`);
    }
  };
  const next = (): void => {
    keys();
    work = work.then(reload);
  };
  process.on("SIGHUP", next);
  watchFile(file, { interval: LOOK_MS }, next);
  return {
    [Symbol.dispose]: () => {
      process.off("SIGHUP", next);
      unwatchFile(file, next);
    },
  };
}
