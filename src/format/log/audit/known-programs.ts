/** What is known of a process by the rows before. */
export interface KnownProgram {
  readonly executable: string;
  readonly commandLine: string | null;
}

/** Remembers what processes run, so that a start can tell what its parent is: the audit system writes the parent's number alone. */
export interface KnownPrograms {
  of(node: string | null, pid: number): KnownProgram | null;
  /** It was started: what was known of that number is over. */
  started(node: string | null, pid: number, program: KnownProgram): void;
  /** It did something: counts when nothing better is known. */
  seen(node: string | null, pid: number, program: KnownProgram): void;
}

const MOST = 16_384;

/** Makes an empty memory; beyond its room the process that was heard of longest ago goes. */
export function knownPrograms(): KnownPrograms {
  const known = new Map<string, KnownProgram>();
  const keyOf = (node: string | null, pid: number): string => `${node ?? ""} ${pid}`;
  const keep = (key: string, program: KnownProgram): void => {
    known.delete(key);
    known.set(key, program);
    if (known.size <= MOST) return;
    for (const oldest of known.keys()) {
      known.delete(oldest);
      return;
    }
  };
  return {
    of: (node, pid) => known.get(keyOf(node, pid)) ?? null,
    started: (node, pid, program) => keep(keyOf(node, pid), program),
    seen(node, pid, program) {
      const key = keyOf(node, pid);
      const before = known.get(key);
      if (before?.executable !== program.executable) keep(key, program);
    },
  };
}
