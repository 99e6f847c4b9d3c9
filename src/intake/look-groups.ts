import { epochMsOf } from "../model/instant.ts";
import type { Observation } from "../model/observation.ts";
import { serviceKey } from "../model/service.ts";
import type { StoredLook } from "../format/stored-look.ts";
import { basedLooks, type BasedLook, observeLook, type Origin } from "./observe-look.ts";

/** Replies of one service at most this far apart are one look. */
const MOMENT_MS = 3_600_000;
/** Text of replies that waits for its neighbours, in UTF-16 units; the oldest group is closed when more comes. */
const WAITING_UNITS = 32 * 1024 * 1024;
/** What a group costs besides its texts. */
const GROUP_UNITS = 1_024;
/** Groups of one service that wait, and replies of one group. */
const MAX_GROUPS = 4;
const MAX_REPLIES = 64;
/** Groups, closed ones among them, that are kept before the closed ones are let go. */
const TIDY_AT = 65_536;

/**
 * Puts together what a file tells of one service at one moment in several records: the version in one line, the models in another. A path that
 * comes again begins a new look. Memory is bounded: a group is closed, oldest first, when too much waits.
 */
export interface LookGroups {
  /** Takes a look; the observations of the groups that were closed for it. */
  add(look: StoredLook): readonly Observation[];
  /** Closes every group. */
  rest(): readonly Observation[];
}

interface Group {
  look: BasedLook;
  readonly key: string;
  readonly sinceMs: number;
  units: number;
  isClosed: boolean;
}

/** Makes an empty one; `waitingUnits` is for tests. */
export function createLookGroups(origin: Origin, waitingUnits = WAITING_UNITS): LookGroups {
  const waiting = createQueue();
  const byService = new Map<string, Group[]>();
  let units = 0;

  const close = (group: Group): Observation => {
    group.isClosed = true;
    units -= group.units;
    const left = (byService.get(group.key) ?? []).filter((one) => one !== group);
    if (left.length === 0) byService.delete(group.key);
    else byService.set(group.key, left);
    return observeLook(group.look, origin);
  };
  const take = (look: BasedLook): readonly Observation[] => {
    const key = serviceKey(look);
    const groups = byService.get(key) ?? [];
    const cost = unitsOf(look);
    const fitting = groups.find((group) => fits(group, look));
    units += cost;
    if (fitting !== undefined) {
      fitting.look = merged(fitting.look, look);
      fitting.units += cost;
      return [];
    }
    const group = { look, key, sinceMs: msOf(look), units: cost, isClosed: false };
    const [oldest] = groups;
    const closed = oldest !== undefined && groups.length === MAX_GROUPS ? [close(oldest)] : [];
    waiting.add(group);
    byService.set(key, [...(byService.get(key) ?? []), group]);
    return closed;
  };
  return {
    add(look) {
      const closed = basedLooks(look).flatMap(take);
      while (units > waitingUnits) {
        const oldest = waiting.oldest();
        if (oldest === null) break;
        closed.push(close(oldest));
      }
      return closed;
    },
    rest: () => waiting.all().map(close),
  };
}

/** Open groups by age. A set would be walked over all that it ever held. */
interface Queue {
  add(group: Group): void;
  oldest(): Group | null;
  all(): readonly Group[];
}

function createQueue(): Queue {
  let groups: Group[] = [];
  let first = 0;
  let tidyAt = TIDY_AT;
  const all = (): Group[] => groups.slice(first).filter(({ isClosed }) => !isClosed);
  return {
    add(group) {
      groups.push(group);
      if (groups.length < tidyAt) return;
      groups = all();
      first = 0;
      tidyAt = TIDY_AT + 2 * groups.length;
    },
    oldest() {
      while (groups[first]?.isClosed === true) first += 1;
      return groups[first] ?? null;
    },
    all,
  };
}

function fits(group: Group, look: StoredLook): boolean {
  const { replies } = group.look;
  const isOneMoment = Math.abs(msOf(look) - group.sinceMs) <= MOMENT_MS;
  return isOneMoment && replies.length + look.replies.length <= MAX_REPLIES && !sharesPath(group.look, look);
}

function msOf({ seen_at }: StoredLook): number {
  return epochMsOf(seen_at) ?? 0;
}

function sharesPath(one: StoredLook, other: StoredLook): boolean {
  return other.replies.some(({ path }) => one.replies.some((reply) => reply.path === path));
}

function unitsOf({ replies }: StoredLook): number {
  return replies.reduce((sum, { body }) => sum + (body?.length ?? 0), GROUP_UNITS);
}

/** Two tellings of one look: the earlier time, every reply, of the rest what the first says or the second adds. */
function merged(one: BasedLook, other: BasedLook): BasedLook {
  const replies = [...one.replies, ...other.replies];
  return {
    ...one,
    seen_at: other.seen_at < one.seen_at ? other.seen_at : one.seen_at,
    replies,
    failure: replies.length === 0 ? (one.failure ?? other.failure) : null,
    claim: {
      products: [...new Set([...one.claim.products, ...other.claim.products])],
      version: one.claim.version ?? other.claim.version,
      server: one.claim.server ?? other.claim.server,
      title: one.claim.title ?? other.claim.title,
    },
    place: one.place.place_source === null ? other.place : one.place,
  };
}
