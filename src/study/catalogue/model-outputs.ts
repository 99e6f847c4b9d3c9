import type { SharesShape, StudyColumn, StudyOutput } from "../study-output.ts";

/** Hosts in every name they have: names are strangers' own, and the rows do not add up. */
const OPEN_NAMES: SharesShape = { kind: "shares", items: "open", addsUp: false, outside: true };
/** Hosts in every item of a list of ours they have. */
const CLOSED_ITEMS: SharesShape = { kind: "shares", items: "closed", addsUp: false, outside: false };

const HOSTS_OF: readonly StudyColumn[] = [
  { from: "hosts", name: "hosts", holds: "cell", of: "of_hosts" },
  { from: "of_hosts", name: "of hosts", holds: "of" },
];

/** What models stand on hosts: architectures, numbers, pairs, formats, sizes; and what they can do. */
export const MODEL_OUTPUTS: readonly StudyOutput[] = [
  { id: "F2", file: "f2-lineages", section: "models", unit: "hosts", shape: OPEN_NAMES, needs: ["lists"] },
  {
    id: "T6",
    file: "t6-lineage-ranks",
    section: "models",
    unit: "hosts, counted observations, host-days",
    shape: {
      kind: "rows",
      columns: [
        { from: "lineage", name: "lineage", holds: "outside" },
        { from: "observations", name: "observations", holds: "measure" },
        { from: "hosts", name: "hosts", holds: "cell" },
        { from: "host_days", name: "host-days", holds: "measure" },
        { from: "rank_observations", name: "rank by observations", holds: "measure" },
        { from: "rank_hosts", name: "rank by hosts", holds: "measure" },
        { from: "rank_host_days", name: "rank by host-days", holds: "measure" },
        { from: "volatility", name: "volatility", holds: "measure" },
      ],
    },
    needs: ["lists"],
  },
  {
    id: "T6m",
    file: "t6m-lineage-months",
    section: "models",
    unit: "hosts",
    shape: {
      kind: "rows",
      columns: [
        { from: "month", name: "month", holds: "day" },
        { from: "lineage", name: "lineage", holds: "outside" },
        ...HOSTS_OF,
        { from: "rank", name: "rank", holds: "measure" },
      ],
    },
    needs: ["lists", "two-months"],
  },
  {
    id: "T7a",
    file: "t7a-inventory-months",
    section: "models",
    unit: "counted observations that showed a list",
    shape: {
      kind: "rows",
      columns: [
        { from: "month", name: "month", holds: "day" },
        { from: "hosts", name: "hosts", holds: "cell" },
        { from: "observations", name: "observations", holds: "measure" },
        { from: "mean_models", name: "mean models", holds: "measure" },
      ],
    },
    needs: ["lists"],
  },
  {
    id: "T7b",
    file: "t7b-inventory-sizes",
    section: "models",
    unit: "hosts",
    shape: {
      kind: "shares",
      items: "closed",
      addsUp: true,
      outside: false,
      words: {
        0: "no model",
        1: "1 model",
        "2-3": "2 to 3",
        "4-9": "4 to 9",
        "10-19": "10 to 19",
        "20+": "20 and more",
      },
    },
    needs: ["lists"],
  },
  {
    id: "T7c",
    file: "t7c-public-libraries",
    section: "models",
    unit: "hosts, model instances, lineages",
    shape: {
      kind: "rows",
      columns: [
        { from: "library_hosts", name: "libraries", holds: "cell", of: "of_hosts" },
        { from: "of_hosts", name: "of hosts", holds: "of" },
        { from: "unknown_hosts", name: "without a list", holds: "of" },
        { from: "library_instances", name: "instances on them", holds: "measure", of: "of_instances" },
        { from: "of_instances", name: "of instances", holds: "of" },
        { from: "library_lineages", name: "lineages on them", holds: "measure", of: "of_lineages" },
        { from: "of_lineages", name: "of lineages", holds: "of" },
      ],
    },
    needs: ["lists"],
  },
  {
    id: "T8",
    file: "t8-lineage-pairs",
    section: "models",
    unit: "hosts",
    shape: {
      kind: "rows",
      columns: [
        { from: "lineage_a", name: "lineage", holds: "outside" },
        { from: "lineage_b", name: "and lineage", holds: "outside" },
        { from: "hosts", name: "hosts", holds: "cell", of: "of_multi" },
        { from: "of_multi", name: "of hosts with several", holds: "of" },
        { from: "of_listed", name: "hosts that tell a lineage", holds: "of" },
        { from: "hosts_a", name: "hosts of the first", holds: "cell" },
        { from: "hosts_b", name: "hosts of the second", holds: "cell" },
        { from: "lift", name: "lift", holds: "measure" },
      ],
    },
    needs: ["lists"],
  },
  {
    id: "T8r",
    file: "t8r-chat-and-embedding",
    section: "models",
    unit: "hosts",
    shape: CLOSED_ITEMS,
    needs: ["lists"],
  },
  { id: "T9a", file: "t9a-quantizations", section: "models", unit: "hosts", shape: OPEN_NAMES, needs: ["lists"] },
  {
    id: "T9b",
    file: "t9b-bits",
    section: "models",
    unit: "model instances",
    shape: { kind: "shares", items: "open", addsUp: true, outside: false },
    needs: ["lists"],
  },
  {
    id: "T9c",
    file: "t9c-tier-quantizations",
    section: "models",
    unit: "hosts",
    shape: {
      kind: "rows",
      columns: [
        { from: "tier", name: "tier", holds: "text" },
        { from: "quantization", name: "quantization", holds: "outside" },
        ...HOSTS_OF,
        { from: "unknown_hosts", name: "unknown", holds: "of" },
        { from: "rank", name: "rank", holds: "measure" },
      ],
    },
    needs: ["lists", "networks"],
  },
  { id: "T10", file: "t10-parameter-bands", section: "models", unit: "hosts", shape: CLOSED_ITEMS, needs: ["lists"] },
  { id: "F3", file: "f3-capabilities", section: "capabilities", unit: "hosts", shape: CLOSED_ITEMS, needs: ["lists"] },
  {
    id: "F3b",
    file: "f3b-capabilities-able",
    section: "capabilities",
    unit: "hosts that can tell",
    shape: { ...CLOSED_ITEMS, unknownBeside: true },
    needs: ["lists"],
  },
];
