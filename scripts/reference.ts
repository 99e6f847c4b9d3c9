// Writes docs/reference/ from the tables: `node scripts/reference.ts`; with --check it only tells what differs.
import { lineJsonSchema } from "../src/model/observation-schema.ts";
import { checksPage } from "./reference/checks-page.ts";
import { scopeJsonSchema } from "../src/model/scope-file.ts";
import { commandsPage } from "./reference/commands-page.ts";
import { cvesPage } from "./reference/cves-page.ts";
import { decoySignsPage } from "./reference/decoy-signs-page.ts";
import { gatewayJsonSchema } from "../src/gateway/config/gateway-schema.ts";
import { gatewayRoutesPage } from "./reference/gateway-routes-page.ts";
import { gatesPage } from "./reference/gates-page.ts";
import { rulesMutationsPage } from "./reference/rules-mutations-page.ts";
import { productsPage } from "./reference/products-page.ts";
import { diffJsonSchema } from "../src/study/diff/diff-schema.ts";
import { paperJsonSchema } from "../src/study/paper/paper-schema.ts";
import { rulesChangelogPage } from "./reference/rules-changelog-page.ts";
import { rulesMatrixPage } from "./reference/rules-matrix-page.ts";
import { type Pages, settlePages } from "./reference/settle-pages.ts";

/** Every generated page. A new page is a new row. */
const PAGES: Pages = {
  "checks.md": checksPage,
  "commands.md": commandsPage,
  "cves.md": cvesPage,
  "decoy-signs.md": decoySignsPage,
  "diff.schema.json": () => JSON.stringify(diffJsonSchema()),
  "gates.md": gatesPage,
  "gateway-routes.md": gatewayRoutesPage,
  "gateway.schema.json": () => JSON.stringify(gatewayJsonSchema()),
  "observation.schema.json": () => JSON.stringify(lineJsonSchema()),
  "products.md": productsPage,
  "rules-changelog.md": rulesChangelogPage,
  "rules-matrix.md": rulesMatrixPage,
  "rules-mutations.md": rulesMutationsPage,
  "study.schema.json": () => JSON.stringify(paperJsonSchema()),
  "scope.schema.json": () => JSON.stringify(scopeJsonSchema()),
};

const isCheck = process.argv.includes("--check");
const { told, strays } = await settlePages("docs/reference", PAGES, isCheck);
for (const line of [...told, ...strays]) process.stdout.write(`${line}\n`);
if (strays.length > 0 || (isCheck && told.length > 0)) process.exitCode = 1;
