/** One group of rows that belong together, and what its correlation remembers of them. */
export interface Group<Body> {
  readonly key: string;
  body: Body;
  /** Time of its newest row. */
  newestAt: number;
  /** Rows it holds on to. */
  held: number;
  before: Group<Body> | null;
  after: Group<Body> | null;
}

/** The groups of one detection, in the order in which they were last touched. */
export interface GroupTable<Body> {
  /** The group of that key, which becomes the last touched. */
  touch(key: string): Group<Body> | null;
  /** A new group; there is none of that key yet. */
  open(key: string, body: Body, at: number): Group<Body>;
  drop(group: Group<Body>): void;
  /** The one touched longest ago. */
  oldest(): Group<Body> | null;
  /** Says how many rows the group holds on to now. */
  hold(group: Group<Body>, held: number): void;
  size(): number;
  held(): number;
}

/** What a table counts its groups and rows into. */
export interface Tally {
  groups: number;
  held: number;
}

/** Groups as a chain, the one touched longest ago first. */
interface Chain<Body> {
  head: Group<Body> | null;
  tail: Group<Body> | null;
}

function unlink<Body>(chain: Chain<Body>, group: Group<Body>): void {
  if (group.before === null) chain.head = group.after;
  else group.before.after = group.after;
  if (group.after === null) chain.tail = group.before;
  else group.after.before = group.before;
  group.before = null;
  group.after = null;
}

function append<Body>(chain: Chain<Body>, group: Group<Body>): void {
  group.before = chain.tail;
  if (chain.tail === null) chain.head = group;
  else chain.tail.after = group;
  chain.tail = group;
}

/** Makes an empty table; `total` is shared by all tables of a run. */
export function groupTable<Body>(total: Tally): GroupTable<Body> {
  const byKey = new Map<string, Group<Body>>();
  const chain: Chain<Body> = { head: null, tail: null };
  let held = 0;
  function hold(group: Group<Body>, now: number): void {
    held += now - group.held;
    total.held += now - group.held;
    group.held = now;
  }
  return {
    touch(key) {
      const group = byKey.get(key);
      if (group === undefined) return null;
      if (group !== chain.tail) {
        unlink(chain, group);
        append(chain, group);
      }
      return group;
    },
    open(key, body, at) {
      const group: Group<Body> = { key, body, newestAt: at, held: 0, before: null, after: null };
      byKey.set(key, group);
      append(chain, group);
      total.groups += 1;
      return group;
    },
    drop(group) {
      if (!byKey.delete(group.key)) return;
      unlink(chain, group);
      hold(group, 0);
      total.groups -= 1;
    },
    oldest: () => chain.head,
    hold,
    size: () => byKey.size,
    held: () => held,
  };
}
