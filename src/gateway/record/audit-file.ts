import type { Instant } from "../../model/instant.ts";

const NAME = /^audit-(\d{8})-(\d{3,6})\.jsonl$/u;

/** One file of a trail: a UTC day and a number within it, from 1. */
export interface AuditFile {
  /** `20260110`. */
  readonly day: string;
  readonly number: number;
}

/** `audit-20260110-001.jsonl`. */
export function auditFileName(file: AuditFile): string {
  return `audit-${file.day}-${String(file.number).padStart(3, "0")}.jsonl`;
}

/** The file that a name means; `null` for any other name. */
export function auditFileOf(name: string): AuditFile | null {
  const [, day, number] = NAME.exec(name) ?? [];
  return day === undefined || number === undefined ? null : { day, number: Number(number) };
}

/** Names of a trail's files in the order they were written; other names are left out. */
export function auditFilesInOrder(names: readonly string[]): readonly string[] {
  return names
    .flatMap((name) => {
      const file = auditFileOf(name);
      return file === null || auditFileName(file) !== name ? [] : [{ name, file }];
    })
    .toSorted((a, b) => (a.file.day === b.file.day ? a.file.number - b.file.number : a.file.day < b.file.day ? -1 : 1))
    .map(({ name }) => name);
}

/** The UTC day of a moment, `20260110`. */
export function auditDay(at: Instant): string {
  return at.slice(0, 4) + at.slice(5, 7) + at.slice(8, 10);
}

/** The file to go on with now: the same, the next of its day when it is full, or the first of a later day; a clock set back opens none. */
export function nextAuditFile(now: AuditFile | null, day: string, isFull: boolean): AuditFile {
  if (now === null || day > now.day) return { day, number: 1 };
  return isFull ? { day: now.day, number: now.number + 1 } : now;
}
