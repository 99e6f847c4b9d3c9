import type { Row } from "../../store/snapshot.ts";
import type { StudyColumn, StudyOutput } from "../study-output.ts";

const HOSTS_OF: readonly StudyColumn[] = [
  { from: "hosts", name: "hosts", holds: "cell", of: "of_hosts" },
  { from: "of_hosts", name: "of hosts", holds: "of" },
  { from: "unknown_hosts", name: "unknown", holds: "of" },
];

/** What hosts can do together, what their prompts show, and which risks meet on one host. */
export const CAPABILITY_OUTPUTS: readonly StudyOutput[] = [
  {
    id: "T11a",
    file: "t11a-capability-sets",
    section: "capabilities",
    unit: "hosts",
    shape: { kind: "shares", items: "open", addsUp: true, outside: false },
    needs: ["lists"],
  },
  {
    id: "T11b",
    file: "t11b-capability-pairs",
    section: "capabilities",
    unit: "hosts",
    shape: {
      kind: "rows",
      columns: [
        { from: "word_a", name: "capability", holds: "text" },
        { from: "word_b", name: "and capability", holds: "text" },
        ...HOSTS_OF,
      ],
    },
    needs: ["lists"],
  },
  {
    id: "T12",
    file: "t12-prompts",
    section: "risk",
    unit: "hosts",
    shape: {
      kind: "shares",
      items: "closed",
      addsUp: false,
      outside: false,
      unknownBeside: true,
      words: {
        card: "a card was seen",
        "system-prompt": "≥ a system prompt, of those with a card",
        "guard-off": "≥ the guard is taken away, of those with a card",
        "child-abuse": "≥ child abuse, of those with a system prompt",
        hacking: "≥ hacking, of those with a system prompt",
        "data-theft": "≥ data theft, of those with a system prompt",
        fraud: "≥ fraud, of those with a system prompt",
        violence: "≥ violence, of those with a system prompt",
        hate: "≥ hate, of those with a system prompt",
      },
    },
    needs: ["cards"],
  },
  {
    id: "T13",
    file: "t13-high-value",
    section: "risk",
    unit: "hosts",
    shape: {
      kind: "rows",
      columns: [
        { from: "rule", name: "persistent by", holds: "text" },
        ...HOSTS_OF,
        { from: "mean_uptime", name: "mean uptime", holds: "measure" },
        { from: "mean_running", name: "mean models loaded", holds: "measure" },
        { from: "running_known", name: "that showed them", holds: "cell" },
      ],
    },
    needs: ["lists"],
  },
  {
    id: "T14",
    file: "t14-risk-combinations",
    section: "risk",
    unit: "hosts",
    shape: {
      kind: "rows",
      columns: [
        { from: "combination", name: "combination", holds: "text" },
        { from: "tier", name: "tier", holds: "text" },
        { from: "persistence", name: "observed", holds: "text" },
        { from: "hosts", name: "hosts", holds: "cell", of: "of_hosts" },
        { from: "of_hosts", name: "of hosts", holds: "cell" },
        { from: "unknown_hosts", name: "unknown", holds: "of" },
      ],
      addsUp: [{ column: "tier" }, { column: "persistence" }],
      finish: wholesFirst,
    },
    needs: ["lists"],
  },
];

/** A reader of the first rows sees every combination over all hosts, then by tier, then by persistence. */
function wholesFirst(rows: readonly Row[]): readonly Row[] {
  const order = ({ tier, persistence }: Row): number => (persistence === "all" ? (tier === "all" ? 0 : 1) : 2);
  return rows.toSorted((a, b) => order(a) - order(b));
}
