import { DETECTIONS } from "../../../src/knowledge/detections/detections.ts";
import type { Detection } from "../../../src/model/detection.ts";
import { SURICATA } from "../../../src/rules/print/suricata.ts";
import { DEFAULT_RULE_SETTING } from "../../../src/rules/rule-language.ts";
import { checkContents } from "../packets/content-check.ts";
import { passagesOf } from "../packets/wire.ts";
import { pcapOf } from "./pcap-file.ts";

/** Stories whose addresses are IPv4 or IPv6 as written; captures of more requests than this say nothing new. */
const MOST_PASSAGES = 80;

/** One story as a capture, and what an engine must say of it. */
export interface Capture {
  readonly name: string;
  readonly title: string;
  readonly bytes: Buffer;
  /** Rules for Suricata that must alert when given this capture, as EVE names them; empty = silence. */
  readonly alerts: readonly { readonly event_type: "alert"; readonly alert: { readonly signature_id: number } }[];
}

/** The first story on which each detection speaks, and the first on which it is silent, of those that packets can tell. */
export function captures(): readonly Capture[] {
  return Object.values<Detection>(DETECTIONS).flatMap((detection) => {
    const printed = SURICATA.print(detection, DEFAULT_RULE_SETTING);
    if (printed.kind === "cannot") return [];
    const told = [...detection.fires, ...detection.silent].map(({ title, events }) => {
      const passages = passagesOf(events);
      return { title, passages, alerts: [...checkContents(printed.text, passages).keys()].map(Number) };
    });
    const fit = told.filter(({ passages }) => passages.length > 0 && passages.length <= MOST_PASSAGES);
    const loud = fit.find(({ alerts }) => alerts.length > 0);
    const quiet = fit.find(({ alerts }) => alerts.length === 0);
    return [loud, quiet].flatMap((story, index) =>
      story === undefined
        ? []
        : [
            {
              name: `${detection.id}-${index === 0 ? "fires" : "silent"}`,
              title: story.title,
              bytes: pcapOf(story.passages),
              alerts: story.alerts.map((id) => ({ event_type: "alert", alert: { signature_id: id } }) as const),
            },
          ],
    );
  });
}
