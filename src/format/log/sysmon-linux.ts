import type { InnerGrammar } from "./inner-grammar.ts";
import { toldZone } from "./told-zone.ts";
import { isWantedNumber } from "./windows/windows-event.ts";
import { tellWindows } from "./windows/windows-telling.ts";
import { xmlDocument, xmlEventNumber } from "./windows/xml-document.ts";

const OPEN = "<Event>";
const PROVIDER = "Linux-Sysmon";

/**
 * Sysmon for Linux: the XML of Sysmon as one message of syslog or journald. It has events 1, 3, 4, 5, 9, 11, 16 and 23 only: no DNS, and on RHEL 9 no TCP
 * (SysmonForLinux issues 218 and 233).
 */
export const SYSMON_LINUX: InnerGrammar = {
  id: "sysmon-linux",
  programs: ["sysmon"],
  read(setting) {
    const place = { source: setting.source, product: "sysmon", zone: toldZone(0) };
    return {
      message(text, envelope, row, sink) {
        if (!text.startsWith(OPEN) || !text.includes(PROVIDER)) return false;
        const number = xmlEventNumber(text);
        if (number !== -1 && !isWantedNumber(number)) {
          sink.pass();
          return true;
        }
        const document = xmlDocument(text);
        if (document === null) sink.reject(row, "broken-xml");
        else tellWindows({ ...document, computer: document.computer ?? envelope.observer }, place, row, sink);
        return true;
      },
      end: () => {},
    };
  },
};
