// Runs every engine over every printed rule and keeps what came of it in test/rules/outcomes.json, of which the matrix is made:
// `node scripts/rules-outcomes.ts && node scripts/reference.ts`.
import { writeFile } from "node:fs/promises";
import { format } from "prettier";
import { OUTCOMES_FILE, runAll } from "../test/rules/engines/outcomes.ts";

await writeFile(OUTCOMES_FILE, await format(JSON.stringify(runAll()), { parser: "json", printWidth: 120 }));
