import type { Detection } from "../../model/detection.ts";
import { ACCOUNT_ASKED } from "./account-asked.ts";
import { AGENT_SETTINGS_WRITTEN } from "./agent-settings-written.ts";
import { AUDIT_STOPPED } from "./audit-stopped.ts";
import { AUDIT_TRAIL_GAP } from "./audit-trail-gap.ts";
import { BIND_CALL_BEYOND_LOOPBACK } from "./bind-call-beyond-loopback.ts";
import { BLOB_CREATE_PUSH } from "./blob-create-push.ts";
import { CATALOGUE_THEN_INFERENCE } from "./catalogue-then-inference.ts";
import { CONTAINER_PUBLISHES_MODEL_PORT } from "./container-publishes-model-port.ts";
import { DEBUG_PATH_ANSWERED } from "./debug-path-answered.ts";
import { DEBUG_PATH_ASKED } from "./debug-path-asked.ts";
import { DOWNLOAD_TOOL_CHILD } from "./download-tool-child.ts";
import { ENDPOINT_ENUMERATION } from "./endpoint-enumeration.ts";
import { FIREWALL_RULE_REMOVED } from "./firewall-rule-removed.ts";
import { FIREWALL_STOPPED } from "./firewall-stopped.ts";
import { FOREIGN_REGISTRY_PULL } from "./foreign-registry-pull.ts";
import { FORGED_ADDRESS } from "./forged-address.ts";
import { FORGED_ADDRESS_BEHIND_PROXY } from "./forged-address-behind-proxy.ts";
import { GATEWAY_STOPPED } from "./gateway-stopped.ts";
import { GUARD_OFF_BY_COMMAND } from "./guard-off-by-command.ts";
import { HOST_REFUSAL_BURST } from "./host-refusal-burst.ts";
import { HOST_SET_BY_COMMAND } from "./host-set-by-command.ts";
import { HOST_SETTING_BEYOND_LOOPBACK } from "./host-setting-beyond-loopback.ts";
import { LARGE_ANSWERS } from "./large-answers.ts";
import { LARGE_ANSWERS_OVER_CONNECTIONS } from "./large-answers-over-connections.ts";
import { LISTEN_FLIP } from "./listen-flip.ts";
import { LISTEN_ON_EVERY_ADDRESS } from "./listen-on-every-address.ts";
import { LISTEN_ON_LOCAL_NETWORK } from "./listen-on-local-network.ts";
import { LLM_FRAMEWORK_INSTALL } from "./llm-framework-install.ts";
import { LLM_FRAMEWORK_RUN } from "./llm-framework-run.ts";
import { LLM_REGISTRY_LOOKUP } from "./llm-registry-lookup.ts";
import { LOCAL_ADDRESS_WHILE_STRANGER_CONNECTED } from "./local-address-while-stranger-connected.ts";
import { LOG_FILE_REMOVED } from "./log-file-removed.ts";
import { LOG_TRUNCATED } from "./log-truncated.ts";
import { LONG_ANSWERS_ALL_DAY } from "./long-answers-all-day.ts";
import { MANY_ORIGINS } from "./many-origins.ts";
import { MANY_STRANGERS } from "./many-strangers.ts";
import { MODEL_CARD_HARVEST } from "./model-card-harvest.ts";
import { MODEL_FILE_OUTSIDE_STORE } from "./model-file-outside-store.ts";
import { MODEL_PORT_OPENED } from "./model-port-opened.ts";
import { MODEL_SERVER_BEYOND_LOOPBACK } from "./model-server-beyond-loopback.ts";
import { MODEL_STORE_CHANGED } from "./model-store-changed.ts";
import { ORIGINS_FOR_EVERYBODY } from "./origins-for-everybody.ts";
import { PATH_GUESSING } from "./path-guessing.ts";
import { PORTPROXY_TO_MODEL_PORT } from "./portproxy-to-model-port.ts";
import { PREFLIGHT_BURST } from "./preflight-burst.ts";
import { PROXY_STOPPED } from "./proxy-stopped.ts";
import { PULL_THEN_PUSH } from "./pull-then-push.ts";
import { QUEUE_FULL_BURST } from "./queue-full-burst.ts";
import { REMOTE_COPY } from "./remote-copy.ts";
import { REMOTE_DELETE } from "./remote-delete.ts";
import { REMOTE_SIGNOUT } from "./remote-signout.ts";
import { REQUEST_BODIES_LOGGED } from "./request-bodies-logged.ts";
import { RUNNER_BEYOND_LOOPBACK } from "./runner-beyond-loopback.ts";
import { RUNNER_CHILD } from "./runner-child.ts";
import { RUNNER_REACHES_OUT } from "./runner-reaches-out.ts";
import { SCANNER_AGENT } from "./scanner-agent.ts";
import { SERVER_ERROR_BURST } from "./server-error-burst.ts";
import { SERVER_LOOKS_UP_FOREIGN_NAME } from "./server-looks-up-foreign-name.ts";
import { SERVER_REACHES_INSIDE } from "./server-reaches-inside.ts";
import { SERVER_REACHES_METADATA } from "./server-reaches-metadata.ts";
import { SERVER_REACHES_ODD_PORT } from "./server-reaches-odd-port.ts";
import { SERVER_SCANS_INSIDE } from "./server-scans-inside.ts";
import { SERVER_UPLOADS_MUCH } from "./server-uploads-much.ts";
import { SERVER_WRITES_PERSISTENCE } from "./server-writes-persistence.ts";
import { SERVICE_CHILD_REACHES_OUT } from "./service-child-reaches-out.ts";
import { SERVICE_KEY_CHANGED } from "./service-key-changed.ts";
import { SERVICE_READS_SECRETS } from "./service-reads-secrets.ts";
import { SERVICE_RUNS_DROPPED_PROGRAM } from "./service-runs-dropped-program.ts";
import { SERVICE_RUNS_FOREIGN_PROGRAM } from "./service-runs-foreign-program.ts";
import { SHELL_CHILD } from "./shell-child.ts";
import { SIGNIN_REFUSAL_BURST } from "./signin-refusal-burst.ts";
import { SLOW_EXFILTRATION } from "./slow-exfiltration.ts";
import { SLOW_INFERENCE_BURST } from "./slow-inference-burst.ts";
import { STRANGER_CHANGES_MODELS } from "./stranger-changes-models.ts";
import { STRANGER_CLOUD_MODEL } from "./stranger-cloud-model.ts";
import { STRANGER_CONNECTED } from "./stranger-connected.ts";
import { STRANGER_CONNECTION_BURST } from "./stranger-connection-burst.ts";
import { STRANGER_INFERENCE } from "./stranger-inference.ts";
import { STRANGER_REQUEST_BURST } from "./stranger-request-burst.ts";
import { TUNNEL_TO_MODEL_PORT } from "./tunnel-to-model-port.ts";
import { UNEXPECTED_CHILD } from "./unexpected-child.ts";
import { WEB_TOOLS_USED } from "./web-tools-used.ts";
import { WINDOWS_LISTEN_BEYOND_LOOPBACK } from "./windows-listen-beyond-loopback.ts";
import { WRONG_KEY_BURST } from "./wrong-key-burst.ts";

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
  "model-server-beyond-loopback": MODEL_SERVER_BEYOND_LOOPBACK,
  "origins-for-everybody": ORIGINS_FOR_EVERYBODY,
  "request-bodies-logged": REQUEST_BODIES_LOGGED,
  "unexpected-child": UNEXPECTED_CHILD,
  "shell-child": SHELL_CHILD,
  "download-tool-child": DOWNLOAD_TOOL_CHILD,
  "runner-child": RUNNER_CHILD,
  "service-runs-foreign-program": SERVICE_RUNS_FOREIGN_PROGRAM,
  "service-runs-dropped-program": SERVICE_RUNS_DROPPED_PROGRAM,
  "service-reads-secrets": SERVICE_READS_SECRETS,
  "stranger-connected": STRANGER_CONNECTED,
  "stranger-connection-burst": STRANGER_CONNECTION_BURST,
  "many-strangers": MANY_STRANGERS,
  "stranger-request-burst": STRANGER_REQUEST_BURST,
  "stranger-inference": STRANGER_INFERENCE,
  "large-answers": LARGE_ANSWERS,
  "large-answers-over-connections": LARGE_ANSWERS_OVER_CONNECTIONS,
  "slow-exfiltration": SLOW_EXFILTRATION,
  "long-answers-all-day": LONG_ANSWERS_ALL_DAY,
  "blob-create-push": BLOB_CREATE_PUSH,
  "pull-then-push": PULL_THEN_PUSH,
  "stranger-changes-models": STRANGER_CHANGES_MODELS,
  "foreign-registry-pull": FOREIGN_REGISTRY_PULL,
  "host-refusal-burst": HOST_REFUSAL_BURST,
  "preflight-burst": PREFLIGHT_BURST,
  "many-origins": MANY_ORIGINS,
  "remote-delete": REMOTE_DELETE,
  "remote-copy": REMOTE_COPY,
  "remote-signout": REMOTE_SIGNOUT,
  "catalogue-then-inference": CATALOGUE_THEN_INFERENCE,
  "stranger-cloud-model": STRANGER_CLOUD_MODEL,
  "forged-address": FORGED_ADDRESS,
  "forged-address-behind-proxy": FORGED_ADDRESS_BEHIND_PROXY,
  "local-address-while-stranger-connected": LOCAL_ADDRESS_WHILE_STRANGER_CONNECTED,
  "signin-refusal-burst": SIGNIN_REFUSAL_BURST,
  "wrong-key-burst": WRONG_KEY_BURST,
  "endpoint-enumeration": ENDPOINT_ENUMERATION,
  "path-guessing": PATH_GUESSING,
  "scanner-agent": SCANNER_AGENT,
  "model-card-harvest": MODEL_CARD_HARVEST,
  "account-asked": ACCOUNT_ASKED,
  "web-tools-used": WEB_TOOLS_USED,
  "debug-path-asked": DEBUG_PATH_ASKED,
  "debug-path-answered": DEBUG_PATH_ANSWERED,
  "server-error-burst": SERVER_ERROR_BURST,
  "queue-full-burst": QUEUE_FULL_BURST,
  "slow-inference-burst": SLOW_INFERENCE_BURST,
  "llm-framework-run": LLM_FRAMEWORK_RUN,
  "llm-framework-install": LLM_FRAMEWORK_INSTALL,
  "llm-registry-lookup": LLM_REGISTRY_LOOKUP,
  "model-file-outside-store": MODEL_FILE_OUTSIDE_STORE,
  "server-reaches-metadata": SERVER_REACHES_METADATA,
  "server-reaches-inside": SERVER_REACHES_INSIDE,
  "server-scans-inside": SERVER_SCANS_INSIDE,
  "server-reaches-odd-port": SERVER_REACHES_ODD_PORT,
  "runner-reaches-out": RUNNER_REACHES_OUT,
  "service-child-reaches-out": SERVICE_CHILD_REACHES_OUT,
  "server-looks-up-foreign-name": SERVER_LOOKS_UP_FOREIGN_NAME,
  "server-uploads-much": SERVER_UPLOADS_MUCH,
  "firewall-rule-removed": FIREWALL_RULE_REMOVED,
  "firewall-stopped": FIREWALL_STOPPED,
  "model-port-opened": MODEL_PORT_OPENED,
  "gateway-stopped": GATEWAY_STOPPED,
  "proxy-stopped": PROXY_STOPPED,
  "audit-trail-gap": AUDIT_TRAIL_GAP,
  "audit-stopped": AUDIT_STOPPED,
  "log-truncated": LOG_TRUNCATED,
  "log-file-removed": LOG_FILE_REMOVED,
  "guard-off-by-command": GUARD_OFF_BY_COMMAND,
  "tunnel-to-model-port": TUNNEL_TO_MODEL_PORT,
  "portproxy-to-model-port": PORTPROXY_TO_MODEL_PORT,
  "container-publishes-model-port": CONTAINER_PUBLISHES_MODEL_PORT,
  "agent-settings-written": AGENT_SETTINGS_WRITTEN,
  "server-writes-persistence": SERVER_WRITES_PERSISTENCE,
  "service-key-changed": SERVICE_KEY_CHANGED,
  "model-store-changed": MODEL_STORE_CHANGED,
} as const satisfies Record<string, Detection>;
