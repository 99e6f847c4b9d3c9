import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    // Checks at the end that the survey asked exactly what is published.
    globalSetup: ["test/farm/farm-run.ts"],
    env: { TZ: "UTC" },
    // Its modules name each other without endings, which Node does not resolve.
    server: { deps: { inline: ["dt-sql-parser", "antlr4-c3"] } },
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 30_000,
    teardownTimeout: 10_000,
    restoreMocks: true,
  },
});
