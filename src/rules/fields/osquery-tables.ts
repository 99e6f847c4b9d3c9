import type { FieldTables } from "./column.ts";

const WITH_USER = "LEFT JOIN users u ON u.uid = p.uid";

/**
 * Tables of osquery 5, joined so that a row tells what an event does; the source is what stands behind FROM.
 *
 * @see osquery schema 5: process_events, processes, listening_ports, process_open_sockets, file_events, users
 */
export const OSQUERY_TABLES: FieldTables<string> = {
  process: {
    source: `process_events p LEFT JOIN processes parent ON parent.pid = p.parent ${WITH_USER}`,
    columns: {
      pid: "p.pid",
      parentPid: "p.parent",
      executable: "p.path",
      commandLine: "p.cmdline",
      parentExecutable: "parent.path",
      parentCommandLine: "parent.cmdline",
      user: "u.username",
    },
    untold: ["unit", "sha256", "observer"],
  },
  listen: {
    source: `listening_ports l JOIN processes p ON p.pid = l.pid ${WITH_USER}`,
    columns: { address: "l.address", port: "l.port", pid: "p.pid", executable: "p.path", user: "u.username" },
    fixed: { by: "socket" },
    untold: ["version", "observer"],
  },
  network: {
    source: `process_open_sockets s JOIN processes p ON p.pid = s.pid ${WITH_USER}`,
    columns: {
      sourceIp: "s.local_address",
      sourcePort: "s.local_port",
      destinationIp: "s.remote_address",
      destinationPort: "s.remote_port",
      executable: "p.path",
      pid: "p.pid",
      user: "u.username",
    },
    fixed: { direction: "outbound" },
    untold: ["action", "established", "sourceBytes", "destinationBytes", "durationMs", "transport", "observer"],
  },
  file: {
    source: "file_events f",
    columns: { path: "f.target_path", action: "f.action" },
    values: { action: { created: ["CREATED"], changed: ["UPDATED"], deleted: ["DELETED"] } },
    untold: ["user", "observer"],
  },
};
