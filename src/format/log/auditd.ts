import type { LogGrammar } from "../../model/log-grammar.ts";
import { auditLine } from "./audit/audit-line.ts";
import { AUDITD, auditReader } from "./audit/audit-reader.ts";
import type { InnerGrammar } from "./inner-grammar.ts";

/** What `ausearch` puts between events. */
const SEPARATOR = /^-{4}$|^time->/u;
/** Before the record of a kernel that has no auditd. */
const KERNEL = "audit: ";

/** Log of auditd as it writes it (`/var/log/audit/audit.log`), with or without the names it adds; `ausearch` without `-i` too. */
export const AUDITD_LOG: LogGrammar = {
  id: "auditd",
  title: "Linux audit log",
  product: AUDITD,
  recognise(rows) {
    const full = rows.filter((row) => row !== "" && !SEPARATOR.test(row));
    return full.length === 0 ? 0 : full.filter((row) => auditLine(row) !== null).length / full.length;
  },
  read(setting) {
    const reader = auditReader(setting.source);
    return {
      row(row, sink) {
        const line = auditLine(row.text);
        if (line !== null) reader.take(line, null, row, sink);
        else if (row.text === "" || SEPARATOR.test(row.text)) {
          reader.end(sink);
          sink.pass();
        } else sink.reject(row, "no-audit-record");
      },
      end: (sink) => reader.end(sink),
      zone: null,
    };
  },
};

/** The same records inside of syslog and journald: from auditd's plugin, or from a kernel that has no auditd. */
export const AUDITD_INNER: InnerGrammar = {
  id: "auditd",
  programs: ["kernel", "audisp-syslog", "audispd", "auditd"],
  read(setting) {
    const reader = auditReader(setting.source);
    return {
      message(text, { observer }, row, sink) {
        const line = auditLine(text.startsWith(KERNEL) ? text.slice(KERNEL.length) : text);
        if (line === null) return false;
        reader.take(line, observer, row, sink);
        return true;
      },
      end: (sink) => reader.end(sink),
    };
  },
};
