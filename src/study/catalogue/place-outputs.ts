import type { StudyOutput } from "../study-output.ts";

/** Where hosts stand: countries, regions, kinds of networks. */
export const PLACE_OUTPUTS: readonly StudyOutput[] = [
  {
    id: "F1",
    file: "f1-countries",
    section: "places",
    unit: "hosts",
    shape: { kind: "shares", items: "open", addsUp: true, outside: true },
    needs: ["places"],
  },
  {
    id: "T3a",
    file: "t3a-network-types",
    section: "places",
    unit: "hosts",
    shape: {
      kind: "shares",
      items: "closed",
      addsUp: true,
      outside: false,
      words: { "fixed-access": "fixed access", cdn: "content delivery", education: "education and research" },
    },
    needs: ["networks"],
  },
  {
    id: "T3b",
    file: "t3b-tiers",
    section: "places",
    unit: "hosts",
    shape: {
      kind: "shares",
      items: "closed",
      addsUp: true,
      outside: false,
      words: { "indie-cloud": "indie cloud and VPS", "telecom-residential": "telecom and residential" },
    },
    needs: ["networks"],
  },
  {
    id: "T4",
    file: "t4-tier-means",
    section: "places",
    unit: "hosts",
    shape: {
      kind: "rows",
      columns: [
        { from: "tier", name: "tier", holds: "text" },
        { from: "hosts", name: "hosts", holds: "cell" },
        { from: "mean_days", name: "mean host-days", holds: "measure" },
        { from: "mean_presence", name: "mean presence", holds: "measure" },
        { from: "mean_uptime", name: "mean uptime", holds: "measure" },
        { from: "running_hosts", name: "hosts with a model loaded", holds: "cell", of: "running_known" },
        { from: "running_known", name: "of hosts that showed it", holds: "cell" },
        { from: "mean_models", name: "mean models", holds: "measure" },
        { from: "models_known", name: "over hosts with a list", holds: "cell" },
      ],
      addsUp: [{ column: "tier" }],
    },
    needs: ["networks"],
  },
  {
    id: "T5",
    file: "t5-regions",
    section: "places",
    unit: "hosts",
    shape: {
      kind: "rows",
      columns: [
        { from: "country", name: "country", holds: "outside" },
        { from: "region", name: "region", holds: "outside" },
        { from: "hosts", name: "hosts", holds: "cell", of: "of_hosts" },
        { from: "of_hosts", name: "of hosts of the country", holds: "of" },
        { from: "unknown_hosts", name: "without region", holds: "of" },
      ],
    },
    needs: ["places"],
  },
];
