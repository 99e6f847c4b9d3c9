import type { Alert } from "../model/alert.ts";
import type { Detection } from "../model/detection.ts";

/** One row an alert rests on, placed in a file. */
export interface ToldEvidence {
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
  readonly observer: string | null;
  readonly product: string;
  /** The file as the user named it; `-` = standard input. */
  readonly path: string;
  /** From 1; of an EVTX file the number of the record. */
  readonly line: number;
  /** Bytes from the beginning of the unpacked file. */
  readonly offset: number;
  /** Not made visible yet. */
  readonly text: string;
  /** Prints the row again; `null` = standard input. */
  readonly command: string | null;
}

/** An alert as files for other programs tell it. */
export interface ToldAlert {
  readonly alert: Alert;
  readonly detection: Detection;
  readonly evidence: readonly ToldEvidence[];
}

/** What stands before the alerts of such a file. */
export interface AlertHead {
  readonly toolVersion: string;
  /** Not all was read: exit code 3, unless findings come first. */
  readonly isIncomplete: boolean;
  /** What makes it incomplete, in words. */
  readonly leftOut: readonly string[];
  /** What was left out by the person's own wish, or because it is no log, in words. */
  readonly remarks: readonly string[];
}

/** Names an alert: the same rows of the same files give the same name in every hunt. */
export function alertKey({ alert, evidence }: ToldAlert): string {
  const group = Object.entries(alert.group).map(([field, value]) => `${field}=${value}`);
  const first = evidence[0];
  return [alert.detection, ...group, first?.path ?? "", first?.line ?? "", alert.firstAt].join(" ");
}

/** One sentence: what, who as far as it is sure, how many rows. */
export function alertText({ alert, detection }: ToldAlert): string {
  const who =
    alert.peer !== null && alert.peerTrust !== "claimed"
      ? ` by ${alert.peer}`
      : alert.peerTrust === "claimed"
        ? " (the address in the log is a header's word that nothing confirms)"
        : "";
  return `${detection.title}${who}: ${alert.rows} ${alert.rows === 1 ? "row" : "rows"}.`;
}

/** What to do now, as one text. */
export function whatNowText({ whatNow }: Detection): string {
  const { confirm, contain, recover } = whatNow;
  const steps = [
    ...confirm.map((text) => `Confirm: ${text}`),
    ...contain.map((text) => `Contain: ${text}`),
    ...recover.map((text) => `Recover: ${text}`),
  ];
  return steps.join("\n");
}
