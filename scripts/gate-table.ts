/** One gate: a command that must exit 0 before a change counts as done. */
export interface Gate {
  readonly name: string;
  /** What a pass proves, as a sentence for the reference. */
  readonly proves: string;
  /** Program (of `node_modules/.bin` or PATH) and its arguments; run in the root of the repository. */
  readonly command: readonly [string, ...string[]];
  /** Part of `npm run check`; independent of every other gate and reads only. */
  readonly fast?: true;
  /** File in which the command leaves its own `Tally`; without one the gate counts as one. */
  readonly tally?: string;
}

/** Every gate in order: `npm run check` runs the fast ones, `npm test` all, `docs/reference/gates.md` is made of them. */
export const GATES: readonly Gate[] = [
  {
    name: "format",
    proves: "Every file is laid out by Prettier, so a diff shows changes of meaning only.",
    command: [
      "prettier",
      "--check",
      "--log-level=warn",
      "--cache",
      "--cache-strategy=content",
      "--cache-location=node_modules/.cache/corral/format",
      ".",
    ],
    fast: true,
  },
  {
    name: "lint",
    proves:
      "No floating promise, unsafe `any`, open switch, useless condition, cycle, default export, overlong file or function; plain modules touch no clock, process, network or chance; no regular expression can backtrack beyond linear time.",
    command: ["oxlint"],
    fast: true,
  },
  {
    name: "suppressions",
    proves: "Every comment that silences a gate names the rule and gives its reason.",
    command: ["node", "scripts/suppressions.ts"],
    fast: true,
  },
  {
    name: "types",
    proves: "TypeScript 7 accepts sources, tests, scripts and benchmarks under the strictest settings.",
    command: ["tsc", "--project", "tsconfig.json"],
    fast: true,
  },
  {
    name: "layers",
    proves:
      "Every import follows the arrows of the house, decisions import no effects, what ships imports only dependencies; and every source file was read.",
    command: ["node", "scripts/layers.ts"],
    fast: true,
  },
  {
    name: "dead code",
    proves: "No file, export or dependency is unused, and none is used without being declared.",
    command: ["knip"],
    fast: true,
  },
  {
    name: "lock file",
    proves:
      "Every optional dependency (the binaries of each platform) is in the lock with its hash, every pin is exact, and no registry's host name is in it.",
    command: ["node", "scripts/lock-file.ts"],
    fast: true,
  },
  {
    name: "tests",
    proves: "Every test passes; under `CI=true` none is skipped.",
    command: ["node", "scripts/tests.ts"],
    tally: "node_modules/.cache/corral/tally.json",
  },
  {
    name: "build",
    proves: "The sources compile to `dist/`, and every file they open beside themselves is there too.",
    command: ["node", "scripts/build.ts"],
  },
  {
    name: "package",
    proves: "The package's entry points exist and are what `package.json` says (publint).",
    command: ["publint", "--strict"],
  },
  {
    name: "tarball",
    proves: "The packed tarball, installed into an empty folder, runs there.",
    command: ["node", "scripts/tarball.ts"],
  },
  {
    name: "reference",
    proves: "The generated pages of `docs/reference/` say what the tables say.",
    command: ["node", "scripts/reference.ts", "--check"],
  },
];
