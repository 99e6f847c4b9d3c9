#!/usr/bin/env node
import "./require-node.js";
import { existsSync } from "node:fs";

const { keepCompiled } = await import("./compile-cache.js");
keepCompiled();
// In the repository the sources run as they are; the package carries what was built from them.
const source = new URL("../src/cli/main.ts", import.meta.url);
const built = new URL("../dist/cli/main.js", import.meta.url);
await import(existsSync(source) ? source.href : built.href);
