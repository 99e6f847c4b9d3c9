import type { CommandRow } from "./command-row.ts";
import { JSON_FLAG } from "./shared-options.ts";

/** `corral simulate`. */
export const SIMULATE: CommandRow = {
  name: "simulate",
  summary: "make a campaign of looks at servers that do not exist, and the truth beside it",
  about: [
    "Writes campaign.jsonl (Corral's own lines, ready to import), truth.json (every output of the study as it must come out), model.yaml (the",
    "model as used) and network-overrides.csv (who the invented AS numbers belong to). The same model and seed give the same bytes.",
    "Addresses are of 10.0.0.0/8, 240.0.0.0/4 and 2001:db8::/32, AS numbers from 4200000000: nobody has them. Every run is marked synthetic.",
    "A model is a file, or default, sample or published (calibrated to the published figures). docs/simulate.md explains every key.",
  ],
  args: [],
  options: {
    out: { value: "DIR", describe: "folder for the four files", required: true },
    model: { value: "FILE|NAME", describe: "campaign.yaml, or default, sample, published (default: default)" },
    hosts: { value: "N", describe: "so many hosts; planted numbers follow in proportion" },
    days: { value: "N", describe: "so many days" },
    seed: { value: "TEXT", describe: "another seed" },
    scale: { value: "FACTOR", describe: "hosts and what is counted in hosts times this: 0.05" },
    pack: { value: "NAME", describe: "gz or zst: campaign.jsonl.gz, campaign.jsonl.zst" },
    json: JSON_FLAG,
  },
  examples: [
    { line: "corral simulate --out campaign --hosts 500 --days 30", tells: "a small one" },
    { line: "corral import jsonl campaign/campaign.jsonl --lake lake", tells: "then into a lake" },
    {
      line: "corral simulate --out small --model published --scale 0.05",
      tells: "the published population, a twentieth",
    },
    { line: "corral simulate --out mine --model campaign.yaml --pack zst", tells: "a model of one's own" },
  ],
  load: async () => (await import("../simulate/simulate-command.io.ts")).runSimulate,
};
