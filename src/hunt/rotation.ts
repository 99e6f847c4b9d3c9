/** A file's name, read as one of several that a log was cut into. */
export interface RotatedName {
  /** What all of them share: `access.log` of `access.log.2.gz`. */
  readonly stem: string;
  /** The greater, the older; 0 is the file that is written now. */
  readonly age: number;
}

const PACKED = /\.(?:gz|zst)$/u;
/** `access.log.2` */
const NUMBERED = /^(.+)\.(\d{1,4})$/u;
/** `server-2.log`, as Ollama's app does. */
const NUMBERED_INSIDE = /^(.+)-(\d{1,3})\.(log)$/u;
/** `access.log-20260130`, `access.log-20260130-1769731200`, `access.log.2026-01-30` */
const DATED = /^(.+)[.-](\d{4})-?(\d{2})-?(\d{2})(?:-(\d{1,12}))?$/u;

const FUTURE = 1e20;

/** Tells from a bare file name which log it belongs to and how old a part it is. */
export function rotatedName(name: string): RotatedName {
  const bare = name.replace(PACKED, "");
  const numbered = NUMBERED.exec(bare) ?? NUMBERED_INSIDE.exec(bare);
  if (numbered !== null) {
    const [, stem = bare, age = "0", ending] = numbered;
    return { stem: ending === undefined ? stem : `${stem}.${ending}`, age: Number(age) };
  }
  const dated = DATED.exec(bare);
  if (dated === null) return { stem: bare, age: 0 };
  const [, stem = bare, year = "0", month = "0", day = "0", second = "0"] = dated;
  return { stem, age: FUTURE - (Number(`${year}${month}${day}`) * 1e11 + Number(second)) };
}

/** Files of one log, the oldest first. */
export interface RotatedLog<File> {
  readonly stem: string;
  readonly files: readonly File[];
}

/** Gathers files of one folder that are parts of one log; order of logs: as their first file was given. */
export function rotatedLogs<File extends { readonly folder: string; readonly name: string }>(
  files: readonly File[],
): readonly RotatedLog<File>[] {
  const logs = new Map<
    string,
    { readonly stem: string; readonly parts: { readonly file: File; readonly age: number }[] }
  >();
  for (const file of files) {
    const { stem, age } = rotatedName(file.name);
    const key = `${file.folder}\u0000${stem}`;
    const log = logs.get(key) ?? { stem, parts: [] };
    log.parts.push({ file, age });
    logs.set(key, log);
  }
  return [...logs.values()].map(({ stem, parts }) => ({
    stem,
    files: parts.toSorted((a, b) => b.age - a.age).map(({ file }) => file),
  }));
}
