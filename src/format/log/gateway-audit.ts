import { controlEvent, httpEvent } from "../../model/make-event.ts";
import type { EventHead } from "../../model/make-event.ts";
import { type JsonObject, field, isObject } from "../bounded-value.ts";
import type { JsonKind, ObjectMeaning } from "./json-kind.ts";
import { isoMs, textOf } from "./json-values.ts";
import { addressReader, countIn } from "./told-values.ts";

/** What a note of the trail about itself means. `lost` and `torn` are ends that are missing. */
const NOTES = {
  torn: { control: "gateway", action: "failed" },
  gap: { control: "gateway", action: "failed" },
  lost: { control: "log", action: "truncated" },
} as const;

const TRAIL = "corral gateway audit trail";

/** Audit trail of Corral's own gateway: one row a request, chained; the address is what `listen.behind` makes the gateway believe. */
export const GATEWAY_AUDIT: JsonKind = {
  id: "gateway-audit",
  title: "Audit trail of Corral's gateway",
  product: "corral-gateway",
  programs: [],
  marks: ['{"seq":', '"prev":"'],
  meaning() {
    const addresses = addressReader();
    return (object, head) => {
      if (countIn(field(object, "seq")) === null || textOf(object, "prev", 64) === null) return "not-mine";
      const note = noteOf(object, head);
      if (note !== null) return note;
      const at = isoMs(textOf(object, "at", 40));
      const method = textOf(object, "method", 64);
      const path = textOf(object, "path");
      if (at === null || method === null || path === null) return "pass";
      return httpEvent(
        { ...head, at, product: "corral-gateway" },
        {
          method: method.toUpperCase(),
          path,
          status: countIn(field(object, "status")),
          durationMs: countIn(field(object, "durationMs")),
          sourceIp: addresses.of(field(object, "address")),
          requestBytes: countIn(field(object, "bytesIn")),
          responseBytes: countIn(field(object, "bytesOut")),
          model: textOf(object, "model", 512),
          promptTokens: countIn(field(object, "promptTokens")),
          answerTokens: countIn(field(object, "answerTokens")),
          user: textOf(object, "owner", 256) ?? textOf(object, "key", 64),
          decision: textOf(object, "decision", 16),
        },
      );
    };
  },
};

function noteOf(object: JsonObject, head: Omit<EventHead, "at" | "product">): ObjectMeaning | null {
  if (isObject(field(object, "checkpoint"))) return "pass";
  for (const [key, meaning] of Object.entries(NOTES)) {
    const note = field(object, key);
    if (!isObject(note)) continue;
    const at = isoMs(textOf(note, "at", 40)) ?? isoMs(textOf(note, "until", 40));
    return at === null ? "pass" : controlEvent({ ...head, at, product: "corral-gateway" }, { ...meaning, name: TRAIL });
  }
  return null;
}
