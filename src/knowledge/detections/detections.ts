import type { Detection } from "../../model/detection.ts";
import { BIND_CALL_BEYOND_LOOPBACK } from "./bind-call-beyond-loopback.ts";
import { BLOB_CREATE_PUSH } from "./blob-create-push.ts";
import { DOWNLOAD_TOOL_CHILD } from "./download-tool-child.ts";
import { HOST_SET_BY_COMMAND } from "./host-set-by-command.ts";
import { HOST_SETTING_BEYOND_LOOPBACK } from "./host-setting-beyond-loopback.ts";
import { LISTEN_FLIP } from "./listen-flip.ts";
import { LISTEN_ON_EVERY_ADDRESS } from "./listen-on-every-address.ts";
import { LISTEN_ON_LOCAL_NETWORK } from "./listen-on-local-network.ts";
import { MANY_STRANGERS } from "./many-strangers.ts";
import { RUNNER_BEYOND_LOOPBACK } from "./runner-beyond-loopback.ts";
import { RUNNER_CHILD } from "./runner-child.ts";
import { SERVICE_RUNS_DROPPED_PROGRAM } from "./service-runs-dropped-program.ts";
import { SERVICE_RUNS_FOREIGN_PROGRAM } from "./service-runs-foreign-program.ts";
import { SHELL_CHILD } from "./shell-child.ts";
import { STRANGER_CONNECTED } from "./stranger-connected.ts";
import { STRANGER_CONNECTION_BURST } from "./stranger-connection-burst.ts";
import { STRANGER_INFERENCE } from "./stranger-inference.ts";
import { STRANGER_REQUEST_BURST } from "./stranger-request-burst.ts";
import { UNEXPECTED_CHILD } from "./unexpected-child.ts";
import { WINDOWS_LISTEN_BEYOND_LOOPBACK } from "./windows-listen-beyond-loopback.ts";

/** Every detection, by id: what `hunt` looks for and what `rules` prints. */
export const DETECTIONS = {
  "listen-on-every-address": LISTEN_ON_EVERY_ADDRESS,
  "listen-on-local-network": LISTEN_ON_LOCAL_NETWORK,
  "bind-call-beyond-loopback": BIND_CALL_BEYOND_LOOPBACK,
  "windows-listen-beyond-loopback": WINDOWS_LISTEN_BEYOND_LOOPBACK,
  "host-setting-beyond-loopback": HOST_SETTING_BEYOND_LOOPBACK,
  "host-set-by-command": HOST_SET_BY_COMMAND,
  "listen-flip": LISTEN_FLIP,
  "runner-beyond-loopback": RUNNER_BEYOND_LOOPBACK,
  "unexpected-child": UNEXPECTED_CHILD,
  "shell-child": SHELL_CHILD,
  "download-tool-child": DOWNLOAD_TOOL_CHILD,
  "runner-child": RUNNER_CHILD,
  "service-runs-foreign-program": SERVICE_RUNS_FOREIGN_PROGRAM,
  "service-runs-dropped-program": SERVICE_RUNS_DROPPED_PROGRAM,
  "stranger-connected": STRANGER_CONNECTED,
  "stranger-connection-burst": STRANGER_CONNECTION_BURST,
  "many-strangers": MANY_STRANGERS,
  "stranger-request-burst": STRANGER_REQUEST_BURST,
  "stranger-inference": STRANGER_INFERENCE,
  "blob-create-push": BLOB_CREATE_PUSH,
} as const satisfies Record<string, Detection>;
