import type { StudyOutput } from "../study-output.ts";

/** How much hangs on how few, and how many machines, hosts and products there are beside what was counted. */
export const CONCENTRATION_OUTPUTS: readonly StudyOutput[] = [
  {
    id: "concentration",
    file: "concentration-curve",
    section: "concentration",
    unit: "hosts and counted observations, the most observed first",
    shape: {
      kind: "rows",
      columns: [
        { from: "percentile", name: "hundredth", holds: "total" },
        { from: "hosts", name: "hosts so far", holds: "cell" },
        { from: "observations", name: "observations so far", holds: "measure", of: "of_observations" },
        { from: "of_observations", name: "of observations", holds: "of" },
      ],
    },
    needs: ["hosts"],
  },
  {
    id: "gini",
    file: "gini",
    section: "concentration",
    unit: "hosts, networks",
    shape: {
      kind: "rows",
      columns: [
        { from: "measure", name: "inequality of", holds: "text" },
        { from: "units", name: "over units", holds: "total" },
        { from: "gini", name: "Gini", holds: "measure" },
      ],
    },
    needs: ["hosts"],
  },
  {
    id: "monoculture",
    file: "monoculture",
    section: "concentration",
    unit: "model instances",
    shape: {
      kind: "rows",
      columns: [
        { from: "dimension", name: "of", holds: "text" },
        { from: "group_kind", name: "group", holds: "text" },
        { from: "group_name", name: "name", holds: "outside" },
        { from: "hosts", name: "hosts with a model", holds: "cell" },
        { from: "instances", name: "instances that tell", holds: "measure" },
        { from: "unknown_instances", name: "that do not", holds: "measure" },
        { from: "distinct_values", name: "values", holds: "measure" },
        { from: "effective_number", name: "effective number", holds: "measure" },
        { from: "hhi", name: "HHI", holds: "measure" },
        { from: "top_value", name: "most common", holds: "outside" },
        { from: "top_share", name: "its share", holds: "measure" },
        { from: "top_hosts", name: "hosts with it", holds: "cell", of: "hosts" },
      ],
    },
    needs: ["lists"],
  },
  {
    id: "governance",
    file: "governance-inversion",
    section: "concentration",
    unit: "networks, makers",
    shape: {
      kind: "rows",
      columns: [
        { from: "measure", name: "units", holds: "text" },
        { from: "units", name: "in all", holds: "total" },
        { from: "half_units", name: "fewest that hold half", holds: "total" },
        { from: "total", name: "of hosts or instances", holds: "total" },
      ],
    },
    needs: ["hosts"],
  },
  {
    id: "machines",
    file: "machines",
    section: "concentration",
    unit: "hosts, machines",
    shape: {
      kind: "rows",
      columns: [
        { from: "addresses", name: "addresses", holds: "total" },
        { from: "stamped_addresses", name: "with a mark", holds: "total" },
        { from: "lower", name: "machines, at least", holds: "total" },
        { from: "upper", name: "machines, at most", holds: "total" },
      ],
    },
    needs: ["lists"],
  },
  {
    id: "capture-recapture",
    file: "capture-recapture",
    section: "concentration",
    unit: "hosts",
    shape: {
      kind: "rows",
      columns: [
        { from: "source_a", name: "source", holds: "outside" },
        { from: "source_b", name: "and source", holds: "outside" },
        { from: "seen_a", name: "seen by the first", holds: "total" },
        { from: "seen_b", name: "by the second", holds: "total" },
        { from: "seen_both", name: "by both", holds: "total" },
        { from: "chapman", name: "estimate of all", holds: "measure" },
        { from: "low", name: "95 % from", holds: "measure" },
        { from: "high", name: "to", holds: "measure" },
      ],
    },
    needs: ["hosts", "two-sources"],
  },
  {
    id: "other-products",
    file: "other-products",
    section: "scale",
    unit: "hosts",
    shape: { kind: "shares", items: "open", addsUp: false, outside: true },
    needs: [],
  },
];
