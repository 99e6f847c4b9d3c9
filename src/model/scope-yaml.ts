import { Document } from "yaml";
import { z } from "zod";
import { commentedOut, commentOf, explainedYaml } from "./explained-yaml.ts";
import { scopeFileSchema } from "./scope-file.ts";
import type { ScopeFile } from "./scope-file.ts";
import type { Scope } from "./scope.ts";

/** Writes a scope as YAML that reads back as the same scope; the first lines are `comment`. */
export function scopeYaml(scope: Scope, comment: string): string {
  const document = new Document(scope, { aliasDuplicateObjects: false });
  document.commentBefore = commentOf(comment);
  return document.toString({ lineWidth: 100 });
}

const EXAMPLE: ScopeFile = {
  name: "office network",
  operator: { name: "Network team", contact: "network-team@example.org", organisation: "Example Organisation" },
  basis: "own",
  authority: { allowedBy: "Head of IT", since: "2026-01-01", until: "2026-12-31" },
  prefixes: ["192.168.10.0/24", "fd00:10::/112"],
  names: [],
  ports: [11434],
  exclude: ["192.168.10.1/32"],
  optOut: [{ who: "192.168.10.64/28", since: "2026-01-01" }],
  ownSpecial: ["192.168.10.0/24", "fd00:10::/112"],
  limits: {
    rate: 50,
    perHost: 10,
    perNetwork: 50,
    inFlight: 100,
    rescanHours: 24,
    pilot: 100,
    cardsPerHost: 20,
    cardsPerRun: 1000,
  },
  vantage: "inside",
  depth: "cards",
  prompts: "class",
  retentionDays: 365,
  research: null,
};
const RESEARCH = {
  ethicsNote: "What the board decided, with its reference.",
  optOutPage: "https://survey.example.org/",
  reverseDns: "survey.example.org",
  whois: "EXAMPLE-SURVEY",
  sourceRanges: ["192.0.2.0/28"],
};

/** A `scope.yaml` with every key, each explained: itself a valid scope of somebody's private network, to be changed to one's own. */
export function scopeExample(since = EXAMPLE.authority.since, until = EXAMPLE.authority.until): string {
  const schema = z.toJSONSchema(scopeFileSchema);
  const example = { ...EXAMPLE, authority: { ...EXAMPLE.authority, since, until } };
  const comment = "What may be asked, by whose authority, until when. Everything not named here is refused.";
  const research = explainedYaml({ research: RESEARCH }, schema, "");
  const unused = `For basis research, instead of the line above:\n\n${research}`;
  return `${explainedYaml(example, schema, comment)}\n${commentedOut(unused)}\n`;
}
