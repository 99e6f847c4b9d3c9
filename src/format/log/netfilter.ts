import type { LogGrammar, LogReader, LogSetting } from "../../model/log-grammar.ts";
import type { InnerGrammar } from "./inner-grammar.ts";
import { rowHeads } from "./local-rows.ts";
import { NETFILTER, packetAt, packetEvent } from "./netfilter-packet.ts";
import { serverSide } from "./server-side.ts";
import { addressReader } from "./told-values.ts";

/** Rows of the kernel's LOG target and of ulogd in a file of their own: iptables, nft, ufw, firewalld. */
export const NETFILTER_LOG: LogGrammar = {
  id: "netfilter",
  title: "Linux firewall log (iptables, nft, ufw)",
  product: NETFILTER,
  recognise(rows) {
    const full = rows.filter((row) => row !== "");
    return full.length === 0 ? 0 : full.filter((row) => packetAt(row, 0) !== -1).length / full.length;
  },
  read: readNetfilter,
};

/** The same rows as messages of the kernel in syslog and the journal. */
export const NETFILTER_INNER: InnerGrammar = {
  id: "netfilter",
  programs: ["kernel", "ulogd"],
  read(setting) {
    const known = { side: serverSide(setting), addresses: addressReader() };
    return {
      message(text, { at, observer }, row, sink) {
        const begin = packetAt(text, 0);
        if (begin === -1) return false;
        const place = { source: setting.source, line: row.line, offset: row.offset, text: row.text };
        const event = packetEvent(text, begin, text.slice(0, begin), { at, observer, place }, known);
        if (event === null) sink.reject(row, "broken-row");
        else sink.event(event);
        return true;
      },
      end: () => {},
    };
  },
};

function readNetfilter(setting: LogSetting): LogReader {
  const heads = rowHeads(setting);
  const known = { side: serverSide(setting), addresses: addressReader() };
  return {
    row(row, sink) {
      const { text } = row;
      const begin = packetAt(text, 0);
      if (begin === -1) return text === "" ? sink.pass() : sink.reject(row, "not-of-this-log");
      const before = text.slice(0, begin);
      const head = heads.read(before);
      if (typeof head === "string") return sink.reject(row, head);
      const place = { source: setting.source, line: row.line, offset: row.offset, text };
      const event = packetEvent(text, begin, before, { ...head, place }, known);
      if (event === null) sink.reject(row, "broken-row");
      else sink.event(event);
    },
    end: () => {},
    get zone() {
      return heads.zone();
    },
  };
}
