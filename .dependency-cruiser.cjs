// Who may import whom: one row per folder of src/. A folder without a row is a breach; test/gates/layers.test.ts plants breaches.
const HOUSE = {
  model: [],
  knowledge: ["model"],
  classify: ["model", "knowledge"],
  format: ["model"],
  machine: ["model", "format"],
  store: ["model", "format", "machine"],
  render: ["model", "knowledge"],
};
const SHARED = Object.keys(HOUSE);
const VERBS = ["survey", "intake", "study", "simulate", "steward", "gateway", "audit", "watch", "hunt", "rules"];
for (const verb of VERBS) HOUSE[verb] = SHARED;
Object.assign(HOUSE, {
  jobs: [...SHARED, ...VERBS],
  server: ["jobs", ...SHARED],
  cli: ["jobs", "server", ...SHARED, ...VERBS],
});

const any = (names) => `^src/(${names.join("|")})/`;
/** Modules that decide: no socket, file, process or clock; what they need of the world they take as an argument. */
const plain = { path: any([...SHARED, ...VERBS]), pathNot: "[.](io|test)[.]ts$" };
const shipped = { path: "^(src|bin)/", pathNot: "[.]test[.]ts$" };
/** Core modules that are functions of their arguments only. */
const PURE_CORE = "^(crypto|buffer|url|util)$";
const PURE_NPM =
  "node_modules/(zod|yaml|sax|@cfworker/json-schema|asn1js|@observablehq/plot|d3-[a-z]+|topojson-client|world-atlas)/";

const layers = Object.entries(HOUSE).map(([name, uses]) => ({
  name: `${name}-stays-home`,
  comment: `src/${name} may import ${uses.length === 0 ? "nothing of src but itself" : uses.join(", ")}.`,
  severity: "error",
  from: { path: any([name]) },
  to: { path: "^(src|web)/", pathNot: any([name, ...uses]) },
}));

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "every-folder-has-a-row",
      comment: "A new folder of src/ needs a row in HOUSE; no file lies in src/ itself.",
      severity: "error",
      from: { path: "^src/", pathNot: any(Object.keys(HOUSE)) },
      to: {},
    },
    ...layers,
    {
      name: "web-stays-home",
      severity: "error",
      from: { path: "^web/" },
      to: { path: "^src/", pathNot: "^src/(render/|server/api[.]ts$)" },
    },
    { name: "decisions-never-import-io", severity: "error", from: plain, to: { path: "[.]io[.]ts$" } },
    {
      name: "decisions-use-pure-core",
      severity: "error",
      from: plain,
      to: { dependencyTypes: ["core"], pathNot: PURE_CORE },
    },
    {
      name: "decisions-use-pure-packages",
      severity: "error",
      from: plain,
      to: { path: "node_modules", pathNot: PURE_NPM },
    },
    {
      name: "shipped-code-stands-alone",
      comment: "What the package carries imports no test, script or bench, and no package that only developers have.",
      severity: "error",
      from: shipped,
      to: { path: "^(test|scripts|bench)/|[.]test[.]ts$" },
    },
    {
      name: "shipped-code-uses-dependencies",
      severity: "error",
      from: shipped,
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"] },
    },
    { name: "every-import-resolves", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
