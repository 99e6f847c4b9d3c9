import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { MODEL_ROUTES } from "../../knowledge/ollama-routes.ts";
import type { OptionValues, Terminal } from "../../model/command.ts";
import { Complaint } from "../../model/complaint.ts";
import { visibleText } from "../../render/visible-text.ts";
import { textOption } from "../../store/command-option.ts";
import type { GatewayConfig } from "../config/gateway-config.ts";
import { loadConfig } from "../config/load-config.io.ts";

/** Name of the configuration when none is given. */
export const CONFIG_FILE = "gateway.yaml";

/** The configuration that `--config` names, or `gateway.yaml` in the user's folder. */
export function configOption(options: OptionValues, terminal: Terminal): Promise<GatewayConfig> {
  return loadConfig(textOption(options, "config") ?? CONFIG_FILE, terminal.cwd, { ids: Object.keys(MODEL_ROUTES) });
}

/** The state folder: `--state`, or the configuration's. Keys can be revoked whatever the configuration says by now. */
export async function stateOption(options: OptionValues, terminal: Terminal): Promise<string> {
  const named = textOption(options, "state");
  if (named === null) return (await configOption(options, terminal)).state;
  const state = resolve(terminal.cwd, named);
  if (existsSync(state)) return state;
  throw new Complaint(
    [{ place: "--state", message: `${visibleText(named, 200)}: no such folder` }],
    "it is the folder that gateway.yaml calls state",
  );
}
