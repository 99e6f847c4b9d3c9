import { CHECKS } from "../../knowledge/checks/checks.ts";
import type { ExportHead, Exposure, SeenPlace } from "../../render/exposure.ts";
import { ocsfEvent } from "../../render/ocsf.ts";
import { sarifHead, sarifResult, sarifTail } from "../../render/sarif.ts";
import { stixBundle } from "../../render/stix.ts";
import type { TlpColour } from "../../render/stix-objects.ts";

/** Formats in which exposures are told to other programs. */
export const EXPOSURE_FORMATS = ["stix", "sarif", "ocsf"] as const;
export type ExposureFormat = (typeof EXPOSURE_FORMATS)[number];

/** How one format is written: what comes first, each row, and what comes last. */
export interface ExposurePieces {
  /** Whether services without a failed check are told too. */
  readonly tellsSeen: boolean;
  head(): string;
  seen(one: SeenPlace): string;
  exposure(one: Exposure): string;
  /** `leftOut` names damaged files of the lake. */
  tail(leftOut: readonly string[]): string;
}

/** The pieces of a format. `name` and `colour` are STIX's: what the bundle's id is made of, and its marking. */
export function piecesOf(
  format: ExposureFormat,
  head: ExportHead,
  options: { readonly name: string; readonly colour: TlpColour },
): ExposurePieces {
  switch (format) {
    case "stix":
      return { tellsSeen: true, ...stixBundle(options.name, options.colour, head) };
    case "sarif":
      return sarifPieces(head);
    case "ocsf":
      return {
        tellsSeen: false,
        head: () => "",
        seen: () => "",
        exposure: (one) => `${ocsfEvent(one, head)}\n`,
        tail: () => "",
      };
  }
}

function sarifPieces(head: ExportHead): ExposurePieces {
  let before = "\n";
  return {
    tellsSeen: false,
    head: () => sarifHead(head, CHECKS),
    seen: () => "",
    exposure(one) {
      const piece = `${before}${sarifResult(one, CHECKS)}`;
      before = ",\n";
      return piece;
    },
    tail: sarifTail,
  };
}
