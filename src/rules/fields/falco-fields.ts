import type { FieldTables } from "./column.ts";

/**
 * Fields of Falco's system calls; the source is the condition that picks the calls.
 *
 * @see falco.org, supported fields for conditions and outputs
 */
export const FALCO_FIELDS: FieldTables<string> = {
  process: {
    source: "evt.type in (execve, execveat) and evt.dir = <",
    columns: {
      pid: "proc.pid",
      parentPid: "proc.ppid",
      executable: "proc.exepath",
      commandLine: "proc.cmdline",
      parentExecutable: "proc.pexepath",
      parentCommandLine: "proc.pcmdline",
      user: "user.name",
    },
    untold: ["unit", "sha256"],
  },
  network: {
    source: "evt.type = connect and evt.dir = < and (fd.typechar = 4 or fd.typechar = 6)",
    columns: {
      destinationIp: "fd.sip",
      destinationPort: "fd.sport",
      executable: "proc.exepath",
      pid: "proc.pid",
      user: "user.name",
    },
    fixed: { direction: "outbound" },
    untold: ["action", "established"],
  },
  listen: {
    source: "evt.type = bind and evt.dir = < and (fd.typechar = 4 or fd.typechar = 6)",
    columns: { address: "fd.sip", port: "fd.sport", executable: "proc.exepath", pid: "proc.pid", user: "user.name" },
    fixed: { by: "bind" },
    untold: ["version"],
  },
  file: {
    source: "evt.type in (open, openat, openat2) and evt.is_open_write = true and evt.dir = <",
    columns: { path: "fd.name", executable: "proc.exepath", user: "user.name" },
    fixed: { action: "changed" },
  },
};
