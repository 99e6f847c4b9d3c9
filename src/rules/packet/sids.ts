/** First number of the range that Corral's rules keep for themselves, within the one for local rules (1,000,000 to 1,999,999). */
export const SID_BASE = 1_143_000;
/** Rules that a detection may have. */
export const SIDS_EACH = 10;

/** Place of each detection in the range; a place is never given to another. */
const PLACES: Readonly<Record<string, number>> = {
  "stranger-connected": 0,
  "stranger-connection-burst": 1,
  "stranger-request-burst": 2,
  "stranger-inference": 3,
  "blob-create-push": 4,
  "pull-then-push": 5,
  "stranger-changes-models": 6,
  "host-refusal-burst": 7,
  "preflight-burst": 8,
  "remote-delete": 9,
  "remote-copy": 10,
  "remote-signout": 11,
  "catalogue-then-inference": 12,
  "signin-refusal-burst": 13,
  "scanner-agent": 14,
  "model-card-harvest": 15,
  "account-asked": 16,
  "web-tools-used": 17,
  "debug-path-asked": 18,
  "debug-path-answered": 19,
  "server-error-burst": 20,
  "queue-full-burst": 21,
};

/** Number of a detection's first rule; `null` = it has no place yet. */
export function firstSid(id: string): number | null {
  const place = Object.hasOwn(PLACES, id) ? PLACES[id] : undefined;
  return place === undefined ? null : SID_BASE + place * SIDS_EACH;
}
