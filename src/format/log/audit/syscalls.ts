/** What a system call does, as far as Corral asks for it. */
export type CallKind = "exec" | "bind" | "connect" | "accept" | "open" | "truncate" | "attribute" | "name";

const KINDS: ReadonlyMap<string, CallKind> = new Map<string, CallKind>([
  ["execve", "exec"],
  ["execveat", "exec"],
  ["bind", "bind"],
  ["connect", "connect"],
  ["accept", "accept"],
  ["accept4", "accept"],
  ["open", "open"],
  ["openat", "open"],
  ["creat", "truncate"],
  ["truncate", "truncate"],
  ["ftruncate", "truncate"],
  ["chmod", "attribute"],
  ["fchmod", "attribute"],
  ["fchmodat", "attribute"],
  ["fchmodat2", "attribute"],
  ["chown", "attribute"],
  ["lchown", "attribute"],
  ["fchown", "attribute"],
  ["fchownat", "attribute"],
  ["rename", "name"],
  ["renameat", "name"],
  ["renameat2", "name"],
  ["unlink", "name"],
  ["unlinkat", "name"],
  ["link", "name"],
  ["linkat", "name"],
  ["symlink", "name"],
  ["symlinkat", "name"],
  ["openat2", "name"],
]);

/** Numbers of the calls by architecture (linux/unistd.h of each), for logs whose rows carry no names. */
const NUMBERS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  c000003e: {
    2: "open",
    42: "connect",
    43: "accept",
    49: "bind",
    59: "execve",
    76: "truncate",
    77: "ftruncate",
    82: "rename",
    85: "creat",
    86: "link",
    87: "unlink",
    88: "symlink",
    90: "chmod",
    91: "fchmod",
    92: "chown",
    93: "fchown",
    94: "lchown",
    257: "openat",
    260: "fchownat",
    263: "unlinkat",
    264: "renameat",
    265: "linkat",
    266: "symlinkat",
    268: "fchmodat",
    288: "accept4",
    316: "renameat2",
    322: "execveat",
    437: "openat2",
  },
  c00000b7: {
    35: "unlinkat",
    36: "symlinkat",
    37: "linkat",
    38: "renameat",
    45: "truncate",
    46: "ftruncate",
    52: "fchmod",
    53: "fchmodat",
    54: "fchownat",
    55: "fchown",
    56: "openat",
    200: "bind",
    202: "accept",
    203: "connect",
    221: "execve",
    242: "accept4",
    276: "renameat2",
    281: "execveat",
    437: "openat2",
  },
  "40000003": {
    5: "open",
    8: "creat",
    10: "unlink",
    11: "execve",
    38: "rename",
    92: "truncate",
    93: "ftruncate",
    295: "openat",
    301: "unlinkat",
    302: "renameat",
    353: "renameat2",
    358: "execveat",
    361: "bind",
    362: "connect",
    364: "accept4",
  },
};

/** The name of a call: the number's, or the text itself where auditd or ausearch put the name there; `null` = unknown. */
export function callName(arch: string, syscall: string): string | null {
  if (KINDS.has(syscall)) return syscall;
  const numbers = Object.hasOwn(NUMBERS, arch) ? NUMBERS[arch] : undefined;
  return numbers !== undefined && Object.hasOwn(numbers, syscall) ? (numbers[Number(syscall)] ?? null) : null;
}

/** What a call of that name does; `null` = nothing Corral asks for. */
export function callKind(name: string): CallKind | null {
  return KINDS.get(name) ?? null;
}
