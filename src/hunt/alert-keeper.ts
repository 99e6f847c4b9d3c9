import type { Alert, Evidence } from "../model/alert.ts";

/** Alerts that are listed one by one, all together and of one detection: a flood of one kind, which a client may bring about, hides no other. */
const MOST_ALERTS = 20_000;
const MOST_OF_ONE = 2000;
/** Characters of evidence that are kept for all of them together. */
const MOST_CHARACTERS = 16 << 20;
const SHORT_TEXT = 200;

/** Alerts as they close; keeps so many and counts the rest by detection, so that a flood of alerts cannot fill the memory. */
export class AlertKeeper {
  readonly #alerts: Alert[] = [];
  readonly #listed = new Map<string, number>();
  readonly #unlisted = new Map<string, number>();
  #characters = 0;

  /** Nothing is told before an alert is whole. */
  readonly opened = (): void => undefined;

  readonly closed = (alert: Alert): void => {
    const { detection } = alert;
    const listed = this.#listed.get(detection) ?? 0;
    if (listed >= MOST_OF_ONE || this.#alerts.length >= MOST_ALERTS) {
      this.#unlisted.set(detection, (this.#unlisted.get(detection) ?? 0) + 1);
      return;
    }
    this.#listed.set(detection, listed + 1);
    const room = this.#characters < MOST_CHARACTERS;
    const evidence = room ? alert.evidence : alert.evidence.map(shortened);
    this.#characters += evidence.reduce((sum, { place }) => sum + place.text.length, 0);
    this.#alerts.push({ ...alert, evidence });
  };

  /** Alerts beyond those that are listed, by detection. */
  get unlisted(): ReadonlyMap<string, number> {
    return this.#unlisted;
  }

  /** All alerts in the order of their first row, numbered from 1. */
  inOrder(): readonly Alert[] {
    return this.#alerts
      .toSorted((a, b) => a.firstAt - b.firstAt || a.detection.localeCompare(b.detection) || a.lastAt - b.lastAt)
      .map((alert, at) => ({ ...alert, number: at + 1 }));
  }
}

function shortened(evidence: Evidence): Evidence {
  const { place } = evidence;
  return { ...evidence, place: { ...place, text: place.text.slice(0, SHORT_TEXT) } };
}
